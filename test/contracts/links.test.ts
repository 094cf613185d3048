// What e-mailed links promise on every engine: one live link, one use, an end at its time.
import { expect, it } from "vitest";
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import {
  dropLinksOf,
  findLink,
  issueLink,
  takeLink,
} from "../../src/server/identity/links/link-store.ts";
import type { LinkPurpose } from "../../src/server/identity/links/link-store.ts";
import { queueMail } from "../../src/server/identity/mail/queue-mail.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

async function setUp(harness: EngineHarness) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const issue = (userId: string, purpose: LinkPurpose = "reset") =>
    database.transaction((trx) => issueLink(trx, { userId, purpose, nowMs: clock.nowMs() }));
  const take = (token: string) =>
    database.transaction((trx) => takeLink(trx, sha256Hex(token), clock.nowMs()));
  const find = (token: string) => findLink(database.kysely, sha256Hex(token), clock.nowMs());
  return { database, clock, issue, take, find };
}

describeEachEngine("links", (harness) => {
  it("are of 256 random bits, and only their hash is stored (row 122)", async () => {
    const { database, issue } = await setUp(harness);
    const tokens = [await issue("ada"), await issue("grace")];
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(token, "base64url")).toHaveLength(32);
    }
    const rows = await database.kysely.selectFrom("identity_reset").selectAll().execute();
    expect(rows.map((row) => row.token_hash).toSorted()).toEqual(tokens.map(sha256Hex).toSorted());
    for (const token of tokens) expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("can be looked at often and used once (row 122)", async () => {
    const { clock, issue, take, find } = await setUp(harness);
    const token = await issue("ada", "invitation");
    const link = {
      userId: "ada",
      purpose: "invitation",
      createdAtMs: clock.nowMs(),
      expiresAtMs: clock.nowMs() + 7 * DAY_MS,
    };
    expect([await find(token), await find(token)]).toEqual([link, link]);
    expect(await take(token)).toEqual({ userId: "ada", purpose: "invitation" });
    expect([await take(token), await find(token)]).toEqual([null, null]);
  });

  it("are used once when fifty race (row 122)", async () => {
    const { issue, take } = await setUp(harness);
    for (let round = 0; round < 5; round += 1) {
      const token = await issue("ada");
      const takers = Array.from({ length: 50 }, () => take(token));
      const outcomes = (await Promise.all(takers)).filter((outcome) => outcome !== null);
      expect(outcomes).toEqual([{ userId: "ada", purpose: "reset" }]);
    }
  });

  it("are still there for nobody when the taker's transaction is given up", async () => {
    const { database, clock, issue, take } = await setUp(harness);
    const token = await issue("ada");
    const failing = database.transaction(async (trx) => {
      await takeLink(trx, sha256Hex(token), clock.nowMs());
      throw new Error("the password was refused");
    });
    await expect(failing).rejects.toThrow("the password was refused");
    expect(await take(token)).toEqual({ userId: "ada", purpose: "reset" });
  });

  it.each([
    ["reset", 30 * MINUTE_MS],
    ["invitation", 7 * DAY_MS],
  ] as const)("of purpose %s end after %i ms, whatever cleans up (row 122)", async (...row) => {
    const [purpose, lifetimeMs] = row;
    const { clock, database, issue, take, find } = await setUp(harness);
    const token = await issue("ada", purpose);
    clock.advance(lifetimeMs - 1);
    expect(await find(token)).not.toBeNull();
    clock.advance(1);
    expect([await find(token), await take(token)]).toEqual([null, null]);
    // The row is there: its time decided, not a job that removed it.
    const rows = await database.kysely.selectFrom("identity_reset").selectAll().execute();
    expect(rows).toHaveLength(1);
  });

  it("stop working when a newer one is made for the user (row 122)", async () => {
    const { issue, take, find } = await setUp(harness);
    const [older, others] = [await issue("ada", "invitation"), await issue("grace")];
    const newer = await issue("ada");
    expect([await find(older), await take(older)]).toEqual([null, null]);
    expect(await take(newer)).toEqual({ userId: "ada", purpose: "reset" });
    expect(await take(others)).toEqual({ userId: "grace", purpose: "reset" });
  });

  it("leave one that works when twenty are made at once", async () => {
    const { issue, find } = await setUp(harness);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => issue("ada")));
    const links = await Promise.all(tokens.map(find));
    expect(links.filter((link) => link !== null)).toHaveLength(1);
  });

  it("stop working, sent or waiting, when they are dropped (row 122: new address)", async () => {
    const { database, clock, issue, take } = await setUp(harness);
    const [ada, grace] = [await issue("ada"), await issue("grace")];
    const nowMs = clock.nowMs();
    const data = { askedAtMs: nowMs, place: null };
    await database.transaction(async (trx) => {
      for (const userId of ["ada", "grace"]) {
        const mail = { userId, to: `${userId}@example.com`, nowMs };
        await queueMail(trx, { ...mail, kind: "password-reset", data });
        const changed = { changedAtMs: nowMs, how: "change", place: null } as const;
        await queueMail(trx, { ...mail, kind: "password-changed", data: changed });
      }
      await dropLinksOf(trx, "ada");
    });
    expect([await take(ada), await take(grace)]).toEqual([
      null,
      { userId: "grace", purpose: "reset" },
    ]);
    const waiting = await database.kysely
      .selectFrom("identity_mail")
      .select(["user_id", "kind"])
      .execute();
    expect(waiting.map((mail) => `${mail.user_id} ${mail.kind}`).toSorted()).toEqual([
      "ada password-changed",
      "grace password-changed",
      "grace password-reset",
    ]);
  });
});

// What asking for a reset promises on every engine: the same for everybody, and not too often.
import { expect, it } from "vitest";
import { createMails } from "../../src/server/identity/mail/create-mails.ts";
import { addUser } from "../mail/add-user.ts";
import { tokenIn } from "../mail/start-mail-server.ts";
import { placeAt, startMails } from "../mail/start-mails.ts";
import { describeEachEngine } from "./engines.ts";

const MINUTE_MS = 60_000;
const WINDOW_MS = 10 * MINUTE_MS;

const ada = "ada@example.com";

describeEachEngine("requests for a reset", (harness) => {
  it("are answered by a mail that says when, from where and with what it was asked", async () => {
    const node = await startMails(harness);
    await addUser(node.database, ada);
    const place = placeAt("2001:db8::9", "JP");
    expect(await node.mails.askForReset({ emailKey: ada, place })).toEqual({ ok: true });
    await node.mails.flush();
    const text = node.server.taken[0]?.parsed.text ?? "";
    expect(text).toContain("Asked: 15 January 2027, 08:00 UTC");
    expect(text).toContain("From: 2001:db8::9 (Japan)");
    expect(text).toContain("With: Firefox on Windows");
    expect(await node.isLive(tokenIn(text))).toBe(true);
  });

  it("go to nobody who is unknown or disabled, and leave no trace", async () => {
    const node = await startMails(harness);
    await addUser(node.database, "grace@example.com", { isDisabled: true });
    for (const emailKey of ["nobody@example.com", "grace@example.com"]) {
      const outcome = await node.mails.askForReset({ emailKey, place: placeAt("203.0.113.9") });
      expect(outcome).toEqual({ ok: true });
    }
    await node.mails.flush();
    expect(node.server.offered).toEqual([]);
    const { database } = node;
    const requests = await database.kysely
      .selectFrom("identity_reset_request")
      .selectAll()
      .execute();
    expect([requests, (await node.mails.list()).mails, node.events]).toEqual([[], [], []]);
  });

  it("of somebody who has no password yet are answered with the invitation", async () => {
    const node = await startMails(harness);
    await addUser(node.database, ada, { hasPassword: false });
    await node.mails.askForReset({ emailKey: ada, place: placeAt("203.0.113.9") });
    await node.mails.flush();
    const { parsed } = node.server.taken[0]!;
    expect(parsed.subject).toBe("Your invitation to Example Portal");
    node.clock.advance(6 * 86_400_000);
    expect(await node.isLive(tokenIn(parsed.text ?? ""))).toBe(true);
  });

  it("change nothing about the user (row 124)", async () => {
    const node = await startMails(harness);
    const user = await addUser(node.database, ada);
    const { database, clock } = node;
    await database.transaction(async (trx) => {
      await trx
        .insertInto("identity_sign_in")
        .values({
          user_id: user.id,
          wrong_passwords: 6,
          locked_at: 5,
          lock_cause: "wrong-passwords",
          last_signed_in_at: 4,
          active_since_at: 3,
        })
        .execute();
    });
    const tables = ["identity_sign_in", "identity_password", "accounts_user"] as const;
    const look = () =>
      Promise.all(tables.map((name) => database.kysely.selectFrom(name).selectAll().execute()));
    const before = await look();
    for (let count = 0; count < 100; count += 1) {
      const place = placeAt(`203.0.113.${count}`);
      expect(await node.mails.askForReset({ emailKey: ada, place })).toEqual({ ok: true });
      await node.mails.flush();
      clock.advance(1000);
    }
    expect(node.server.taken, "locked users get it too, five times in ten minutes").toHaveLength(5);
    expect(await look()).toEqual(before);
  });

  it("for one e-mail address are answered five times in any ten minutes (row 124)", async () => {
    const node = await startMails(harness);
    await addUser(node.database, ada);
    let client = 0;
    const askAndCount = async (): Promise<number> => {
      client += 1;
      const before = node.server.taken.length;
      await node.mails.askForReset({ emailKey: ada, place: placeAt(`198.51.100.${client}`) });
      await node.mails.flush();
      return node.server.taken.length - before;
    };
    for (const minute of [0, 1, 2, 3, 4]) {
      expect(await askAndCount(), `in minute ${minute}`).toBe(1);
      node.clock.advance(MINUTE_MS);
    }
    expect(await askAndCount()).toBe(0);
    node.clock.advance(5 * MINUTE_MS - 1);
    expect(await askAndCount(), "a moment before the first is ten minutes old").toBe(0);
    node.clock.advance(1);
    // Those that were not answered do not count: a stranger cannot keep the user from a mail.
    expect([await askAndCount(), await askAndCount()]).toEqual([1, 0]);
    node.clock.advance(MINUTE_MS);
    expect(await askAndCount()).toBe(1);
  });

  it("from one client are taken five times in ten minutes, for whomever (row 124)", async () => {
    const node = await startMails(harness);
    const askFrom = (address: string, emailKey: string) =>
      node.mails.askForReset({ emailKey, place: placeAt(address) });
    for (let count = 0; count < 5; count += 1) {
      const outcome = await askFrom(`2001:db8:1:2::${count}`, `u${count}@example.com`);
      expect(outcome).toEqual({ ok: true });
    }
    const refused = { ok: false, retryAfterMs: WINDOW_MS };
    expect(await askFrom("2001:db8:1:2:ffff::", "u6@example.com")).toEqual(refused);
    expect(await askFrom("2001:db8:1:3::1", "u6@example.com")).toEqual({ ok: true });
    node.clock.advance(WINDOW_MS - 1);
    const almost = { ok: false, retryAfterMs: 1 };
    expect(await askFrom("2001:db8:1:2::1", "u7@example.com")).toEqual(almost);
    node.clock.advance(1);
    expect(await askFrom("2001:db8:1:2::1", "u7@example.com")).toEqual({ ok: true });
  });

  it("are counted exactly when fifty race, and by a node that starts afresh", async () => {
    const node = await startMails(harness);
    const ask = (mails: typeof node.mails, address: string) =>
      mails.askForReset({ emailKey: ada, place: placeAt(address) });
    await addUser(node.database, ada);
    const nodes = [node.mails, createMails(node)];
    const asked = Array.from({ length: 50 }, (_, count) => ask(nodes[count % 2]!, "203.0.113.9"));
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await ask(createMails(node), "203.0.113.9")).toMatchObject({ ok: false });
    // From fifty clients at once: none is refused, five are answered.
    node.clock.advance(WINDOW_MS);
    const others = Array.from({ length: 50 }, (_, count) => ask(node.mails, `203.0.113.${count}`));
    expect((await Promise.all(others)).filter(({ ok }) => ok)).toHaveLength(50);
    const { length: open } = await node.database.kysely
      .selectFrom("identity_reset_throttle")
      .where("key", "like", "client%")
      .select("key")
      .execute();
    expect(open).toBe(50);
    expect(node.errors).toEqual([]);
  });

  it("are taken again when the clock was set back", async () => {
    const node = await startMails(harness);
    const ask = () => node.mails.askForReset({ emailKey: ada, place: placeAt("203.0.113.9") });
    for (let count = 0; count < 5; count += 1) await ask();
    expect(await ask()).toMatchObject({ ok: false });
    node.clock.jump(-365 * 86_400_000);
    for (let count = 0; count < 5; count += 1) expect(await ask()).toEqual({ ok: true });
    expect(await ask()).toMatchObject({ ok: false });
  });

  it("leave nothing behind when their window is over", async () => {
    const node = await startMails(harness);
    await node.mails.askForReset({ emailKey: ada, place: placeAt("203.0.113.9") });
    const count = async () =>
      (await node.database.kysely.selectFrom("identity_reset_throttle").select("key").execute())
        .length;
    await node.mails.flush();
    expect(await count()).toBe(2);
    node.clock.advance(WINDOW_MS);
    await node.mails.flush();
    expect(await count()).toBe(0);
  });
});

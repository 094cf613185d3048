// What e-mailed codes promise on every engine: one use, ten minutes, five tries, one session.
import { describe, expect, it } from "vitest";
import { EMAIL_CODE_PURPOSES } from "../../src/core/identity/second-factor.ts";
import {
  deleteEmailCodesOf,
  dropEmailCodesOf,
} from "../../src/server/identity/email-codes/email-code-store.ts";
import { codeIn, startEmailCodes, wrongOne } from "../mail/start-email-codes.ts";
import type { EmailCodes } from "../mail/start-email-codes.ts";
import { describeEachEngine } from "./engines.ts";

const MINUTE_MS = 60_000;
const LIFETIME_MS = 10 * MINUTE_MS;

const codeRows = ({ database }: EmailCodes) =>
  database.kysely.selectFrom("identity_email_code").selectAll().execute();

describeEachEngine("e-mailed codes", (harness) => {
  it("are six digits in a mail, and in no table (rows 78, 95)", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    expect(await node.stateOf(ada)).toBeNull();
    await node.ask(ada);
    expect(await node.stateOf(ada)).toEqual({ sentAtMs: null, expiresAtMs: null });
    await node.mails.flush();
    const [{ to, raw, parsed } = (() => expect.fail("no mail arrived"))()] = node.server.taken;
    const code = codeIn(parsed.text ?? "");
    expect(to).toEqual(["ada@example.com"]);
    expect(parsed.subject).not.toContain(code);
    // In the text and in the HTML, and in no header.
    expect(raw.split(code)).toHaveLength(3);
    const dump = await node.dump();
    expect(dump).toContain(ada.sessionId);
    // A dump has many numbers; none of them stands alone as the code would.
    expect(dump).not.toMatch(new RegExp(`(?<![0-9a-z])${code}(?![0-9a-z])`));
    const nowMs = node.clock.nowMs();
    expect(await node.stateOf(ada)).toEqual({
      sentAtMs: nowMs,
      expiresAtMs: nowMs + LIFETIME_MS,
    });
    expect([await node.judge(ada, code), node.errors, node.events]).toEqual(["right", [], []]);
  });

  it("are another number each time", async () => {
    const node = await startEmailCodes(harness);
    const codes = new Set<string>();
    for (let count = 0; count < 8; count += 1) {
      codes.add(await node.receive(await node.addAsker(`u${count}@example.com`)));
    }
    expect(codes.size).toBeGreaterThan(6);
    for (const code of codes) expect(code).toMatch(/^[0-9]{6}$/);
  });

  it("are good once", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const code = await node.receive(ada);
    expect(await node.judge(ada, code)).toBe("right");
    expect([await node.judge(ada, code), await node.stateOf(ada)]).toEqual(["not-sent", null]);
  });

  it("are looked at before without being counted or used, in their own session only", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const code = await node.receive(ada);
    const before = await codeRows(node);
    for (let count = 0; count < 6; count += 1) {
      expect([await node.isRight(ada, code), await node.isRight(ada, wrongOne(code))]).toEqual([
        true,
        false,
      ]);
    }
    const elsewhere = { ...ada, sessionId: await node.addSession(ada) };
    for (const other of [elsewhere, { ...ada, purpose: "proof" as const }]) {
      expect(await node.isRight(other, code)).toBe(false);
    }
    expect(await codeRows(node)).toEqual(before);
    node.clock.advance(LIFETIME_MS);
    expect(await node.isRight(ada, code)).toBe(false);
  });

  it("are good once when fifty race (row 90)", async () => {
    const node = await startEmailCodes(harness);
    for (let round = 0; round < 5; round += 1) {
      const asker = await node.addAsker(`u${round}@example.com`);
      const code = await node.receive(asker);
      const guesses = Array.from({ length: 50 }, () => node.judge(asker, code));
      const right = (await Promise.all(guesses)).filter((match) => match === "right");
      expect(right).toHaveLength(1);
    }
  });

  it("are still good when the transaction that used one is given up", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const code = await node.receive(ada);
    const failing = node.database.transaction(async (trx) => {
      await trx.deleteFrom("identity_email_code").execute();
      throw new Error("the session could not be opened");
    });
    await expect(failing).rejects.toThrow("could not be opened");
    expect(await node.judge(ada, code)).toBe("right");
  });

  it("stand five wrong tries, and no right one after them (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const [ada, grace] = [
      await node.addAsker("ada@example.com"),
      await node.addAsker("grace@example.com"),
    ];
    const code = await node.receive(ada);
    for (let count = 0; count < 4; count += 1) {
      expect(await node.judge(ada, wrongOne(code))).toBe("wrong");
    }
    expect(await node.judge(ada, code), "after four").toBe("right");

    const other = await node.receive(grace);
    for (let count = 0; count < 5; count += 1) {
      expect(await node.judge(grace, wrongOne(other))).toBe("wrong");
    }
    expect(await node.judge(grace, other)).toBe("not-sent");
    expect(await node.stateOf(grace)).toBeNull();
    // A newer one begins anew.
    expect(await node.judge(grace, await node.receive(grace))).toBe("right");
  });

  it("are compared with five guesses at most when sixty race (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const wrong = wrongOne(await node.receive(ada));
    const guesses = Array.from({ length: 60 }, () => node.judge(ada, wrong));
    const matches = await Promise.all(guesses);
    expect(matches.filter((match) => match === "wrong")).toHaveLength(5);
    expect(matches.filter((match) => match === "not-sent")).toHaveLength(55);
  });

  it("end ten minutes after they were sent, whatever cleans up (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const [ada, grace] = [
      await node.addAsker("ada@example.com"),
      await node.addAsker("grace@example.com"),
    ];
    const [first, second] = [await node.receive(ada), await node.receive(grace)];
    node.clock.advance(LIFETIME_MS - 1);
    expect(await node.judge(ada, first)).toBe("right");
    node.clock.advance(1);
    expect([await node.judge(grace, second), await node.stateOf(grace)]).toEqual(["expired", null]);
    // The row is there: its time decided, not a job that removed it.
    expect(await codeRows(node)).toHaveLength(1);
    node.clock.advance(3_600_000);
    await node.mails.flush();
    expect(await codeRows(node)).toHaveLength(0);
    expect(await node.judge(grace, second)).toBe("not-sent");
  });

  it("do not live longer because the clock was set back", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const code = await node.receive(ada);
    node.clock.jump(-3_600_000);
    expect([await node.judge(ada, code), await node.stateOf(ada)]).toEqual(["expired", null]);
  });

  it.each(EMAIL_CODE_PURPOSES)("for %s are good for nothing else (row 95)", async (purpose) => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com", purpose);
    const grace = await node.addAsker("grace@example.com", purpose);
    const code = await node.receive(ada);
    const others = EMAIL_CODE_PURPOSES.filter((other) => other !== purpose);
    for (const other of others) {
      expect(await node.judge({ ...ada, purpose: other }, code)).toBe("not-sent");
    }
    const elsewhere = { ...ada, sessionId: await node.addSession(ada) };
    expect(await node.judge(elsewhere, code), "another session of the user").toBe("not-sent");
    expect(await node.stateOf(elsewhere)).toBeNull();
    expect(await node.judge({ ...ada, sessionId: grace.sessionId }, code)).toBe("not-sent");
    expect(await node.judge(grace, code), "another user").toBe("not-sent");
    expect(await node.judge(ada, code), "none of that was counted").toBe("right");
  });

  it("do not pass for those of another row into which they were copied", async () => {
    const node = await startEmailCodes(harness);
    const [ada, grace] = [
      await node.addAsker("ada@example.com"),
      await node.addAsker("grace@example.com"),
    ];
    const [code] = [await node.receive(ada), await node.receive(grace)];
    const row = (await codeRows(node)).find(({ user_id: id }) => id === ada.id);
    await node.database.transaction((trx) =>
      trx
        .updateTable("identity_email_code")
        .set({ mac: row!.mac })
        .where("user_id", "=", grace.id)
        .execute(),
    );
    expect(await node.judge(grace, code)).toBe("wrong");
  });

  it("are void when a newer one is asked for, also before it is sent (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const proof = { ...ada, purpose: "proof" as const };
    const [older, other] = [await node.receive(ada), await node.receive(proof)];
    await node.ask(ada);
    expect(await node.judge(ada, older)).toBe("not-sent");
    await node.mails.flush();
    const newer = codeIn(node.server.taken.at(-1)!.parsed.text ?? "");
    if (newer !== older) expect(await node.judge(ada, older)).toBe("wrong");
    expect(await node.judge(ada, newer)).toBe("right");
    expect(await node.judge(proof, other), "one for another purpose stays").toBe("right");
  });

  it("of another session stop the one before (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const code = await node.receive(ada);
    const elsewhere = { ...ada, sessionId: await node.addSession(ada) };
    const newer = await node.receive(elsewhere);
    expect([await node.judge(ada, code), await node.judge(ada, newer)]).toEqual([
      "not-sent",
      "not-sent",
    ]);
    expect(await node.judge(elsewhere, newer)).toBe("right");
  });

  describe("that were dropped", () => {
    it("are good no more, and not mailed if they wait (row 94)", async () => {
      const node = await startEmailCodes(harness);
      const [ada, grace] = [
        await node.addAsker("ada@example.com"),
        await node.addAsker("grace@example.com"),
      ];
      const waiting = { ...ada, purpose: "proof" as const };
      const [code, others] = [await node.receive(ada), await node.receive(grace)];
      await node.ask(waiting);
      await node.database.transaction((trx) => dropEmailCodesOf(trx, ada.id));
      await node.mails.flush();
      expect(node.server.offered).toHaveLength(2);
      expect(await node.judge(ada, code)).toBe("not-sent");
      expect(await node.stateOf(waiting)).toBeNull();
      expect(await node.judge(grace, others)).toBe("right");
      expect(await node.ask(ada), "the bound on requests stays").toBeNull();
    });

    it("leave no row behind that names a deleted user", async () => {
      const node = await startEmailCodes(harness);
      const ada = await node.addAsker("ada@example.com");
      await node.receive(ada);
      await node.database.transaction((trx) => deleteEmailCodesOf(trx, ada.id));
      const rows = await node.database.kysely
        .selectFrom("identity_email_code_request")
        .select("user_id")
        .where("user_id", "=", ada.id)
        .execute();
      expect([rows, await codeRows(node)]).toEqual([[], []]);
    });
  });
});

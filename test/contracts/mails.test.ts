// What the queue of mails promises on every engine: none lost, none twice, no token at rest.
import { describe, expect, it } from "vitest";
import { sql } from "kysely";
import { createMails } from "../../src/server/identity/mail/create-mails.ts";
import { claimForDelivery, deliverMail } from "../../src/server/identity/mail/deliver-mail.ts";
import { CLAIM_MS } from "../../src/server/identity/mail/mail-store.ts";
import { addUser } from "../mail/add-user.ts";
import { tokenIn, tokenInRaw } from "../mail/start-mail-server.ts";
import { startMails } from "../mail/start-mails.ts";
import type { StartedMails } from "../mail/start-mails.ts";
import { describeEachEngine } from "./engines.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NEVER_CUT = new AbortController().signal;

/** Every text of every table, as a dump has it. */
async function dumpOf({ database }: StartedMails): Promise<string> {
  const names =
    database.engine === "sqlite"
      ? sql<{ name: string }>`select name from sqlite_master where type = 'table'`
      : sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'`;
  const { rows: tables } = await names.execute(database.kysely);
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(database.kysely);
    parts.push(`${name} ${JSON.stringify(rows)}`);
  }
  return parts.join("\n");
}

describeEachEngine("mails", (harness) => {
  it("go out with a link that works; no table has its token (row 122)", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const id = await node.queueReset(ada);
    await node.mails.flush();
    expect(node.server.taken).toHaveLength(1);
    const { to, from, parsed } = node.server.taken[0]!;
    expect([from, to]).toEqual(["postern@portal.example.com", ["ada@example.com"]]);
    const token = tokenIn(parsed.text ?? "");
    expect(await node.isLive(token)).toBe(true);
    const dump = await dumpOf(node);
    expect(dump).toContain("ada@example.com");
    expect(dump).not.toContain(token);
    expect(await node.rowOf(id)).toMatchObject({
      attempts: 1,
      sent_at: node.clock.nowMs(),
      failed_at: null,
      claimed_until_at: null,
    });
    expect(node.events).toMatchObject([
      { kind: "password-reset-sent", userId: ada.id, place: { addressText: "203.0.113.9" } },
    ]);
    await node.mails.flush();
    expect([node.server.taken.length, node.errors]).toEqual([1, []]);
  });

  it("that are refused for now go later, each time with a token of its own (row 122)", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const id = await node.queueReset(ada);
    node.server.behave({ refuse: { at: "text", code: 451, words: "busy" } });
    await node.mails.flush();
    expect(await node.rowOf(id)).toMatchObject({ sent_at: null, failed_at: null, attempts: 1 });
    node.server.behave({});
    await node.mails.flush();
    expect(node.server.taken, "not before the pause is over").toHaveLength(0);
    node.clock.advance(10_000);
    await node.mails.flush();
    const [first, second] = node.server.offered.map(tokenInRaw);
    expect(first).not.toBe(second);
    expect([await node.isLive(first!), await node.isLive(second!)]).toEqual([false, true]);
    expect(tokenIn(node.server.taken[0]?.parsed.text ?? "")).toBe(second);
    expect(await node.rowOf(id)).toMatchObject({ attempts: 2, last_error: null });
  });

  it("that a server refuses for good are told and wait for an operator", async () => {
    const node = await startMails(harness);
    const grace = await addUser(node.database, "grace@example.com");
    const id = await node.queueReset(grace);
    node.server.behave({ refuse: { at: "recipient", code: 550, words: "no such mailbox" } });
    await node.mails.flush();
    const row = await node.rowOf(id);
    expect(row).toMatchObject({ failed_at: node.clock.nowMs(), sent_at: null, attempts: 1 });
    expect(row.last_error).toContain("no such mailbox");
    expect(node.events).toMatchObject([
      {
        kind: "mail-failed",
        userId: grace.id,
        detail: { mailId: id, mail: "password-reset", to: "grace@example.com", attempts: 1 },
      },
    ]);
    node.server.behave({});
    node.clock.advance(2 * HOUR_MS);
    await node.mails.flush();
    expect(node.server.taken).toHaveLength(0);
    expect(await node.mails.list()).toMatchObject({ waiting: 0, failed: 1 });
    expect(await node.mails.retry(id)).toBe("due");
    await node.mails.flush();
    expect(node.server.taken).toHaveLength(1);
    expect(await node.mails.retry(id)).toBe("sent-before");
    expect(await node.mails.retry("a".repeat(20))).toBe("not-found");
  });

  it("are tried for a day with growing pauses, then given up", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const id = await node.queueReset(ada);
    const startMs = node.clock.nowMs();
    node.server.behave({ refuse: { at: "text", code: 421, words: "closing down" } });
    const pausesMs: number[] = [];
    for (let turn = 0; turn < 100; turn += 1) {
      await node.mails.flush();
      const row = await node.rowOf(id);
      if (row.failed_at !== null) break;
      pausesMs.push(row.next_attempt_at - node.clock.nowMs());
      node.clock.advance(pausesMs.at(-1)!);
    }
    expect(pausesMs).toEqual(pausesMs.toSorted((a, b) => a - b));
    expect([pausesMs[0], pausesMs.at(-1)]).toEqual([10_000, HOUR_MS]);
    const row = await node.rowOf(id);
    expect(row.failed_at! - startMs).toBeGreaterThan(DAY_MS - HOUR_MS);
    expect(row.failed_at! - startMs).toBeLessThanOrEqual(DAY_MS);
    expect(node.events.map(({ kind }) => kind)).toEqual(["mail-failed"]);
    const tokens = node.server.offered.map(tokenInRaw);
    expect(new Set(tokens).size).toBe(row.attempts);
  });

  it("are sent once when two nodes work at the queue", async () => {
    const node = await startMails(harness);
    const other = createMails(node);
    for (let count = 0; count < 30; count += 1) {
      const data = { askedBy: "test" };
      await node.queue({ kind: "test", userId: null, to: `u${count}@example.com`, data });
    }
    await Promise.all([node.mails.flush(), other.flush()]);
    const recipients = node.server.taken.flatMap(({ to }) => to);
    expect(recipients).toHaveLength(30);
    expect(new Set(recipients).size).toBe(30);
    await other.close();
  });

  it("whose sender dies after the claim are sent after it, with another token", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const id = await node.queueReset(ada);
    const dead = await claimForDelivery(node, id);
    expect(await node.isLive(dead!.token!)).toBe(true);
    node.clock.advance(CLAIM_MS - 1);
    await node.mails.flush();
    expect(node.server.taken).toHaveLength(0);
    node.clock.advance(1);
    await node.mails.flush();
    expect(node.server.taken).toHaveLength(1);
    const token = tokenIn(node.server.taken[0]!.parsed.text!);
    expect(token).not.toBe(dead!.token);
    expect([await node.isLive(dead!.token!), await node.isLive(token)]).toEqual([false, true]);
    // It was only slow: what it reports now is not about the claim that holds.
    node.server.behave({ refuse: { at: "recipient", code: 550, words: "no" } });
    await deliverMail(node, dead!, NEVER_CUT);
    expect(await node.rowOf(id)).toMatchObject({ failed_at: null, attempts: 2 });
    expect((await node.rowOf(id)).sent_at).not.toBeNull();
  });

  it("with links replace those that still wait, and leave other mails alone", async () => {
    const node = await startMails(harness);
    const [ada, grace] = [
      await addUser(node.database, "ada@example.com"),
      await addUser(node.database, "grace@example.com"),
    ];
    const data = { lockedAtMs: node.clock.nowMs(), place: null };
    await node.queue({ kind: "lockout", userId: ada.id, to: ada.email, data });
    for (const user of [ada, grace, ada, ada]) await node.queueReset(user);
    await node.mails.flush();
    const subjects = node.server.taken.map(({ to, parsed }) => `${to[0]}: ${parsed.subject}`);
    expect(subjects.toSorted()).toEqual([
      "ada@example.com: Choose a new password for Example Portal",
      "ada@example.com: Your sign-in at Example Portal is locked",
      "grace@example.com: Choose a new password for Example Portal",
    ]);
  });

  it.each([
    ["has another address", { email: "new@example.com" }, "another e-mail address"],
    ["is disabled", { is_disabled: 1 }, "disabled"],
  ])("with links go to nobody when the user %s by then (row 122)", async (...row) => {
    const [, change, words] = row;
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    const id = await node.queueReset(ada);
    await node.database.transaction((trx) =>
      trx.updateTable("accounts_user").set(change).execute(),
    );
    await node.mails.flush();
    expect(node.server.offered).toEqual([]);
    expect((await node.rowOf(id)).last_error).toContain(words);
    const links = await node.database.kysely.selectFrom("identity_reset").selectAll().execute();
    expect(links).toEqual([]);
  });

  it("are kept for thirty days after they are done with", async () => {
    const node = await startMails(harness);
    const ada = await addUser(node.database, "ada@example.com");
    await node.queueReset(ada);
    await node.mails.flush();
    node.server.behave({ refuse: { at: "recipient", code: 550, words: "no" } });
    await node.queueReset(ada);
    await node.mails.flush();
    node.clock.advance(30 * DAY_MS - 1);
    await node.mails.flush();
    expect((await node.mails.list()).mails).toHaveLength(2);
    node.clock.advance(MINUTE_MS);
    await node.mails.flush();
    expect((await node.mails.list()).mails).toHaveLength(0);
  });

  describe("are looked for", () => {
    it("at once when the queue is told", async () => {
      const node = await startMails(harness);
      await node.queue({ kind: "test", userId: null, to: "a@example.com", data: { askedBy: "x" } });
      node.mails.wake();
      await expect.poll(() => node.server.taken.length).toBe(1);
    });

    it("every so often when another node queued them", async () => {
      const node = await startMails(harness);
      const polling = createMails({ ...node, lookEveryMs: 20 });
      polling.start();
      await node.queue({ kind: "test", userId: null, to: "a@example.com", data: { askedBy: "x" } });
      await expect.poll(() => node.server.taken.length).toBe(1);
      await polling.close();
    });
  });
});

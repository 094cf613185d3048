// What mailing codes promises on every engine: to the right person, in time, and not too often.
import { describe, expect, it } from "vitest";
import { createMails } from "../../src/server/identity/mail/create-mails.ts";
import { claimForDelivery } from "../../src/server/identity/mail/deliver-mail.ts";
import { CLAIM_MS } from "../../src/server/identity/mail/mail-store.ts";
import { codeIn, startEmailCodes } from "../mail/start-email-codes.ts";
import type { EmailCodes } from "../mail/start-email-codes.ts";
import { describeEachEngine } from "./engines.ts";

const MINUTE_MS = 60_000;
const WINDOW_MS = 10 * MINUTE_MS;

const mailRows = ({ database }: EmailCodes) =>
  database.kysely.selectFrom("identity_mail").selectAll().execute();

describeEachEngine("mails with codes", (harness) => {
  it("say what the code is for, when, from where and with what it was asked", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com", "proof");
    await node.ask(ada, "2001:db8::9");
    await node.mails.flush();
    const { parsed } = node.server.taken[0]!;
    expect(parsed.subject).toBe("Your code to go on at Example Portal");
    expect(parsed.text).toContain("Asked: 15 January 2027, 08:00 UTC");
    expect(parsed.text).toContain("From: 2001:db8::9 (Germany)\nWith: Firefox on Windows");
    expect(parsed.text).toContain("until 15 January 2027, 08:10 UTC");
  });

  it("that are refused for now go later, each time with a code of its own", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    node.server.behave({ refuse: { at: "text", code: 451, words: "busy" } });
    await node.ask(ada);
    await node.mails.flush();
    expect(await node.stateOf(ada)).toEqual({ sentAtMs: null, expiresAtMs: null });
    node.server.behave({});
    node.clock.advance(10_000);
    await node.mails.flush();
    const [first, second] = node.server.offered.map((raw) => /^([0-9]{6})\r?$/m.exec(raw)?.[1]);
    expect(node.server.taken).toHaveLength(1);
    // Ten minutes from the mail that arrived, not from the one that was refused.
    node.clock.advance(WINDOW_MS - 1);
    expect(first).toMatch(/^[0-9]{6}$/);
    if (first !== second) expect(await node.judge(ada, first!)).toBe("wrong");
    expect(await node.judge(ada, second!)).toBe("right");
  });

  it("that are refused for good leave nobody waiting", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    node.server.behave({ refuse: { at: "recipient", code: 550, words: "no such mailbox" } });
    await node.ask(ada);
    await node.mails.flush();
    expect(await node.stateOf(ada)).toBeNull();
    expect(node.events).toMatchObject([
      { kind: "mail-failed", userId: ada.id, detail: { mail: "second-factor-code" } },
    ]);
    node.server.behave({});
    expect(await node.judge(ada, await node.receive(ada))).toBe("right");
  });

  it("whose sender dies after the claim are sent after it, with another code", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    await node.ask(ada);
    const dead = await claimForDelivery(node, (await mailRows(node))[0]!.id);
    expect(dead?.code).toMatch(/^[0-9]{6}$/);
    node.clock.advance(CLAIM_MS);
    await node.mails.flush();
    const code = codeIn(node.server.taken[0]!.parsed.text ?? "");
    if (dead?.code !== code) expect(await node.judge(ada, dead!.code!)).toBe("wrong");
    expect(await node.judge(ada, code)).toBe("right");
  });

  it("replace those that still wait for the same purpose, and leave others alone", async () => {
    const node = await startEmailCodes(harness);
    const [ada, grace] = [
      await node.addAsker("ada@example.com"),
      await node.addAsker("grace@example.com"),
    ];
    for (const asker of [ada, grace, ada, { ...ada, purpose: "proof" as const }, ada]) {
      await node.ask(asker);
      node.clock.advance(1000);
    }
    const waiting = (await mailRows(node)).map(
      (row) => `${row.to_address} ${(JSON.parse(row.data_json) as { purpose: string }).purpose}`,
    );
    expect(waiting.toSorted()).toEqual([
      "ada@example.com proof",
      "ada@example.com sign-in",
      "grace@example.com sign-in",
    ]);
    await node.mails.flush();
    expect(node.server.taken).toHaveLength(3);
  });

  it("leave one code that works when several are asked for at once", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    const asked = Array.from({ length: 5 }, () => node.ask(ada));
    expect(await Promise.all(asked)).toEqual([null, null, null, null, null]);
    expect(await mailRows(node)).toHaveLength(1);
    await node.mails.flush();
    expect(await node.judge(ada, codeIn(node.server.taken[0]!.parsed.text ?? ""))).toBe("right");
  });

  describe("go to nobody", () => {
    it.each([
      ["has another address", { email: "new@example.com" }, "another e-mail address"],
      ["is disabled", { is_disabled: 1 }, "disabled"],
    ])("when the user %s by then (row 94)", async (_title, change, words) => {
      const node = await startEmailCodes(harness);
      const ada = await node.addAsker("ada@example.com");
      await node.ask(ada);
      await node.database.transaction((trx) =>
        trx.updateTable("accounts_user").set(change).execute(),
      );
      await node.mails.flush();
      expect(node.server.offered).toEqual([]);
      expect((await mailRows(node))[0]?.last_error).toContain(words);
      const codes = await node.database.kysely
        .selectFrom("identity_email_code")
        .select("mac")
        .execute();
      expect(codes).toEqual([{ mac: null }]);
    });

    it.each([
      ["the session has ended", "identity_session"],
      ["the request was taken back", "identity_email_code"],
    ] as const)("when %s", async (_title, table) => {
      const node = await startEmailCodes(harness);
      const ada = await node.addAsker("ada@example.com");
      await node.ask(ada);
      await node.database.transaction((trx) => trx.deleteFrom(table).execute());
      await node.mails.flush();
      expect(node.server.offered).toEqual([]);
      expect((await mailRows(node))[0]?.last_error).toContain("nobody waits");
      expect(node.events, "nobody has to look after it").toEqual([]);
    });

    it("when nothing could be sent for ten minutes; until then it is told as waiting", async () => {
      const node = await startEmailCodes(harness);
      const ada = await node.addAsker("ada@example.com");
      await node.ask(ada);
      node.clock.advance(WINDOW_MS - 1);
      expect(await node.stateOf(ada)).toEqual({ sentAtMs: null, expiresAtMs: null });
      node.clock.advance(1);
      expect(await node.stateOf(ada)).toBeNull();
      await node.mails.flush();
      expect(node.server.offered).toEqual([]);
    });

    it("when there is no such user", async () => {
      const node = await startEmailCodes(harness);
      const ada = await node.addAsker("ada@example.com");
      await node.ask({ ...ada, id: "nobody-there" });
      expect(await mailRows(node)).toEqual([]);
    });
  });
});

describeEachEngine("requests for codes", (harness) => {
  it("of one user are taken five times in any ten minutes (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const [ada, grace] = [
      await node.addAsker("ada@example.com"),
      await node.addAsker("grace@example.com"),
    ];
    const proof = { ...ada, purpose: "proof" as const };
    for (const minute of [0, 1, 2, 3, 4]) {
      const asker = minute % 2 === 0 ? ada : proof;
      expect(await node.ask(asker, `198.51.100.${minute}`), `in minute ${minute}`).toBeNull();
      node.clock.advance(MINUTE_MS);
    }
    expect(await node.ask(ada, "192.0.2.1")).toBe(300);
    expect(await node.ask(grace), "another user has her own").toBeNull();
    node.clock.advance(5 * MINUTE_MS - 1);
    expect(await node.ask(ada), "a moment before the first is ten minutes old").toBe(1);
    node.clock.advance(1);
    // Those that were refused do not count.
    expect([await node.ask(proof), await node.ask(ada)]).toEqual([null, 60]);
  });

  it("that are refused leave the code before them good (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    for (let count = 0; count < 4; count += 1) await node.receive(ada);
    const code = await node.receive(ada);
    for (let count = 0; count < 15; count += 1) expect(await node.ask(ada)).toBe(600);
    await node.mails.flush();
    expect(node.server.taken, "of twenty").toHaveLength(5);
    expect(await node.judge(ada, code)).toBe("right");
  });

  it("from one network are taken fifty times in ten minutes, for whomever (row 95)", async () => {
    const node = await startEmailCodes(harness);
    const people = await Promise.all(
      Array.from({ length: 11 }, (_, count) => node.addAsker(`u${count}@example.com`)),
    );
    for (const [index, asker] of people.slice(0, 10).entries()) {
      for (let count = 0; count < 5; count += 1) {
        expect(await node.ask(asker, `2001:db8:1:2::${index * 5 + count}`)).toBeNull();
      }
    }
    const last = people[10]!;
    expect(await node.ask(last, "2001:db8:1:2:ffff::1")).toBe(600);
    expect(await node.ask(last, "2001:db8:1:3::1"), "the next network").toBeNull();
    node.clock.advance(WINDOW_MS - 1);
    expect(await node.ask(last, "2001:db8:1:2::1")).toBe(1);
    node.clock.advance(1);
    expect(await node.ask(last, "2001:db8:1:2::1")).toBeNull();
  });

  it("are counted exactly when they race, for the user and for the network", async () => {
    const node = await startEmailCodes(harness);
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, count) => node.addAsker(`u${count}@example.com`)),
    );
    const asked = people.flatMap((asker) => Array.from({ length: 6 }, () => node.ask(asker)));
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((waitSeconds) => waitSeconds === null)).toHaveLength(50);
    const rows = await node.database.kysely
      .selectFrom("identity_email_code_request")
      .select(["user_id"])
      .where("user_id", "<>", "")
      .execute();
    for (const { id } of people) {
      expect(rows.filter((row) => row.user_id === id).length).toBeLessThanOrEqual(5);
    }
    // A node that starts afresh knows of them.
    await createMails(node).flush();
    expect(await node.ask(people[0]!)).not.toBeNull();
  });

  it("are taken again when the clock was set back", async () => {
    const node = await startEmailCodes(harness);
    const ada = await node.addAsker("ada@example.com");
    for (let count = 0; count < 5; count += 1) await node.ask(ada);
    expect(await node.ask(ada)).toBe(600);
    node.clock.jump(-365 * 86_400_000);
    for (let count = 0; count < 5; count += 1) expect(await node.ask(ada)).toBeNull();
    expect(await node.ask(ada)).toBe(600);
  });

  it("leave nothing behind when their window is over", async () => {
    const node = await startEmailCodes(harness);
    await node.receive(await node.addAsker("ada@example.com"));
    const count = async () =>
      (await node.database.kysely.selectFrom("identity_email_code_request").select("id").execute())
        .length;
    expect(await count(), "the request, and the network's row").toBe(2);
    node.clock.advance(WINDOW_MS);
    await node.mails.flush();
    expect(await count()).toBe(0);
  });
});

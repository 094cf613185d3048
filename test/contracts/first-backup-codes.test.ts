// What the first backup codes promise on every engine: ten slow hashes, for who proved a method.
import { expect, it } from "vitest";
import { makeEmailCode } from "../../src/server/identity/email-codes/email-code-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { wrongOne } from "../mail/start-email-codes.ts";
import { createSoftwarePasskey } from "../people/software-passkey.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { RIGHT, setUpDoor } from "./people-at-the-door.ts";
import { PUBLIC_URL } from "./start-credentials.ts";

const EMAIL = "/api/v1/me/two-factor/email";
const PASSKEYS = "/api/v1/me/passkeys";

async function setUp(harness: EngineHarness) {
  const { node, database, clock, addUser } = await setUpDoor(harness);
  const userId = await addUser();
  const browser = node.open();
  await browser.signIn("ada@example.com", RIGHT);

  async function must(path: string, body?: unknown) {
    const answer = await browser.send("POST", path, body === undefined ? {} : { body });
    if (answer.status >= 300) throw new Error(answer.text);
    return answer.json;
  }

  /** As the mail of it has it. */
  async function mailedCode(): Promise<string> {
    await must(EMAIL);
    const { session_id: sessionId, requested_at: askedAtMs } = await database.kysely
      .selectFrom("identity_email_code")
      .selectAll()
      .where("user_id", "=", userId)
      .executeTakeFirstOrThrow();
    const made = { userId, purpose: "set-up", sessionId, askedAtMs, nowMs: clock.nowMs() } as const;
    const code = await database.transaction((trx) => makeEmailCode(trx, TEST_KEY_RING, made));
    return code ?? expect.fail("nobody waits for the code");
  }

  await must("/api/v1/me/proof", { method: "password", password: RIGHT });
  return { node, browser, must, mailedCode };
}

describeEachEngine("first backup codes", (harness) => {
  it("cost nothing for wrong e-mailed codes, which say how many tries are left", async () => {
    const { node, browser, mailedCode } = await setUp(harness);
    const confirm = (code: string) => browser.send("POST", `${EMAIL}/confirm`, { body: { code } });
    const first = await mailedCode();
    for (const tries of ["4 tries are", "3 tries are", "2 tries are", "one try is"]) {
      const { status, json } = await confirm(wrongOne(first));
      expect([status, json.code]).toEqual([403, "set-up-code-wrong"]);
      expect(json.detail).toMatch(/^This code is wrong: /);
      expect(json.detail).toContain(`; ${tries} left.`);
      expect(json.errors).toEqual([{ path: "/code", message: json.detail }]);
    }
    const fifth = await confirm(wrongOne(first));
    expect([fifth.status, fifth.json.code]).toEqual([409, "set-up-ended"]);
    expect((await confirm(first)).json.code).toBe("set-up-ended");
    expect(node.counts.salted).toBe(0);
    const right = await confirm(await mailedCode());
    expect([right.status, right.json.backupCodes.length]).toEqual([200, 10]);
    expect(node.counts.salted).toBe(10);
  });

  it("are made once, of eight passkeys that are added at a time", async () => {
    const { node, browser, must } = await setUp(harness);
    const bodies: object[] = [];
    for (let count = 0; count < 8; count += 1) {
      const { options } = await must(`${PASSKEYS}/options`);
      bodies.push({ response: createSoftwarePasskey(PUBLIC_URL).create(options) });
    }
    const answers = await Promise.all(
      bodies.map((body) => browser.send("POST", PASSKEYS, { body })),
    );
    for (const { status, text } of answers) expect([status, text]).toEqual([200, text]);
    expect(answers.filter(({ json }) => json.backupCodes !== null)).toHaveLength(1);
    expect(node.counts.salted).toBe(10);
  });
});

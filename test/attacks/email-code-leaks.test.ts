// Where e-mailed codes must not be found, and what goes on while no mail can be sent.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MailAnswer } from "../../src/api/mail-api.ts";
import { startMailServer } from "../mail/start-mail-server.ts";
import { wrongOne } from "../mail/start-email-codes.ts";
import { PROOF_CODE, SIGN_IN_CODE, startEmailPeople } from "../people/start-email-people.ts";
import type { EmailPeople } from "../people/start-email-people.ts";
import type { Person } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const email = { method: "email" } as const;

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
const logLines: string[] = [];
let portal: EmailPeople;
let ada: Person;
beforeAll(async () => {
  portal = await startEmailPeople({ dataDir, onLogLine: (line) => logLines.push(line) });
  ada = await portal.addEmailPerson({ email: "ada@example.com", app: true });
  portal.advance(10 * MINUTE_MS);
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everything that the server has written to disk. */
function filesOf(directory: string): string {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const paths = names.map((name) => join(directory, name));
  const files = paths.filter((path) => statSync(path).isFile());
  return files.map((path) => readFileSync(path, "latin1")).join("\n");
}

/** A number among letters or digits is another one: times and ids have many. */
function standsIn(text: string, code: string): boolean {
  return new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`).test(text);
}

describe("row 78: e-mailed codes", () => {
  it("are in no log line, event, answer, list of mails, or file, right or wrong", async () => {
    const answers: string[] = [];
    const browser = await portal.half(ada);
    const replaced = await portal.codeFor(browser, ada);
    const right = await portal.codeFor(browser, ada);
    const wrong = wrongOne(right);
    for (const code of [wrong, replaced, `${right} 1`, right]) {
      answers.push((await browser.sendCode(code, email)).text);
    }
    expect(answers.at(-1)).toContain('"none"');
    const proof = await portal.codeFor(browser, ada, PROOF_CODE);
    const body = { method: "email", code: proof };
    expect((await browser.ask("POST", "/api/v1/me/proof", { body })).status).toBe(200);
    // One that nobody uses stays in the store, and in the query of whoever puts it there.
    const half = await portal.half(ada);
    const unused = await portal.codeFor(half, ada);
    await half.ask("GET", `/api/v1/sign-in/second-factor`);
    await expect.poll(() => portal.codesMailedTo(ada).length).toBe(5);
    for (const path of ["/api/v1/events?limit=500", "/api/v1/mails", `/api/v1/users/${ada.id}`]) {
      answers.push((await portal.api("GET", path)).text);
    }
    const places = {
      log: logLines.join("\n"),
      answers: answers.join("\n"),
      files: filesOf(dataDir),
    };
    expect(places.answers).toContain("second-factor-code");
    expect(places.files).toContain("second-factor-code");
    for (const code of new Set([replaced, right, wrong, proof, unused])) {
      for (const [place, text] of Object.entries(places)) {
        expect([place, standsIn(text, code)]).toEqual([place, false]);
      }
    }
  });
});

describe("row 193: while the mail server is away", () => {
  it("the page says that the mail waits, and the other methods sign in", async () => {
    portal.advance(10 * MINUTE_MS);
    const { port } = portal.mailServer;
    await portal.mailServer.close();
    const browser = await portal.half(ada);
    const asked = await browser.ask("POST", SIGN_IN_CODE);
    const waiting = { sentAt: null, expiresAt: null };
    expect([asked.status, asked.json]).toEqual([
      202,
      { sentTo: "a•••@example.com", emailCode: waiting },
    ]);
    // Of each: one that is tried only after the clock was turned on waits for the clock again.
    const haveAllFailed = async () => {
      const { mails } = (await portal.must("GET", "/api/v1/mails")) as { mails: MailAnswer[] };
      const waits = mails.filter(({ state }) => state === "waiting");
      return waits.length > 0 && waits.every(({ lastError }) => lastError !== null);
    };
    await expect.poll(haveAllFailed, { timeout: 10_000 }).toBe(true);
    const page = await browser.ask("GET", "/api/v1/sign-in/second-factor");
    expect(page.json).toMatchObject({
      emailCode: waiting,
      methods: ["app", "email"],
      hasBackupCodes: true,
    });
    const byCode = await portal.half(ada);
    const backup = { method: "backup-code" };
    expect((await byCode.sendCode(ada.backupCodes[0], backup)).json.next).toBe("none");
    expect((await browser.sendCode(ada.app!.freshCode())).json.next).toBe("none");

    // It is back: a sign-in that still waits gets its code by itself.
    const patient = await portal.half(ada);
    expect((await patient.ask("POST", SIGN_IN_CODE)).status).toBe(202);
    await expect.poll(haveAllFailed, { timeout: 10_000 }).toBe(true);
    const back = await startMailServer({ port });
    portal.advance(MINUTE_MS);
    await expect.poll(() => back.taken.length, { timeout: 20_000 }).toBeGreaterThan(0);
    // That it was taken is written down a moment after the mail server has it.
    const sentAt = async () =>
      (await patient.ask("GET", "/api/v1/sign-in/second-factor")).json.emailCode.sentAt;
    await expect.poll(sentAt).not.toBeNull();
    await back.close();
  });
});

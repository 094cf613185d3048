// Attacks on backup codes: races, other people's, used ones, those of before, the store's dump.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSettings, PROOF, textsTo, TWO_FACTOR } from "../people/open-settings.ts";
import type { MailingPortal } from "../people/open-settings.ts";
import { startPeople } from "../people/start-people.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: MailingPortal;
let people = 0;
beforeAll(async () => {
  portal = { ...(await startPeople({ dataDir })), dataDir };
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function newPerson(): Promise<Person> {
  people += 1;
  return portal.addPerson({ email: `ada-${people}@example.com`, app: true });
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];

async function halfSignedIn({ email, password }: Person): Promise<TestBrowser> {
  const browser = portal.browser();
  const { json } = await browser.signIn(email, password);
  if (json.next !== "second-factor") throw new Error(json.next);
  return browser;
}

const send = (browser: TestBrowser, code: string | undefined): Promise<ApiAnswer> =>
  browser.sendCode(code, { method: "backup-code" });

describe("row 96: backup codes", () => {
  it("let one in, of fifty requests with the same code at a time, in ten sign-ins", async () => {
    const person = await newPerson();
    const halves: TestBrowser[] = [];
    // One after the other: passwords have their own turns, and codes are what is tested.
    for (let count = 0; count < 10; count += 1) halves.push(await halfSignedIn(person));
    const code = person.backupCodes[0];
    const requests = Array.from({ length: 50 }, (_, at) => send(halves[at % 10]!, code));
    const answers = await Promise.all(requests);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    // In the sign-in that went on there is nobody left to ask.
    const gone = answers.filter(({ status }) => status === 401 || status === 409);
    expect(gone.length).toBeLessThan(5);
    expect(answers.filter((answer) => String(refusalOf(answer)) === "403,code-used")).toHaveLength(
      49 - gone.length,
    );
    const { read } = await openSettings(portal, person);
    expect(await read()).toMatchObject({ backupCodes: { left: 9 }, attemptsLeft: 5 });
  });

  it("are their owner's, each once, typed as they were printed or not", async () => {
    const [ada, grace] = [await newPerson(), await newPerson()];
    const half = await halfSignedIn(grace);
    expect(refusalOf(await send(half, ada.backupCodes[1]))).toEqual([403, "code-wrong"]);
    const typed = ` ${grace.backupCodes[1]!.toUpperCase().replace("-", " ")} `;
    expect((await send(half, typed)).status).toBe(200);
    const again = await halfSignedIn(grace);
    expect(refusalOf(await send(again, grace.backupCodes[1]))).toEqual([403, "code-used"]);
    await portal.server.identity.mails.flush();
    const texts = [...textsTo(dataDir, grace.email).values()].join("\n");
    expect(texts).toMatch(/backup code was used/i);
    for (const code of grace.backupCodes) expect(texts).not.toContain(code);
  });

  it("are void when new ones are made, and when the last method is turned off", async () => {
    const person = await newPerson();
    const { must, prove } = await openSettings(portal, person);
    await prove();
    const { backupCodes } = await must("POST", `${TWO_FACTOR}/backup-codes`);
    expect(new Set([...backupCodes, ...person.backupCodes])).toHaveLength(20);
    const half = await halfSignedIn(person);
    expect(refusalOf(await send(half, person.backupCodes[0]))).toEqual([403, "code-wrong"]);
    expect((await send(half, backupCodes[0])).status).toBe(200);
    await must("DELETE", `${TWO_FACTOR}/app`);
    const again = await openSettings(portal, { ...person, app: null });
    const app = await again.setUpApp();
    expect(app.backupCodes).toHaveLength(10);
    const later = await halfSignedIn(person);
    expect(refusalOf(await send(later, backupCodes[1]))).toEqual([403, "code-wrong"]);
  });

  it("prove who somebody is, and count with all other codes", async () => {
    const person = await newPerson();
    const { browser, read } = await openSettings(portal, person);
    const prove = (code: string) =>
      browser.ask("POST", PROOF, { body: { method: "backup-code", code } });
    expect(refusalOf(await prove("aaaaa-aaaaa"))).toEqual([403, "code-wrong"]);
    expect((await read()).attemptsLeft).toBe(4);
    const half = await halfSignedIn(person);
    expect(refusalOf(await send(half, "bbbbb-bbbbb"))).toEqual([403, "code-wrong"]);
    expect((await read()).attemptsLeft).toBe(3);
    expect((await prove(person.backupCodes[2]!)).status).toBe(200);
    expect(await read()).toMatchObject({ attemptsLeft: 5, provedUntil: expect.any(String) });
    expect(refusalOf(await prove(person.backupCodes[2]!))).toEqual([403, "code-used"]);
  });
});

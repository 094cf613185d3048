// Attacks by who knows the password and began a sign-in before its owner had a second factor.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthenticator } from "../people/authenticator.ts";
import { openSettings, settingsIn, TWO_FACTOR } from "../people/open-settings.ts";
import type { MailingPortal, Settings } from "../people/open-settings.ts";
import { startPeople } from "../people/start-people.ts";
import type { NewPerson, Person, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const DAY_MS = 86_400_000;
const ENDED = [401, "session-ended"];
const APP = `${TWO_FACTOR}/app`;

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: MailingPortal;
let people = 0;
beforeAll(async () => {
  portal = { ...(await startPeople({ dataDir })), dataDir };
  await portal.addAccount("strict");
  await portal.addAccount("acme");
  const value = { frequency: "every-login", required: { enabled: true } };
  await portal.must("PUT", "/api/v1/identity-policies/two-factor?account=strict", { value });
});
afterAll(async () => {
  await portal.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function newPerson(wanted: Partial<NewPerson>): Promise<Person> {
  people += 1;
  return portal.addPerson({ email: `vic-${people}@example.com`, ...wanted });
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];

async function begin(person: Person): Promise<TestBrowser & { readonly next: string }> {
  const browser = portal.browser();
  const answer = await browser.signIn(person.email, person.password);
  return { ...browser, next: answer.json.next };
}

/** As the page does that stands between the password and everything else. */
async function enrol(half: Settings): Promise<void> {
  const app = createAuthenticator((await half.must("POST", APP)).secret, portal);
  const { next } = await half.must("POST", `${APP}/confirm`, { code: app.freshCode() });
  expect(next).toBe("none");
}

describe("row 93: a sign-in that was begun with the password alone", () => {
  it("sets up nothing any more once its owner has a method", async () => {
    const vic = await newPerson({ accounts: { strict: "agent" } });
    const attacker = await begin(vic);
    expect(attacker.next).toBe("set-up-second-factor");
    const prepared = await attacker.ask("POST", APP);
    expect(prepared.status).toBe(200);
    const owner = await begin(vic);
    await enrol(settingsIn(portal, vic, owner));
    const code = createAuthenticator(prepared.json.secret, portal).codeAt();
    const tries = [
      await attacker.ask("POST", `${APP}/confirm`, { body: { code } }),
      await attacker.ask("POST", APP),
      await attacker.ask("POST", `${TWO_FACTOR}/email`),
      await attacker.ask("POST", "/api/v1/me/passkeys/options"),
      await attacker.ask("GET", TWO_FACTOR),
      await attacker.ask("GET", "/api/v1/me"),
    ];
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 401));
    expect(refusalOf(tries[0]!)).toEqual(ENDED);
    expect(await settingsIn(portal, vic, owner).read()).toMatchObject({ email: null });
  });

  it("of several goes on once, and the others have ended", async () => {
    const vic = await newPerson({ accounts: { strict: "agent" } });
    const halves = await Promise.all([1, 2, 3, 4].map(() => begin(vic)));
    const answers: ApiAnswer[] = [];
    for (const half of halves) {
      const started = await half.ask("POST", APP);
      const secret = started.json.secret ?? "AAAA";
      const code = createAuthenticator(String(secret), portal).freshCode();
      answers.push(await half.ask("POST", `${APP}/confirm`, { body: { code } }));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 401]);
  });

  it("row 73: changes no password once its owner has a method", async () => {
    const vic = await newPerson({ accounts: { acme: "agent" } });
    const path = "/api/v1/identity-policies/user-authentication?account=acme";
    const { default: rules } = await portal.must("GET", path);
    const setExpiry = (enabled: boolean) =>
      portal.must("PUT", path, { value: { ...rules, expiry: { enabled, days: 1 } } });
    portal.advance(2 * DAY_MS);
    await setExpiry(true);
    const attacker = await begin(vic);
    expect(attacker.next).toBe("change-password");
    await setExpiry(false);
    const owner = await openSettings(portal, vic);
    await owner.setUpApp();
    const body = { currentPassword: vic.password, newPassword: "another walk by the lake" };
    expect(refusalOf(await attacker.ask("POST", "/api/v1/me/password", { body }))).toEqual(ENDED);
    expect((await begin(vic)).next).toBe("second-factor");
    expect((await owner.browser.ask("GET", "/api/v1/me")).status).toBe(200);
  });

  it("ends when a method is turned off, and when the e-mail address changes", async () => {
    const vic = await newPerson({ accounts: { acme: "agent" } });
    const owner = await openSettings(portal, vic);
    await owner.setUpApp();
    const first = await begin(vic);
    await owner.must("DELETE", APP);
    expect(refusalOf(await first.ask("GET", "/api/v1/sign-in/second-factor"))).toEqual(ENDED);
    await owner.setUpEmail();
    const second = await begin(vic);
    await portal.must("PATCH", `/api/v1/users/${vic.id}`, { email: "victoria@example.com" });
    const asked = await second.ask("POST", "/api/v1/sign-in/second-factor/email-code");
    expect(refusalOf(asked)).toEqual(ENDED);
  });
});

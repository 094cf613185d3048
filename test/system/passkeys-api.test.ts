// Passkeys by the API: the first and the last one, the rules of the account, what is recorded.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addPasskey,
  addPasskeyHolder,
  mustPost,
  passFactorByPasskey,
  PASSKEYS,
  proveByPassword,
  signInByPasskey,
} from "../people/add-passkey.ts";
import type { PasskeyHolder } from "../people/add-passkey.ts";
import { createSoftwarePasskey } from "../people/software-passkey.ts";
import { ORIGIN, PASSWORD, startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "../attacks/start-gate.ts";

const POLICY = "/api/v1/identity-policies";
const DAY_MS = 86_400_000;

let portal: RunningPeople;
let accounts = 0;
beforeAll(async () => {
  portal = await startPeople();
});
afterAll(() => portal.stop());

type Rules = Readonly<Record<string, unknown>>;
type OwnAccount = {
  readonly code: string;
  readonly setRules: (section: "two-factor" | "user-authentication", rules: Rules) => Promise<void>;
};

async function newAccount(): Promise<OwnAccount> {
  accounts += 1;
  const code = `account-${accounts}`;
  await portal.addAccount(code);
  return {
    code,
    setRules: async (section, rules) => {
      const path = `${POLICY}/${section}?account=${code}`;
      const { value } = await portal.must("GET", path);
      await portal.must("PUT", path, { value: { ...value, ...rules } });
    },
  };
}

function newHolder(code: string): Promise<PasskeyHolder> {
  const email = `holder@${code}.example.com`;
  return addPasskeyHolder(portal, { email, accounts: { [code]: "agent" } });
}

async function settingsOf(browser: TestBrowser): Promise<ApiAnswer["json"]> {
  return (await browser.ask("GET", "/api/v1/me/two-factor")).json;
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json.code];

describe("the first passkey", () => {
  it("makes ten backup codes, which are told once; the second one makes none", async () => {
    const { code } = await newAccount();
    const person = await portal.addPerson({
      email: "first@example.com",
      accounts: { [code]: "agent" },
    });
    const browser = await portal.signedIn(person);
    expect(await settingsOf(browser)).toMatchObject({ passkeys: [], passkeysRefusal: null });
    await proveByPassword(browser, person);
    const { backupCodes } = await addPasskey(browser);
    expect(backupCodes).toHaveLength(10);
    expect((await addPasskey(browser)).backupCodes).toBeNull();
    const { passkeys } = await settingsOf(browser);
    expect(passkeys).toMatchObject([
      { name: "Work laptop", isSynced: false, lastUsedAt: null },
      { name: "Work laptop" },
    ]);
    const half = portal.browser();
    expect((await half.signIn(person.email, PASSWORD)).json.next).toBe("second-factor");
    const body = { method: "backup-code", code: backupCodes![0] };
    expect((await half.ask("POST", "/api/v1/sign-in/second-factor", { body })).status).toBe(200);
  });

  it("is the twentieth at most", async () => {
    const { code } = await newAccount();
    const { browser } = await newHolder(code);
    for (let count = 2; count <= 20; count += 1) await addPasskey(browser);
    const refused = await browser.ask("POST", `${PASSKEYS}/options`);
    expect(refusalOf(refused)).toEqual([409, "passkeys-too-many"]);
  });
});

describe("an account that requires a second factor", () => {
  it("takes a passkey that is added at sign-in; the sign-in is whole then", async () => {
    const { code, setRules } = await newAccount();
    const person = await portal.addPerson({
      email: "new@example.com",
      accounts: { [code]: "agent" },
    });
    await setRules("two-factor", { required: { enabled: true } });
    const browser = portal.browser();
    const answer = await browser.signIn(person.email, PASSWORD);
    expect(answer.json.next).toBe("set-up-second-factor");
    const before = new Map(browser.cookies);
    const passkey = await addPasskey(browser);
    expect(passkey.backupCodes).toHaveLength(10);
    expect([...browser.cookies]).not.toEqual([...before]);
    expect((await browser.ask("GET", "/api/v1/me")).json.stage).toBe("none");
    expect((await signInByPasskey(portal.browser(), passkey)).json.next).toBe("none");
  });

  it("keeps the last one, also when both of two are removed at the same moment", async () => {
    const { code, setRules } = await newAccount();
    const { browser } = await newHolder(code);
    await addPasskey(browser);
    await setRules("two-factor", { required: { enabled: true } });
    const { passkeys } = await settingsOf(browser);
    const removals = passkeys.map(({ id }: { readonly id: string }) =>
      browser.ask("DELETE", `${PASSKEYS}/${id}`),
    );
    const answers: ApiAnswer[] = await Promise.all(removals);
    const refused = answers.filter(({ status }) => status !== 204);
    expect(refused.map(refusalOf)).toEqual([[409, "second-factor-required-by-account"]]);
    expect((await settingsOf(browser)).passkeys).toHaveLength(1);
  });
});

describe("the last passkey", () => {
  it("takes backup codes and trust with it; the password alone signs in then", async () => {
    const { code, setRules } = await newAccount();
    await setRules("two-factor", { frequency: "14-days-skip" });
    const holder = await newHolder(code);
    const { browser, passkey } = holder;
    const trusted = portal.browser();
    await trusted.signIn(holder.email, PASSWORD);
    const { options } = await mustPost(trusted, "/api/v1/sign-in/second-factor/passkey-options");
    const body = { response: passkey.sign(options), trustBrowser: true };
    await mustPost(trusted, "/api/v1/sign-in/second-factor/passkey", body);
    expect((await settingsOf(browser)).trustedBrowsers).toHaveLength(1);
    const [{ id }] = (await settingsOf(browser)).passkeys;
    expect((await browser.ask("DELETE", `${PASSKEYS}/${id}`)).status).toBe(204);
    expect(await settingsOf(browser)).toMatchObject({
      passkeys: [],
      trustedBrowsers: [],
      backupCodes: null,
    });
    expect((await portal.browser().signIn(holder.email, PASSWORD)).json.next).toBe("none");
    expect((await signInByPasskey(portal.browser(), passkey)).status).toBe(401);
  });
});

describe("a sign-in by passkey alone", () => {
  it("still asks for a new password when the present one has expired", async () => {
    const { code, setRules } = await newAccount();
    const { passkey } = await newHolder(code);
    await setRules("user-authentication", { expiry: { enabled: true, days: 90 } });
    portal.advance(90 * DAY_MS);
    const browser = portal.browser();
    expect((await signInByPasskey(browser, passkey)).json.next).toBe("change-password");
    expect(refusalOf(await browser.ask("GET", "/api/v1/me/two-factor"))).toEqual([
      403,
      "password-change-required",
    ]);
    const body = { currentPassword: PASSWORD, newPassword: "another-walk-by-the-sea" };
    expect((await browser.ask("POST", "/api/v1/me/password", { body })).json.next).toBe("none");
  });

  it("ends the session that the browser had, and leads to our own pages only", async () => {
    const { code } = await newAccount();
    const { passkey, browser } = await newHolder(code);
    const stolen = portal.browser();
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value);
    const { options } = await mustPost(browser, "/api/v1/sign-in/passkey-options");
    const body = { response: passkey.sign(options), returnTo: "https://evil.example/" };
    const answer = await browser.ask("POST", "/api/v1/sign-in/passkey", { body });
    expect(answer.json).toEqual({ next: "none", returnTo: null });
    expect((await stolen.ask("GET", "/api/v1/me")).status).toBe(401);
  });
});

describe("what happens with passkeys", () => {
  it("is recorded, with how somebody signed in and never with what was signed", async () => {
    const { code } = await newAccount();
    const { id, email, browser, passkey } = await newHolder(code);
    const [{ id: passkeyId }] = (await settingsOf(browser)).passkeys;
    await browser.ask("PATCH", `${PASSKEYS}/${passkeyId}`, { body: { name: "Old laptop" } });
    await signInByPasskey(portal.browser(), passkey);
    const half = portal.browser();
    await half.signIn(email, PASSWORD);
    await passFactorByPasskey(half, passkey);
    await signInByPasskey(portal.browser(), passkey, { isSignatureFlipped: true });
    await browser.ask("DELETE", `${PASSKEYS}/${passkeyId}`);
    const { events } = await portal.must("GET", `/api/v1/events?user=${id}`);
    const told = events.map(({ kind, reason }: Rules) => `${String(kind)} ${String(reason)}`);
    expect(told).toEqual(
      expect.arrayContaining([
        "second-factor-changed passkey-added",
        "second-factor-changed passkey-renamed",
        "second-factor-changed passkey-removed",
        "sign-in user-open",
        "sign-in-begun user-open",
        "sign-in passkey",
        "sign-in-refused passkey-wrong",
      ]),
    );
    const methods = events.map(({ detail }: ApiAnswer["json"]) => detail?.method);
    expect(methods).toEqual(expect.arrayContaining(["passkey", "password+passkey"]));
    expect(JSON.stringify(events)).not.toContain(passkey.credentialId);
  });
});

describe("at an IP address", () => {
  it("there are none, and every route says why", async () => {
    const plain = await startPeople({ env: { PUBLIC_URL: "http://127.0.0.1:8080" } });
    try {
      const headers = { origin: "http://127.0.0.1:8080", host: "127.0.0.1:8080" };
      const visitor = plain.browser();
      const response = createSoftwarePasskey(ORIGIN).sign({ challenge: "AAAA" });
      for (const [path, body] of [
        ["/api/v1/sign-in/passkey-options", undefined],
        ["/api/v1/sign-in/passkey", { response }],
      ] as const) {
        const refused = await visitor.ask("POST", path, { body, headers });
        expect(refusalOf(refused)).toEqual([409, "passkeys-unavailable"]);
        expect(refused.json.detail).toMatch(
          /^Passkeys do not work here, because this address is a number .* set PUBLIC_URL/,
        );
      }
    } finally {
      await plain.stop();
    }
  });
});

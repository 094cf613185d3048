// The first sign-in by a provider: nobody becomes somebody else here by what a provider says.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BIND,
  BIND_COOKIE,
  bindAs,
  connectionsIn,
  SESSION_COOKIE,
  signedInAs,
  startSsoPeople,
} from "../open-id/start-sso-people.ts";
import type { SsoPeople } from "../open-id/start-sso-people.ts";
import { proveByPassword } from "../people/add-passkey.ts";
import { textsTo } from "../people/open-settings.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const BIND_PAGE = "/postern/bind";
const TEN_MINUTES_MS = 600_000;

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: SsoPeople;
let subjects = 0;
beforeAll(async () => {
  portal = await startSsoPeople({ dataDir });
  await portal.addAccount("acme");
});
afterAll(async () => {
  await portal?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];

function newSubject(): string {
  subjects += 1;
  return `nobody-yet-${subjects}`;
}

/** A browser that was at the provider, which named somebody whom nobody here is connected with. */
async function atBind(
  wanted: { readonly sub?: string; readonly email?: string; readonly browser?: TestBrowser } = {},
): Promise<TestBrowser> {
  const { sub = newSubject(), email = "ada@idp.example", browser = portal.browser() } = wanted;
  expect(await portal.signInBy(browser, { sub, email })).toBe(BIND_PAGE);
  return browser;
}

/** Another browser with a copy of the cookie, as whoever stole it has. */
function copyOf(browser: TestBrowser): TestBrowser {
  const copy = portal.browser();
  copy.cookies.set(BIND_COOKIE, browser.cookies.get(BIND_COOKIE)!);
  return copy;
}

async function failuresOf(person: Person): Promise<readonly string[]> {
  const path = `/api/v1/events?kind=provider-failed&user=${person.id}`;
  const { events } = await portal.must("GET", path);
  return events.map(({ reason }: { readonly reason: string }) => reason);
}

const shownIn = async (browser: TestBrowser) =>
  (await connectionsIn(browser)).map(({ accountShown }) => accountShown);

/** Signed in with the password, and connected with nobody. */
async function expectUnconnected(browser: TestBrowser, person: Person): Promise<void> {
  expect(await signedInAs(browser)).toBe(person.email);
  expect(await shownIn(browser)).toEqual([]);
}

describe("row 108: a good sign-in at the provider", () => {
  it("is nobody's here until a user is proved, and then that user's for good", async () => {
    const ada = await portal.newPerson();
    const sub = newSubject();
    const browser = await atBind({ sub });
    expect([await signedInAs(browser), browser.cookies.has(SESSION_COOKIE)]).toEqual([401, false]);
    const shown = await browser.ask("GET", BIND);
    expect(shown.json).toMatchObject({
      provider: { id: "idp", kind: "oidc", name: "The idp" },
      accountShown: "ada@idp.example",
    });
    const bound = await bindAs(browser, ada);
    expect([bound.status, bound.json.next]).toEqual([200, "none"]);
    expect(await shownIn(browser)).toEqual(["ada@idp.example"]);
    expect(browser.cookies.has(BIND_COOKIE)).toBe(false);
    const again = portal.browser();
    expect(await portal.signInBy(again, { sub })).toBe("/postern/");
    expect(await signedInAs(again)).toBe(ada.email);
    await portal.server.identity.mails.flush();
    const mails = [...textsTo(dataDir, ada.email).values()].join("\n");
    expect(mails).toContain("ada@idp.example");
  });

  it("opens nothing with wrong passwords, which lock and ban as anywhere", async () => {
    const ada = await portal.newPerson();
    const clientAddress = "203.0.113.77";
    const browser = await atBind({ browser: portal.browser(clientAddress) });
    const wrong = async (email: string, attempt: number) => {
      const answer = await bindAs(browser, { ...ada, email, password: `not this one, ${attempt}` });
      expect(refusalOf(answer)).toEqual([401, "sign-in-refused"]);
      return answer.text;
    };
    // Whether an address is anybody's cannot be told here either.
    const [first, nobodys] = [await wrong(ada.email, 1), await wrong("nobody@example.com", 1)];
    expect(first).toBe(nobodys);
    for (let attempt = 2; attempt <= 6; attempt += 1) await wrong(ada.email, attempt);
    expect(refusalOf(await bindAs(browser, ada))).toEqual([401, "sign-in-refused"]);
    const { events } = await portal.must("GET", `/api/v1/events?limit=1000&user=${ada.id}`);
    const kinds = events.map(({ kind }: { readonly kind: string }) => kind);
    expect(kinds).toContain("lockout");
    expect(kinds).not.toContain("connection-made");
    for (let attempt = 2; attempt <= 4; attempt += 1) await wrong("nobody@example.com", attempt);
    const { bans } = await portal.must("GET", "/api/v1/bans?limit=100");
    expect(bans).toMatchObject([{ range: clientAddress, cause: "failed-authentication" }]);
    expect((await browser.ask("GET", BIND)).status).toBe(403);
  });

  it("waits for the second factor too, and connects nobody before it", async () => {
    const ada = await portal.newPerson({ app: true });
    const sub = newSubject();
    const browser = await atBind({ sub });
    expect((await bindAs(browser, ada)).json.next).toBe("second-factor");
    const early = portal.browser();
    expect(await portal.signInBy(early, { sub })).toBe(BIND_PAGE);
    expect(refusalOf(await browser.sendCode("000000"))).toEqual([403, "code-wrong"]);
    expect((await browser.sendCode(portal.freshCodeOf(ada))).json.next).toBe("none");
    expect(await shownIn(browser)).toEqual(["ada@idp.example"]);
    expect(await portal.signInBy(portal.browser(), { sub })).toBe("/postern/");
  });

  it("asks for it in a trusted browser as well", async () => {
    await portal.addAccount("skipping");
    const value = { frequency: "14-days-skip", required: { enabled: false } };
    await portal.must("PUT", "/api/v1/identity-policies/two-factor?account=skipping", { value });
    const ada = await portal.newPerson({ app: true, accounts: { skipping: "agent" } });
    const browser = portal.browser();
    await browser.signIn(ada.email, ada.password);
    await browser.sendCode(portal.freshCodeOf(ada), { trustBrowser: true });
    await browser.ask("POST", "/api/v1/sign-out");
    expect((await browser.signIn(ada.email, ada.password)).json.next).toBe("none");
    await browser.ask("POST", "/api/v1/sign-out");
    expect(await portal.signInBy(browser, { sub: newSubject() })).toBe(BIND_PAGE);
    expect((await bindAs(browser, ada)).json.next).toBe("second-factor");
    expect((await browser.sendCode(portal.freshCodeOf(ada))).json.next).toBe("none");
    expect(await shownIn(browser)).toHaveLength(1);
  });

  it("is proved in the browser that was there, and in no other", async () => {
    const ada = await portal.newPerson();
    const browser = await atBind();
    const other = portal.browser();
    expect(refusalOf(await other.ask("GET", BIND))).toEqual([404, "bind-ended"]);
    expect(refusalOf(await bindAs(other, ada))).toEqual([404, "bind-ended"]);
    expect(await signedInAs(other)).toBe(401);
    other.cookies.set(BIND_COOKIE, "A".repeat(43));
    expect(refusalOf(await bindAs(other, ada))).toEqual([404, "bind-ended"]);
    const cross = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const body = { email: ada.email, password: ada.password };
    const foreign = await browser.ask("POST", BIND, { body, headers: cross });
    expect(foreign.status).toBe(403);
    expect((await bindAs(browser, ada)).status).toBe(200);
  });

  it("is what it was when it came, whatever the browser brings home afterwards", async () => {
    const [ada, grace] = [await portal.newPerson(), await portal.newPerson()];
    const [first, second] = [newSubject(), newSubject()];
    const browser = await atBind({ sub: first, email: "first@idp.example" });
    const copy = copyOf(browser);
    expect(await portal.signInBy(browser, { sub: second, email: "second@idp.example" })).toBe(
      BIND_PAGE,
    );
    await bindAs(browser, ada);
    await bindAs(copy, grace);
    expect([await shownIn(browser), await shownIn(copy)]).toEqual([
      ["second@idp.example"],
      ["first@idp.example"],
    ]);
  });

  it("is used once: whoever comes second is signed in, and connected with nobody", async () => {
    const [ada, grace] = [await portal.newPerson({ app: true }), await portal.newPerson()];
    const sub = newSubject();
    const browser = await atBind({ sub });
    const copy = copyOf(browser);
    const late = copyOf(browser);
    expect((await bindAs(browser, ada)).json.next).toBe("second-factor");
    expect((await bindAs(copy, grace)).json.next).toBe("none");
    expect(refusalOf(await bindAs(late, grace))).toEqual([404, "bind-ended"]);
    expect((await browser.sendCode(portal.freshCodeOf(ada))).json.next).toBe("none");
    await expectUnconnected(browser, ada);
    expect(await failuresOf(ada)).toEqual(["bind-ended"]);
    const again = portal.browser();
    await portal.signInBy(again, { sub });
    expect(await signedInAs(again)).toBe(grace.email);
  });

  it("is good for ten minutes, to the end of the whole sign-in", async () => {
    const [ada, grace] = [await portal.newPerson({ app: true }), await portal.newPerson()];
    const [browser, slow] = [await atBind(), await atBind()];
    portal.advance(TEN_MINUTES_MS - 1);
    expect((await bindAs(slow, ada)).json.next).toBe("second-factor");
    portal.advance(1);
    expect(refusalOf(await bindAs(browser, grace))).toEqual([404, "bind-ended"]);
    expect(await signedInAs(browser)).toBe(401);
    expect((await slow.sendCode(portal.freshCodeOf(ada))).json.next).toBe("none");
    await expectUnconnected(slow, ada);
    expect(await failuresOf(ada)).toEqual(["bind-ended"]);
  });

  it("can be dropped, and then is nobody's", async () => {
    const browser = await atBind();
    const copy = copyOf(browser);
    expect((await browser.ask("DELETE", BIND)).status).toBe(204);
    expect(browser.cookies.has(BIND_COOKIE)).toBe(false);
    expect(refusalOf(await bindAs(copy, await portal.newPerson()))).toEqual([404, "bind-ended"]);
  });

  it("makes no second connection of one user with one provider", async () => {
    const [ada, grace] = [await portal.addConnected({}), await portal.newPerson({ app: true })];
    const browser = await atBind();
    expect(refusalOf(await bindAs(browser, ada))).toEqual([409, "connection-exists"]);
    expect(await signedInAs(browser)).toBe(401);
    // Nor when the other one is made between password and factor.
    expect((await bindAs(browser, grace)).json.next).toBe("second-factor");
    const other = await portal.signedIn(grace);
    await proveByPassword(other, grace);
    await portal.connect(other, { sub: newSubject(), email: "made-meanwhile@idp.example" });
    expect((await browser.sendCode(portal.freshCodeOf(grace))).json.next).toBe("none");
    expect(await signedInAs(browser)).toBe(grace.email);
    expect(await shownIn(browser)).toEqual(["made-meanwhile@idp.example"]);
    expect(await failuresOf(grace)).toEqual(["connection-exists"]);
  });
});

describe("row 118: an e-mail address that a provider names", () => {
  it("signs in nobody who has it here, verified or not", async () => {
    const ada = await portal.newPerson({ isOperator: true });
    const invited = { email: "invited@example.com", name: "Not yet here", invite: false };
    await portal.must("POST", "/api/v1/users", { ...invited, memberships: [], isOperator: false });
    for (const email of [ada.email, ada.email.toUpperCase(), invited.email]) {
      const claims = { sub: newSubject(), email, email_verified: true, preferred_username: email };
      const browser = portal.browser();
      expect(await portal.signInBy(browser, claims)).toBe(BIND_PAGE);
      expect(await signedInAs(browser)).toBe(401);
    }
    const { users } = await portal.must("GET", "/api/v1/users?limit=500");
    const ofIt = users.filter((user: { readonly email: string }) => user.email === invited.email);
    expect(ofIt).toHaveLength(1);
  });

  it("is no name of anybody: the subject is, and the issuer's own", async () => {
    const ada = await portal.addConnected({});
    const renamed = portal.browser();
    await portal.signInBy(renamed, { sub: ada.subject, email: "other@idp.example" });
    expect(await signedInAs(renamed)).toBe(ada.email);
    for (const sub of [`${ada.subject}x`, ada.subject.toUpperCase(), ada.email]) {
      const browser = portal.browser();
      expect(await portal.signInBy(browser, { sub, email: ada.email })).toBe(BIND_PAGE);
    }
  });

  it("that somebody took first is bound only by who knows that user's password", async () => {
    // An attacker has made the victim's address here, and waits for the victim's first sign-in.
    const squatted = await portal.newPerson({ password: "chosen-by-the-attacker" });
    const stolen = await portal.signedIn(squatted);
    const victim = await atBind({ email: squatted.email });
    const refused = await bindAs(victim, { ...squatted, password: "what the victim would choose" });
    expect(refusalOf(refused)).toEqual([401, "sign-in-refused"]);
    expect(await shownIn(stolen)).toEqual([]);
    expect(await signedInAs(victim)).toBe(401);
  });
});

// The way to a provider and back: what begins in one browser, session and minute ends only there.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  connectionsIn,
  CONNECTIONS,
  SESSION_COOKIE,
  signedInAs,
  signInBegin,
  startSsoPeople,
} from "../open-id/start-sso-people.ts";
import type { ConnectedPerson, SsoPeople } from "../open-id/start-sso-people.ts";
import { beginFlow, leadsTo, openCallback } from "../open-id/walk-flow.ts";
import { proveByPassword } from "../people/add-passkey.ts";
import type { Person, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const MINUTE_MS = 60_000;
const SIGN_IN_ENDED = "/postern/sign-in?fault=flow-ended&provider=idp";
const BIND = "/api/v1/sign-in/bind";
const BIND_COOKIE = "__Host-postern-bind";
const FLOW_PREFIX = "__Host-postern-flow-";
const CONNECT = { path: CONNECTIONS, body: { provider: "idp" } };

const logLines: string[] = [];
let portal: SsoPeople;
let ada: ConnectedPerson;
beforeAll(async () => {
  portal = await startSsoPeople({ onLogLine: (line) => void logLines.push(line) });
  await portal.addProvider("other");
  ada = await portal.addConnected({});
});
afterAll(() => portal?.stop());

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];
const flowsOf = ({ cookies }: TestBrowser) =>
  [...cookies.keys()].filter((name) => name.startsWith(FLOW_PREFIX));

/** Begins, goes to the provider, and stops before coming back. */
async function untilCallback(browser: TestBrowser, begin = signInBegin()): Promise<URL> {
  portal.provider.behave();
  return portal.provider.visit(await beginFlow(browser, begin));
}

/** Comes back, and the provider says that it was this subject. */
async function comeBack(browser: TestBrowser, callback: URL, sub: string): Promise<string> {
  portal.provider.behave({ claims: { sub } });
  return leadsTo(await openCallback(browser, callback));
}

/** Signed in by password, and has just proved it. */
async function proved(person: Person): Promise<TestBrowser> {
  const browser = await portal.signedIn(person);
  await proveByPassword(browser, person);
  return browser;
}

describe("row 111: a flow of somebody else's", () => {
  it("does not sign a browser in that did not begin it", async () => {
    const attacker = portal.browser();
    const callback = await untilCallback(attacker);
    const tokens = portal.provider.asked.token;
    const victim = portal.browser();
    expect(await comeBack(victim, callback, ada.subject)).toBe(SIGN_IN_ENDED);
    expect([await signedInAs(victim), victim.cookies.size]).toEqual([401, 0]);
    // The code was not even looked at: it is still the attacker's own to use.
    expect(portal.provider.asked.token).toBe(tokens);
    expect(await comeBack(attacker, callback, ada.subject)).toBe("/postern/");
  });

  it("connects nobody who is signed in with the attacker's identity", async () => {
    const victim = await portal.newPerson();
    const mallory = await portal.newPerson();
    const callback = await untilCallback(await proved(mallory), CONNECT);
    const browser = await proved(victim);
    const location = await comeBack(browser, callback, "mallory-at-the-provider");
    expect(location).toBe(SIGN_IN_ENDED);
    expect(await signedInAs(browser)).toBe(victim.email);
    expect(await connectionsIn(browser)).toEqual([]);
    // Nor by a cookie of the attacker's that got into the victim's browser.
    const own = await proved(mallory);
    const planted = await untilCallback(own, CONNECT);
    for (const name of flowsOf(own)) browser.cookies.set(name, own.cookies.get(name)!);
    const settings = "/postern/settings/single-sign-on?fault=session-changed&provider=idp";
    expect(await comeBack(browser, planted, "mallory-at-the-provider")).toBe(settings);
    expect(await connectionsIn(browser)).toEqual([]);
  });

  it("is begun from our own pages, and to connect with a proof of this moment", async () => {
    const person = await portal.newPerson();
    const browser = await portal.signedIn(person);
    const { body: connecting } = CONNECT;
    const begin = (headers = {}): Promise<ApiAnswer> =>
      browser.ask("POST", CONNECTIONS, { body: connecting, headers });
    expect(refusalOf(await begin())).toEqual([403, "proof-required"]);
    await proveByPassword(browser, person);
    const cross = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await begin(cross)).status).toBe(403);
    const { path, body } = signInBegin();
    expect((await browser.ask("POST", path, { body, headers: cross })).status).toBe(403);
    expect(flowsOf(browser)).toEqual([]);
    expect((await begin()).status).toBe(200);
  });

  it.each([
    [
      "another user's",
      "session-changed",
      async (browser: TestBrowser): Promise<void> => signInAgain(browser, ada),
    ],
    ["another one of the same user", "session-changed", signInAgain],
    [
      "ended",
      "session-changed",
      async (browser: TestBrowser) => void (await browser.ask("POST", "/api/v1/sign-out")),
    ],
    [
      "ended elsewhere",
      "session-changed",
      async (_: TestBrowser, person: Person): Promise<void> =>
        void (await portal.must("DELETE", `/api/v1/users/${person.id}/sessions`)),
    ],
    ["not proved lately any more", "proof-ended", async () => portal.advance(5 * MINUTE_MS)],
  ] as const)("connects nobody when the session is %s: %s", async (_, fault, change) => {
    const person = await portal.newPerson();
    const browser = await proved(person);
    portal.advance(5 * MINUTE_MS);
    const callback = await untilCallback(browser, CONNECT);
    await change(browser, person);
    const location = await comeBack(browser, callback, `subject-of-${person.email}`);
    expect(location).toBe(`/postern/settings/single-sign-on?fault=${fault}&provider=idp`);
    const after = await portal.signedIn(person);
    expect(await connectionsIn(after)).toEqual([]);
  });

  it("is good once", async () => {
    const browser = portal.browser();
    const callback = await untilCallback(browser);
    const before = new Map(browser.cookies);
    expect(await comeBack(browser, callback, ada.subject)).toBe("/postern/");
    const replayed = portal.browser();
    for (const [name, value] of before) replayed.cookies.set(name, value);
    expect(await comeBack(replayed, callback, ada.subject)).toBe(SIGN_IN_ENDED);
    // With a new code too: it is the state that was used up.
    const fresh = await untilCallback(portal.browser());
    callback.searchParams.set("code", fresh.searchParams.get("code")!);
    for (const [name, value] of before) replayed.cookies.set(name, value);
    expect(await comeBack(replayed, callback, ada.subject)).toBe(SIGN_IN_ENDED);
    expect(await signedInAs(replayed)).toBe(401);
  });

  it("is good once, also when it comes back many times at once", async () => {
    const browser = portal.browser();
    const callback = await untilCallback(browser);
    portal.provider.behave({ claims: { sub: ada.subject } });
    const copies = Array.from({ length: 8 }, () => {
      const copy = portal.browser();
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
      return copy;
    });
    const answers = await Promise.all(copies.map((copy) => openCallback(copy, callback)));
    const places = answers.map(leadsTo).toSorted();
    expect(places).toEqual(["/postern/", ...Array.from({ length: 7 }, () => SIGN_IN_ENDED)]);
    const signedIn = await Promise.all(copies.map(signedInAs));
    expect(signedIn.filter((who) => who === ada.email)).toHaveLength(1);
  });

  it("is over after ten minutes", async () => {
    const [punctual, late] = [portal.browser(), portal.browser()];
    const callbacks = [await untilCallback(punctual), await untilCallback(late)] as const;
    portal.advance(10 * MINUTE_MS - 1);
    expect(await comeBack(punctual, callbacks[0], ada.subject)).toBe("/postern/");
    portal.advance(1);
    expect(await comeBack(late, callbacks[1], ada.subject)).toBe(SIGN_IN_ENDED);
    expect(await signedInAs(late)).toBe(401);
  });

  it("is no flow to another provider (RFC 9700, 4.4)", async () => {
    const browser = portal.browser();
    const callback = await untilCallback(browser);
    const tokens = portal.provider.asked.token;
    const elsewhere = new URL(callback.href.replace("/sso/idp/", "/sso/other/"));
    const ended = SIGN_IN_ENDED.replace("provider=idp", "provider=other");
    expect(await comeBack(browser, elsewhere, ada.subject)).toBe(ended);
    const unknown = new URL(callback.href.replace("/sso/idp/", "/sso/nothing/"));
    expect(await comeBack(browser, unknown, ada.subject)).toContain("fault=flow-ended");
    expect(portal.provider.asked.token).toBe(tokens);
    expect(await signedInAs(browser)).toBe(401);
  });

  it("goes on beside others in the same browser", async () => {
    const browser = portal.browser();
    const first = await untilCallback(browser);
    const second = await untilCallback(browser, signInBegin({ returnTo: "/postern/users" }));
    expect(await comeBack(browser, second, ada.subject)).toBe("/postern/users");
    expect(await comeBack(browser, first, ada.subject)).toBe("/postern/");
    expect([await signedInAs(browser), flowsOf(browser)]).toEqual([ada.email, []]);
    for (let tab = 0; tab < 9; tab += 1) await beginFlow(browser, signInBegin());
    expect(flowsOf(browser)).toHaveLength(4);
  });

  it("gives the browser a new session, not the one that was planted in it", async () => {
    const mallory = await portal.newPerson();
    const planted = await portal.signedIn(mallory);
    const token = planted.cookies.get(SESSION_COOKIE)!;
    const browser = portal.browser();
    browser.cookies.set(SESSION_COOKIE, token);
    await portal.signInBy(browser, { sub: ada.subject });
    expect(browser.cookies.get(SESSION_COOKIE)).not.toBe(token);
    expect([await signedInAs(browser), await signedInAs(planted)]).toEqual([ada.email, 401]);
  });
});

/** In the same browser; ends the session that was there. */
async function signInAgain(browser: TestBrowser, person: Person): Promise<void> {
  expect((await browser.signIn(person.email, person.password)).status).toBe(200);
  await proveByPassword(browser, person);
}

describe("row 108: a bind that is left lying in a browser", () => {
  it("ends with the sign-out there, for good", async () => {
    const [person, browser] = [await portal.newPerson(), portal.browser()];
    await portal.signInBy(browser, { sub: "left-lying" });
    const token = browser.cookies.get(BIND_COOKIE)!;
    expect((await browser.ask("GET", BIND)).status).toBe(200);
    expect((await browser.ask("POST", "/api/v1/sign-out")).status).toBe(200);
    expect(browser.cookies.has(BIND_COOKIE)).toBe(false);
    browser.cookies.set(BIND_COOKIE, token);
    const { email, password } = person;
    const bound = await browser.ask("POST", BIND, { body: { email, password } });
    expect(refusalOf(bound)).toEqual([404, "bind-ended"]);
  });
});

describe("where a browser is sent", () => {
  it.each([
    ["/postern/users?role=admin", "/postern/users?role=admin"],
    ["https://portal.example.com/calls", "https://portal.example.com/calls"],
    ["https://evil.example/", "/postern/"],
    ["//evil.example/", "/postern/"],
    ["/\\evil.example", "/postern/"],
    ["/\t/evil.example", "/postern/"],
    ["https://portal.example.com@evil.example/", "/postern/"],
    ["https://portal.example.com.evil.example/", "/postern/"],
    ["javascript:alert(1)", "/postern/"],
    ["/x\r\nset-cookie: a=b", "/postern/"],
  ])("to sign in for %j: %j", async (returnTo, location) => {
    const browser = portal.browser();
    const claims = { sub: ada.subject };
    expect(await portal.signInBy(browser, claims, { returnTo })).toBe(location);
    // By nothing that the provider or a link adds to the address either.
    const callback = await untilCallback(browser);
    callback.searchParams.set("returnTo", returnTo);
    expect(await comeBack(browser, callback, ada.subject)).toBe("/postern/");
    const unknown = await portal.signInBy(portal.browser(), { sub: "x" }, { returnTo });
    const query = location === "/postern/" ? "" : `?returnTo=${encodeURIComponent(location)}`;
    expect(unknown).toBe(`/postern/bind${query}`);
  });
});

describe("a flow that fails", () => {
  const CANCELLED = { code: null, error: "access_denied" };
  const INVALID = { code: null, error: "server_error", error_description: "<script>s3cret-word" };

  it.each([
    ["cancelled by the person", { callbackFields: CANCELLED }, "provider-cancelled"],
    ["refused by the provider", { callbackFields: INVALID }, "provider-refused"],
    ["answered by another issuer", { callbackFields: { iss: "https://evil.example" } }, null],
    ["without a code", { callbackFields: { code: null } }, "provider-refused"],
    ["with a token of another nonce", { claims: { nonce: "another" } }, "token-refused"],
    ["with a token for another client", { claims: { aud: "another" } }, "token-refused"],
    [
      "with a token of another issuer",
      { claims: { iss: "https://evil.example" } },
      "token-refused",
    ],
    ["with a token that nobody signed", { signing: "none" }, "token-refused"],
    ["with a foreign key", { signing: "foreign" }, "token-refused"],
    ["with the code refused", { token: { status: 400, body: { error: "invalid_grant" } } }, null],
    ["with the provider away", { token: "down" }, null],
  ] as const)("%s, signs nobody in and says one word", async (_, behaviour, fault) => {
    const browser = portal.browser();
    const claims = { sub: ada.subject, ...("claims" in behaviour ? behaviour.claims : {}) };
    portal.provider.behave({ ...behaviour, claims });
    const callback = await portal.provider.visit(await beginFlow(browser, signInBegin()));
    const answer = await openCallback(browser, callback);
    const location = leadsTo(answer);
    const word = fault ?? "(provider-refused|provider-unreachable|token-refused)";
    expect(location).toMatch(new RegExp(`^/postern/sign-in\\?fault=${word}&provider=idp$`));
    expect([await signedInAs(browser), [...browser.cookies.keys()]]).toEqual([401, []]);
    expectPrivate(answer);
  });

  it("and one that succeeds tell no page, cache, log or event what nobody may know", async () => {
    const browser = portal.browser();
    const callback = await untilCallback(browser);
    const code = callback.searchParams.get("code")!;
    const sealed = browser.cookies.get(flowsOf(browser)[0]!)!;
    portal.provider.behave({ claims: { sub: ada.subject } });
    const answer = await openCallback(browser, callback);
    expect(leadsTo(answer)).toBe("/postern/");
    expectPrivate(answer);
    const lines = (answer.headers["set-cookie"] ?? []) as readonly string[];
    for (const line of lines) expect(line).toMatch(/; ?HttpOnly/i);
    const session = lines.find((line) => line.startsWith(SESSION_COOKIE));
    expect(session).toMatch(/; ?Secure/i);
    expect(session).toMatch(/; ?SameSite=Lax/i);
    const { events } = await portal.must("GET", "/api/v1/events?limit=1000");
    const told = `${logLines.join("\n")}\n${JSON.stringify(events)}`;
    expect(told).toContain("provider-failed");
    const secrets = [
      code,
      sealed,
      portal.provider.clientSecret,
      browser.cookies.get(SESSION_COOKIE)!,
    ];
    for (const secret of [...secrets, callback.searchParams.get("state")!]) {
      expect(told).not.toContain(secret);
    }
  });
});

/** Not cached, nor told to the next page: code and state stand in the address. */
function expectPrivate({ headers, text }: ApiAnswer): void {
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(text).not.toMatch(/code-|s3cret|script|state=/);
}

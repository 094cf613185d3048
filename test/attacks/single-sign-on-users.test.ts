// Whom a provider signs in: users of its own account, in good standing, with the factors asked for.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bindAs,
  connectionsIn,
  CONNECTIONS,
  disconnect,
  PROVIDERS,
  signedInAs,
  signInBegin,
  startSsoPeople,
} from "../open-id/start-sso-people.ts";
import type { ConnectedPerson, SsoPeople } from "../open-id/start-sso-people.ts";
import { addPasskey, proveByPassword } from "../people/add-passkey.ts";
import type { NewPerson, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const DAY_MS = 86_400_000;
const THEIRS = { provider: "acme.idp" };
const BIND_PAGE = "/postern/bind";
const faultOf = (fault: string, provider = "idp") =>
  `/postern/sign-in?fault=${fault}&provider=${provider}`;

let portal: SsoPeople;
beforeAll(async () => {
  portal = await startSsoPeople();
  for (const code of ["acme", "globex"]) await portal.addAccount(code);
  await portal.addProvider("idp", {}, "acme");
});
afterAll(() => portal?.stop());

const refusalOf = ({ status, json }: ApiAnswer) => [status, json?.code];
const memberOf = ({ id }: { readonly id: string }, account: string) =>
  `/api/v1/users/${id}/memberships/${account}`;
const join = (person: ConnectedPerson, account: string) =>
  portal.must("PUT", memberOf(person, account), { role: "agent" });
const leave = (person: ConnectedPerson, account: string) =>
  portal.must("DELETE", memberOf(person, account));
const patch = (person: { readonly id: string }, body: object) =>
  portal.must("PATCH", `/api/v1/users/${person.id}`, body);

/** A rule of a new account with this code. */
async function addRuledAccount(code: string, section: string, value: object): Promise<void> {
  await portal.addAccount(code);
  await portal.must("PUT", `/api/v1/identity-policies/${section}?account=${code}`, { value });
}

/** Where a sign-in by the provider leads this person, and who is signed in afterwards. */
async function walked(person: ConnectedPerson, more: { readonly amr?: readonly string[] } = {}) {
  const browser = portal.browser();
  const location = await portal.signInBy(browser, { sub: person.subject, ...more });
  return { browser, location, who: await signedInAs(browser) };
}

describe("row 112: an account's own provider", () => {
  it("signs in, connects and binds users of that account", async () => {
    const ada = await portal.addConnected({ accounts: { acme: "agent" } }, "acme.idp");
    const browser = portal.browser();
    expect(await portal.signInBy(browser, { sub: ada.subject }, THEIRS)).toBe("/postern/");
    expect(await signedInAs(browser)).toBe(ada.email);
    const grace = await portal.newPerson({ accounts: { acme: "admin" } });
    const first = portal.browser();
    expect(await portal.signInBy(first, { sub: "grace" }, THEIRS)).toBe(BIND_PAGE);
    expect((await bindAs(first, grace)).status).toBe(200);
    expect(await connectionsIn(first)).toHaveLength(1);
  });

  const OTHERS: readonly (readonly [string, Omit<NewPerson, "email">, string])[] = [
    ["a user of another account", { accounts: { globex: "admin" } }, "provider-off"],
    ["a user of no account", {}, "provider-off"],
    ["a user of two accounts", { accounts: { acme: "agent", globex: "agent" } }, "user-not-theirs"],
    ["an operator", { isOperator: true, accounts: { acme: "admin" } }, "user-not-theirs"],
  ];
  it.each(OTHERS)("connects and binds no %s", async (_, wanted, code) => {
    const person = await portal.newPerson(wanted);
    const browser = await portal.signedIn(person);
    await proveByPassword(browser, person);
    const begun = await browser.ask("POST", CONNECTIONS, { body: THEIRS });
    expect([begun.status >= 400, begun.json.code]).toEqual([true, code]);
    const { available } = (await browser.ask("GET", CONNECTIONS)).json;
    expect(available.map(({ id }: { readonly id: string }) => id)).toEqual(["idp"]);
    const at = portal.browser();
    const claims = { sub: `asserted-${person.id}`, email: person.email };
    expect(await portal.signInBy(at, claims, THEIRS)).toBe(BIND_PAGE);
    await bindAs(at, person);
    expect(await connectionsIn(browser)).toEqual([]);
    // What it asserts the next time is still nobody's.
    expect(await portal.signInBy(portal.browser(), claims, THEIRS)).toBe(BIND_PAGE);
    const path = `/api/v1/events?kind=connection-made&user=${person.id}`;
    expect((await portal.must("GET", path)).events).toEqual([]);
  });

  it.each([
    ["became one of another account too", (ada: ConnectedPerson) => join(ada, "globex")],
    [
      "moved to another account",
      async (ada: ConnectedPerson) => {
        await join(ada, "globex");
        await leave(ada, "acme");
      },
    ],
    ["left the account", (ada: ConnectedPerson) => leave(ada, "acme")],
    ["became an operator", (ada: ConnectedPerson) => patch(ada, { isOperator: true })],
  ])("signs in nobody who %s after connecting", async (_, change) => {
    const ada = await portal.addConnected({ accounts: { acme: "agent" } }, "acme.idp");
    await change(ada);
    const browser = portal.browser();
    const location = await portal.signInBy(browser, { sub: ada.subject }, THEIRS);
    expect(location).toBe(faultOf("user-not-theirs", "acme.idp"));
    expect(await signedInAs(browser)).toBe(401);
    // The password is the way in that is left, and stays.
    const own = await portal.signedIn(ada);
    const [connection] = (await own.ask("GET", CONNECTIONS)).json.connections;
    expect(connection.isUsable).toBe(false);
    await proveByPassword(own, ada);
    const removed = await own.ask("DELETE", "/api/v1/me/password");
    expect(refusalOf(removed)).toEqual([409, "last-way-in"]);
  });

  it("asserts nobody whom the platform's has connected, by the same issuer either", async () => {
    const operator = await portal.addConnected({ isOperator: true });
    const browser = portal.browser();
    expect(await portal.signInBy(browser, { sub: operator.subject }, THEIRS)).toBe(BIND_PAGE);
    expect(await signedInAs(browser)).toBe(401);
    expect((await walked(operator)).who).toBe(operator.email);
  });

  it("is on the sign-in page of its account, and nowhere else", async () => {
    const idsOn = async (query: string) => {
      const { json } = await portal.browser().ask("GET", `/api/v1/sign-in-page${query}`);
      return json.providers.map(({ id }: { readonly id: string }) => id).toSorted();
    };
    expect(await idsOn("?account=acme")).toEqual(["acme.idp", "idp"]);
    for (const query of ["", "?account=globex", "?account=unknown"]) {
      expect(await idsOn(query)).toEqual(["idp"]);
    }
  });
});

describe("row 114: the last way in", () => {
  it("stays, whichever it is, and another one makes it free", async () => {
    const ada = await portal.addConnected({});
    const { browser } = ada;
    const [connection] = await connectionsIn(browser);
    const path = `${CONNECTIONS}/${connection?.id}`;
    expect((await browser.ask("DELETE", "/api/v1/me/password")).status).toBe(204);
    const kept = await browser.ask("DELETE", path);
    expect(refusalOf(kept)).toEqual([409, "last-way-in"]);
    expect(kept.json.detail).toMatch(/passkey/);
    const byAdmin = await portal.api(
      "DELETE",
      `/api/v1/users/${ada.id}/connections/${connection?.id}`,
    );
    expect(refusalOf(byAdmin)).toEqual([409, "last-way-in"]);
    const withPassword = await portal.browser().signIn(ada.email, ada.password);
    expect(refusalOf(withPassword)).toEqual([401, "sign-in-refused"]);
    expect((await walked(ada)).who).toBe(ada.email);
    await addPasskey(browser);
    expect((await browser.ask("DELETE", path)).status).toBe(204);
    const [passkey] = (await browser.ask("GET", "/api/v1/me/two-factor")).json.passkeys;
    const last = await browser.ask("DELETE", `/api/v1/me/passkeys/${passkey.id}`);
    expect(refusalOf(last)).toEqual([409, "last-way-in"]);
    expect((await walked(ada)).location).toBe(BIND_PAGE);
  });

  it("goes with the sessions that came by it, but for the one that asks", async () => {
    const ada = await portal.addConnected({});
    const [sso, other] = [(await walked(ada)).browser, (await walked(ada)).browser];
    expect(await signedInAs(other)).toBe(ada.email);
    expect((await disconnect(sso, ada)).status).toBe(204);
    expect([await signedInAs(sso), await signedInAs(other), await signedInAs(ada.browser)]).toEqual(
      [ada.email, 401, ada.email],
    );
    expect((await walked(ada)).location).toBe(BIND_PAGE);
  });

  it("is asked for again before it goes, and is nobody else's to remove", async () => {
    const [ada, grace] = [await portal.addConnected({}), await portal.addConnected({})];
    const [connection] = await connectionsIn(ada.browser);
    const stolen = (await walked(ada)).browser;
    const remove = (browser: TestBrowser) =>
      browser.ask("DELETE", `${CONNECTIONS}/${connection?.id}`);
    expect(refusalOf(await remove(stolen))).toEqual([403, "proof-required"]);
    expect(refusalOf(await remove(grace.browser))).toEqual([404, "connection-not-found"]);
    expect((await walked(ada)).who).toBe(ada.email);
  });

  it("is no way in while its provider is off, and sessions by it end", async () => {
    await portal.addProvider("closing");
    const ada = await portal.addConnected({}, "closing");
    const browser = portal.browser();
    const closing = { provider: "closing" };
    await portal.signInBy(browser, { sub: ada.subject }, closing);
    expect(await signedInAs(browser)).toBe(ada.email);
    await portal.must("PATCH", `${PROVIDERS}/closing`, { isEnabled: false });
    expect([await signedInAs(browser), await signedInAs(ada.browser)]).toEqual([401, ada.email]);
    const { path, body } = signInBegin(closing);
    const begun = await browser.ask("POST", path, { body });
    expect(refusalOf(begun)).toEqual([404, "provider-off"]);
    const removed = await ada.browser.ask("DELETE", "/api/v1/me/password");
    expect(refusalOf(removed)).toEqual([409, "last-way-in"]);
  });
});

describe("a provider's word for a user", () => {
  it("who is disabled, locked or dormant opens nothing", async () => {
    const rule = { dormancy: { enabled: true, months: 1 } };
    const section = "user-authentication";
    const { value } = await portal.must("GET", `/api/v1/identity-policies/${section}`);
    await addRuledAccount("sleepy", section, { ...value, ...rule });
    const disabled = await portal.addConnected({});
    await patch(disabled, { isDisabled: true });
    const locked = await portal.addConnected({});
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await portal.browser().signIn(locked.email, `a wrong one, ${wrong}`);
    }
    const dormant = await portal.addConnected({ accounts: { sleepy: "agent" } });
    portal.advance(32 * DAY_MS);
    for (const person of [disabled, locked, dormant]) {
      const { location, who } = await walked(person);
      expect([location, who]).toEqual([faultOf("sign-in-refused"), 401]);
    }
    const path = "/api/v1/events?kind=sign-in-refused&user=";
    const reasonOf = async ({ id }: ConnectedPerson) =>
      (await portal.must("GET", `${path}${id}`)).events[0].reason;
    expect([await reasonOf(disabled), await reasonOf(locked), await reasonOf(dormant)]).toEqual([
      "user-disabled",
      "user-locked",
      "user-dormant",
    ]);
  });

  it("is followed by the second factor where one is required, unless it vouches", async () => {
    const value = { frequency: "every-login", required: { enabled: true } };
    const ada = await portal.addConnected({ app: true });
    expect((await walked(ada)).who).toBe(ada.email);
    await addRuledAccount("strict", "two-factor", value);
    await join(ada, "strict");
    const half = await walked(ada, { amr: ["pwd"] });
    expect([half.location, half.who]).toEqual(["/postern/second-factor", 403]);
    expect(refusalOf(await half.browser.sendCode("000000"))).toEqual([403, "code-wrong"]);
    expect((await half.browser.sendCode(portal.freshCodeOf(ada))).json.next).toBe("none");
    expect(await signedInAs(half.browser)).toBe(ada.email);
    for (const amr of [["pwd", "otp"], ["mfa"]]) {
      expect((await walked(ada, { amr })).who).toBe(ada.email);
    }
  });

  it("leads to setting one up where one is required and missing", async () => {
    const grace = await portal.addConnected({});
    await join(grace, "strict");
    const half = await walked(grace);
    expect(half.location).toBe("/postern/set-up-second-factor");
    const refused = await half.browser.ask("GET", CONNECTIONS);
    expect(refusalOf(refused)).toEqual([403, "second-factor-set-up-required"]);
    expect((await walked(grace, { amr: ["mfa"] })).who).toBe(grace.email);
  });

  it("is followed by it where the account asks for its own, vouched for or not", async () => {
    await addRuledAccount("asking", "single-sign-on", { askSecondFactor: { enabled: true } });
    const accounts = { asking: "agent" } as const;
    const [ada, grace] = [
      await portal.addConnected({ app: true, accounts }),
      await portal.addConnected({ accounts }),
    ];
    const half = await walked(ada, { amr: ["pwd", "mfa"] });
    expect([half.location, half.who]).toEqual(["/postern/second-factor", 403]);
    expect((await half.browser.sendCode(portal.freshCodeOf(ada))).json.next).toBe("none");
    // Who has none is asked for none.
    expect((await walked(grace)).who).toBe(grace.email);
  });
});

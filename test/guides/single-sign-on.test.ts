// The contact centre guide, "Single Sign-On", sentence by sentence, over HTTP.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { MisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import {
  bindAs,
  CONNECTIONS,
  PROVIDERS,
  signedInAs,
  signInBegin,
} from "../open-id/start-sso-people.ts";
import { beginFlow, walkFlow, walkIn } from "../open-id/walk-flow.ts";
import { mustPost, proveByPassword } from "../people/add-passkey.ts";
import { ORIGIN, startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";

const GOOGLE = "https://accounts.google.com";
const MICROSOFT = "https://login.microsoftonline.com";
const TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

let google: MisbehavingProvider;
let microsoft: MisbehavingProvider;
let portal: RunningPeople;
let operator: Person;
let people = 0;

beforeAll(async () => {
  google = await startMisbehavingProvider({ issuer: GOOGLE });
  microsoft = await startMisbehavingProvider({ issuer: `${MICROSOFT}/${TENANT}/v2.0` });
  const standIns = new Map([
    [GOOGLE, google.origin],
    [MICROSOFT, microsoft.origin],
  ]);
  portal = await startPeople({ standIns });
  await portal.addAccount("cloud");
  operator = await portal.addPerson({ email: "operator@example.com", isOperator: true });
});
afterAll(async () => {
  await portal?.stop();
  await google?.stop();
  await microsoft?.stop();
});

const inConsole = () => portal.signedIn(operator);

function newPerson(role: "admin" | "agent" = "agent"): Promise<Person> {
  people += 1;
  return portal.addPerson({ email: `ada-${people}@example.com`, accounts: { cloud: role } });
}

/** In Security > Single sign-on, by the fields that the guide fills in. */
async function configure(kind: "google" | "microsoft"): Promise<TestBrowser> {
  const browser = await inConsole();
  const { providers } = (await browser.ask("GET", PROVIDERS)).json;
  if (providers.some(({ id }: { readonly id: string }) => id === kind)) return browser;
  const { clientId, clientSecret } = kind === "google" ? google : microsoft;
  const tenant = kind === "google" ? {} : { tenant: TENANT };
  const name = kind === "google" ? "Google" : "Office 365";
  const fields = { code: kind, kind, name, clientId, clientSecret, isEnabled: true, ...tenant };
  await mustPost(browser, PROVIDERS, fields);
  return browser;
}

const connectWith = (provider: string) => ({ path: CONNECTIONS, body: { provider } });

/** In User settings, by somebody who has just proved who they are. */
async function connect(person: Person, kind: "google" | "microsoft", account: string) {
  const browser = await portal.signedIn(person);
  await proveByPassword(browser, person);
  const provider = assertBy(kind, account);
  return { browser, location: await walkIn(browser, connectWith(kind), provider) };
}

/** The person who is signed in at the provider. */
function assertBy(kind: "google" | "microsoft", account: string): MisbehavingProvider {
  const provider = kind === "google" ? google : microsoft;
  const claims = { sub: `subject-of-${account}`, email: account };
  provider.behave({ claims: kind === "google" ? claims : { ...claims, tid: TENANT } });
  return provider;
}

describe.each([
  ["google", GOOGLE],
  ["microsoft", MICROSOFT],
] as const)("the configuration of %s", (kind, origin) => {
  const redirectUri = `${ORIGIN}/postern/sso/${kind}/callback`;

  it("gives out the redirect URI before anything is entered, and keeps to it", async () => {
    const before = await (await inConsole()).ask("GET", PROVIDERS);
    expect(before.json.redirectUriPattern.replace("{code}", kind)).toBe(redirectUri);
    const browser = await configure(kind);
    const saved = await browser.ask("GET", `${PROVIDERS}/${kind}`);
    expect(saved.json.redirectUri).toBe(redirectUri);
    // Registered so, and only so, at the provider.
    const provider = assertBy(kind, "registered@example.com");
    const begun = await beginFlow(portal.browser(), signInBegin({ provider: kind }));
    expect(new URL(begun).searchParams.get("redirect_uri")).toBe(redirectUri);
    expect((await provider.visit(begun)).href.startsWith(`${redirectUri}?`)).toBe(true);
  });

  it("takes the client id and the client secret, and never shows the secret again", async () => {
    const { clientId, clientSecret } = kind === "google" ? google : microsoft;
    const browser = await configure(kind);
    const answers = [
      await browser.ask("GET", PROVIDERS),
      await browser.ask("GET", `${PROVIDERS}/${kind}`),
      await browser.ask("PATCH", `${PROVIDERS}/${kind}`, { body: { name: "Work account" } }),
      await browser.ask("GET", `/api/v1/events?limit=1000`),
      await portal.api("GET", `${PROVIDERS}/${kind}`),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain(clientSecret);
    }
    expect(answers[1]?.json).toMatchObject({ clientId, hasSecret: true, isEnabled: true });
    for (const missing of ["clientId", "clientSecret"]) {
      const fields: Record<string, string> = {
        code: "more",
        kind,
        name: "More",
        clientId,
        clientSecret,
      };
      delete fields[missing];
      const refused = await browser.ask("POST", PROVIDERS, { body: fields });
      expect([refused.status, refused.json.errors[0].path]).toEqual([400, `/${missing}`]);
    }
  });

  it("asks for the scopes of a sign-in and no more, at the provider's own address", async () => {
    await configure(kind);
    const url = new URL(await beginFlow(portal.browser(), signInBegin({ provider: kind })));
    const standIn = kind === "google" ? google.origin : microsoft.origin;
    expect([url.origin, origin]).toEqual([standIn, origin]);
    expect(url.searchParams.get("client_id")).toBe("postern");
    const scopes = url.searchParams.get("scope")?.split(" ") ?? [];
    expect(scopes).toContain("openid");
    for (const scope of scopes) expect(["openid", "email", "profile"]).toContain(scope);
  });
});

describe("in the user settings, under Single Sign-On", () => {
  it("you select the application you want to connect, and then it shows the account", async () => {
    await configure("google");
    await configure("microsoft");
    const person = await newPerson();
    const before = (await (await portal.signedIn(person)).ask("GET", CONNECTIONS)).json;
    const idsOf = (buttons: readonly { readonly id: string }[]) => buttons.map(({ id }) => id);
    expect([before.connections, idsOf(before.available)]).toEqual([[], ["google", "microsoft"]]);
    const { browser, location } = await connect(person, "microsoft", "ada@work.example");
    expect(location).toBe("/postern/settings/single-sign-on?connected=microsoft");
    const after = (await browser.ask("GET", CONNECTIONS)).json;
    expect(after.connections).toMatchObject([
      { provider: { id: "microsoft" }, accountShown: "ada@work.example", isUsable: true },
    ]);
    expect(idsOf(after.available)).toEqual(["google"]);
  });

  it("once connected, you sign in by that account directly", async () => {
    await configure("microsoft");
    const person = await newPerson();
    const account = `direct-${person.email}`;
    await connect(person, "microsoft", account);
    const walked = await walkFlow(portal, {
      begin: signInBegin({ provider: "microsoft", returnTo: "/postern/settings" }),
      cookies: new Map(),
      clientAddress: "198.51.100.200",
      provider: assertBy("microsoft", account),
    });
    expect(walked.location).toBe("/postern/settings");
    const browser = portal.browser("198.51.100.200");
    for (const [name, value] of walked.cookies) browser.cookies.set(name, value);
    expect(await signedInAs(browser)).toBe(person.email);
  });

  it("who begins on the sign-in page instead is asked once to bind the account", async () => {
    await configure("microsoft");
    const person = await newPerson();
    const page = (await portal.browser().ask("GET", "/api/v1/sign-in-page")).json;
    expect(page.providers.map(({ kind }: { readonly kind: string }) => kind)).toContain(
      "microsoft",
    );
    const account = `first-${person.email}`;
    const begin = signInBegin({ provider: "microsoft" });
    const browser = portal.browser();
    expect(await walkIn(browser, begin, assertBy("microsoft", account))).toBe("/postern/bind");
    expect(await signedInAs(browser)).toBe(401);
    expect((await bindAs(browser, person)).json.next).toBe("none");
    const again = portal.browser();
    await walkIn(again, begin, assertBy("microsoft", account));
    expect(await signedInAs(again)).toBe(person.email);
  });
});

describe("once it is configured, you and your agents sign in with another application", () => {
  it("no second set of credentials has to be remembered: the password can go", async () => {
    await configure("google");
    for (const role of ["admin", "agent"] as const) {
      const person = await newPerson(role);
      const { browser } = await connect(person, "google", `own-${person.email}`);
      expect((await browser.ask("DELETE", "/api/v1/me/password")).status).toBe(204);
      const another = portal.browser();
      const provider = assertBy("google", `own-${person.email}`);
      await walkIn(another, signInBegin({ provider: "google" }), provider);
      expect(await signedInAs(another)).toBe(person.email);
    }
  });
});

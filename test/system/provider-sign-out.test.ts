// Signing out here leads to the provider that signed in, where it is to sign out too.
import { afterAll, beforeAll, expect, it } from "vitest";
import { signedInAs, startSsoPeople } from "../open-id/start-sso-people.ts";
import type { ConnectedPerson, SsoPeople } from "../open-id/start-sso-people.ts";
import type { TestBrowser } from "../people/start-people.ts";

const DAY_MS = 86_400_000;
const NOWHERE = { providerUrl: null };

let portal: SsoPeople;
let ada: ConnectedPerson;
let grace: ConnectedPerson;
beforeAll(async () => {
  portal = await startSsoPeople();
  await portal.addProvider("leaving", { signsOut: true });
  ada = await portal.addConnected({}, "leaving");
  grace = await portal.addConnected({});
});
afterAll(() => portal?.stop());

async function signedInBy(provider: string, person: ConnectedPerson): Promise<TestBrowser> {
  const browser = portal.browser();
  await portal.signInBy(browser, { sub: person.subject }, { provider });
  expect(await signedInAs(browser)).toBe(person.email);
  return browser;
}

async function signOut(browser: TestBrowser): Promise<unknown> {
  const { status, json } = await browser.ask("POST", "/api/v1/sign-out");
  expect([status, browser.cookies.has("__Host-postern-session")]).toEqual([200, false]);
  expect(await signedInAs(browser)).toBe(401);
  return json;
}

it("leads there, and back to the page that says so", async () => {
  const browser = await signedInBy("leaving", ada);
  const { providerUrl } = (await signOut(browser)) as { readonly providerUrl: string };
  const url = new URL(providerUrl);
  expect(`${url.origin}${url.pathname}`).toBe(`${portal.provider.issuer}/sign-out`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: portal.provider.clientId,
    post_logout_redirect_uri: "https://portal.example.com/postern/signed-out",
  });
  expect(await signOut(browser)).toEqual(NOWHERE);
});

it("leads nowhere else: by a password, or a provider without such a page", async () => {
  expect(await signOut(await portal.signedIn(ada))).toEqual(NOWHERE);
  expect(await signOut(await signedInBy("idp", grace))).toEqual(NOWHERE);
  const browser = await signedInBy("leaving", ada);
  portal.advance(DAY_MS);
  portal.provider.behave({ metadataFields: { end_session_endpoint: undefined } });
  expect(await signOut(browser)).toEqual(NOWHERE);
});

it("ends the session also where the provider does not answer, and waits shortly", async () => {
  const [broken, slow] = [await signedInBy("leaving", ada), await signedInBy("leaving", ada)];
  portal.advance(2 * DAY_MS);
  portal.provider.behave({ metadata: "down" });
  expect(await signOut(broken)).toEqual(NOWHERE);
  portal.advance(2 * DAY_MS);
  portal.provider.behave({ metadata: "slow" });
  const startedMs = performance.now();
  expect(await signOut(slow)).toEqual(NOWHERE);
  expect(performance.now() - startedMs).toBeLessThan(8000);
});

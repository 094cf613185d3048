// What people do: connect, sign in by the button, bind at the first sign-in, disconnect.

import assert from "node:assert/strict";
import { createAuthenticator } from "../people/authenticator.ts";
import type { SsoBrowser } from "./sso-browser.ts";
import type { SsoCheck } from "./sso-checks.ts";
import { PASSWORD } from "./sso-world.ts";
import type { SsoWorld } from "./sso-world.ts";

const ADA = "ada@example.com";
const GRACE = "grace@example.com";
const SETTINGS = "/postern/settings/single-sign-on";
const SIGN_IN = "/postern/sign-in";

export const CONNECTION_CHECKS: readonly SsoCheck[] = [
  {
    name: "Ada connects Google in her settings, and is told by mail",
    run: async (world) => {
      await world.addPerson(ADA);
      const browser = await world.signedIn(ADA);
      const cancelled = await world.connect(browser, "google", {
        address: "ada.l@example.org",
        cancelsAt: "consent",
      });
      assert.equal(cancelled, `${SETTINGS}?fault=provider-cancelled&provider=google`);
      assert.deepEqual(await connectionsOf(browser), []);
      const connected = await world.connect(browser, "google", { address: "ada.l@example.org" });
      assert.equal(connected, `${SETTINGS}?connected=google`);
      assert.deepEqual(await connectionsOf(browser), ["Google: ada.l@example.org"]);
      const told = await world.mailTo(ADA, /connected with Google|Google.* connected/);
      return `${cancelled}\n${connected}\nmail: ${told}`;
    },
  },
  {
    name: "she signs out, and in again by the button, without a password",
    run: async (world) => {
      const browser = world.browser();
      const led = await world.signInBy(browser, "google", { address: "ada.l@example.org" });
      assert.equal(await whoIs(browser), ADA);
      const signedOut = await browser.ask("POST", "/sign-out");
      assert.deepEqual(signedOut.json, { providerUrl: null });
      assert.equal(await whoIs(browser), null);
      // The provider remembers her in this browser: there is nothing to type.
      await world.signInBy(browser, "google", { address: "" });
      assert.equal(await whoIs(browser), ADA);
      return `${led} as ${ADA}, twice`;
    },
  },
  {
    name: "an answer of the provider is good once, and in its browser only",
    run: async (world) => {
      const [hers, other] = [world.browser(), world.browser()];
      const { json } = await hers.ask("POST", "/sign-in/provider", { provider: "google" });
      const callback = await hers.walk(json.url, { address: "ada.l@example.org" });
      const elsewhere = (await other.open(callback)).headers.location;
      assert.equal(elsewhere, `${SIGN_IN}?fault=flow-ended&provider=google`);
      await hers.open(callback);
      assert.equal(await whoIs(hers), ADA);
      const again = (await hers.open(callback)).headers.location;
      assert.equal(again, `${SIGN_IN}?fault=flow-ended&provider=google`);
      assert.equal(await whoIs(other), null);
      return `elsewhere ${elsewhere}\nagain     ${again}`;
    },
  },
  {
    name: "Grace's first sign-in is bound by her password, and the next goes straight in",
    run: async (world) => {
      await world.addPerson(GRACE);
      const browser = world.browser();
      // Her own address at Google: it is no proof of who she is here.
      const led = await world.signInBy(browser, "google", { address: GRACE });
      assert.match(led, /^\/postern\/bind/);
      assert.equal(await whoIs(browser), null);
      const { json } = await browser.ask("GET", "/sign-in/bind");
      assert.equal(json.accountShown, GRACE);
      const wrong = { email: GRACE, password: "not-her-password-at-all" };
      assert.equal((await browser.ask("POST", "/sign-in/bind", wrong)).status, 401);
      const right = { email: GRACE, password: PASSWORD };
      const bound = await browser.ask("POST", "/sign-in/bind", right);
      assert.equal(bound.json?.next, "none", bound.text);
      assert.deepEqual(await connectionsOf(browser), [`Google: ${GRACE}`]);
      const next = world.browser();
      await world.signInBy(next, "google", { address: GRACE });
      assert.equal(await whoIs(next), GRACE);
      return `${led}\nthen straight in`;
    },
  },
  {
    name: "of Microsoft, the tenant on the list comes in and the other does not",
    run: async (world) => {
      const browser = await world.signedIn(ADA);
      const refused = await world.connect(browser, "microsoft", {
        address: "ada@fabrikam.example",
      });
      assert.equal(refused, `${SETTINGS}?fault=tenant-refused&provider=microsoft`);
      browser.forget((name) => name.startsWith("microsoft-"));
      await world.connect(browser, "microsoft", { address: "ada@contoso.example" });
      const next = world.browser();
      await world.signInBy(next, "microsoft", { address: "ada@contoso.example" });
      assert.equal(await whoIs(next), ADA);
      const stranger = world.browser();
      const kept = await world.signInBy(stranger, "microsoft", {
        address: "ada@fabrikam.example",
      });
      assert.equal(kept, `${SIGN_IN}?fault=tenant-refused&provider=microsoft`);
      return `${refused}\n${kept}\nbut ada@contoso.example is in`;
    },
  },
  {
    name: "disconnecting ends the sessions that came by it; the last way in stays",
    run: async (world) => {
      const here = await world.signedIn(ADA);
      const there = world.browser();
      await world.signInBy(there, "microsoft", { address: "ada@contoso.example" });
      const gone = await disconnect(here, "microsoft");
      assert.equal(gone.status, 204, gone.text);
      assert.equal(await whoIs(there), null);
      assert.equal(await whoIs(here), ADA);
      const removed = await here.ask("DELETE", "/me/password");
      assert.ok(removed.status < 300, removed.text);
      const kept = await disconnect(here, "google");
      assert.deepEqual([kept.status, kept.json.code], [409, "last-way-in"]);
      const byButton = world.browser();
      await world.signInBy(byButton, "google", { address: "ada.l@example.org" });
      assert.equal(await whoIs(byButton), ADA);
      return `${kept.json.title}: ${kept.json.detail}`;
    },
  },
  {
    name: "a second factor that is required is asked for, unless Google vouches for one",
    run: async (world) => {
      await setUpApp(world, GRACE);
      await require2fa(world);
      const asked = world.browser();
      const led = await world.signInBy(asked, "google", { address: GRACE });
      assert.match(led, /^\/postern\/second-factor/);
      const vouched = world.browser();
      await world.signInBy(vouched, "google", { address: GRACE, factor: true });
      assert.equal(await whoIs(vouched), GRACE);
      return `${led}\nwith amr mfa: straight in`;
    },
  },
];

async function disconnect(browser: SsoBrowser, provider: string) {
  await browser.ask("POST", "/me/proof", { method: "password", password: PASSWORD });
  const { json } = await browser.ask("GET", "/me/connections");
  type Row = { readonly id: string; readonly provider: { readonly id: string } };
  const { id } = json.connections.find((row: Row) => row.provider.id === provider);
  return browser.ask("DELETE", `/me/connections/${id}`);
}

async function connectionsOf(browser: SsoBrowser): Promise<readonly string[]> {
  const { json } = await browser.ask("GET", "/me/connections");
  type Row = { readonly provider: { readonly name: string }; readonly accountShown: string };
  return json.connections.map((row: Row) => `${row.provider.name}: ${row.accountShown}`);
}

/** The address of whoever is signed in wholly; null: nobody. */
async function whoIs(browser: SsoBrowser): Promise<string | null> {
  const { status, json } = await browser.ask("GET", "/me");
  return status === 200 && json.stage === "none" ? json.email : null;
}

async function setUpApp(world: SsoWorld, email: string): Promise<void> {
  const browser = await world.signedIn(email);
  await browser.ask("POST", "/me/proof", { method: "password", password: PASSWORD });
  const shown = await browser.ask("POST", "/me/two-factor/app", {});
  const clock = { nowMs: world.nowMs, advance: () => {} };
  const code = createAuthenticator(String(shown.json.secret), clock).codeAt();
  const confirmed = await browser.ask("POST", "/me/two-factor/app/confirm", { code });
  assert.equal(confirmed.status, 200, confirmed.text);
}

async function require2fa({ must }: SsoWorld): Promise<void> {
  const path = "/api/v1/identity-policies/two-factor?account=acme";
  const { value } = await must("GET", path);
  await must("PUT", path, { value: { ...value, required: { ...value.required, enabled: true } } });
}

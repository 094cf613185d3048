// Attacks around passkeys: floods, other sites, stolen sessions, servers that are made to fetch.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addPasskey,
  addPasskeyHolder,
  mustPost,
  passFactorByPasskey,
  PASSKEYS,
  signInByPasskey,
} from "../people/add-passkey.ts";
import type { PasskeyHolder } from "../people/add-passkey.ts";
import { createSoftwarePasskey } from "../people/software-passkey.ts";
import { ORIGIN, PASSWORD, startPeople } from "../people/start-people.ts";
import type { RunningPeople } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const SIGN_IN = "/api/v1/sign-in/passkey";
const RULES = "/api/v1/identity-policies/user-authentication";
const FLIPPED = { isSignatureFlipped: true };
const MINUTE_MS = 60_000;

let portal: RunningPeople;
let people = 0;
beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
});
afterAll(() => portal.stop());

function newHolder(): Promise<PasskeyHolder> {
  people += 1;
  const email = `holder-${people}@example.com`;
  return addPasskeyHolder(portal, { email, accounts: { acme: "agent" } });
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json.code];

async function bansOf(address: string): Promise<readonly { readonly cause: string }[]> {
  return (await portal.must("GET", `/api/v1/bans?covering=${address}`)).bans;
}

describe("row 54: a refused passkey counts for the address", () => {
  it("ten are allowed, the eleventh bans; the same answer again is no further one", async () => {
    const { passkey } = await newHolder();
    const address = "203.0.113.154";
    const visitor = portal.browser(address);
    for (let tried = 1; tried <= 5; tried += 1) {
      expect((await signInByPasskey(visitor, passkey, FLIPPED)).status).toBe(401);
      expect((await signInByPasskey(visitor, createSoftwarePasskey(ORIGIN))).status).toBe(401);
    }
    const { options } = await mustPost(visitor, `${SIGN_IN}-options`);
    const body = { response: passkey.sign(options, FLIPPED) };
    expect(await bansOf(address)).toEqual([]);
    await visitor.ask("POST", SIGN_IN, { body });
    expect(await bansOf(address)).toMatchObject([{ cause: "failed-authentication" }]);
    const other = portal.browser("203.0.113.155");
    for (let sent = 1; sent <= 12; sent += 1) await other.ask("POST", SIGN_IN, { body });
    expect(await bansOf("203.0.113.155")).toEqual([]);
  });

  it("at the second factor, too; nobody's codes are paused or locked by it", async () => {
    const holder = await newHolder();
    const address = "203.0.113.156";
    const visitor = portal.browser(address);
    await visitor.signIn(holder.email, PASSWORD);
    for (let tried = 1; tried <= 11; tried += 1) {
      expect((await passFactorByPasskey(visitor, holder.passkey, FLIPPED)).status).toBe(403);
    }
    expect(await bansOf(address)).toMatchObject([{ cause: "failed-authentication" }]);
    const own = portal.browser();
    await own.signIn(holder.email, PASSWORD);
    const asked = await own.ask("GET", "/api/v1/sign-in/second-factor");
    expect(asked.json).toMatchObject({ attemptsLeft: 5, pausedUntil: null, lockedUntil: null });
    expect((await passFactorByPasskey(own, holder.passkey)).status).toBe(200);
  });

  it("of somebody who is disabled counts for nothing: nothing was guessed", async () => {
    const holder = await newHolder();
    await portal.must("PATCH", `/api/v1/users/${holder.id}`, { isDisabled: true });
    const visitor = portal.browser("203.0.113.157");
    for (let tried = 1; tried <= 12; tried += 1) await signInByPasskey(visitor, holder.passkey);
    expect(await bansOf("203.0.113.157")).toEqual([]);
  });
});

describe("row 93: while codes are locked", () => {
  it("a passkey still opens the sign-in, as it cannot be guessed", async () => {
    const holder = await newHolder();
    for (let wrong = 1; wrong <= 5; wrong += 1) {
      const stranger = portal.browser();
      await stranger.signIn(holder.email, PASSWORD);
      const body = { method: "backup-code", code: `aaaaa-aaaa${wrong + 1}` };
      await stranger.ask("POST", "/api/v1/sign-in/second-factor", { body });
      portal.advance(5 * MINUTE_MS);
    }
    const own = portal.browser();
    expect((await own.signIn(holder.email, PASSWORD)).json.next).toBe("second-factor");
    const asked = await own.ask("GET", "/api/v1/sign-in/second-factor");
    expect(asked.json.lockedUntil).not.toBeNull();
    expect((await passFactorByPasskey(own, holder.passkey)).status).toBe(200);
    expect((await signInByPasskey(portal.browser(), holder.passkey)).status).toBe(200);
  });
});

describe("row 86: another site", () => {
  it.each([
    ["its origin", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["no origin of its own", { origin: "null", "sec-fetch-site": null }],
    ["a form of text", { "content-type": "text/plain" }],
  ])("with %s neither asks nor signs anybody in", async (_name, headers) => {
    const { passkey } = await newHolder();
    const visitor = portal.browser();
    const { options } = await mustPost(visitor, `${SIGN_IN}-options`);
    const body = { response: passkey.sign(options) };
    const refused = await visitor.ask("POST", SIGN_IN, { body, headers });
    expect([400, 403, 415]).toContain(refused.status);
    expect(visitor.cookies.size).toBe(0);
    expect((await visitor.ask("POST", SIGN_IN, { body })).status).toBe(200);
  });
});

describe("row 76: a stolen session", () => {
  it("adds and removes no passkey without a fresh proof", async () => {
    const holder = await newHolder();
    const [{ id }] = (await holder.browser.ask("GET", "/api/v1/me/two-factor")).json.passkeys;
    const { options } = await mustPost(holder.browser, `${PASSKEYS}/options`);
    portal.advance(10 * MINUTE_MS);
    const { browser } = holder;
    const body = { response: createSoftwarePasskey(ORIGIN).create(options) };
    for (const refused of [
      await browser.ask("POST", `${PASSKEYS}/options`),
      await browser.ask("POST", PASSKEYS, { body }),
      await browser.ask("DELETE", `${PASSKEYS}/${id}`),
    ]) {
      expect(refusalOf(refused)).toEqual([403, "proof-required"]);
    }
    // A passkey proves it.
    const asked = await mustPost(browser, "/api/v1/me/proof/passkey-options");
    const proof = { method: "passkey", response: holder.passkey.sign(asked.options) };
    const before = new Map(browser.cookies);
    await mustPost(browser, "/api/v1/me/proof", proof);
    expect([...browser.cookies]).not.toEqual([...before]);
    expect((await browser.ask("DELETE", `${PASSKEYS}/${id}`)).status).toBe(204);
  });
});

describe("row 101: a response of another shape", () => {
  it.each([
    ["nothing", {}],
    ["a list", { response: [] }],
    ["a text", { response: "AAAA" }],
    [
      "texts within",
      { response: { id: "AAAA", rawId: "AAAA", type: "public-key", response: "A" } },
    ],
    ["numbers within", { response: { response: { clientDataJSON: 1, signature: {} } } }],
    ["data that is no JSON", { response: { response: { clientDataJSON: "AAAA" } } }],
    ["a field of its own", { response: {}, userId: "aaaaaaaaaaaaaaaaaaaa" }],
  ])("%s is refused, and is no mistake of ours", async (_name, body) => {
    const answer = await portal.browser().ask("POST", SIGN_IN, { body });
    expect([400, 401]).toContain(answer.status);
  });

  it("of 1 MB is refused before it is read", async () => {
    const body = { response: { id: "A".repeat(1024 * 1024) } };
    const answer = await portal.browser().ask("POST", SIGN_IN, { body });
    expect(answer.status).toBe(413);
    const { browser } = await newHolder();
    expect((await browser.ask("POST", PASSKEYS, { body })).status).toBe(413);
  });
});

describe("row 93: a creation", () => {
  it.each([
    ["a maker's certificate, which nobody asked for", { isCertified: true }],
    ["nobody checked who was there", { flags: 0b001 }],
    ["another origin", { origin: "https://evil.example" }],
    ["another relying party", { rpId: "evil.example" }],
    ["an answer to a question", { type: "webauthn.get" }],
    ["a frame of another site", { crossOrigin: true }],
  ])("with %s adds nothing", async (_name, deviation) => {
    const { browser } = await newHolder();
    const { options } = await mustPost(browser, `${PASSKEYS}/options`);
    const response = createSoftwarePasskey(ORIGIN).create(options, deviation);
    const refused = await browser.ask("POST", PASSKEYS, { body: { response } });
    expect(refusalOf(refused)).toEqual([422, "passkey-not-created"]);
  });
});

describe("row 74: a user who may not come in", () => {
  it("is refused when dormant, by the passkey that was right the day before", async () => {
    await portal.addAccount("sleepy");
    const holder = await addPasskeyHolder(portal, {
      email: "sleepy@example.com",
      accounts: { sleepy: "agent" },
    });
    const { value } = await portal.must("GET", `${RULES}?account=sleepy`);
    const dormancy = { enabled: true, months: 6 };
    await portal.must("PUT", `${RULES}?account=sleepy`, { value: { ...value, dormancy } });
    portal.advance(170 * 24 * 60 * MINUTE_MS);
    expect((await signInByPasskey(portal.browser(), holder.passkey)).status).toBe(200);
    portal.advance(190 * 24 * 60 * MINUTE_MS);
    const refused = await signInByPasskey(portal.browser(), holder.passkey);
    expect(refusalOf(refused)).toEqual([401, "sign-in-refused"]);
  });

  it("has no passkeys left once deleted: the device's own can be added for another", async () => {
    const [gone, other] = [await newHolder(), await newHolder()];
    await portal.must("DELETE", `/api/v1/users/${gone.id}?confirm=true`);
    expect((await signInByPasskey(portal.browser(), gone.passkey)).status).toBe(401);
    const kept = createSoftwarePasskey(ORIGIN);
    const same = { ...kept, create: gone.passkey.create };
    await addPasskey(other.browser, same);
    const { passkeys } = (await other.browser.ask("GET", "/api/v1/me/two-factor")).json;
    expect(passkeys).toHaveLength(2);
  });
});

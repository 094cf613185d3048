// Attacks on passkeys: forged, replayed, borrowed and copied ones, at every door that takes them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addPasskeyHolder,
  mustPost,
  passFactorByPasskey,
  PASSKEYS,
  signInByPasskey,
} from "../people/add-passkey.ts";
import type { PasskeyHolder } from "../people/add-passkey.ts";
import { createSoftwarePasskey } from "../people/software-passkey.ts";
import type { Deviation } from "../people/software-passkey.ts";
import { ORIGIN, PASSWORD, startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const SIGN_IN = "/api/v1/sign-in/passkey";
const FACTOR = "/api/v1/sign-in/second-factor/passkey";
const PROOF = "/api/v1/me/proof";
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

async function halfSignedIn({ email }: { readonly email: string }): Promise<TestBrowser> {
  const browser = portal.browser();
  const answer = await browser.signIn(email, PASSWORD);
  expect(answer.json).toMatchObject({ next: "second-factor" });
  return browser;
}

const refusalOf = ({ status, json }: ApiAnswer) => [status, json.code];
const REFUSED_AT = { signIn: [401, "sign-in-refused"], factor: [403, "passkey-refused"] } as const;

async function reasonsOf(userId: string, kind: string): Promise<readonly string[]> {
  const { events } = await portal.must("GET", `/api/v1/events?kind=${kind}&user=${userId}`);
  return events.map(({ reason }: { readonly reason: string }) => reason);
}

describe("row 93: a signature that is not quite right", () => {
  const deviations: readonly (readonly [string, Deviation])[] = [
    ["a flipped signature", { isSignatureFlipped: true }],
    ["another origin", { origin: "https://portal.example.com.evil.example" }],
    ["the same host by http", { origin: "http://portal.example.com" }],
    ["another port", { origin: "https://portal.example.com:8443" }],
    ["another relying party", { rpId: "evil.example" }],
    ["a parent domain as relying party", { rpId: "example.com" }],
    ["nobody checked who was there", { flags: 0b001 }],
    ["nobody was there", { flags: 0b100 }],
    ["a frame of another site", { crossOrigin: true }],
    ["an answer of a creation", { type: "webauthn.create" }],
    ["another user's handle", { userHandle: Buffer.from("somebody-else").toString("base64url") }],
    ["a counter that stands still", { counter: 0 }],
  ];

  it.each(deviations)("%s opens no door", async (_name, deviation) => {
    const holder = await newHolder();
    const { passkey } = holder;
    if (deviation.counter !== undefined) await signInByPasskey(portal.browser(), passkey);
    const visitor = portal.browser();
    const refused = await signInByPasskey(visitor, passkey, deviation);
    expect(refusalOf(refused)).toEqual(REFUSED_AT.signIn);
    expect(visitor.cookies.size).toBe(0);
    const half = await halfSignedIn(holder);
    const factor = await passFactorByPasskey(half, passkey, deviation);
    expect(refusalOf(factor)).toEqual(REFUSED_AT.factor);
    expect(refusalOf(await half.ask("GET", "/api/v1/me"))).toEqual([403, "second-factor-required"]);
    const { options } = await mustPost(holder.browser, `${PROOF}/passkey-options`);
    const response = passkey.sign(options, deviation);
    const body = { method: "passkey", response };
    expect(refusalOf(await holder.browser.ask("POST", PROOF, { body }))).toEqual(REFUSED_AT.factor);
    // What was wrong was the deviation.
    expect((await passFactorByPasskey(half, passkey)).status).toBe(200);
  });

  it("without a user handle is good only where the user is known already", async () => {
    const holder = await newHolder();
    const anonymous = { userHandle: null };
    const refused = await signInByPasskey(portal.browser(), holder.passkey, anonymous);
    expect(refusalOf(refused)).toEqual(REFUSED_AT.signIn);
    const half = await halfSignedIn(holder);
    expect((await passFactorByPasskey(half, holder.passkey, anonymous)).status).toBe(200);
  });
});

describe("row 93: a challenge", () => {
  it("is answered once, whatever came of it", async () => {
    const { passkey } = await newHolder();
    const visitor = portal.browser();
    const { options } = await mustPost(visitor, `${SIGN_IN}-options`);
    const body = { response: passkey.sign(options) };
    expect((await visitor.ask("POST", SIGN_IN, { body })).status).toBe(200);
    expect(refusalOf(await portal.browser().ask("POST", SIGN_IN, { body }))).toEqual(
      REFUSED_AT.signIn,
    );
    const fresh = { response: passkey.sign(options) };
    const again = await portal.browser().ask("POST", SIGN_IN, { body: fresh });
    expect(refusalOf(again)).toEqual(REFUSED_AT.signIn);
  });

  it("answered fifty times at once opens one session", async () => {
    const { passkey } = await newHolder();
    const { options } = await mustPost(portal.browser(), `${SIGN_IN}-options`);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => {
        const body = { response: passkey.sign(options) };
        return portal.browser().ask("POST", SIGN_IN, { body });
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49);
  });

  it("is good for five minutes", async () => {
    const { passkey } = await newHolder();
    const [early, late] = [portal.browser(), portal.browser()];
    const [first, second] = [
      await mustPost(early, `${SIGN_IN}-options`),
      await mustPost(late, `${SIGN_IN}-options`),
    ];
    portal.advance(5 * MINUTE_MS - 1);
    const inTime = { body: { response: passkey.sign(first.options) } };
    expect((await early.ask("POST", SIGN_IN, inTime)).status).toBe(200);
    portal.advance(1);
    const tooLate = { body: { response: passkey.sign(second.options) } };
    expect(refusalOf(await late.ask("POST", SIGN_IN, tooLate))).toEqual(REFUSED_AT.signIn);
  });

  it("is good for what, and in the session in which, it was asked for", async () => {
    const holder = await newHolder();
    const { passkey, browser } = holder;
    const half = await halfSignedIn(holder);
    const otherHalf = await halfSignedIn(holder);
    const challengeOf = async (asking: TestBrowser, path: string) =>
      (await mustPost(asking, path)).options;
    const others = {
      signIn: await challengeOf(portal.browser(), `${SIGN_IN}-options`),
      factor: await challengeOf(otherHalf, `${FACTOR}-options`),
      proof: await challengeOf(browser, `${PROOF}/passkey-options`),
      register: await challengeOf(browser, `${PASSKEYS}/options`),
      made: { challenge: Buffer.from("A".repeat(100)).toString("base64url") },
    };
    for (const [name, options] of Object.entries(others)) {
      const response = passkey.sign(options);
      const refused = await half.ask("POST", FACTOR, { body: { response } });
      expect([name, ...refusalOf(refused)]).toEqual([name, ...REFUSED_AT.factor]);
    }
    for (const name of ["factor", "proof", "register", "made"] as const) {
      const response = passkey.sign(others[name]);
      const refused = await portal.browser().ask("POST", SIGN_IN, { body: { response } });
      expect([name, ...refusalOf(refused)]).toEqual([name, ...REFUSED_AT.signIn]);
    }
    const registering = createSoftwarePasskey(ORIGIN);
    const created = registering.create({ ...others.register, challenge: others.signIn.challenge });
    const refused = await browser.ask("POST", PASSKEYS, { body: { response: created } });
    expect(refusalOf(refused)).toEqual([422, "passkey-not-created"]);
  });

  it("of a half sign-in that was finished is good for nothing", async () => {
    const holder = await newHolder();
    const half = await halfSignedIn(holder);
    const { options } = await mustPost(half, `${FACTOR}-options`);
    expect((await passFactorByPasskey(half, holder.passkey)).status).toBe(200);
    const body = { response: holder.passkey.sign(options) };
    const refused = await half.ask("POST", FACTOR, { body });
    expect(refusalOf(refused)).toEqual([409, "second-factor-not-asked"]);
  });
});

describe("row 93: somebody else's passkey", () => {
  it("is no second factor and no proof of mine", async () => {
    const [mine, theirs] = [await newHolder(), await newHolder()];
    const half = await halfSignedIn(mine);
    expect(refusalOf(await passFactorByPasskey(half, theirs.passkey))).toEqual(REFUSED_AT.factor);
    const { options } = await mustPost(mine.browser, `${PROOF}/passkey-options`);
    const body = { method: "passkey", response: theirs.passkey.sign(options) };
    expect(refusalOf(await mine.browser.ask("POST", PROOF, { body }))).toEqual(REFUSED_AT.factor);
    // By their name it is theirs: a session of mine is not made by it.
    const claimed = { userHandle: Buffer.from(mine.id).toString("base64url") };
    const stranger = await signInByPasskey(portal.browser(), theirs.passkey, claimed);
    expect(refusalOf(stranger)).toEqual(REFUSED_AT.signIn);
    const renamed = await signInByPasskey(portal.browser(), theirs.passkey, {
      credentialId: mine.passkey.credentialId,
      ...claimed,
    });
    expect(refusalOf(renamed)).toEqual(REFUSED_AT.signIn);
  });

  it("cannot be added twice, renamed or removed by me", async () => {
    const [mine, theirs] = [await newHolder(), await newHolder()];
    const { options } = await mustPost(mine.browser, `${PASSKEYS}/options`);
    const body = { response: theirs.passkey.create(options) };
    expect(refusalOf(await mine.browser.ask("POST", PASSKEYS, { body }))).toEqual([
      409,
      "passkey-exists",
    ]);
    const [{ id }] = (await theirs.browser.ask("GET", "/api/v1/me/two-factor")).json.passkeys;
    const path = `${PASSKEYS}/${id}`;
    const renamed = await mine.browser.ask("PATCH", path, { body: { name: "Mine" } });
    expect(refusalOf(renamed)).toEqual([404, "passkey-not-found"]);
    expect(refusalOf(await mine.browser.ask("DELETE", path))).toEqual([404, "passkey-not-found"]);
    expect((await signInByPasskey(portal.browser(), theirs.passkey)).status).toBe(200);
  });
});

describe("row 67: a refused passkey", () => {
  it("is answered alike whether it is unknown, wrong, or its user may not come in", async () => {
    const disabled = await newHolder();
    await portal.must("PATCH", `/api/v1/users/${disabled.id}`, { isDisabled: true });
    const locked = await newHolder();
    const stranger = portal.browser();
    for (let wrong = 0; wrong < 6; wrong += 1) await stranger.signIn(locked.email, `no-${wrong}`);
    const gone = await newHolder();
    await portal.must("DELETE", `/api/v1/users/${gone.id}?confirm=true`);
    const wrong = await newHolder();
    const flipped = { isSignatureFlipped: true };
    const answers = [
      await signInByPasskey(portal.browser(), createSoftwarePasskey(ORIGIN)),
      await signInByPasskey(portal.browser(), disabled.passkey),
      await signInByPasskey(portal.browser(), locked.passkey),
      await signInByPasskey(portal.browser(), gone.passkey),
      await signInByPasskey(portal.browser(), wrong.passkey, flipped),
      await portal.browser().ask("POST", SIGN_IN, { body: { response: {} } }),
    ];
    expect(answers.map(refusalOf)).toEqual(answers.map(() => REFUSED_AT.signIn));
    const headersOf = ({ headers }: ApiAnswer) => Object.keys(headers).toSorted();
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(headersOf)).toEqual(answers.map(() => headersOf(answers[0]!)));
    expect(await reasonsOf(disabled.id, "sign-in-refused")).toContain("user-disabled");
    expect(await reasonsOf(locked.id, "sign-in-refused")).toContain("user-locked");
  });

  it("options are the same for everybody: they name nobody and ask for nobody's name", async () => {
    const before = await mustPost(portal.browser(), `${SIGN_IN}-options`);
    const holder = await newHolder();
    const after = await mustPost(holder.browser, `${SIGN_IN}-options`);
    const stable = ({ options }: ApiAnswer["json"]) => ({ ...options, challenge: "" });
    expect(stable(after)).toEqual(stable(before));
    expect(after.options.allowCredentials).toBeUndefined();
    expect(after.options).toMatchObject({
      rpId: "portal.example.com",
      userVerification: "required",
    });
    const named = { body: { email: holder.email } };
    const asked = await portal.browser().ask("POST", `${SIGN_IN}-options`, named);
    expect(JSON.stringify(asked.json)).not.toContain(holder.passkey.credentialId);
  });
});

// Every way to shut oneself out by a change is refused; what only looks like one is not (SPEC 2.7).
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LOCKOUT_OVERRIDE } from "../../src/api/change-safety-api.ts";
import { POLICY_FILE_TYPE } from "../../src/api/policy-file-api.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../src/core/identity/identity-policy.ts";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import { AUDIO_POLICY_DEFAULT } from "../../src/core/recordings/audio-policy.ts";
import { HARMLESS_CHANGES } from "../people/harmless-changes.ts";
import { HERE, LOCKOUT_WAYS } from "../people/lockout-ways.ts";
import type { Asked, LockoutWay, WayWorld } from "../people/lockout-ways.ts";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const DAY_MS = 86_400_000;
const OVERRIDE = `lockoutOverride=${encodeURIComponent(LOCKOUT_OVERRIDE)}`;

let portal: RunningPeople;
let world: WayWorld;
let program: TestBrowser;
let bearer = "";

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta"]) await portal.addAccount(code);
  const operator = await portal.addPerson({ email: "op@example.com", isOperator: true });
  const ann = await portal.addPerson({ email: "ann@example.com", accounts: { acme: "admin" } });
  const scopes = ["policy:read", "policy:write"];
  const made = await portal.must("POST", "/api/v1/tokens", { name: "deploy", scopes });
  bearer = `Bearer ${made.token}`;
  program = portal.browser(HERE.token);
  world = {
    must: portal.must,
    addEntry,
    by: {
      operator: await portal.signedIn(operator, HERE.operator),
      operator6: await portal.signedIn(operator, HERE.operator6),
      private: await portal.signedIn(operator, HERE.private),
      admin: await portal.signedIn(ann, HERE.admin),
    },
  };
});
afterAll(() => portal.stop());

type EntryFields = { readonly inMinutes?: number; readonly [field: string]: unknown };

async function addEntry(text: string, more: EntryFields = {}) {
  const [action, range] = text.split(" ");
  const { inMinutes, ...rest } = more;
  const endsAtMs = inMinutes === undefined ? null : portal.nowMs() + inMinutes * 60_000;
  const expiresAt = endsAtMs === null ? {} : { expiresAt: new Date(endsAtMs).toISOString() };
  const body = { range, action, ...expiresAt, ...rest };
  return (await must("POST", "/api/v1/entries", body)).entry.id as number;
}

/** As the host's shell, whomever it locks out. */
function must(method: string, path: string, body?: unknown) {
  return portal.must(method, withOverride(path), body);
}

function withOverride(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${OVERRIDE}`;
}

/** One step, whatever the test before changed. */
const AS_IT_WAS = {
  version: 1,
  platform: {
    ...PLATFORM_POLICY_DEFAULT,
    "user-authentication": IDENTITY_POLICY_DEFAULT.userAuthentication,
    "two-factor": IDENTITY_POLICY_DEFAULT.twoFactor,
    "log-out": IDENTITY_POLICY_DEFAULT.logOut,
    entries: [],
  },
  accounts: {
    acme: {
      country: PLATFORM_POLICY_DEFAULT.country,
      "audio-download": AUDIO_POLICY_DEFAULT,
      entries: [],
    },
  },
};

afterEach(async () => {
  const body = JSON.stringify(AS_IT_WAS);
  const path = withOverride("/api/v1/policy-file/apply");
  const answer = await portal.upload(path, POLICY_FILE_TYPE, body);
  if (answer.status !== 200) throw new Error(answer.text);
});

function send(by: LockoutWay["by"], { method, path, body, type }: Asked): Promise<ApiAnswer> {
  if (by === "shell") return portal.api(method, path, body);
  const headers = type === undefined ? {} : { "content-type": type };
  if (by !== "token") return world.by[by ?? "operator"].ask(method, path, { body, headers });
  const asProgram = { authorization: bearer, origin: null, "sec-fetch-site": null };
  return program.ask(method, path, { body, headers: { ...headers, ...asProgram } });
}

/** Everything that a change could have stored. */
async function stored(): Promise<readonly unknown[]> {
  const file = await portal.api("GET", "/api/v1/policy-file");
  const others = ["bans", "revisions?limit=1"].map((path) => portal.must("GET", `/api/v1/${path}`));
  return [file.text, ...(await Promise.all(others))];
}

describe("locking oneself out by", () => {
  it.each(LOCKOUT_WAYS)("$name is refused, and made when it is meant", async (way) => {
    const { by, ask, refused } = way;
    const asked = await ask(world);
    const before = await stored();
    const answer = await send(by, asked);
    const { who = "you", surface = "sign-in", address = HERE.operator, account = null } = refused;
    expect(answer.json).toMatchObject({
      status: 409,
      code: "would-lock-out",
      who,
      surface,
      account,
      address,
      phrase: LOCKOUT_OVERRIDE,
      remedy: refused.remedy,
      decision: { verdict: "refuse", reason: refused.reason },
    });
    const { steps } = answer.json.decision;
    expect(steps.at(-1)).toMatchObject({ step: refused.reason, result: "matched" });
    expect(await stored()).toEqual(before);

    const wrong = `${asked.path}${asked.path.includes("?") ? "&" : "?"}lockoutOverride=yes`;
    expect((await send(by, { ...asked, path: wrong })).status).toBe(400);
    // Events of one moment are told in no order.
    portal.advance(1000);
    const meant = await send(by, { ...asked, path: withOverride(asked.path) });
    expect(`${meant.status} ${meant.text}`).toMatch(/^20\d /);
    const { revisions } = await portal.must("GET", "/api/v1/revisions?limit=1");
    expect(revisions[0].overrode).toContain(`(${refused.reason})`);
    const { events } = await portal.must("GET", "/api/v1/events?group=changes&limit=3");
    const told = events.map(({ detail }: { detail: { overrode?: string } }) => detail.overrode);
    expect(told).toContain(revisions[0].overrode);
  });
});

describe("nobody is locked out by", () => {
  it.each(HARMLESS_CHANGES)("$name", async ({ by, ask }) => {
    const asked = await ask(world);
    const answer = await send(by, asked);
    expect(`${answer.status} ${answer.text}`).toMatch(/^20\d /);
    const { revisions } = await portal.must("GET", "/api/v1/revisions?limit=1");
    expect(revisions[0].overrode).toBeNull();
  });
});

describe("two changes in the same moment", () => {
  it("that lock out only together are not both made", async () => {
    const id = await addEntry(`allow ${HERE.operator}`);
    const answers = await Promise.all([
      world.by.operator.ask("DELETE", `/api/v1/entries/${id}`),
      world.by.operator.ask("POST", "/api/v1/entries", {
        body: { range: "81.2.69.0/24", action: "deny" },
      }),
    ]);
    const refused = answers.filter(({ status }) => status >= 400);
    expect(refused.map(({ status, json }) => [status, json.code])).toEqual([
      [409, "would-lock-out"],
    ]);
    expect((await world.by.operator.ask("GET", "/api/v1/me")).status).toBe(200);
  });
});

describe("the way out", () => {
  it("that is offered lets the change be made", async () => {
    const asked = {
      value: { ...PLATFORM_POLICY_DEFAULT.country, mode: "enforce", countries: { GB: "deny" } },
    };
    const path = "/api/v1/policy/country";
    const { json } = await world.by.operator.ask("PUT", path, { body: asked });
    const { range } = json.remedy;
    const body = { range, action: "allow" };
    expect((await world.by.operator.ask("POST", "/api/v1/entries", { body })).status).toBe(201);
    expect((await world.by.operator.ask("PUT", path, { body: asked })).status).toBe(200);
    expect((await world.by.operator.ask("GET", "/api/v1/me")).status).toBe(200);
  });

  it("tells an account's admin nothing of the platform's lists", async () => {
    await addEntry("deny 203.0.113.0/24", { note: "a rival of ours" });
    const body = { range: HERE.admin, action: "deny", account: "acme" };
    const { text, json } = await world.by.admin.ask("POST", "/api/v1/entries", { body });
    expect(json.code).toBe("would-lock-out");
    const ofPlatform = json.decision.steps.filter(
      ({ layer }: { layer: string }) => layer === "platform",
    );
    expect(ofPlatform.length).toBeGreaterThan(0);
    for (const step of ofPlatform) expect(step.detail).toBeUndefined();
    expect(text).not.toContain("rival");
  });
});

describe("operators who were not here for two months", () => {
  it("are not shut out as dormant, not by the host's shell either", async () => {
    portal.advance(62 * DAY_MS);
    const dormancy = { enabled: true, months: 1 };
    const value = { ...IDENTITY_POLICY_DEFAULT.userAuthentication, dormancy };
    const path = "/api/v1/identity-policies/user-authentication";
    const { json } = await portal.api("PUT", path, { value });
    expect(json).toMatchObject({
      code: "would-lock-out",
      who: "operators",
      address: null,
      decision: { reason: "user-dormant" },
      remedy: { code: "set-otherwise" },
    });
    const meant = await portal.api("PUT", withOverride(path), { value });
    expect(`${meant.status} ${meant.text}`).toMatch(/^200 /);
  });
});

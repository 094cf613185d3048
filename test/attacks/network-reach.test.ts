// What an account's admins do with the network's rules: their own, and no trace of others' (141).
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople, TestBrowser } from "../people/start-people.ts";

const CLIENT = "203.0.113.7";
const SECRET = "a rival of ours";

let portal: RunningPeople;
/** Of acme. */
let admin: TestBrowser;
let agent: TestBrowser;
/** Ids of entries. */
let entries: Record<"acme" | "beta" | "platform", number>;
let banOfBeta = 0;

async function addEntry(account: string | null, range: string, more: object = {}) {
  const owner = account === null ? {} : { account };
  const body = { range, action: "deny", note: SECRET, ...owner, ...more };
  return (await portal.must("POST", "/api/v1/entries", body)).entry.id as number;
}

/** One rate limit of an account; its first request over it is banned. */
async function limitPortal(account: string): Promise<void> {
  const path = `/api/v1/policy/rate-limits?account=${account}`;
  const { value } = await portal.must("GET", path);
  const limit = { ...value.portal, mode: "enforce", requestMaxCount: 2 };
  await portal.must("PUT", path, { value: { ...value, portal: limit } });
}

async function visit(account: string, clientAddress: string): Promise<number> {
  const answer = await portal.ask("nginx", { host: `${account}.example.com`, clientAddress });
  return answer.realStatus;
}

beforeAll(async () => {
  portal = await startPeople();
  for (const code of ["acme", "beta", "gone"]) await portal.addAccount(code);
  const routes = ["acme", "beta", "gone"].map((account) => ({
    host: `${account}.example.com`,
    pathPrefix: "/",
    surface: "portal",
    account,
  }));
  await portal.must("PUT", "/api/v1/policy/routes", { value: { routes } });
  const own = await portal.addPerson({ email: "ann@example.com", accounts: { acme: "admin" } });
  const joan = await portal.addPerson({ email: "joan@example.com", accounts: { acme: "agent" } });
  const bob = await portal.addPerson({ email: "bob@example.com", accounts: { beta: "agent" } });
  admin = await portal.signedIn(own, "198.18.0.1");
  agent = await portal.signedIn(joan, "198.18.0.2");
  await portal.signedIn(bob, "198.18.0.3");
  entries = {
    acme: await addEntry("acme", "192.0.2.1", { note: "ours" }),
    beta: await addEntry("beta", "192.0.2.2"),
    platform: await addEntry(null, `${CLIENT}/32`),
  };
  for (const code of ["acme", "beta"]) await limitPortal(code);
  for (let turn = 0; turn < 3; turn += 1) await visit("beta", "192.0.2.77");
  banOfBeta = (await portal.must("GET", "/api/v1/bans?account=beta")).bans[0].id;
});
afterAll(() => portal.stop());

type Asked = readonly [method: string, path: string, body?: object | undefined];

const RULE = { value: { mode: "off" }, version: 0 };
const SECTIONS = [{ section: "address-lists", ...RULE }];
/** One line of it is an object. */
const NDJSON = { "content-type": "application/x-ndjson" };
const NEW = { range: "192.0.2.9", action: "deny" };

/** Each with `ACCOUNT` where the account's code stands. */
const BY_QUERY: readonly Asked[] = [
  ["GET", "/api/v1/policy?account=ACCOUNT"],
  ["GET", "/api/v1/policy/country?account=ACCOUNT"],
  ["PUT", "/api/v1/policy/address-lists?account=ACCOUNT", RULE],
  ["GET", "/api/v1/effective-policy?account=ACCOUNT"],
  ["GET", "/api/v1/entries?account=ACCOUNT"],
  ["GET", "/api/v1/entries?account=ACCOUNT&search=rival"],
  ["GET", "/api/v1/entries/export?account=ACCOUNT"],
  ["PATCH", "/api/v1/entries/1?account=ACCOUNT", { note: "mine" }],
  ["DELETE", "/api/v1/entries/1?account=ACCOUNT"],
  ["POST", "/api/v1/entries/delete?account=ACCOUNT", { ids: [1] }],
  ["GET", "/api/v1/entries/touches?account=ACCOUNT&range=192.0.2.0/24"],
  ["GET", "/api/v1/bans?account=ACCOUNT"],
  ["GET", "/api/v1/counters?account=ACCOUNT&address=192.0.2.77"],
  ["GET", "/api/v1/explain?account=ACCOUNT&address=192.0.2.77"],
];
const BY_BODY: readonly Asked[] = [
  ["POST", "/api/v1/entries", { ...NEW, account: "ACCOUNT" }],
  ["PUT", "/api/v1/policy", { account: "ACCOUNT", sections: SECTIONS }],
];

function fill([method, path, body]: Asked, account: string): Asked {
  const json = JSON.parse(JSON.stringify(body ?? null).replaceAll("ACCOUNT", account));
  return [method, path.replaceAll("ACCOUNT", account), json ?? undefined];
}

function ask(browser: TestBrowser, [method, path, body]: Asked) {
  return browser.ask(method, path, body === undefined ? {} : { body });
}

describe("row 141: another account", () => {
  const asks = [...BY_QUERY, ...BY_BODY].map((asked) => ({ asked, name: asked.slice(0, 2) }));
  it.each(asks)("is not there: $name", async ({ asked }) => {
    const foreign = await ask(admin, fill(asked, "beta"));
    const absent = await ask(admin, fill(asked, "ghost"));
    expect([foreign.status, foreign.json.code]).toEqual([404, "account-not-found"]);
    expect(foreign.text).toBe(absent.text);
    expect((await ask(agent, fill(asked, "acme"))).status).toBe(403);
  });

  it("takes no import, and loses none of its entries", async () => {
    for (const code of ["beta", "ghost"]) {
      const path = `/api/v1/entries/import?account=${code}`;
      const answer = await admin.ask("POST", path, { body: NEW, headers: NDJSON });
      expect([answer.status, answer.json.code]).toEqual([404, "account-not-found"]);
    }
    const { total } = await portal.must("GET", "/api/v1/entries?account=beta");
    expect(total).toBe(1);
  });

  it("is not found by the ids of its entries and bans either", async () => {
    for (const id of [entries.beta, entries.platform, 999_999]) {
      for (const [method, body] of [["PATCH", { note: "mine" }], ["DELETE"]] as const) {
        const answer = await ask(admin, [method, `/api/v1/entries/${id}?account=acme`, body]);
        expect([answer.status, answer.json.code]).toEqual([404, "entry-not-found"]);
      }
      const ids = { ids: [entries.acme, id] };
      const answer = await ask(admin, ["POST", "/api/v1/entries/delete?account=acme", ids]);
      expect(answer.status).toBe(404);
    }
    const texts = new Set<string>();
    for (const id of [banOfBeta, 999_999]) {
      const path = `/api/v1/bans/${id}`;
      const tries: readonly Asked[] = [
        ["POST", `${path}/release`],
        ["POST", `${path}/make-permanent`],
        ["PATCH", path, { note: "mine" }],
      ];
      for (const asked of tries) {
        const answer = await ask(admin, asked);
        expect([answer.status, answer.json.code]).toEqual([404, "ban-not-found"]);
        texts.add(answer.text);
      }
    }
    expect(texts.size).toBe(1);
    const release: Asked = ["POST", "/api/v1/bans/release", { address: "192.0.2.77" }];
    expect((await ask(admin, release)).status).toBe(404);
    expect((await ask(admin, ["GET", "/api/v1/bans"])).json.bans).toEqual([]);
    expect(await visit("beta", "192.0.2.77")).toBe(403);
  });
});

describe("row 141: the platform's layer", () => {
  it.each([
    ["GET", "/api/v1/policy"],
    ["PUT", "/api/v1/policy", { sections: SECTIONS }],
    ["GET", "/api/v1/entries"],
    ["POST", "/api/v1/entries", NEW],
    ["PATCH", "/api/v1/entries/1", { note: "mine" }],
    ["GET", "/api/v1/entries/export"],
    ["GET", "/api/v1/entries/touches?range=192.0.2.0/24"],
    ["GET", "/api/v1/counters?address=192.0.2.7"],
    ["GET", "/api/v1/explain?address=192.0.2.7"],
    ["GET", "/api/v1/geo"],
    ["POST", "/api/v1/policy/disable", { rule: "country", account: "acme" }],
  ] as const)("is its operators': %s %s", async (...asked) => {
    expect((await ask(admin, asked)).status).toBe(403);
  });

  it("is told of by what came of its steps, and by nothing else", async () => {
    const path = `/api/v1/explain?account=acme&address=${CLIENT}`;
    const { json, text } = await ask(admin, ["GET", path]);
    expect(json).toMatchObject({ verdict: "refuse", reason: "on-deny-list" });
    expect(json.wouldPassIf).toEqual([{ code: "ask-operator" }]);
    expect(json.steps).toEqual([
      { step: "on-allow-list", layer: "platform", result: "not-matched" },
      { step: "on-deny-list", layer: "platform", result: "matched" },
    ]);
    expect(text).not.toContain(SECRET);
    const whole = await portal.must("GET", path);
    expect(whole.steps[1].detail).toMatchObject({ entryId: entries.platform, note: SECRET });
  });

  it("is not asked what it will decide later, when a ban or an entry of it ends", async () => {
    const path = "/api/v1/explain?account=acme&address=192.0.2.9&at=";
    const at = (laterMs: number) => new Date(portal.nowMs() + laterMs).toISOString();
    const refused = await ask(admin, ["GET", path + at(60_000)]);
    expect([refused.status, refused.json.code]).toEqual([400, "time-refused"]);
    expect(refused.json.detail).toContain("not later than now");
    expect((await ask(admin, ["GET", path + at(0)])).status).toBe(200);
    expect(await portal.must("GET", path + at(60_000))).toMatchObject({ verdict: "pass" });
  });

  it("in monitor mode is not told of as what would have refused", async () => {
    const { value } = await portal.must("GET", "/api/v1/policy/address-lists");
    const set = (mode: string) =>
      portal.must("PUT", "/api/v1/policy/address-lists", { value: { ...value, mode } });
    await set("monitor");
    const path = `/api/v1/explain?account=acme&address=${CLIENT}`;
    const own = (await ask(admin, ["GET", path])).json;
    const whole = await portal.must("GET", path);
    await set(value.mode);
    expect([own.verdict, own.monitored]).toEqual(["pass", null]);
    expect([whole.verdict, whole.monitored]).toEqual(["pass", "on-deny-list"]);
  });

  it("keeps what it counts: admins see what their own limits count", async () => {
    const address = "192.0.2.78";
    for (let turn = 0; turn < 2; turn += 1) await visit("acme", address);
    const path = `/api/v1/counters?account=acme&address=${address}`;
    const { json } = await ask(admin, ["GET", path]);
    const portalLimit = {
      rule: "rate-limit",
      layer: "account",
      surface: "portal",
      count: 2,
      max: 2,
      windowSeconds: 60,
      mode: "enforce",
      ban: null,
    };
    const audioLimit = { ...portalLimit, surface: "audio", count: 0, max: 50 };
    expect(json).toEqual({
      address,
      network: address,
      account: "acme",
      bans: [],
      counters: [portalLimit, audioLimit],
    });
    const all = await portal.must("GET", path);
    const hard = all.counters[0];
    expect(hard).toMatchObject({ rule: "hard-limit", layer: "platform", count: 2, max: 600 });
    expect(all.counters.slice(-2)).toEqual([portalLimit, audioLimit]);
    // asking counts nothing
    expect(await portal.must("GET", path)).toEqual(all);
    expect(await visit("acme", address)).toBe(429);
    const banned = (await ask(admin, ["GET", path])).json.counters[0];
    expect(banned.ban).toMatchObject({ holds: "portal" });
  });
});

describe("an account's admins", () => {
  it("release the bans of their account, and no others", async () => {
    const { bans } = (await ask(admin, ["GET", "/api/v1/bans?account=acme"])).json;
    expect(bans.map((ban: { readonly range: string }) => ban.range)).toEqual(["192.0.2.78"]);
    const release: Asked = ["POST", `/api/v1/bans/${bans[0].id}/release`];
    expect((await ask(admin, release)).status).toBe(200);
    expect(await visit("acme", "192.0.2.78")).toBe(200);
  });

  it("are told what helps where their own rules refuse", async () => {
    const path = "/api/v1/explain?account=acme&address=192.0.2.1";
    const { json } = await ask(admin, ["GET", path]);
    expect(json.wouldPassIf).toEqual([
      { code: "remove-entry", entryId: entries.acme },
      { code: "allow-address" },
    ]);
    const step = json.steps.at(-1);
    expect(step.detail).toMatchObject({ entry: "192.0.2.1", note: "ours" });
  });

  it("see whom an entry touches only of their users and requests", async () => {
    const path = "/api/v1/entries/touches?range=198.18.0.0/24";
    const own = (await ask(admin, ["GET", `${path}&account=acme`])).json;
    expect(own.users.names.map((user: { readonly email: string }) => user.email)).toEqual([
      "ann@example.com",
      "joan@example.com",
    ]);
    expect(own).toMatchObject({ sessions: 2, includesYou: true, range: "198.18.0.0/24" });
    const all = await portal.must("GET", path);
    expect(all).toMatchObject({ users: { count: 3 }, sessions: 3, includesYou: false });
    const elsewhere = (
      await ask(admin, ["GET", `${path.replace("198.18", "198.19")}&account=acme`])
    ).json;
    expect(elsewhere).toMatchObject({ users: { count: 0, names: [] }, includesYou: false });
  });

  // attack row 148: what is not theirs to set is refused by name
  it.each([
    ["PATCH", "/api/v1/entries/1?account=acme", { id: 9 }],
    ["PATCH", "/api/v1/entries/1?account=acme", { note: "x", owner: "platform" }],
    ["PATCH", "/api/v1/entries/1?account=acme", { note: "x", account: "beta" }],
    ["POST", "/api/v1/entries", { ...NEW, account: "acme", author: "host-shell" }],
    ["POST", "/api/v1/entries", { ...NEW, account: "acme", origin: "automatic" }],
    ["PUT", "/api/v1/policy", { account: "acme", sections: SECTIONS, owner: "platform" }],
  ] as const)("set nothing else: %s %s %j", async (...asked) => {
    const answer = await ask(admin, asked);
    expect([answer.status, answer.json.code]).toEqual([400, "invalid-input"]);
  });

  // attack row 155
  it("are told when an entry or one of several sections has moved on", async () => {
    const entry = `/api/v1/entries/${entries.acme}?account=acme`;
    const first = await ask(admin, ["PATCH", entry, { note: "first", version: 1 }]);
    expect(first.json.version).toBe(2);
    const late = await ask(admin, ["PATCH", entry, { range: "192.0.2.3", version: 1 }]);
    expect([late.status, late.json.code]).toEqual([412, "entry-moved-on"]);
    expect(late.json.entry).toMatchObject({ range: "192.0.2.1", note: "first", version: 2 });
    const { sections } = (await ask(admin, ["GET", "/api/v1/policy?account=acme"])).json;
    const read = Object.fromEntries(
      sections.map((one: { readonly section: string }) => [one.section, one]),
    );
    const save = (version: number): Asked => {
      const list = { section: "address-lists", value: { mode: "monitor" }, version: 0 };
      const { value } = read["rate-limits"];
      return [
        "PUT",
        "/api/v1/policy",
        { account: "acme", sections: [list, { section: "rate-limits", value, version }] },
      ];
    };
    const moved = await ask(admin, save(0));
    expect([moved.status, moved.json.code, moved.json.section]).toEqual([
      412,
      "policy-moved-on",
      "rate-limits",
    ]);
    const lists = await portal.must("GET", "/api/v1/policy/address-lists?account=acme");
    expect(lists).toMatchObject({ version: 0, value: { mode: "enforce" } });
    expect((await ask(admin, save(read["rate-limits"].version))).status).toBe(200);
    const twice = { account: "acme", sections: [...SECTIONS, ...SECTIONS] };
    expect((await ask(admin, ["PUT", "/api/v1/policy", twice])).status).toBe(400);
  });

  // attack row 151: all or nothing, with the lines named
  it("import their own list, whole or not at all", async () => {
    const path = "/api/v1/entries/import?account=acme";
    const send = (range: string) =>
      admin.ask("POST", path, { body: { range, action: "deny" }, headers: NDJSON });
    const bad = await send("192.0.2.0/33");
    expect([bad.status, bad.json.errorCount, bad.json.errors[0].line]).toEqual([422, 1, 1]);
    expect((await send("192.0.2.20")).json).toMatchObject({ added: 1 });
    const { json } = await ask(admin, ["GET", "/api/v1/entries?account=acme&search=192.0.2."]);
    expect(json.entries.map((one: { readonly range: string }) => one.range)).toEqual([
      "192.0.2.1",
      "192.0.2.20",
    ]);
    expect(json.total).toBe(2);
  });
});

it("who gets a code that was another's before sees nothing of its visits", async () => {
  const path = "/api/v1/entries/touches?account=gone&range=192.0.2.90";
  await visit("gone", "192.0.2.90");
  portal.advance(120_000);
  const all = () => portal.must("GET", path);
  await expect.poll(async () => (await all()).requests, { timeout: 5_000 }).toBe(1);
  await portal.must("DELETE", "/api/v1/accounts/gone?confirm=gone");
  await portal.addAccount("gone");
  const heir = await portal.addPerson({ email: "eve@example.com", accounts: { gone: "admin" } });
  const answer = await (await portal.signedIn(heir)).ask("GET", path);
  expect(answer.json).toMatchObject({ requests: 0, addresses: 0, accounts: [] });
  expect(answer.json.since).toBe(new Date(portal.nowMs()).toISOString());
  expect((await all()).requests).toBe(1);
});

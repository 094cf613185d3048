// What an account's admins find in the journal: their own, and no trace of others (row 141).
import { beforeAll, describe, expect, it } from "vitest";
import type { DecisionInput } from "../../src/server/journal/index.ts";
import { useEngine } from "../contracts/engines.ts";
import { startApi } from "../system/start-api.ts";
import type { ApiAnswer, RunningApi } from "../system/start-api.ts";

const harness = useEngine("sqlite");
let api: RunningApi;
let token = "";
/** User ids: an admin of acme, an agent of acme, an operator. */
let ids: Record<"ann" | "agent" | "op", string>;
/** Ids of decisions. */
let decisions: Record<"acme" | "beta" | "none", string>;
/** Ids of events: of an account's own rules, and of the platform's. */
let changes: Record<"acme" | "beta" | "platform", string>;

const STEPS = [
  { step: "on-allow-list", layer: "platform", result: "not-matched" },
  {
    step: "on-deny-list",
    layer: "platform",
    result: "monitored",
    detail: { entryId: 7, entry: "203.0.113.0/24", note: "a rival of ours" },
  },
  { step: "on-deny-list", layer: "account", result: "matched", detail: { entryId: 9 } },
] as const;

async function must(method: string, path: string, body?: unknown): Promise<ApiAnswer["json"]> {
  const answer = await api.ask(method, path, { as: "host shell", body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.json;
}

async function addUser(name: string, more: object): Promise<string> {
  const body = { email: `${name}@example.com`, name, ...more };
  return String((await must("POST", "/api/v1/users", body))["id"]);
}

function decide(account: string | null, more: Partial<DecisionInput> = {}): string {
  return api.journal.recordDecision({
    atMs: api.clock.nowMs(),
    client: { family: 4, w0: 0, w1: 0, w2: 0, w3: 0xcb007107 },
    surface: "portal",
    account,
    country: "NL",
    verdict: "refuse",
    status: 403,
    reason: "on-deny-list",
    owner: "platform",
    ruleId: 7,
    describe: () => ({ address: "203.0.113.7", steps: STEPS, detail: {} }),
    ...more,
  });
}

function addChange(owner: string): Promise<string> {
  const atMs = api.clock.nowMs();
  return api.journal.recordEventAlone({ kind: "entries-changed", atMs, owner });
}

beforeAll(async () => {
  api = await startApi(harness);
  token = await api.tokenFor("journal:read");
  const accounts: Record<string, string> = {};
  for (const code of ["acme", "beta"]) {
    const { id } = await must("POST", "/api/v1/accounts", { code, name: code });
    accounts[code] = String(id);
  }
  ids = {
    ann: await addUser("ann", { memberships: [{ account: "acme", role: "admin" }] }),
    agent: await addUser("agent", { memberships: [{ account: "acme", role: "agent" }] }),
    op: await addUser("op", { isOperator: true }),
  };
  decisions = { acme: decide("acme"), beta: decide("beta"), none: decide(null) };
  changes = {
    acme: await addChange(accounts["acme"] ?? ""),
    beta: await addChange(accounts["beta"] ?? ""),
    platform: await addChange("platform"),
  };
  for (const account of ["acme", "beta", null]) {
    const place = { client: null, surface: "portal", account, country: "NL" } as const;
    const what = { verdict: "refuse", reason: "on-deny-list" } as const;
    api.journal.countTraffic({ atMs: api.clock.nowMs(), ...place, ...what });
  }
});

function asked(path: string, by: keyof typeof ids): Promise<ApiAnswer> {
  return api.ask("GET", path, { as: `user ${ids[by]}` });
}

/** Ids of decisions and changes; what else was recorded on the way is left out. */
function idsIn(text: string): string[] {
  const known = [...Object.values(decisions), ...Object.values(changes)];
  return known.filter((id) => text.includes(id)).toSorted();
}

const ROUTES = [
  "/api/v1/events?limit=100",
  "/api/v1/events/export?format=csv",
  "/api/v1/events/export?format=ndjson",
];

describe("events", () => {
  it.each(ROUTES)("%s has those of their accounts and of their own rules", async (path) => {
    const own = [decisions.acme, changes.acme].toSorted();
    for (const account of ["", "&account=acme"]) {
      const answer = await asked(`${path}${account}`, "ann");
      expect([answer.status, idsIn(answer.text)]).toEqual([200, own]);
    }
  });

  it.each(ROUTES)("%s has everything for operators, and each account's", async (path) => {
    const all = [...Object.values(decisions), ...Object.values(changes)].toSorted();
    for (const as of [token, `user ${ids.op}`, "host shell"]) {
      expect(idsIn((await api.ask("GET", path, { as })).text)).toEqual(all);
      const ofBeta = await api.ask("GET", `${path}&account=beta`, { as });
      expect(idsIn(ofBeta.text)).toEqual([decisions.beta, changes.beta].toSorted());
    }
  });

  it("of others are not found by any filter", async () => {
    for (const filter of [
      "kind=decision",
      "group=changes",
      "address=203.0.113.7",
      "country=NL",
      "surface=portal",
      "reason=on-deny-list",
      "verdict=refuse",
      "period=24h",
    ]) {
      const { text } = await asked(`/api/v1/events?${filter}`, "ann");
      const others = [decisions.beta, decisions.none, changes.beta, changes.platform];
      expect([filter, others.filter((id) => text.includes(id))]).toEqual([filter, []]);
    }
  });
});

describe("a decision", () => {
  it("of others is absent, in the same words", async () => {
    const absent = await asked(`/api/v1/decisions/${"a".repeat(20)}`, "ann");
    expect([absent.status, absent.json["code"]]).toEqual([404, "decision-not-found"]);
    for (const id of [decisions.beta, decisions.none]) {
      const hidden = await asked(`/api/v1/decisions/${id}`, "ann");
      expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    }
  });

  it("of theirs says what came of the platform's rules, and nothing of what they are", async () => {
    const path = `/api/v1/decisions/${decisions.acme}`;
    const own = await asked(path, "ann");
    expect(own.json["steps"]).toEqual([
      { step: "on-allow-list", layer: "platform", result: "not-matched" },
      { step: "on-deny-list", layer: "platform", result: "monitored" },
      { step: "on-deny-list", layer: "account", result: "matched", detail: { entryId: 9 } },
    ]);
    expect((await asked(path, "op")).json["steps"]).toEqual(STEPS);
  });
});

describe("the overview", () => {
  it("counts what their accounts were asked, the platform's only for operators", async () => {
    const requestsOf = async (path: string, by: keyof typeof ids) => {
      const { json } = await asked(path, by);
      return (json["totals"] as { requests: number }).requests;
    };
    expect(await requestsOf("/api/v1/overview", "ann")).toBe(1);
    expect(await requestsOf("/api/v1/overview?account=acme", "ann")).toBe(1);
    expect(await requestsOf("/api/v1/overview", "op")).toBe(3);
    expect(await requestsOf("/api/v1/overview?account=beta", "op")).toBe(1);
  });
});

describe("another's account", () => {
  it.each([
    "/api/v1/events?",
    "/api/v1/events/export?format=csv&",
    "/api/v1/events/tail?",
    "/api/v1/overview?",
    "/api/v1/overview/live?",
  ])("is absent at %s, in the same words", async (path) => {
    const absent = await asked(`${path}account=nobody`, "ann");
    const hidden = await asked(`${path}account=beta`, "ann");
    expect([absent.status, absent.json["code"]]).toEqual([404, "account-not-found"]);
    expect([hidden.status, hidden.text]).toEqual([absent.status, absent.text]);
    const agent = await asked(`${path}account=acme`, "agent");
    expect([agent.status, agent.json["code"]]).toEqual([403, "manager-required"]);
  });

  it("that had the same code before leaves nothing to whoever has it now", async () => {
    await must("POST", "/api/v1/accounts", { code: "gone", name: "Gone" });
    const left = decide("gone", { ruleId: 8 });
    await must("DELETE", "/api/v1/accounts/gone?confirm=gone");
    api.clock.advance(60_000);
    await must("POST", "/api/v1/accounts", { code: "gone", name: "Another" });
    const memberships = [{ account: "gone", role: "admin" }];
    const as = `user ${await addUser("heir", { memberships })}`;
    const { text } = await api.ask("GET", "/api/v1/events?account=gone", { as });
    expect(text).not.toContain(left);
    const path = `/api/v1/decisions/${left}`;
    expect((await api.ask("GET", path, { as })).status).toBe(404);
    const { json } = await api.ask("GET", "/api/v1/events?account=gone", { as: token });
    expect(JSON.stringify(json)).toContain(left);
  });
});

describe("what nobody should ask (row 153)", () => {
  it.each([
    ["group=everything", "invalid-input"],
    ["country=nl", "invalid-input"],
    ["country=' or 1=1", "invalid-input"],
    ["period=1y", "invalid-input"],
    ["period=1h&since=2026-01-01T00:00:00Z", "time-malformed"],
    ["account=a'b", "invalid-input"],
    [`address=${"1".repeat(129)}`, "invalid-input"],
  ])("%s is refused as %s", async (query, code) => {
    const answer = await api.ask("GET", `/api/v1/events?${encodeURI(query)}`, { as: token });
    expect([answer.status, answer.json["code"]]).toEqual([400, code]);
  });

  it.each(["period=2h", "account=A", "account=a'b", "since=2026-01-01T00:00:00Z", "x=1"])(
    "the overview refuses %s",
    async (query) => {
      const answer = await api.ask("GET", `/api/v1/overview?${query}`, { as: token });
      expect([answer.status, answer.json["code"]]).toEqual([400, "invalid-input"]);
    },
  );
});

// Who may do what to users, numbers and accounts over HTTP: others' are as if they did not exist.
import { beforeAll, describe, expect, it } from "vitest";
import { useEngine } from "../contracts/engines.ts";
import { startApi } from "./start-api.ts";
import type { ApiAnswer, RunningApi } from "./start-api.ts";

const harness = useEngine("sqlite");
const SHELL = "host shell";
const ABSENT = "a".repeat(20);
let api: RunningApi;
/** Ids by name: operators op and other, admins annA and annB, agents agA, agB, and both (A, B). */
let ids: Record<string, string>;
let numbers: Record<"A" | "B", string>;

async function must(method: string, path: string, body?: unknown): Promise<ApiAnswer> {
  const answer = await api.ask(method, path, { as: SHELL, body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer;
}

/** `what` is method and path in one. */
function asked(what: string, by: string, body?: unknown): Promise<ApiAnswer> {
  const [method = "", path = ""] = what.split(" ");
  return api.ask(method, path, { as: `user ${ids[by]}`, body });
}

async function addUser(name: string, more: object = {}): Promise<string> {
  const body = { email: `${name}@example.com`, name, ...more };
  return String((await must("POST", "/api/v1/users", body)).json["id"]);
}

beforeAll(async () => {
  api = await startApi(harness);
  for (const code of ["acme", "beta"]) await must("POST", "/api/v1/accounts", { code, name: code });
  const inA = { account: "acme", role: "agent" };
  const inB = { account: "beta", role: "agent" };
  ids = {
    op: await addUser("op", { isOperator: true }),
    other: await addUser("other", { isOperator: true, memberships: [inA] }),
    annA: await addUser("anna", { memberships: [{ ...inA, role: "admin" }] }),
    annB: await addUser("annb", { memberships: [{ ...inB, role: "admin" }] }),
    agA: await addUser("aga", { memberships: [inA] }),
    agB: await addUser("agb", { memberships: [inB] }),
    both: await addUser("both", { memberships: [inB, inA] }),
  };
  const add = async (account: string, number: string) =>
    String((await must("POST", "/api/v1/tracking-numbers", { account, number })).json["id"]);
  numbers = { A: await add("acme", "+61255501234"), B: await add("beta", "+61255505678") };
  await must("PUT", `/api/v1/tracking-numbers/${numbers.B}/grants/${ids["agB"]}`);
});

/** What an admin of acme may not even see, beside the same with an id that nobody has. */
function hiddenFrom() {
  const memberships = (id: string | undefined) => `/api/v1/users/${id}/memberships`;
  const role = { role: "agent" };
  return [
    ["GET", `/api/v1/users/${ids["agB"]}`, `/api/v1/users/${ABSENT}`],
    ["PATCH", `/api/v1/users/${ids["agB"]}`, `/api/v1/users/${ABSENT}`, { name: "x" }],
    ["DELETE", `/api/v1/users/${ids["agB"]}`, `/api/v1/users/${ABSENT}`],
    ["PATCH", `/api/v1/users/${ids["op"]}`, `/api/v1/users/${ABSENT}`, { name: "x" }],
    ["PUT", `${memberships(ids["agB"])}/acme`, `${memberships(ABSENT)}/acme`, role],
    ["PUT", `${memberships(ids["agA"])}/beta`, `${memberships(ids["agA"])}/nobody`, role],
    ["DELETE", `${memberships(ids["both"])}/beta`, `${memberships(ids["both"])}/nobody`],
    ["GET", "/api/v1/users?account=beta", "/api/v1/users?account=nobody"],
    ["GET", "/api/v1/accounts/beta", "/api/v1/accounts/nobody"],
    ["DELETE", "/api/v1/accounts/beta", "/api/v1/accounts/nobody"],
    ["PATCH", "/api/v1/accounts/beta", "/api/v1/accounts/nobody", { name: "x" }],
    ["GET", "/api/v1/tracking-numbers?account=beta", "/api/v1/tracking-numbers?account=nobody"],
    ...(["PATCH", "DELETE"] as const).map((method) => [
      method,
      `/api/v1/tracking-numbers/${numbers.B}`,
      `/api/v1/tracking-numbers/${ABSENT}`,
      method === "PATCH" ? { label: "x" } : undefined,
    ]),
    ["GET", numberGrants(numbers.B), numberGrants(ABSENT)],
    ["PUT", `${numberGrants(numbers.B)}/${ids["agA"]}`, `${numberGrants(ABSENT)}/${ids["agA"]}`],
    ["PUT", `${numberGrants(numbers.A)}/${ids["agB"]}`, `${numberGrants(numbers.A)}/${ABSENT}`],
    ["DELETE", `${numberGrants(numbers.B)}/${ids["agB"]}`, `${numberGrants(ABSENT)}/${ABSENT}`],
  ] as readonly (readonly [string, string, string, unknown?])[];
}

function numberGrants(id: string): string {
  return `/api/v1/tracking-numbers/${id}/grants`;
}

describe("an admin", () => {
  it("is told of others' users, numbers and accounts what is told of absent ones", async () => {
    const rows = hiddenFrom();
    expect(rows.length).toBeGreaterThan(15);
    for (const [method, foreign, absent, body] of rows) {
      const answers = [
        await asked(`${method} ${foreign}`, "annA", body),
        await asked(`${method} ${absent}`, "annA", body),
      ];
      const statuses = answers.map(({ status }) => status);
      // Renaming and deleting accounts is for operators, whatever the code.
      expect([404, 403], `${method} ${foreign}`).toContain(statuses[0]);
      expect(answers[0]?.text, `${method} ${foreign}`).toBe(answers[1]?.text);
    }
    expect((await must("GET", numberGrants(numbers.B))).text).toContain("agb@example.com");
  });

  it("sees users of own accounts only, and of them own memberships only", async () => {
    const answer = await asked("GET /api/v1/users", "annA");
    const users = answer.json["users"] as Record<string, unknown>[];
    expect(users.map((user) => user["name"])).toEqual(["aga", "anna", "both", "other"]);
    expect(answer.text).not.toContain("beta");
    expect(users.map((user) => user["isManaged"])).toEqual([true, true, false, false]);
    // Who made the user may be somebody of another account.
    expect(users[2]).toMatchObject({ createdBy: "", memberships: [{ account: "acme" }] });
    const accounts = (await asked("GET /api/v1/accounts", "annA")).json["accounts"];
    expect(accounts).toMatchObject([{ code: "acme", users: 4, trackingNumbers: 1 }]);
    const search = await asked("GET /api/v1/users?search=agb", "annA");
    expect(search.json).toEqual({ users: [], next: null });
  });

  it("adds users to own accounts, and no operators", async () => {
    const body = { email: "new@example.com", name: "New" };
    const post = (more: object) => asked("POST /api/v1/users", "annA", { ...body, ...more });
    const inOwn = [{ account: "acme", role: "admin" }];
    const refusals = [
      [{}, 400, "/memberships"],
      [{ memberships: [{ account: "beta", role: "agent" }] }, 400, "/memberships/0/account"],
      [
        { memberships: [...inOwn, { account: "none", role: "agent" }] },
        400,
        "/memberships/1/account",
      ],
      [{ memberships: [...inOwn, ...inOwn] }, 400, "/memberships/1/account"],
    ] as const;
    for (const [more, status, path] of refusals) {
      const answer = await post(more);
      expect([answer.status, answer.json["code"]]).toEqual([status, "memberships-refused"]);
      expect(answer.json["errors"]).toMatchObject([{ path }]);
    }
    const operator = await post({ memberships: inOwn, isOperator: true });
    expect([operator.status, operator.json["code"]]).toEqual([403, "operator-required"]);
    const made = await post({ memberships: inOwn });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      createdBy: `anna@example.com (${ids["annA"]})`,
      memberships: [{ account: "acme", role: "admin", isPrimary: true }],
    });
    const taken = await asked("POST /api/v1/users", "annA", {
      ...body,
      email: "agb@example.com",
      memberships: inOwn,
    });
    expect([taken.status, taken.json["code"]]).toEqual([409, "email-taken"]);
    expect(taken.text).not.toContain("beta");
    const path = `/api/v1/users/${String(made.json["id"])}`;
    expect((await asked(`PATCH ${path}`, "annA", { isOperator: true })).status).toBe(403);
    expect((await asked(`DELETE ${path}`, "annA")).status).toBe(204);
    expect((await must("GET", "/api/v1/users?search=new@")).json["users"]).toEqual([]);
  });

  it("changes only users who belong to own accounts alone", async () => {
    const both = `/api/v1/users/${ids["both"]}`;
    for (const patch of [{ name: "x" }, { isDisabled: true }, { primaryAccount: "acme" }]) {
      const answer = await asked(`PATCH ${both}`, "annA", patch);
      expect([answer.status, answer.json["code"]]).toEqual([403, "user-not-managed"]);
    }
    expect((await asked(`DELETE ${both}`, "annA")).status).toBe(403);
    const operator = await asked(`PATCH /api/v1/users/${ids["other"]}`, "annA", { name: "x" });
    expect([operator.status, operator.json["code"]]).toEqual([403, "operator-required"]);
    // The membership in an own account is the admin's to change.
    const role = { role: "admin" };
    const put = await asked(`PUT ${both}/memberships/acme`, "annA", role);
    expect(put.json["memberships"]).toMatchObject([{ account: "acme", role: "admin" }]);
    expect((await asked(`PATCH ${both}`, "annB", { name: "Both" })).status).toBe(403);
    await asked(`PUT ${both}/memberships/acme`, "annA", { role: "agent" });
    const own = await asked(`PATCH /api/v1/users/${ids["agA"]}`, "annA", { name: "Own" });
    expect([own.status, own.json["name"]]).toEqual([200, "Own"]);
    await asked(`PATCH /api/v1/users/${ids["agA"]}`, "annA", { name: "aga" });
  });
});

describe("an agent", () => {
  it("manages nothing, and sees the own granted numbers", async () => {
    for (const [method, path, body] of [
      ["GET", "/api/v1/users"],
      ["POST", "/api/v1/users", { email: "x@example.com", name: "x" }],
      ["GET", `/api/v1/users/${ids["agB"]}`],
      ["GET", "/api/v1/accounts"],
      ["GET", "/api/v1/accounts/beta"],
      ["POST", "/api/v1/tracking-numbers", { account: "beta", number: "+61255509999" }],
      ["GET", numberGrants(numbers.B)],
      ["PUT", `${numberGrants(numbers.B)}/${ids["agB"]}`],
    ] as const) {
      const answer = await asked(`${method} ${path}`, "agB", body);
      expect([path, answer.status, answer.json["code"]]).toEqual([path, 403, "manager-required"]);
    }
    const list = await asked("GET /api/v1/tracking-numbers", "agB");
    expect(list.json["trackingNumbers"]).toMatchObject([{ number: "+61255505678" }]);
    const none = await asked("GET /api/v1/tracking-numbers", "agA");
    expect(none.json["trackingNumbers"]).toEqual([]);
  });
});

describe("signed-in users on the older routes", () => {
  it("have every scope as operators, their accounts as admins, none as agents", async () => {
    for (const path of ["/api/v1/events", "/api/v1/accounts"]) {
      expect((await asked(`GET ${path}`, "op")).status).toBe(200);
    }
    const foreign = await asked("GET /api/v1/events?account=nobodys", "annA");
    expect([foreign.status, foreign.json["code"]]).toEqual([404, "account-not-found"]);
    const agent = await asked("GET /api/v1/events", "agA");
    expect([agent.status, agent.json["code"]]).toEqual([403, "manager-required"]);
    const tokens = await asked("GET /api/v1/tokens", "op");
    expect([tokens.status, tokens.json["code"]]).toEqual([403, "host-shell-required"]);
    const nobody = await api.ask("GET", "/api/v1/users", { as: `user ${ABSENT}` });
    expect([nobody.status, nobody.json["code"]]).toEqual([401, "token-required"]);
  });

  it("are named by address and id in the records", async () => {
    const path = `/api/v1/users/${ids["agA"]}`;
    api.clock.advance(1000);
    await asked(`PATCH ${path}`, "op", { name: "Ag A" });
    const { events } = await api.journal.listEvents(
      { kind: "user-changed", userId: ids["agA"] ?? "" },
      { after: null, limit: 1 },
    );
    expect(events[0]).toMatchObject({
      actor: `op@example.com (${ids["op"]})`,
      userId: ids["agA"],
      detail: { name: "Ag A", nameBefore: "aga" },
    });
  });

  it("cannot end their own user, nor the last operator's", async () => {
    const own = await asked(`DELETE /api/v1/users/${ids["op"]}`, "op");
    expect([own.status, own.json["code"]]).toEqual([409, "own-user"]);
    await must("PATCH", `/api/v1/users/${ids["other"]}`, { isDisabled: true });
    const last = await api.ask("DELETE", `/api/v1/users/${ids["op"]}`, { as: SHELL });
    expect([last.status, last.json["code"]]).toEqual([409, "last-operator"]);
    await must("PATCH", `/api/v1/users/${ids["other"]}`, { isDisabled: false });
  });
});

describe("tokens", () => {
  it("need the scope for reading and for writing", async () => {
    const read = await api.tokenFor("policy:read");
    expect((await api.ask("GET", "/api/v1/users", { as: read })).status).toBe(200);
    const path = `/api/v1/users/${ids["agA"]}`;
    const refused = await api.ask("PATCH", path, { as: read, body: { name: "x" } });
    expect(refused.json).toMatchObject({ code: "scope-missing", scope: "policy:write" });
    const write = await api.tokenFor("policy:write");
    const renamed = await api.ask("PATCH", path, { as: write, body: { name: "y" } });
    expect(renamed.json["name"]).toBe("y");
    expect((await api.ask("GET", "/api/v1/users", { as: write })).status).toBe(403);
  });
});

describe("an account", () => {
  it("is renamed, and deleted with its code as confirmation", async () => {
    await must("POST", "/api/v1/accounts", { code: "gone", name: "Gone" });
    await addUser("leaving", { memberships: [{ account: "gone", role: "admin" }] });
    const renamed = await must("PATCH", "/api/v1/accounts/gone", { name: "Going" });
    expect(renamed.json).toMatchObject({ code: "gone", name: "Going", users: 1 });
    const coded = await api.ask("PATCH", "/api/v1/accounts/gone", {
      as: SHELL,
      body: { code: "x" },
    });
    expect(coded.status).toBe(400);
    const path = "/api/v1/accounts/gone";
    const asks = await api.ask("DELETE", path, { as: SHELL });
    expect(asks.status).toBe(409);
    expect(asks.json).toMatchObject({
      code: "account-deletion-unconfirmed",
      usersDeleted: 1,
      usersKept: 0,
      trackingNumbers: 0,
    });
    expect((await api.ask("DELETE", `${path}?confirm=gone`, { as: SHELL })).status).toBe(204);
    expect((await api.ask("GET", path, { as: SHELL })).status).toBe(404);
    expect((await must("GET", "/api/v1/users?search=leaving")).json["users"]).toEqual([]);
  });
});

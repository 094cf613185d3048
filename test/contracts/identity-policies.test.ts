// What the rules of sign-ins promise on every engine: versions, whose they are, who may set them.
import { changeBy } from "../../src/server/journal/index.ts";
import { expect, it } from "vitest";
import {
  IDENTITY_BOUNDS,
  IDENTITY_POLICY_DEFAULT,
} from "../../src/core/identity/identity-policy.ts";
import type { IdentitySection } from "../../src/core/identity/identity-policy.ts";
import { editIdentityPolicy } from "../../src/server/identity/policies/edit-identity-policy.ts";
import {
  countIdentityPolicies,
  deleteIdentityPolicies,
  readEffectivePolicy,
  readIdentityPolicy,
  readIdentitySection,
} from "../../src/server/identity/policies/identity-policy-store.ts";
import { readUserVersion } from "../../src/server/identity/sessions/user-changes.ts";
import { describeEachEngine } from "./engines.ts";
import { startIdentityPolicies } from "./start-identity-policies.ts";
import type { IdentityPoliciesNode } from "./start-identity-policies.ts";

const {
  userAuthentication: RULES,
  twoFactor: TWO_FACTOR,
  logOut: LOG_OUT,
} = IDENTITY_POLICY_DEFAULT;
const PATH = "/api/v1/identity-policies";

const minutes = (count: unknown) => ({ enabled: true, minutes: count });

function edit(
  node: IdentityPoliciesNode,
  value: unknown,
  more: {
    readonly account?: string;
    readonly version?: number;
    readonly section?: IdentitySection;
  } = {},
) {
  const { account: code, version = null, section = "log-out" } = more;
  const account = code === undefined ? null : { id: node.idOf(code), code };
  return editIdentityPolicy(node.parts, {
    account,
    section,
    value,
    version,
    context: changeBy("test"),
  });
}

describeEachEngine("rules of sign-ins", (harness) => {
  const start = () => startIdentityPolicies(harness);

  it("are the defaults until somebody sets them", async () => {
    const node = await start();
    for (const owner of ["platform", node.idOf("acme")]) {
      expect(await readIdentityPolicy(node.read, owner)).toEqual(IDENTITY_POLICY_DEFAULT);
    }
    expect(await readIdentitySection(node.read, "platform", "log-out")).toEqual({
      value: LOG_OUT,
      version: 0,
      changedAtMs: null,
      changedBy: null,
    });
  });

  it("count their versions, each owner and section by itself, and tell everybody", async () => {
    const node = await start();
    const before = await readUserVersion(node.read);
    expect(await edit(node, minutes(15), { account: "acme", version: 0 })).toEqual({
      value: minutes(15),
      version: 1,
      changedAtMs: node.clock.nowMs(),
      changedBy: "test",
    });
    expect((await edit(node, minutes(999), { account: "acme", version: 1 })).version).toBe(2);
    const lockout = { ...RULES, lockout: { enabled: false, wrongPasswordsMax: 3 } };
    await edit(node, lockout, { section: "user-authentication" });
    expect(await readIdentityPolicy(node.read, node.idOf("acme"))).toEqual({
      userAuthentication: RULES,
      twoFactor: TWO_FACTOR,
      singleSignOn: IDENTITY_POLICY_DEFAULT.singleSignOn,
      logOut: minutes(999),
    });
    expect(await readIdentityPolicy(node.read, node.idOf("beta"))).toEqual(IDENTITY_POLICY_DEFAULT);
    expect((await readIdentityPolicy(node.read, "platform")).userAuthentication).toEqual(lockout);
    expect(await readUserVersion(node.read)).toBe(before + 3);
    expect(node.followed()).toBe(3);
    expect(
      node.events.map(({ account, reason, actor, detail }) => [account, reason, actor, detail]),
    ).toEqual([
      ["acme", "log-out", "test", { version: 1, "before.minutes": 30, "after.minutes": 15 }],
      ["acme", "log-out", "test", { version: 2, "before.minutes": 15, "after.minutes": 999 }],
      [
        null,
        "user-authentication",
        "test",
        {
          version: 1,
          "before.lockout.enabled": true,
          "after.lockout.enabled": false,
          "before.lockout.wrongPasswordsMax": 5,
          "after.lockout.wrongPasswordsMax": 3,
        },
      ],
    ]);
  });

  // attack row 155
  it("let exactly one of many win who race from the same version", async () => {
    const node = await start();
    for (const version of [0, 1]) {
      const racing = Array.from({ length: 8 }, (_, index) =>
        edit(node, minutes(100 + index), { version }),
      );
      const outcomes = await Promise.allSettled(racing);
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(refused).toHaveLength(7);
      for (const { reason } of refused) {
        expect(reason).toMatchObject({ code: "policy-moved-on", status: 412 });
      }
      expect((await readIdentitySection(node.read, "platform", "log-out")).version).toBe(
        version + 1,
      );
    }
    expect(node.events).toHaveLength(2);
  });

  it("are stored together with their event and their change, or not at all", async () => {
    const node = await start();
    const before = await readUserVersion(node.read);
    node.failEvents();
    await expect(edit(node, minutes(15))).rejects.toThrow("no events");
    expect((await readIdentitySection(node.read, "platform", "log-out")).version).toBe(0);
    expect(await readUserVersion(node.read)).toBe(before);
    expect(node.followed()).toBe(0);
  });

  it("have defaults for rules that came after they were saved", async () => {
    const node = await start();
    const { dormancy: _, ...older } = { ...RULES, mixedCharacters: { enabled: true } };
    await node.parts.database.transaction((trx) =>
      trx
        .insertInto("identity_policy")
        .values({
          owner: "platform",
          section: "user-authentication",
          value_json: JSON.stringify(older),
          version: 1,
          changed_at: 1,
          changed_by: "test",
        })
        .execute(),
    );
    const { userAuthentication } = await readIdentityPolicy(node.read, "platform");
    expect(userAuthentication).toEqual({ ...RULES, mixedCharacters: { enabled: true } });
  });

  // attack row 75
  it("are the primary account's, or the strictest, or the platform's", async () => {
    const node = await start();
    const [acme, beta] = [node.idOf("acme"), node.idOf("beta")];
    await edit(node, minutes(20), { account: "acme" });
    await edit(node, minutes(999), { account: "beta" });
    await edit(node, minutes(100));
    const of = async (primaryAccountId: string | null, ...accountIds: readonly string[]) => {
      const found = await readEffectivePolicy(node.read, {
        isOperator: false,
        primaryAccountId,
        accountIds,
      });
      return [found.owner, found.policy.logOut.minutes];
    };
    expect(await of(acme, acme, beta)).toEqual([acme, 20]);
    expect(await of(beta, acme, beta)).toEqual([beta, 999]);
    expect(await of(null, beta, acme)).toEqual(["strictest", 20]);
    expect(await of(acme, beta)).toEqual(["strictest", 999]);
    expect(await of(null)).toEqual(["platform", 100]);
  });

  it("go with their account", async () => {
    const node = await start();
    const acme = node.idOf("acme");
    await edit(node, minutes(20), { account: "acme" });
    await edit(node, minutes(20), { account: "beta" });
    expect(await countIdentityPolicies(node.read, acme)).toBe(1);
    await node.parts.database.transaction((trx) => deleteIdentityPolicies(trx, acme));
    expect(await countIdentityPolicies(node.read, acme)).toBe(0);
    expect(await countIdentityPolicies(node.read, node.idOf("beta"))).toBe(1);
  });
});

describeEachEngine("the API of the rules of sign-ins", (harness) => {
  it("gives a section with its default and whom it holds for", async () => {
    const node = await startIdentityPolicies(harness);
    await node.addUser("ada@example.com", ["acme", "beta"]);
    await node.addUser("grace@example.com", ["acme"]);
    await node.addUser("alan@example.com", []);
    const users = async (query: string) =>
      (await node.ask("GET", `${PATH}/log-out${query}`, { as: "operator" })).json["users"];
    expect([await users("?account=acme"), await users("?account=beta"), await users("")]).toEqual([
      2, 0, 1,
    ]);
    await edit(node, minutes(45), { account: "acme" });
    const answer = await node.ask("GET", `${PATH}/log-out?account=acme`, { as: "operator" });
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        section: "log-out",
        account: "acme",
        value: minutes(45),
        default: LOG_OUT,
        version: 1,
        changedAt: new Date(node.clock.nowMs()).toISOString(),
        changedBy: "test",
        users: 2,
      },
    ]);
  });

  it("is for operators, and for admins of the account alone", async () => {
    const node = await startIdentityPolicies(harness);
    const body = { value: minutes(60) };
    const all = ["", "?account=acme", "?account=beta", "?account=zeta"];
    const statuses = async (method: "GET" | "PUT", as: string | null) =>
      Promise.all(
        all.map(async (query) => {
          const sent = method === "PUT" ? { as, body } : { as };
          return (await node.ask(method, `${PATH}/log-out${query}`, sent)).status;
        }),
      );
    const table = {
      operator: [200, 200, 200, 404],
      token: [200, 200, 200, 404],
      "host shell": [200, 200, 200, 404],
      "admin of acme": [403, 200, 404, 404],
      "agent of acme": [403, 403, 403, 403],
      "token of journals": [403, 403, 403, 403],
    };
    for (const [as, expected] of Object.entries(table)) {
      expect([as, await statuses("GET", as)]).toEqual([as, expected]);
      expect([as, await statuses("PUT", as)]).toEqual([as, expected]);
    }
    expect(await statuses("PUT", null)).toEqual([401, 401, 401, 401]);
    const refused = await node.ask("GET", `${PATH}/log-out?account=beta`, { as: "admin of acme" });
    const absent = await node.ask("GET", `${PATH}/log-out?account=zeta`, { as: "admin of acme" });
    expect(refused.json).toEqual(absent.json);
  });

  it("records who changed a section, and tells the second of two", async () => {
    const node = await startIdentityPolicies(harness);
    const put = (version: number) =>
      node.ask("PUT", `${PATH}/log-out?account=acme`, {
        as: "admin of acme",
        body: { value: minutes(15 + version), version },
      });
    const saved = await put(0);
    const changedBy = expect.stringMatching(/^ada@example\.com \(/) as string;
    expect(saved.json).toMatchObject({ version: 1, value: minutes(15), changedBy });
    const late = await put(0);
    expect(late.status).toBe(412);
    expect(late.json).toMatchObject({ code: "policy-moved-on" });
    expect(node.events.map(({ actor, kind }) => [kind, actor])).toEqual([
      ["identity-policy-changed", saved.json["changedBy"]],
    ]);
  });

  // attack rows 61 and 161
  it("names the field that is not accepted, and what is", async () => {
    const node = await startIdentityPolicies(harness);
    const put = async (section: string, value: unknown, more: object = {}) => {
      const body = { value, ...more };
      const answer = await node.ask("PUT", `${PATH}/${section}`, { as: "operator", body });
      expect(answer.status).toBe(400);
      return answer.json;
    };
    const { minimum, maximum } = IDENTITY_BOUNDS.idleMinutes;
    expect([minimum, maximum]).toEqual([15, 999]);
    for (const odd of [14, 1000, 0, -1, 1e9, 30.5, "30", null, true, [30], { $gt: 1 }]) {
      expect(await put("log-out", minutes(odd))).toMatchObject({
        code: "policy-refused",
        detail: "minutes must be a whole number from 15 to 999.",
        errors: [{ path: "/value/minutes", message: "must be a whole number from 15 to 999" }],
      });
    }
    const tooShort = { ...RULES, minimumLength: { enabled: true, characters: 7 } };
    expect(await put("user-authentication", tooShort)).toMatchObject({
      detail: "minimumLength.characters must be a whole number from 8 to 128.",
      errors: [{ path: "/value/minimumLength/characters" }],
    });
    // Fits a section, but not this one.
    expect(await put("user-authentication", LOG_OUT)).toMatchObject({ code: "policy-refused" });
    expect(await put("log-out", RULES)).toMatchObject({ code: "policy-refused" });
    expect(await put("two-factor", { ...TWO_FACTOR, frequency: "7-days-skip" })).toMatchObject({
      code: "policy-refused",
      detail: "frequency must be one of every-login, 14-days-skip.",
      errors: [{ path: "/value/frequency" }],
    });
    expect(await put("two-factor", { frequency: "every-login" })).toMatchObject({
      errors: [{ path: "/value/required" }],
    });
    expect(await put("two-factor", { ...TWO_FACTOR, days: 30 })).toMatchObject({
      errors: [{ path: "/value/days" }],
    });
    expect(await put("two-factor", LOG_OUT)).toMatchObject({ code: "policy-refused" });
    expect(await put("log-out", null)).toMatchObject({ code: "policy-refused" });
    expect(await put("log-out", undefined)).toMatchObject({ code: "invalid-input" });
    expect(await put("log-out", { ...LOG_OUT, hours: 1 })).toMatchObject({
      errors: [{ path: "/value/hours" }],
    });
    expect(await put("log-out", LOG_OUT, { version: -1 })).toMatchObject({
      errors: [{ path: "/version" }],
    });
    expect(await put("log-outs", LOG_OUT)).toMatchObject({ code: "invalid-input" });
    expect((await readIdentitySection(node.read, "platform", "log-out")).version).toBe(0);
    expect(node.events).toEqual([]);
  });

  it("accepts both ends of every bound", async () => {
    const node = await startIdentityPolicies(harness);
    for (const end of ["minimum", "maximum"] as const) {
      const at = (bound: keyof typeof IDENTITY_BOUNDS) => IDENTITY_BOUNDS[bound][end];
      const rules = {
        minimumLength: { enabled: true, characters: at("characters") },
        mixedCharacters: { enabled: true },
        expiry: { enabled: true, days: at("expiryDays") },
        history: { enabled: true, passwords: at("historyPasswords") },
        lockout: { enabled: true, wrongPasswordsMax: at("wrongPasswordsMax") },
        dormancy: { enabled: true, months: at("dormancyMonths") },
        knownBrowsersStayOpen: { enabled: true },
      };
      const sections = { "user-authentication": rules, "log-out": minutes(at("idleMinutes")) };
      for (const [section, value] of Object.entries(sections)) {
        const answer = await node.ask("PUT", `${PATH}/${section}`, {
          as: "token",
          body: { value },
        });
        expect([answer.status, answer.json["value"]]).toEqual([200, value]);
      }
    }
  });
});

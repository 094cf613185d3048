// What the rules of second factors promise on every engine, and whose browsers lose their trust.
import { changeBy } from "../../src/server/journal/index.ts";
import { expect, it } from "vitest";
import { IDENTITY_POLICY_DEFAULT } from "../../src/core/identity/identity-policy.ts";
import type { TwoFactorRules } from "../../src/core/identity/identity-policy.ts";
import { editIdentityPolicy } from "../../src/server/identity/policies/edit-identity-policy.ts";
import {
  readEffectivePolicy,
  readIdentityPolicy,
} from "../../src/server/identity/policies/identity-policy-store.ts";
import { trustBrowser } from "../../src/server/identity/second-factor/trusted-browser-store.ts";
import { placeAt } from "../mail/start-mails.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { startIdentityPolicies } from "./start-identity-policies.ts";
import type { IdentityPoliciesNode } from "./start-identity-policies.ts";

const EVERY = IDENTITY_POLICY_DEFAULT.twoFactor;
const SKIP: TwoFactorRules = { ...EVERY, frequency: "14-days-skip" };
const PATH = "/api/v1/identity-policies/two-factor";

function edit(node: IdentityPoliciesNode, code: string | null, value: TwoFactorRules) {
  const account = code === null ? null : { id: node.idOf(code), code };
  const wanted = { account, section: "two-factor", value, version: null } as const;
  return editIdentityPolicy(node.parts, { ...wanted, context: changeBy("test") });
}

/** One browser each of people of every kind, trusted while the rule allows it everywhere. */
async function setUp(harness: EngineHarness) {
  const node = await startIdentityPolicies(harness);
  const people = {
    "of acme": await node.addUser("ada@example.com", ["acme"]),
    "of acme, then beta": await node.addUser("grace@example.com", ["acme", "beta"]),
    "of beta, then acme": await node.addUser("joan@example.com", ["beta", "acme"]),
    "of acme without primary": await node.addUser("nora@example.com", ["acme"]),
    "of beta": await node.addUser("mary@example.com", ["beta"]),
    "of none": await node.addUser("alan@example.com", []),
    "operator in acme": await node.addUser("edith@example.com", ["acme"], { isOperator: true }),
  };
  await node.parts.database.transaction((trx) =>
    trx
      .updateTable("accounts_user")
      .set({ primary_account_id: null })
      .where("id", "=", people["of acme without primary"])
      .execute(),
  );
  for (const owner of ["acme", "beta", null]) await edit(node, owner, SKIP);
  const trustAnew = (who: keyof typeof people) =>
    node.parts.database.transaction((trx) => {
      const place = placeAt("203.0.113.9");
      return trustBrowser(trx, { userId: people[who], place, nowMs: node.clock.nowMs() });
    });
  for (const who of Object.keys(people)) await trustAnew(who as keyof typeof people);
  const trusting = async () => {
    const rows = await node.read.selectFrom("identity_trusted_browser").select("user_id").execute();
    const ids = new Set(rows.map(({ user_id }) => user_id));
    return Object.entries(people).flatMap(([who, id]) => (ids.has(id) ? [who] : []));
  };
  return { node, people, trusting, trustAnew };
}

describeEachEngine("rules of second factors", (harness) => {
  it("are every login, not required, until somebody sets them", async () => {
    const node = await startIdentityPolicies(harness);
    const shown = await node.ask("GET", `${PATH}?account=acme`, { as: "admin of acme" });
    const none = { frequency: "every-login", required: { enabled: false } };
    expect([shown.status, shown.json]).toMatchObject([
      200,
      { section: "two-factor", value: none, default: none, version: 0, users: 0 },
    ]);
  });

  it("can be set, are read back, and hold for the users of the account", async () => {
    const node = await startIdentityPolicies(harness);
    const [acme, beta] = [node.idOf("acme"), node.idOf("beta")];
    const value = { ...SKIP, required: { enabled: true } };
    const body = { value, version: 0 };
    const saved = await node.ask("PUT", `${PATH}?account=acme`, { as: "admin of acme", body });
    expect([saved.status, saved.json["value"], saved.json["version"]]).toEqual([200, value, 1]);
    expect((await readIdentityPolicy(node.read, acme)).twoFactor).toEqual(value);
    const of = async (primaryAccountId: string | null, ...accountIds: readonly string[]) => {
      const user = { isOperator: false, primaryAccountId, accountIds };
      return (await readEffectivePolicy(node.read, user)).policy.twoFactor;
    };
    expect(await of(acme, acme, beta)).toEqual(value);
    expect(await of(beta, acme, beta)).toEqual(EVERY);
    expect(await of(null, acme, beta)).toEqual({ ...EVERY, required: { enabled: true } });
    expect(node.events.map(({ reason, detail }) => [reason, detail])).toEqual([
      [
        "two-factor",
        {
          version: 1,
          "before.frequency": "every-login",
          "after.frequency": "14-days-skip",
          "before.required.enabled": false,
          "after.required.enabled": true,
        },
      ],
    ]);
  });

  it("of an account end the trust in browsers of its users, back at every login", async () => {
    const { node, trusting } = await setUp(harness);
    await edit(node, "acme", EVERY);
    expect(await trusting()).toEqual([
      "of beta, then acme",
      "of beta",
      "of none",
      "operator in acme",
    ]);
    expect(node.events.at(-1)?.detail).toMatchObject({ distrustedBrowsers: 3 });
  });

  it("of the platform end it for operators and for users without an account", async () => {
    const { node, trusting } = await setUp(harness);
    await edit(node, null, EVERY);
    expect(await trusting()).toEqual([
      "of acme",
      "of acme, then beta",
      "of beta, then acme",
      "of acme without primary",
      "of beta",
    ]);
  });

  it("end what trust was given while they went back, when they skip once more", async () => {
    const { node, trusting, trustAnew } = await setUp(harness);
    await edit(node, "acme", EVERY);
    await trustAnew("of acme");
    expect(await trusting()).toContain("of acme");
    await edit(node, "acme", SKIP);
    expect(await trusting()).not.toContain("of acme");
  });

  it("end no trust while they stay as they are, or skip", async () => {
    const { node, people, trusting } = await setUp(harness);
    const all = Object.keys(people);
    await edit(node, "acme", { ...SKIP, required: { enabled: true } });
    expect(await trusting()).toEqual(all);
    const minutes = { enabled: true, minutes: 20 };
    const account = { id: node.idOf("acme"), code: "acme" };
    const other = { account, section: "log-out", value: minutes, version: null } as const;
    await editIdentityPolicy(node.parts, { ...other, context: changeBy("test") });
    expect(await trusting()).toEqual(all);
    expect(node.events.at(-1)?.detail).not.toHaveProperty("distrustedBrowsers");
  });

  it("are saved together with the end of that trust, or not at all", async () => {
    const { node, people, trusting } = await setUp(harness);
    node.failEvents();
    await expect(edit(node, "acme", EVERY)).rejects.toThrow("no events");
    expect(await trusting()).toEqual(Object.keys(people));
    expect((await readIdentityPolicy(node.read, node.idOf("acme"))).twoFactor).toEqual(SKIP);
  });
});

// What is left of an account that was deleted, in the store and in memory: nothing.
import { changeBy } from "../../src/server/journal/index.ts";
import { expect, it } from "vitest";
import { createAccounts } from "../../src/server/accounts/index.ts";
import { ACCOUNT_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import { editPolicy } from "../../src/server/network/edit-policy.ts";
import { countRulesOfAccount, forgetAccount } from "../../src/server/network/index.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, addEntry, placeNodes, reasonFor } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const CLIENT = "203.0.113.9";
const AT = { account: "acme" } as const;

function accountsOf(
  { network, database }: Node,
  given: { readonly followAccountDeletion?: () => Promise<void> } = {},
) {
  const { clock } = network;
  return createAccounts({
    database,
    clock,
    countAccountRules: async (read, id) => {
      return { ...(await countRulesOfAccount(read, id)), recordings: 0 };
    },
    onAccountDeleted: (trx, id) => forgetAccount(trx, id, clock.nowMs()),
    followAccountDeletion: () => network.follower.follow(),
    ...given,
  });
}

async function giveRules({ network }: Node, owner: string): Promise<void> {
  await addEntry(network, "203.0.113.0/24", { owner });
  const value = { ...ACCOUNT_POLICY_DEFAULT.country, mode: "enforce" };
  const section = "country" as const;
  await editPolicy(network, { owner, section, value, version: null, context: changeBy("test") });
}

describeEachEngine("a deleted account", (harness) => {
  it("says what goes, and leaves no rule behind for whoever takes its code", async () => {
    const nodes = await placeNodes(harness);
    const node = await nodes.start();
    const old = await addAccount(node, "acme");
    await addAccount(node, "beta");
    await giveRules(node, old);
    expect(reasonFor(node, CLIENT, AT)).toBe("on-deny-list");

    const accounts = accountsOf(node);
    const asked = accounts.deleteAccount({ code: "acme", confirm: "beta", actor: "test" });
    await expect(asked).rejects.toMatchObject({
      code: "account-deletion-unconfirmed",
      extra: { members: { policies: 1, entries: 1, usersDeleted: 0 } },
    });
    expect(reasonFor(node, CLIENT, AT)).toBe("on-deny-list");

    await accounts.deleteAccount({ code: "acme", confirm: "acme", actor: "test" });
    expect([...node.network.state.accounts.keys()]).toEqual(["beta"]);
    const rules = await countRulesOfAccount(node.database.kysely, old);
    expect(rules).toEqual({ policies: 0, entries: 0 });
    expect(await addAccount(node, "acme")).not.toBe(old);
    expect(reasonFor(node, CLIENT, AT)).toBe("no-rule-matched");
    expect(node.network.state.accounts.get("acme")?.compiled.countryMode).toBe("off");
  });

  it("is followed when it was deleted and made anew between two looks", async () => {
    const nodes = await placeNodes(harness);
    const node = await nodes.start();
    const old = await addAccount(node, "acme");
    await giveRules(node, old);
    // As another node does it: this one hears of both at its next look.
    const accounts = accountsOf(node, { followAccountDeletion: () => Promise.resolve() });
    await accounts.deleteAccount({ code: "acme", confirm: "acme", actor: "test" });
    await accounts.addAccount({ code: "acme", name: "Acme", createdBy: "test" });
    expect(reasonFor(node, CLIENT, AT)).toBe("on-deny-list");
    await node.network.follower.follow();
    expect(node.network.ownerOf("acme")).not.toBe(old);
    expect(reasonFor(node, CLIENT, AT)).toBe("no-rule-matched");
  });
});

// Makes a change of an address list the one way in which policies are changed.
import type { Transaction } from "kysely";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { ChangeContext } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { accountOf } from "./account-of.ts";
import type { Network } from "./create-network.ts";

export type Making = {
  readonly context: ChangeContext;
  /** What the guard would have refused, in a sentence; null: nothing. */
  readonly overrode: string | null;
};

export type EntryListChange = {
  readonly owner: PolicyOwner;
  readonly add: readonly {
    readonly range: unknown;
    readonly action: ListAction;
    readonly expiresAt?: string | null;
  }[];
  /** Ids. An entry that is edited is removed and added. */
  readonly remove: readonly number[];
};

/** Resolves with what `work` stored, once this node goes by it. */
export async function makeEntryChange<Result>(
  network: Network,
  step: {
    readonly change: EntryListChange;
    readonly context: ChangeContext;
    readonly work: (trx: Transaction<Schema>, making: Making) => Promise<readonly Result[]>;
  },
): Promise<readonly Result[]> {
  const { change, context, work } = step;
  const { owner, add, remove } = change;
  let results: readonly Result[] = [];
  await network.changes.make({
    changes: [
      {
        kind: "address-list",
        ...accountOf(network, owner),
        add: add.map(({ range, action, expiresAt = null }) => ({ range, action, expiresAt })),
        remove: [...remove],
      },
    ],
    context,
    prepare: (overrode) => [
      {
        store: async (trx) => {
          results = await work(trx, { context, overrode });
        },
        follow: () => network.follower.follow(),
      },
    ],
  });
  return results;
}

// Says what the rules will be without the changes that wait to be confirmed.
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { rangeFromKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { ListAction, PolicySection } from "../../core/network/network-policy.ts";
import { PLATFORM_SECTIONS } from "../../core/network/network-policy.ts";
import type { WaitingChange } from "../journal/index.ts";
import type { Network } from "./create-network.ts";
import { readDeltasBack, sectionsBefore } from "./memory-of-change.ts";
import type { EntryDelta } from "./memory-of-change.ts";

/** Of one owner; null: the platform. */
export type GoingBack = {
  readonly account: string | null;
  readonly sections: readonly { readonly section: PolicySection; readonly value: unknown }[];
  readonly add: readonly {
    readonly range: AddressRange;
    readonly action: ListAction;
    readonly expiresAtMs: number | null;
  }[];
  readonly remove: readonly { readonly id: number; readonly range: AddressRange }[];
};

/** Null: nothing waits. `atMs`: when the last of it goes back. @param waiting all, or some of it */
export async function readWhatGoesBack(
  network: Network,
  waiting: readonly WaitingChange[] = network.changes.unconfirmed.waiting(),
): Promise<{ readonly atMs: number; readonly rules: readonly GoingBack[] } | null> {
  if (waiting.length === 0) return null;
  const owners = new Set(waiting.flatMap(({ revisions }) => revisions.map(({ owner }) => owner)));
  const read = network.database.kysely;
  const deltas = (await Promise.all(waiting.map((change) => readDeltasBack(read, change)))).flat();
  const rules = [...owners].flatMap((owner): GoingBack | [] => {
    const account = network.accountCodeOf(owner);
    if (owner !== "platform" && account === null) return [];
    const { sections, add, remove } = backOf(owner, waiting, deltas);
    return { account, sections, add, remove };
  });
  return { atMs: Math.max(...waiting.map(({ goesBackAtMs }) => goesBackAtMs)), rules };
}

function backOf(
  owner: PolicyOwner,
  waiting: readonly WaitingChange[],
  deltas: readonly EntryDelta[],
): Omit<GoingBack, "account"> {
  const before = sectionsBefore(waiting, owner);
  const sections = PLATFORM_SECTIONS.flatMap((section) =>
    section in before ? [{ section, value: before[section] }] : [],
  );
  const own = deltas.filter((delta) => delta.owner === owner);
  return {
    sections,
    add: own.flatMap((delta) => {
      if (delta.kind !== "entry-saved") return [];
      const { action, expiresAtMs } = delta;
      return [{ range: rangeOf(delta), action, expiresAtMs }];
    }),
    // Of an entry that comes back there is none to remove yet; that is no fault.
    remove: own.map((delta) => ({ id: delta.id, range: rangeOf(delta) })),
  };
}

function rangeOf({ family, start, end }: EntryDelta): AddressRange {
  return rangeFromKeys(family, start, end);
}

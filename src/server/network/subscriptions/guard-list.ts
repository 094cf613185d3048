// Asks the guard against lock-outs what a subscribed list would do once it refuses.
import { parseAddress } from "../../../core/network/address.ts";
import { addressKey } from "../../../core/network/address-range.ts";
import { isPrivateAddress } from "../../../core/network/private-addresses.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { Problem } from "../../../platform/problem/problem.ts";
import { changeBy } from "../../journal/index.ts";
import type { ChangeContext, GuardedChange, ListedAs, PolicyChanges } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";

type Guarding = {
  readonly read: ReadDatabase<Schema>;
  readonly changes: Pick<PolicyChanges, "guard">;
};

/**
 * @param copy of the subscription of this id; negative: of the copy that waits beside it
 * Resolves with what was overridden, or null. Throws `would-lock-out`.
 */
export function guardList(
  { read, changes }: Guarding,
  copy: number,
  context: ChangeContext,
): Promise<string | null> {
  return changes.guard([listAsGuarded(read, copy)], context);
}

/** What the list denies, as the guard is asked about it. */
export function listAsGuarded(read: ReadDatabase<Schema>, copy: number): GuardedChange {
  const listedAs = async (text: string): Promise<readonly ListedAs[]> => {
    const address = parseAddress(text);
    // INVARIANT: lists of others never hit private addresses (core/network/subscribed-lists).
    if (address === null || isPrivateAddress(address)) return [];
    const key = addressKey(address);
    const row = await read
      .selectFrom("network_subscription_range")
      .select("subscription_id")
      .where("subscription_id", "=", copy)
      .where("family", "=", address.family)
      .where("range_start", "<=", key)
      .where("range_end", ">=", key)
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? [] : [{ action: "deny", expiresAtMs: null, isItself: false }];
  };
  return { kind: "entry-import", listedAs };
}

/** Of a copy that nobody asked for: why it must wait to be taken, in a sentence; null: it may. */
export async function findListLockout(
  guarding: Guarding,
  copy: number,
  actor: string | null,
): Promise<string | null> {
  try {
    await guardList(guarding, copy, changeBy(actor ?? "schedule", "subscription"));
    return null;
  } catch (error) {
    if (error instanceof Problem && error.code === "would-lock-out") return LOCKS_OUT;
    throw error;
  }
}

const LOCKS_OUT =
  "the new copy would refuse every operator who could get in, so it waits to be taken";

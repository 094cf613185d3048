// Reads who can ask for an account's recordings, and how many there are of each number.
import type { AccountId } from "../../../core/accounts/account.ts";
import type { Role } from "../../../core/accounts/role.ts";
import { formatAddress, parseAddress } from "../../../core/network/address.ts";
import type { Address } from "../../../core/network/address.ts";
import type {
  AudioPreviewFacts,
  PossibleListener,
} from "../../../core/recordings/preview-audio-effects.ts";
import type { RecordingVisitor } from "../../../core/recordings/preview-audio-policy.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

/** By the tracking number's id; also of numbers without a recording. */
export async function countRecordingsByNumber(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
): Promise<AudioPreviewFacts["numbers"]> {
  const numbers = await read
    .selectFrom("accounts_tracking_number")
    .select(["id", "is_shareable"])
    .where("account_id", "=", accountId)
    .execute();
  const rows = await read
    .selectFrom("recordings_recording")
    .select((eb) => ["tracking_number_id", eb.fn.countAll<number | string>().as("recordings")])
    .where("account_id", "=", accountId)
    .groupBy("tracking_number_id")
    .execute();
  const counts = new Map(rows.map((row) => [row.tracking_number_id, Number(row.recordings)]));
  return new Map(
    numbers.map(({ id, is_shareable }) => [
      id,
      { isShareable: is_shareable === 1, recordings: counts.get(id) ?? 0 },
    ]),
  );
}

/** Members who are not disabled, and whoever else asked and was somebody. */
export async function readPossibleListeners(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
  visitors: readonly RecordingVisitor[],
): Promise<readonly PossibleListener[]> {
  const listeners = new Map<string, Collected>();
  const collect = (userId: string, role: Role | null): Collected => {
    const known = listeners.get(userId);
    if (known !== undefined) return known;
    const collected: Collected = {
      role,
      grants: new Set(),
      visits: new Set(),
      seen: new Map(),
    };
    listeners.set(userId, collected);
    return collected;
  };
  for (const { id, role } of await readMembers(read, accountId)) collect(id, role);
  for (const { user_id, tracking_number_id } of await readGrants(read, accountId)) {
    listeners.get(user_id)?.grants.add(tracking_number_id);
  }
  for (const { userId, listener, trackingNumberId, address } of visitors) {
    if (userId === null || listener.kind !== "user") continue;
    const { visits, grants, seen } = collect(userId, listener.role);
    visits.add(trackingNumberId);
    if (listener.hasGrant) grants.add(trackingNumberId);
    seen.set(formatAddress(address), address);
  }
  for (const { user_id, address: text } of await readSessionPlaces(read, accountId)) {
    const address = parseAddress(text);
    if (address !== null) listeners.get(user_id)?.seen.set(text, address);
  }
  return [...listeners].map(([userId, { role, grants, visits, seen }]) => ({
    userId,
    role,
    grantedIds: grants,
    visitedIds: visits,
    addresses: [...seen.values()],
  }));
}

type Collected = {
  readonly role: Role | null;
  readonly grants: Set<string>;
  readonly visits: Set<string>;
  readonly seen: Map<string, Address>;
};

async function readMembers(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
): Promise<readonly { readonly id: string; readonly role: Role | null }[]> {
  const rows = await read
    .selectFrom("accounts_membership as held")
    .innerJoin("accounts_user as user", "user.id", "held.user_id")
    .select(["user.id", "user.is_operator", "held.role"])
    .where("held.account_id", "=", accountId)
    .where("user.is_disabled", "=", 0)
    .orderBy("user.email_key")
    .execute();
  return rows.map(({ id, is_operator, role }) => ({
    id,
    role: is_operator === 1 ? "operator" : (role as Role | null),
  }));
}

function readGrants(read: ReadDatabase<Schema>, accountId: AccountId) {
  return read
    .selectFrom("accounts_grant as grant")
    .innerJoin("accounts_tracking_number as number", "number.id", "grant.tracking_number_id")
    .select(["grant.user_id", "grant.tracking_number_id"])
    .where("number.account_id", "=", accountId)
    .execute();
}

/** Where the account's members are signed in. */
function readSessionPlaces(read: ReadDatabase<Schema>, accountId: AccountId) {
  return read
    .selectFrom("identity_session as session")
    .innerJoin("accounts_membership as held", "held.user_id", "session.user_id")
    .select(["session.user_id", "session.address"])
    .where("held.account_id", "=", accountId)
    .where("session.stage", "=", "none")
    .execute();
}

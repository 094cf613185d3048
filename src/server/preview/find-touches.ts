// Finds who came from a range of addresses lately: requests, users who signed in, open sessions.

import { sql } from "kysely";
import type { TouchesAnswer } from "../../api/touches-api.ts";
import { rangeKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { findVisits } from "./find-visits.ts";

export type TouchedPlace = {
  readonly range: AddressRange;
  readonly sinceMs: number;
  /** Only this account's users, and requests for it; null: all there are. */
  readonly within: { readonly id: string; readonly code: string } | null;
};

export type Touches = Omit<TouchesAnswer, "range" | "since" | "includesYou">;

const NAMES_MAX = 10;
/** One statement names so many users. */
const IDS_MAX = 500;

/** As far as the journal goes; requests of the running minute are not in it yet. */
export async function findTouches(
  read: ReadDatabase<Schema>,
  place: TouchedPlace,
): Promise<Touches> {
  const visits = await findVisits(read, place);
  const signedIn = await findSignedIn(read, place);
  const sessions = await findOpenSessions(read, place);
  const userIds = new Set([...signedIn, ...sessions]);
  const users = { count: userIds.size, names: await nameUsers(read, [...userIds]) };
  return { ...visits, users, sessions: sessions.length };
}

/** Users who signed in from there. By kind: of a wide range there are far more other events. */
async function findSignedIn(
  read: ReadDatabase<Schema>,
  { range, sinceMs, within }: TouchedPlace,
): Promise<readonly string[]> {
  const { start, end } = rangeKeys(range);
  const rows = await read
    .selectFrom("journal_event")
    .select("user_id")
    .distinct()
    .where("kind", "=", "sign-in")
    .where("last_at", ">=", sinceMs)
    // An expression is found in no index, so that the one by kind is taken.
    .where(sql<number>`family + 0`, "=", range.family)
    .where("address_start", ">=", start)
    .where("address_start", "<=", end)
    .$if(within !== null, (query) =>
      query.where("user_id", "in", (eb) =>
        eb
          .selectFrom("accounts_membership")
          .select("accounts_membership.user_id")
          .where("accounts_membership.account_id", "=", within!.id),
      ),
    )
    .execute();
  return rows.flatMap(({ user_id: userId }) => userId ?? []);
}

/** One user id for each open session that was last used from there. */
async function findOpenSessions(
  read: ReadDatabase<Schema>,
  { range, within }: TouchedPlace,
): Promise<readonly string[]> {
  const { start, end } = rangeKeys(range);
  const rows = await read
    .selectFrom("identity_session")
    .select("user_id")
    .where("stage", "=", "none")
    .where("family", "=", range.family)
    .where("address_start", ">=", start)
    .where("address_start", "<=", end)
    .$if(within !== null, (query) =>
      query.where("user_id", "in", (eb) =>
        eb
          .selectFrom("accounts_membership")
          .select("accounts_membership.user_id")
          .where("accounts_membership.account_id", "=", within!.id),
      ),
    )
    .execute();
  return rows.map(({ user_id: userId }) => userId);
}

/** Of very many the first ones are named. */
async function nameUsers(
  read: ReadDatabase<Schema>,
  userIds: readonly string[],
): Promise<Touches["users"]["names"]> {
  if (userIds.length === 0) return [];
  return read
    .selectFrom("accounts_user")
    .select(["id", "name", "email"])
    .where("id", "in", userIds.slice(0, IDS_MAX))
    .orderBy("name")
    .orderBy("id")
    .limit(NAMES_MAX)
    .execute();
}

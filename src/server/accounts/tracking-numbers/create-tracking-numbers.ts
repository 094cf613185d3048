// Puts the tracking numbers together: who may see, change and grant them, and their answers.
import type {
  GrantListAnswer,
  NewTrackingNumber,
  TrackingNumberAnswer,
  TrackingNumberPatch,
  TrackingNumberQuery,
} from "../../../api/tracking-numbers-api.ts";
import { findAccountWithin } from "../account-store.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { cutPage, readPage } from "../page-cursor.ts";
import type { Principal } from "../principal.ts";
import { reachOf } from "../reach-of.ts";
import { readSearches } from "../search-text.ts";
import { grantNumber, revokeGrant } from "./change-grant.ts";
import {
  addTrackingNumber,
  changeTrackingNumber,
  findManagedNumber,
  removeTrackingNumber,
} from "./change-tracking-number.ts";
import { listGrants } from "./grant-store.ts";
import { listTrackingNumbers } from "./tracking-number-store.ts";
import type { ListedTrackingNumber, NumberFilter } from "./tracking-number-store.ts";

export type TrackingNumberPage = {
  readonly trackingNumbers: TrackingNumberAnswer[];
  readonly next: string | null;
};

type GrantPlace = { readonly id: string; readonly userId: string };

/** Each throws the Problem to answer with; numbers out of reach are not found. */
export type TrackingNumbers = {
  /** Users who manage no account see those granted to themselves. */
  readonly list: (principal: Principal, query: TrackingNumberQuery) => Promise<TrackingNumberPage>;
  readonly add: (principal: Principal, wanted: NewTrackingNumber) => Promise<TrackingNumberAnswer>;
  readonly change: (
    principal: Principal,
    wanted: { readonly id: string; readonly patch: TrackingNumberPatch },
  ) => Promise<TrackingNumberAnswer>;
  readonly remove: (principal: Principal, id: string) => Promise<void>;
  readonly listGrants: (principal: Principal, id: string) => Promise<GrantListAnswer>;
  readonly grant: (principal: Principal, at: GrantPlace) => Promise<void>;
  readonly revoke: (principal: Principal, at: GrantPlace) => Promise<void>;
};

export function createTrackingNumbers(parts: AccountsParts): TrackingNumbers {
  const { database } = parts;

  async function list(
    principal: Principal,
    query: TrackingNumberQuery,
  ): Promise<TrackingNumberPage> {
    const page = readPage(query);
    const filter: NumberFilter = {
      reach: reachOf(principal),
      grantedTo: principal.kind === "user" ? principal.userId : null,
      searches: query.search === undefined ? null : readSearches(query.search),
      accountId:
        query.account === undefined ? null : await findSeenAccount(principal, query.account),
      userId: query.user ?? null,
    };
    const rows = await listTrackingNumbers(database.kysely, filter, page);
    const shown = cutPage(rows, page.limit, ({ number }) => number);
    return { trackingNumbers: shown.rows.map(toAnswer), next: shown.next };
  }

  /** Members may narrow the list to an account of theirs, also where they manage nothing. */
  async function findSeenAccount(principal: Principal, code: string): Promise<string> {
    const own = principal.kind === "user" ? principal.memberships : [];
    const membership = own.find((one) => one.code === code);
    if (membership !== undefined) return membership.accountId;
    const account = await findAccountWithin(database.kysely, code, reachOf(principal));
    if (account === null) throw accountsProblem("account-not-found");
    return account.id;
  }

  return {
    list,
    add: async (principal, wanted) => toAnswer(await addTrackingNumber(parts, principal, wanted)),
    change: async (principal, wanted) =>
      toAnswer(await changeTrackingNumber(parts, principal, wanted)),
    remove: (principal, id) => removeTrackingNumber(parts, principal, id),
    listGrants: async (principal, id) => {
      await findManagedNumber(database.kysely, principal, id);
      const grants = await listGrants(database.kysely, id);
      return {
        grants: grants.map(({ userId, email, name, grantedAtMs, grantedBy }) => {
          return { userId, email, name, grantedAt: new Date(grantedAtMs).toISOString(), grantedBy };
        }),
      };
    },
    grant: (principal, { id: trackingNumberId, userId }) =>
      grantNumber(parts, { principal, trackingNumberId, userId }),
    revoke: (principal, { id: trackingNumberId, userId }) =>
      revokeGrant(parts, { principal, trackingNumberId, userId }),
  };
}

function toAnswer(found: ListedTrackingNumber): TrackingNumberAnswer {
  return {
    id: found.id,
    number: found.number,
    label: found.label,
    account: found.accountCode,
    grants: found.grants,
    isShareable: found.isShareable,
    createdAt: new Date(found.createdAtMs).toISOString(),
    createdBy: found.createdBy,
  };
}

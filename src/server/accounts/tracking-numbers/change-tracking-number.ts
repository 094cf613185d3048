// Adds, changes and removes tracking numbers, and records it.
import type { Transaction } from "kysely";
import type { NewTrackingNumber, TrackingNumberPatch } from "../../../api/tracking-numbers-api.ts";
import { parsePhoneNumber } from "../../../core/accounts/phone-number.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { describeStoreError } from "../../../platform/database/describe-store-error.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findAccountWithin } from "../account-store.ts";
import type { AccountsEvent } from "../accounts-event.ts";
import { accountsProblem } from "../accounts-problem.ts";
import type { AccountsParts } from "../accounts-parts.ts";
import { holdAccount, holdTrackingNumber } from "../hold-rows.ts";
import { describePrincipal } from "../principal.ts";
import type { Principal } from "../principal.ts";
import { reachOf } from "../reach-of.ts";
import {
  deleteTrackingNumber,
  findTrackingNumber,
  insertTrackingNumber,
  updateTrackingNumber,
} from "./tracking-number-store.ts";
import type { ListedTrackingNumber } from "./tracking-number-store.ts";

/** Throws `number-refused` (400), `account-not-found` (404) or `number-taken` (409). */
export async function addTrackingNumber(
  parts: AccountsParts,
  principal: Principal,
  wanted: NewTrackingNumber,
): Promise<ListedTrackingNumber> {
  const parsed = parsePhoneNumber(wanted.number);
  if (!parsed.ok) {
    const errors = [{ path: "/number", message: parsed.reason }];
    throw accountsProblem("number-refused", { detail: parsed.reason, errors });
  }
  const { number } = parsed;
  try {
    return await parts.database.transaction(async (trx) => {
      const account = await findAccountWithin(trx, wanted.account, reachOf(principal));
      if (account === null || !(await holdAccount(trx, account.id))) {
        throw accountsProblem("account-not-found");
      }
      const added = {
        id: randomId(),
        accountId: account.id,
        number,
        label: wanted.label ?? "",
        isShareable: wanted.isShareable ?? false,
        createdAtMs: parts.clock.nowMs(),
        createdBy: describePrincipal(principal),
        accountCode: account.code,
        grants: 0,
      };
      await insertTrackingNumber(trx, added);
      await record(trx, parts, {
        principal,
        of: added,
        detail: { change: "added", ...(added.isShareable ? { isShareable: true } : {}) },
      });
      return added;
    });
  } catch (error) {
    if (describeStoreError(error).kind !== "unique-violation") throw error;
    // Whose it is stays unsaid: it may be another account's.
    const message = `${number} is there already; each number belongs to one account.`;
    const errors = [{ path: "/number", message }];
    throw accountsProblem("number-taken", { detail: message, errors });
  }
}

/** Finds a number that the principal may change. Throws `number-not-found` (404). */
export async function findManagedNumber(
  read: ReadDatabase<Schema>,
  principal: Principal,
  id: string,
): Promise<ListedTrackingNumber> {
  const found = await findTrackingNumber(read, id, {
    reach: reachOf(principal),
    grantedTo: null,
  });
  if (found === null) throw accountsProblem("number-not-found");
  return found;
}

/** The same, and nobody else changes it until the transaction ends. */
export async function holdManagedNumber(
  trx: Transaction<Schema>,
  principal: Principal,
  id: string,
): Promise<ListedTrackingNumber> {
  await holdTrackingNumber(trx, id);
  return findManagedNumber(trx, principal, id);
}

/** What the patch leaves out stays; an event for each of both that changes. */
export async function changeTrackingNumber(
  parts: AccountsParts,
  principal: Principal,
  { id, patch }: { readonly id: string; readonly patch: TrackingNumberPatch },
): Promise<ListedTrackingNumber> {
  const changed = await parts.database.transaction(async (trx) => {
    const found = await holdManagedNumber(trx, principal, id);
    const { label = found.label, isShareable = found.isShareable } = patch;
    const wanted = { ...found, label, isShareable };
    if (label === found.label && isShareable === found.isShareable) return found;
    await updateTrackingNumber(trx, wanted);
    if (label !== found.label) {
      const detail = { change: "labelled", label, labelBefore: found.label };
      await record(trx, parts, { principal, of: wanted, detail });
    }
    if (isShareable !== found.isShareable) {
      const detail = { change: "shareable-set", isShareable };
      await record(trx, parts, { principal, of: wanted, detail });
    }
    return wanted;
  });
  await parts.followNumberChange(id);
  return changed;
}

export async function removeTrackingNumber(
  parts: AccountsParts,
  principal: Principal,
  id: string,
): Promise<void> {
  await parts.database.transaction(async (trx) => {
    const found = await holdManagedNumber(trx, principal, id);
    await refuseWithRecordings(trx, parts, found);
    await deleteTrackingNumber(trx, id);
    const detail = { change: "removed", grantsRemoved: found.grants };
    await record(trx, parts, { principal, of: found, detail });
    // Whoever was granted it loses a right.
    if (found.grants > 0) await parts.onUserChanged(trx, null);
  });
  await parts.followUserChanges();
}

/** Whom it was granted would be forgotten, and with it who may hear what was recorded on it. */
async function refuseWithRecordings(
  trx: Transaction<Schema>,
  parts: AccountsParts,
  { id, number }: ListedTrackingNumber,
): Promise<void> {
  const recordings = await parts.countRecordingsOfNumber(trx, id);
  if (recordings === 0) return;
  const has = recordings === 1 ? "is 1 recording" : `are ${recordings} recordings`;
  throw accountsProblem("number-has-recordings", {
    detail: `There ${has} of ${number}: delete them first, then the number.`,
    members: { recordings },
  });
}

async function record(
  trx: Transaction<Schema>,
  parts: AccountsParts,
  event: {
    readonly principal: Principal;
    readonly of: ListedTrackingNumber;
    readonly detail: AccountsEvent["detail"];
  },
): Promise<void> {
  const { id, number, label, accountCode } = event.of;
  await parts.recordEvent(trx, {
    kind: "tracking-number-changed",
    atMs: parts.clock.nowMs(),
    actor: describePrincipal(event.principal),
    account: accountCode,
    detail: { id, number, label, ...event.detail },
  });
}

// Finds the tracking number that a new recording is of, where the principal may add one.
import { parsePhoneNumber } from "../../../core/accounts/phone-number.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { accountsProblem, reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";

export type NumberOfRecording = {
  readonly accountId: string;
  readonly accountCode: string;
  readonly trackingNumberId: string;
  /** E.164. */
  readonly number: string;
  readonly label: string;
};

/**
 * Throws `account-not-found`, `number-not-found` (404; also for another account's) or
 * `number-refused` (400).
 */
export async function findNumberForRecording(
  read: ReadDatabase<Schema>,
  principal: Principal,
  wanted: { readonly account: string; readonly number: string },
): Promise<NumberOfRecording> {
  const account = await read
    .selectFrom("accounts_account")
    .select("id")
    .where("code", "=", wanted.account)
    .executeTakeFirst();
  if (account === undefined || !canReach(reachOf(principal), account.id)) {
    throw accountsProblem("account-not-found");
  }
  const number = await read
    .selectFrom("accounts_tracking_number")
    .select(["id", "number", "label"])
    .where("number", "=", readNumber(wanted.number))
    .where("account_id", "=", account.id)
    .executeTakeFirst();
  if (number === undefined) throw accountsProblem("number-not-found");
  return {
    accountId: account.id,
    accountCode: wanted.account,
    trackingNumberId: number.id,
    number: number.number,
    label: number.label,
  };
}

function readNumber(text: string): string {
  const parsed = parsePhoneNumber(text);
  if (parsed.ok) return parsed.number;
  // A + in an address is a space (URL Standard 5.1), which is easily overlooked.
  const detail = text.startsWith(" ")
    ? `${parsed.reason} In an address the + is written %2B.`
    : parsed.reason;
  throw accountsProblem("number-refused", {
    detail,
    errors: [{ path: "/number", message: detail }],
  });
}

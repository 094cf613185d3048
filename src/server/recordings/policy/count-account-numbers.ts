// Counts what an account's audio policy decides about: its numbers and their recordings.
import type { AccountId } from "../../../core/accounts/account.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";

export type AccountNumbers = {
  readonly numbers: number;
  readonly shareableNumbers: number;
  readonly recordings: number;
};

export async function countAccountNumbers(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
): Promise<AccountNumbers> {
  const { numbers, shareable } = await read
    .selectFrom("accounts_tracking_number")
    .select((eb) => [
      eb.fn.countAll<number | string>().as("numbers"),
      eb.fn.sum<number | string | null>("is_shareable").as("shareable"),
    ])
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  const { recordings } = await read
    .selectFrom("recordings_recording")
    .select((eb) => eb.fn.countAll<number | string>().as("recordings"))
    .where("account_id", "=", accountId)
    .executeTakeFirstOrThrow();
  return {
    numbers: Number(numbers),
    shareableNumbers: Number(shareable ?? 0),
    recordings: Number(recordings),
  };
}

// Turns the store's word that an e-mail address is taken into a refusal.
import { describeStoreError } from "../../../platform/database/describe-store-error.ts";
import { accountsProblem } from "../accounts-problem.ts";

/** Throws `email-taken` (409): the unique index decides, not a look before the write. */
export async function refuseTakenEmail<Result>(change: Promise<Result>): Promise<Result> {
  try {
    return await change;
  } catch (error) {
    const described = describeStoreError(error);
    const isTaken = described.kind === "unique-violation" && described.table === "accounts_user";
    if (!isTaken) throw error;
    const message = "A user has this e-mail address already; each user has one of their own.";
    const errors = [{ path: "/email", message }];
    throw accountsProblem("email-taken", { detail: message, errors });
  }
}

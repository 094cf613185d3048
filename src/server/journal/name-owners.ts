// Names the account of events that say it only by the owner of the rule, by its id.
import type { Accounts } from "../accounts/index.ts";
import type { JournalEvent } from "./journal-event.ts";

/**
 * Events of an account's own rules did not always say its code. What is known of the owner now is
 * told; of a deleted account nothing is.
 */
export async function nameOwners(
  accounts: Pick<Accounts, "listAccounts">,
  events: readonly JournalEvent[],
): Promise<readonly JournalEvent[]> {
  if (!events.some(isUnnamed)) return events;
  const codes = new Map((await accounts.listAccounts()).map(({ id, code }) => [id, code] as const));
  return events.map((event) =>
    isUnnamed(event) ? { ...event, account: codes.get(event.owner) ?? null } : event,
  );
}

/** Rows of many addresses may be of several owners: theirs is `*`. */
function isUnnamed({ account, owner }: JournalEvent): boolean {
  return account === null && owner !== "platform" && owner !== "*";
}

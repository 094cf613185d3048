// Whose traffic and events somebody sees: everybody's, or those of certain accounts.
import { reachOf } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";
import { accountsProblem } from "../accounts/index.ts";

export type AccountReach = {
  readonly code: string;
  /** Under which its own policy's events stand; null: there is no such account any more. */
  readonly ownerId: string | null;
  /** A code may have been another account's before: what is older is not this one's. */
  readonly sinceMs: number;
};

/** Null: everything there is. */
export type JournalReach = readonly AccountReach[] | null;

type Asked = {
  readonly principal: Principal;
  /** The account's code; undefined: all of those within reach. */
  readonly account: string | undefined;
};

/**
 * Operators also find what is kept of deleted accounts. Throws `account-not-found` (404) for an
 * admin who asks for another account: codes of other customers are not theirs to know.
 */
export async function readJournalReach(
  accounts: Pick<Accounts, "listAccounts" | "findAccount">,
  { principal, account }: Asked,
): Promise<JournalReach> {
  const reach = reachOf(principal);
  if (reach.kind === "platform") {
    if (account === undefined) return null;
    const found = await accounts.findAccount(account);
    return [{ code: account, ownerId: found?.id ?? null, sinceMs: 0 }];
  }
  const own = (await accounts.listAccounts())
    .filter(({ id, code }) => reach.accountIds.includes(id) && code === (account ?? code))
    .map(({ id, code, createdAtMs }) => ({ code, ownerId: id, sinceMs: createdAtMs }));
  if (account !== undefined && own.length === 0) throw accountsProblem("account-not-found");
  return own;
}

/** Says of two principals whether they see the same, without asking the store. */
export function reachKeyOf(principal: Principal): string {
  const reach = reachOf(principal);
  return reach.kind === "platform" ? "platform" : [...reach.accountIds].toSorted().join(" ");
}

/** What was counted for that account's code in a minute, which began at `minute` times 60,000. */
export function isWithin(
  reach: JournalReach,
  { account, minute }: { readonly account: string | null; readonly minute: number },
): boolean {
  if (reach === null) return true;
  return reach.some(({ code, sinceMs }) => code === account && minute >= minuteOf(sinceMs));
}

export function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000);
}

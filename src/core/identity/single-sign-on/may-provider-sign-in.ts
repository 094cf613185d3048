// Says whom a provider may sign in, by whose provider it is (adversary row 112).
import type { AccountId } from "../../accounts/account.ts";
import type { Provider } from "./provider.ts";

export type ProviderUser = {
  readonly isOperator: boolean;
  /** The accounts the user is a member of. */
  readonly accountIds: readonly AccountId[];
};

/**
 * The platform's signs in everybody. An account's own signs in users of that account alone: whoever
 * runs it can assert anybody, and would reach other accounts as a user of both, and the platform as
 * an operator (ASVS 6.8.1, 8.4.1).
 */
export function mayProviderSignIn(
  { accountId }: Pick<Provider, "accountId">,
  { isOperator, accountIds }: ProviderUser,
): boolean {
  if (accountId === null) return true;
  return !isOperator && accountIds.length > 0 && accountIds.every((id) => id === accountId);
}

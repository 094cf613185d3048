// Makes of a person what the core decides a provider's sign-in by.
import type { ProviderUser } from "../../../core/identity/single-sign-on/may-provider-sign-in.ts";
import type { UserFacts } from "../../../core/identity/user-state.ts";
import type { Person } from "../sign-in/read-person.ts";

export function toProviderUser({ facts, user, accountIds }: Person): UserFacts & ProviderUser {
  return { ...facts, isOperator: user.isOperator, accountIds };
}

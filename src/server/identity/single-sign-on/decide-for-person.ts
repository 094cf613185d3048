// Asks the core what becomes of a person for whom a provider has spoken.
import {
  decideProviderSignIn,
  type ProviderSignInFacts,
} from "../../../core/identity/single-sign-on/decide-provider-sign-in.ts";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import type { Person } from "../sign-in/read-person.ts";
import { toProviderUser } from "./provider-user.ts";

export type ProviderDecision = ReturnType<typeof decideProviderSignIn>;
export type ProviderReason = ProviderDecision["reason"];

/** `person` null: nobody is connected with what the provider said. */
export function decideForPerson(
  asked: Pick<ProviderSignInFacts, "assertion" | "rules"> & {
    readonly provider: StoredProvider | null;
    readonly person: Person | null;
  },
  at: StateContext,
): ProviderDecision {
  const { provider, person, assertion, rules } = asked;
  const user = person === null ? null : toProviderUser(person);
  return decideProviderSignIn({ provider: provider?.provider ?? null, assertion, user, rules }, at);
}

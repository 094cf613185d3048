// Decides what becomes of somebody for whom a provider has spoken: sign-in, connecting and binding.
import type { Decision } from "../../decision.ts";
import type { UserAuthenticationRules } from "../identity-policy.ts";
import { decideInOrder, resultOfRule } from "../ordered-rules.ts";
import type { OrderedRule } from "../ordered-rules.ts";
import { decideUserState } from "../user-state.ts";
import type { StateContext, UserFacts, UserStateReason } from "../user-state.ts";
import { mayProviderSignIn } from "./may-provider-sign-in.ts";
import type { ProviderUser } from "./may-provider-sign-in.ts";
import { issuerOfTenant, PERSONAL_TENANT } from "./microsoft-tenant.ts";
import type { Assertion, Provider } from "./provider.ts";
import { isSameIssuer } from "./same-issuer.ts";

export type ProviderSignInFacts = {
  /** As it is configured now; null: it is gone. */
  readonly provider: Provider | null;
  readonly assertion: Assertion;
  /** Who is connected, or is about to be; null: nobody is connected with this identity. */
  readonly user: (UserFacts & ProviderUser) | null;
  readonly rules: UserAuthenticationRules;
};

/** `bind`: the person proves once which user they are. */
export type ProviderSignInVerdict = "open" | "change-password" | "bind" | "refuse";

export type ProviderSignInReason =
  | "provider-off"
  | "issuer-differs"
  | "tenant-refused"
  | "identity-unknown"
  | "user-not-theirs"
  | UserStateReason;

/**
 * INVARIANT: one function for sign-in, connecting and binding, so that no way round is laxer. The
 * user's own state is looked at as at every other door.
 */
export function decideProviderSignIn(
  facts: ProviderSignInFacts,
  at: StateContext,
): Decision<ProviderSignInVerdict, ProviderSignInReason> {
  const { provider, user } = facts;
  const own = decideInOrder<ProviderSignInVerdict, ProviderSignInReason>(
    [offRule(provider), issuerRule(facts), tenantRule(facts), unknownRule(user), theirsRule(facts)],
    { verdict: "open", reason: "user-open" },
  );
  if (user === null || own.verdict !== "open") return own;
  const state = decideUserState(user, facts.rules, at);
  return { ...state, steps: [...own.steps, ...state.steps] };
}

type ProviderSignInRule = OrderedRule<ProviderSignInVerdict, ProviderSignInReason>;

function offRule(provider: Provider | null): ProviderSignInRule {
  const result = resultOfRule(provider === null || !provider.isEnabled);
  return { step: "provider-off", verdict: "refuse", result };
}

/**
 * Who is connected by an issuer that was given up is not who the provider names now: the same
 * subject may be somebody else there (OpenID Connect Core 1.0, 5.7). Of Microsoft the tenant says
 * it.
 */
function issuerRule({ provider, assertion }: ProviderSignInFacts): ProviderSignInRule {
  const named = { step: "issuer-differs", verdict: "refuse" } as const;
  if (provider === null || provider.kind === "microsoft") {
    return { ...named, result: "not-applicable" };
  }
  const { issuer } = assertion;
  const isOther = !isSameIssuer(issuer, provider.issuer);
  return { ...named, result: resultOfRule(isOther), detail: { issuer } };
}

/**
 * Microsoft signs the tokens of all its tenants with the same keys: `tid` says who vouches, and the
 * issuer has to say the same (Microsoft, "validate the issuer": the issuer of a token is the
 * template with the `tid` in it). `organizations` is every tenant but the one of personal accounts,
 * which anybody can make.
 */
function tenantRule({ provider, assertion }: ProviderSignInFacts): ProviderSignInRule {
  const named = { step: "tenant-refused", verdict: "refuse" } as const;
  if (provider?.kind !== "microsoft") return { ...named, result: "not-applicable" };
  const { tenant } = assertion;
  const isTheirs = tenant !== "" && assertion.issuer === issuerOfTenant(tenant);
  const isListed = provider.tenants.length === 0 || provider.tenants.includes(tenant);
  const isPersonal = tenant === PERSONAL_TENANT && provider.tenant === "organizations";
  const result = resultOfRule(!isTheirs || !isListed || isPersonal);
  return { ...named, result, detail: { tenant } };
}

function unknownRule(user: ProviderSignInFacts["user"]): ProviderSignInRule {
  return { step: "identity-unknown", verdict: "bind", result: resultOfRule(user === null) };
}

function theirsRule({ provider, user }: ProviderSignInFacts): ProviderSignInRule {
  const named = { step: "user-not-theirs", verdict: "refuse" } as const;
  if (provider === null || user === null) return { ...named, result: "not-applicable" };
  if (provider.accountId === null) return { ...named, result: "not-applicable" };
  return { ...named, result: resultOfRule(!mayProviderSignIn(provider, user)) };
}

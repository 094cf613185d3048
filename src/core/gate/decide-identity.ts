// Decides whether who is signed in, or nobody, may go on; asked after the network rules.
import { isAtLeast } from "../accounts/role-towards.ts";
import type { Role } from "../accounts/role.ts";
import type { Decision } from "../decision.ts";
import type { SessionReason, SessionVerdict } from "../identity/decide-session.ts";
import { decideInOrder, resultOfRule } from "../identity/ordered-rules.ts";
import type { OrderedRule } from "../identity/ordered-rules.ts";

export const SESSION_REQUIREMENTS = ["none", "optional", "required"] as const;

export type IdentityRequirement = {
  readonly session: (typeof SESSION_REQUIREMENTS)[number];
  /**
   * The least role towards the place's account; null: any that there is, where the place names an
   * account, else any user. Asks for a session by itself.
   */
  readonly role: Role | null;
};

/** Null where the request carries no session, or one nobody knows. */
export type GateSession = {
  readonly verdict: SessionVerdict;
  readonly reason: SessionReason;
  /** The user's role towards the account that the request is for. */
  readonly role: Role | null;
  /** The place of the request belongs to one account. */
  readonly isAccountNamed: boolean;
} | null;

/**
 * `sign-in`: to the sign-in page, or 401 where no person looks. `forbid`: 403. To pass for the
 * reason `role-missing` is to pass as nobody.
 */
export type IdentityVerdict = "pass" | "sign-in" | "forbid";

export type IdentityReason =
  | "session-not-asked"
  | "session-missing"
  | "role-missing"
  | SessionReason;

export function decideIdentity(
  requirement: IdentityRequirement,
  session: GateSession,
): Decision<IdentityVerdict, IdentityReason> {
  const { role } = requirement;
  const isRequired = requirement.session === "required" || role !== null;
  const otherwise = session?.reason ?? "session-missing";
  return decideInOrder<IdentityVerdict, IdentityReason>(
    [
      {
        step: "session-not-asked",
        verdict: "pass",
        result: resultOfRule(requirement.session === "none" && role === null),
      },
      {
        step: "session-missing",
        verdict: "sign-in",
        result: isRequired ? resultOfRule(session === null) : "not-applicable",
      },
      ...(session === null ? [] : [sessionRule(session, isRequired)]),
      roleRule(requirement, session),
    ],
    { verdict: "pass", reason: otherwise },
  );
}

/** INVARIANT: a place that names an account is nothing to people of other accounts. */
function roleRule(
  { session: asked, role }: IdentityRequirement,
  session: GateSession,
): OrderedRule<IdentityVerdict, IdentityReason> {
  const isOptional = asked !== "required" && role === null;
  // Sessions that are no whole ones are nobody's already.
  const isSomebody = session !== null && (session.verdict === "admit" || !isOptional);
  const least = role ?? (isSomebody && session.isAccountNamed ? "agent" : null);
  const isMissing = least !== null && !isAtLeast(session?.role ?? null, least);
  return {
    step: "role-missing",
    verdict: isOptional ? "pass" : "forbid",
    result: least === null ? "not-applicable" : resultOfRule(isMissing),
  };
}

/** A session that is refused or only half there; where none is required it counts as none. */
function sessionRule(
  { verdict, reason }: NonNullable<GateSession>,
  isRequired: boolean,
): OrderedRule<IdentityVerdict, IdentityReason> {
  const result = isRequired ? resultOfRule(verdict !== "admit") : "not-applicable";
  return { step: reason, verdict: "sign-in", result };
}

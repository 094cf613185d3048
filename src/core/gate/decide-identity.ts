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
  /** The least role towards the place's account; null: any user. Asks for a session by itself. */
  readonly role: Role | null;
};

/** Null where the request carries no session, or one nobody knows. */
export type GateSession = {
  readonly verdict: SessionVerdict;
  readonly reason: SessionReason;
  /** The user's role towards the account that the request is for. */
  readonly role: Role | null;
} | null;

/** `sign-in`: to the sign-in page, or 401 where no person looks. `forbid`: 403. */
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
      {
        step: "role-missing",
        verdict: "forbid",
        result:
          role === null ? "not-applicable" : resultOfRule(!isAtLeast(session?.role ?? null, role)),
      },
    ],
    { verdict: "pass", reason: otherwise },
  );
}

/** A session that is refused or only half there; where none is required it counts as none. */
function sessionRule(
  { verdict, reason }: NonNullable<GateSession>,
  isRequired: boolean,
): OrderedRule<IdentityVerdict, IdentityReason> {
  const result = isRequired ? resultOfRule(verdict !== "admit") : "not-applicable";
  return { step: reason, verdict: "sign-in", result };
}

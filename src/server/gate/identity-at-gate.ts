// Asks who is signed in by a request at the gate, and decides by the core whether they may go on.

import { decideIdentity } from "../../core/gate/decide-identity.ts";
import type {
  GateSession,
  IdentityReason,
  IdentityRequirement,
  IdentityVerdict,
} from "../../core/gate/decide-identity.ts";
import type { Decision } from "../../core/decision.ts";
import { isActivity } from "../../core/identity/activity.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Place } from "../../core/network/surface-routes.ts";
import type { SessionCheck, Sessions } from "../identity/index.ts";
import type { GateIdentity } from "./gate-answer.ts";
import { NOTHING_ASKED } from "./gate-requirement.ts";
import { isNavigation, isPreflight, readIdentityHeaders } from "./identity-headers.ts";
import { standingOf } from "./standing-of.ts";

/** What a door wants to know of who is signed in. */
export type IdentityQuestion = {
  readonly requirement: IdentityRequirement;
  readonly rawHeaders: readonly string[];
  readonly method: string;
};

export type IdentityOutcome = Decision<IdentityVerdict, IdentityReason> & {
  /** Null unless a whole session was let in. */
  readonly identity: GateIdentity | null;
  /** Whose session it was, also a refused one. */
  readonly userId: string | null;
  /** A person looks at the answer: the sign-in page helps, a status does not. */
  readonly isNavigation: boolean;
};

export type IdentityAsker = {
  /** Asks no store; null: not certain, use `ask`. */
  readonly askNow: (question: IdentityQuestion, at: AskedAt) => IdentityOutcome | null;
  /** Rejects when the store does not answer. */
  readonly ask: (question: IdentityQuestion, at: AskedAt) => Promise<IdentityOutcome>;
};

type AskedAt = { readonly places: readonly Place[]; readonly nowMs: number };

export type GateSessions = Pick<Sessions, "cookies" | "checkNow" | "check">;

export function createIdentityAsker(sessions: GateSessions): IdentityAsker {
  function prepare(question: IdentityQuestion, at: AskedAt): Prepared {
    const { rawHeaders, method, requirement } = question;
    const headers = readIdentityHeaders(rawHeaders);
    const reading = sessions.cookies.read(rawHeaders, "session");
    const surface = SURFACES[at.places[0]!.surface]!;
    // Browsers ask without cookies whether they may ask at all; the answer opens nothing.
    const isQuestion = isPreflight(method, headers);
    return {
      requirement: isQuestion ? NOTHING_ASKED : requirement,
      token: reading.kind === "token" && !isQuestion ? reading.token : null,
      isNavigation: isNavigation(method, headers.accept),
      isActivity: isActivity({ ...headers, surface, method }),
      places: at.places,
      nowMs: at.nowMs,
    };
  }

  return {
    askNow: (question, at) => {
      const asked = prepare(question, at);
      if (asked.token === null) return decide(asked, null);
      const check = sessions.checkNow(asked.token, asked);
      return check === null ? null : decide(asked, check);
    },
    ask: async (question, at) => {
      const asked = prepare(question, at);
      if (asked.token === null) return decide(asked, null);
      return decide(asked, await sessions.check(asked.token, asked));
    },
  };
}

type Prepared = AskedAt & {
  readonly requirement: IdentityRequirement;
  readonly token: string | null;
  readonly isNavigation: boolean;
  readonly isActivity: boolean;
};

/** INVARIANT: where a path can be read in more than one way, the strictest reading decides. */
function decide(asked: Prepared, check: SessionCheck | null): IdentityOutcome {
  const { places, requirement } = asked;
  const known = check === null || check.kind === "unknown" ? null : check;
  let decision = decideOnce(requirement, sessionOf(known, places[0]!));
  for (let index = 1; index < places.length && isAdmitted(decision); index += 1) {
    decision = decideOnce(requirement, sessionOf(known, places[index]!));
  }
  const isIn = isAdmitted(decision) && known?.kind === "open" && known.stage === "none";
  const { verdict, reason, steps } = decision;
  return {
    verdict,
    reason,
    steps,
    identity: isIn ? standingOf(known.session, places[0]!.account).identity : null,
    userId: known?.session.user.id ?? null,
    isNavigation: asked.isNavigation,
  };
}

/** Passes, and not as nobody because the place belongs to an account of others. */
function isAdmitted({ verdict, reason }: IdentityDecision): boolean {
  return verdict === "pass" && reason !== "role-missing";
}

type IdentityDecision = ReturnType<typeof decideIdentity>;

/** By requirement, then by what it is decided from, which is a closed list. */
const decisions = new WeakMap<IdentityRequirement, Map<string, IdentityDecision>>();

/** Nothing but these words goes into the decision, so it is the same each time. */
function decideOnce(requirement: IdentityRequirement, session: GateSession): IdentityDecision {
  let known = decisions.get(requirement);
  if (known === undefined) {
    known = new Map();
    decisions.set(requirement, known);
  }
  const key = session === null ? "" : keyOf(session);
  let decision = known.get(key);
  if (decision === undefined) {
    decision = decideIdentity(requirement, session);
    known.set(key, decision);
  }
  return decision;
}

function keyOf({ verdict, reason, role, isAccountNamed }: NonNullable<GateSession>): string {
  return `${verdict} ${reason} ${role} ${isAccountNamed}`;
}

function sessionOf(
  check: Exclude<SessionCheck, { kind: "unknown" }> | null,
  place: Place,
): GateSession {
  if (check === null) return null;
  const { role } = standingOf(check.session, place.account);
  const isAccountNamed = place.account !== null;
  const verdict = check.kind === "refused" ? "refuse" : check.stage === "none" ? "admit" : "limit";
  return { verdict, reason: check.reason, role, isAccountNamed };
}

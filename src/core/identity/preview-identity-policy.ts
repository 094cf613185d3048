// Tells what a change of the rules of sign-ins would do to one user, by what decides sign-ins.
import type { PolicyOwner } from "../accounts/account.ts";
import { decideSession } from "./decide-session.ts";
import type { SessionFacts, SessionVerdict } from "./decide-session.ts";
import { effectivePolicy, isRuledBy } from "./effective-policy.ts";
import type { IdentityPolicies, PolicyUser } from "./effective-policy.ts";
import { foreseeSignIn } from "./foresee-sign-in.ts";
import type { ForeseenSignIn, KnownUser, SignInDoor } from "./foresee-sign-in.ts";
import type { IdentityEffect } from "./identity-effect.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { passwordCharactersMin } from "./password-rules.ts";
import type { SignInStage } from "./sign-in-stage.ts";
import { isBrowserTrusted } from "./trusted-browser.ts";

export type PreviewedUser = PolicyUser &
  KnownUser & {
    /** Of each browser that is not asked for a second factor. */
    readonly trusts: readonly { readonly expiresAtMs: number }[];
    readonly sessions: readonly Omit<SessionFacts, "user">[];
  };

export type IdentityMove = {
  readonly before: IdentityPolicies;
  readonly after: IdentityPolicies;
  /** Whose change ends the trust of browsers: `endsTrust`. */
  readonly distrusting: readonly PolicyOwner[];
};

type At = { readonly nowMs: number; readonly isClockTrusted: boolean };

type Side = { readonly policy: IdentityPolicy; readonly trusts: PreviewedUser["trusts"] };

/** What changes for the user, and how many of it; a user alone is one. Empty: nothing. */
export function previewIdentityPolicy(
  user: PreviewedUser,
  move: IdentityMove,
  at: At,
): ReadonlyMap<IdentityEffect, number> {
  const isDistrusted = move.distrusting.some((owner) => isRuledBy(user, owner));
  const before = sideOf(user, effectivePolicy(user, move.before).policy, at);
  const policy = effectivePolicy(user, move.after).policy;
  const after = isDistrusted ? { policy, trusts: [] } : sideOf(user, policy, at);
  const effects = new Map<IdentityEffect, number>();
  for (const effect of compareDoors(user, { before, after }, at)) effects.set(effect, 1);
  const distrusted = before.trusts.length - after.trusts.length;
  if (distrusted > 0) effects.set("browsers-distrusted", distrusted);
  for (const effect of compareSessions(user, { before, after }, at)) {
    effects.set(effect, (effects.get(effect) ?? 0) + 1);
  }
  if (user.facts.hasPassword && asksMore(before.policy, after.policy)) {
    effects.set("passwords-not-told", 1);
  }
  return effects;
}

function sideOf(user: PreviewedUser, policy: IdentityPolicy, { nowMs }: At): Side {
  const trusts = user.trusts.filter((trust) => isBrowserTrusted(trust, policy.twoFactor, nowMs));
  return { policy, trusts };
}

type Sides = { readonly before: Side; readonly after: Side };

function compareDoors(user: PreviewedUser, sides: Sides, at: At): ReadonlySet<IdentityEffect> {
  const through = (door: SignInDoor) => compareDoor(user, door, { sides, at });
  const effects = new Set([
    ...(user.facts.hasPassword ? through("password") : []),
    ...(user.methods.includes("passkey") ? through("passkey") : []),
  ]);
  if (!user.hasConnection) return effects;
  const [plain, vouching] = [through("provider"), through("vouching-provider")];
  for (const effect of plain) if (vouching.has(effect)) effects.add(effect);
  const told = [...plain, ...vouching];
  if (told.some((effect) => !effects.has(effect))) effects.add("users-depend-on-provider");
  return effects;
}

/** In a browser that is trusted, where there is one, and in another. */
function compareDoor(
  user: PreviewedUser,
  door: SignInDoor,
  { sides, at }: { readonly sides: Sides; readonly at: At },
): ReadonlySet<IdentityEffect> {
  const { before, after } = sides;
  const foresee = ({ policy }: Side, isTrusted: boolean): ForeseenSignIn =>
    foreseeSignIn(user, door, { ...at, policy, isBrowserTrusted: isTrusted });
  const effects = new Set(compareSignIns(foresee(before, false), foresee(after, false)));
  if (before.trusts.length + after.trusts.length > 0) {
    const inTrusted = (side: Side) => foresee(side, side.trusts.length > 0);
    for (const effect of compareSignIns(inTrusted(before), inTrusted(after))) effects.add(effect);
  }
  return effects;
}

/** Who is refused either way, if for another reason, hears the same. */
function compareSignIns(before: ForeseenSignIn, after: ForeseenSignIn): readonly IdentityEffect[] {
  if (before.ok && after.ok) return compareStages(before.stages, after.stages);
  if (before.ok && !after.ok) {
    const isDormant = after.reason === "user-dormant";
    return [isDormant ? "users-locked-as-dormant" : "users-locked-by-wrong-passwords"];
  }
  if (!before.ok && after.ok) {
    const isDormant = before.reason === "user-dormant";
    return [isDormant ? "users-no-longer-dormant" : "users-no-longer-locked"];
  }
  return [];
}

const STAGE_EFFECTS = {
  "second-factor": { more: "users-asked-second-factor", less: "users-not-asked-second-factor" },
  "change-password": { more: "users-must-change-password", less: "users-keep-password" },
  "set-up-second-factor": { more: "users-set-up-second-factor", less: "users-spared-set-up" },
} as const satisfies Record<Exclude<SignInStage, "none">, Record<"more" | "less", IdentityEffect>>;

function compareStages(
  before: readonly SignInStage[],
  after: readonly SignInStage[],
): readonly IdentityEffect[] {
  const stages = Object.keys(STAGE_EFFECTS) as (keyof typeof STAGE_EFFECTS)[];
  return stages.flatMap((stage) => {
    const [was, is] = [before.includes(stage), after.includes(stage)];
    if (was === is) return [];
    return [STAGE_EFFECTS[stage][is ? "more" : "less"]];
  });
}

const OPENNESS: Readonly<Record<SessionVerdict, number>> = { refuse: 0, limit: 1, admit: 2 };

function compareSessions(
  { facts: user, sessions }: PreviewedUser,
  { before, after }: Sides,
  at: At,
): readonly IdentityEffect[] {
  return sessions.flatMap((session): readonly IdentityEffect[] => {
    const old = decideSession({ ...session, user }, before.policy, at).verdict;
    const proposed = decideSession({ ...session, user }, after.policy, at).verdict;
    if (OPENNESS[proposed] === OPENNESS[old]) return [];
    if (OPENNESS[proposed] > OPENNESS[old]) return ["sessions-open-again"];
    return [proposed === "refuse" ? "sessions-end" : "sessions-limited"];
  });
}

/** Rules that a password is measured against when it is chosen, and never again. */
function asksMore(before: IdentityPolicy, after: IdentityPolicy): boolean {
  const { userAuthentication: old } = before;
  const { userAuthentication: proposed } = after;
  return (
    passwordCharactersMin(proposed) > passwordCharactersMin(old) ||
    (proposed.mixedCharacters.enabled && !old.mixedCharacters.enabled)
  );
}

// Judges whether changed rules of sign-ins shut somebody out who could sign in until now.
import type { Step } from "../decision.ts";
import { effectivePolicy } from "./effective-policy.ts";
import { foreseeSignIn } from "./foresee-sign-in.ts";
import type { SignInDoor } from "./foresee-sign-in.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { decideNextStage } from "./next-stage.ts";
import type { NextStageReason } from "./next-stage.ts";
import type { IdentityMove, PreviewedUser } from "./preview-identity-policy.ts";
import type { SignInReason } from "./decide-sign-in.ts";
import { decideUserState } from "./user-state.ts";

export type ShutOut = {
  readonly reason: SignInReason | NextStageReason;
  readonly steps: readonly Step[];
};

type Context = {
  readonly nowMs: number;
  readonly isClockTrusted: boolean;
  /**
   * Whether it counts that a second factor would have to be set up at the sign-in: whoever can do
   * so now should.
   */
  readonly countsSetUp: boolean;
};

/**
 * Null: there is a way in under the changed rules, or there was none before. A password that must
 * be changed shuts nobody out. Of a provider it is believed that it vouches for a second factor.
 */
export function judgeShutOut(
  user: PreviewedUser,
  { before, after }: Pick<IdentityMove, "before" | "after">,
  context: Context,
): ShutOut | null {
  const doors = doorsOf(user);
  if (!isOpen(user, effectivePolicy(user, before).policy, { doors, ...context })) return null;
  const { policy } = effectivePolicy(user, after);
  if (isOpen(user, policy, { doors, ...context })) return null;
  return tell(user, policy, context);
}

/** Whether there is any way in at all. */
export function canSignIn(
  user: PreviewedUser,
  policies: IdentityMove["before"],
  at: Omit<Context, "countsSetUp">,
): boolean {
  const { policy } = effectivePolicy(user, policies);
  return isOpen(user, policy, { doors: doorsOf(user), ...at, countsSetUp: false });
}

function doorsOf({ facts, methods, hasConnection }: PreviewedUser): readonly SignInDoor[] {
  return [
    ...(facts.hasPassword ? (["password"] as const) : []),
    ...(methods.includes("passkey") ? (["passkey"] as const) : []),
    ...(hasConnection ? (["vouching-provider"] as const) : []),
  ];
}

function isOpen(
  user: PreviewedUser,
  policy: IdentityPolicy,
  { doors, countsSetUp, ...at }: Context & { readonly doors: readonly SignInDoor[] },
): boolean {
  return doors.some((door) => {
    const foreseen = foreseeSignIn(user, door, { ...at, policy, isBrowserTrusted: false });
    if (!foreseen.ok) return false;
    return !countsSetUp || !foreseen.stages.includes("set-up-second-factor");
  });
}

/** INVARIANT: no door is open. What shuts all of them is told before what shuts the password's. */
function tell(user: PreviewedUser, policy: IdentityPolicy, at: Context): ShutOut {
  const { facts, browser, methods } = user;
  const rules = policy.userAuthentication;
  const isKnownBrowser = browser !== null;
  const state = decideUserState(facts, rules, { ...at, isKnownBrowser });
  if (state.verdict === "refuse" && state.reason !== "user-open") {
    return { reason: state.reason, steps: state.steps };
  }
  const [door] = doorsOf(user);
  const conditions = { ...at, policy, isBrowserTrusted: false };
  const foreseen = foreseeSignIn(user, door!, conditions);
  if (!foreseen.ok) {
    const { wrongPasswordsMax } = rules.lockout;
    const detail = { wrongPasswords: user.wrongPasswords, wrongPasswordsMax };
    const step = { step: foreseen.reason, layer: "account", result: "matched", detail } as const;
    return { reason: foreseen.reason, steps: [step] };
  }
  const { reason, steps } = decideNextStage({
    methods,
    isFactorPassed: false,
    isBrowserTrusted: false,
    provider: null,
    mustChangePassword: false,
    rules: policy,
  });
  return { reason, steps: [...state.steps, ...steps] };
}

// Foresees how somebody's next sign-in would end under given rules, by what decides sign-ins.
import { countOfAttempt, decideSignIn, mayVerify } from "./decide-sign-in.ts";
import type { SignInReason } from "./decide-sign-in.ts";
import type { IdentityPolicy } from "./identity-policy.ts";
import { decideNextStage } from "./next-stage.ts";
import type { NextStageFacts } from "./next-stage.ts";
import type { FactorMethod } from "./second-factor.ts";
import type { SignInStage } from "./sign-in-stage.ts";
import { decideUserState } from "./user-state.ts";
import type { UserFacts } from "./user-state.ts";

/** What the store knows of somebody who may sign in. */
export type KnownUser = {
  readonly facts: UserFacts;
  /** The user's own count. */
  readonly wrongPasswords: number;
  /** The known browser in which they were seen last; null: they are known in none. */
  readonly browser: { readonly wrongPasswords: number } | null;
  readonly methods: readonly FactorMethod[];
  /** With a provider that is on and may sign them in. */
  readonly hasConnection: boolean;
};

/** What a sign-in begins with; a provider may say that it asked for a second factor itself. */
export type SignInDoor = "password" | "passkey" | "provider" | "vouching-provider";

export type SignInConditions = {
  readonly policy: IdentityPolicy;
  /** The browser is one that need not be asked for a second factor. */
  readonly isBrowserTrusted: boolean;
  readonly nowMs: number;
  readonly isClockTrusted: boolean;
};

/** `stages`: everything that is asked for until the sign-in is whole, in its order. */
export type ForeseenSignIn =
  | { readonly ok: true; readonly stages: readonly SignInStage[] }
  | { readonly ok: false; readonly reason: SignInReason };

/** Of somebody who proves who they are, with the right password or their passkey or provider. */
export function foreseeSignIn(
  user: KnownUser,
  door: SignInDoor,
  conditions: SignInConditions,
): ForeseenSignIn {
  const { policy, isBrowserTrusted } = conditions;
  const { verdict, reason } = decideFirstProof(user, door, conditions);
  if (verdict === "refuse") return { ok: false, reason };
  return {
    ok: true,
    stages: stagesFrom({
      methods: user.methods,
      // A passkey counts as both factors.
      isFactorPassed: door === "passkey",
      isBrowserTrusted,
      provider: providerAt(door),
      mustChangePassword: verdict === "change-password",
      rules: policy,
    }),
  };
}

function decideFirstProof(user: KnownUser, door: SignInDoor, conditions: SignInConditions) {
  const rules = conditions.policy.userAuthentication;
  const isKnown = user.browser !== null;
  if (door !== "password") {
    return decideUserState(user.facts, rules, { ...conditions, isKnownBrowser: isKnown });
  }
  // Each attempt is counted before its password is looked at.
  const isOnBrowser = countOfAttempt(rules, isKnown) === "browser";
  const onBrowser = (user.browser?.wrongPasswords ?? 0) + (isOnBrowser ? 1 : 0);
  const onUser = user.wrongPasswords + (isOnBrowser ? 0 : 1);
  return decideSignIn(
    {
      user: user.facts,
      passwordMatches: mayVerify(isOnBrowser ? onBrowser : onUser, rules) ? true : null,
      rules,
      wrongPasswords: onUser,
      browser: { isKnown, wrongPasswords: onBrowser },
    },
    conditions,
  );
}

function providerAt(door: SignInDoor): NextStageFacts["provider"] {
  switch (door) {
    case "password":
    case "passkey":
      return null;
    case "provider":
      return { vouches: false };
    case "vouching-provider":
      return { vouches: true };
    default:
      return door satisfies never;
  }
}

function stagesFrom(facts: NextStageFacts): readonly SignInStage[] {
  const { verdict } = decideNextStage(facts);
  return verdict === "none" ? [] : [verdict, ...stagesFrom(factsAfter(verdict, facts))];
}

/** Once it is done what the stage asks for. */
function factsAfter(stage: Exclude<SignInStage, "none">, facts: NextStageFacts): NextStageFacts {
  switch (stage) {
    case "second-factor":
      return { ...facts, isFactorPassed: true };
    case "change-password":
      return { ...facts, mustChangePassword: false };
    case "set-up-second-factor":
      return { ...facts, methods: ["app"], isFactorPassed: true };
    default:
      return stage satisfies never;
  }
}

// Guards every change of the rules: what locks out whoever makes it, or all operators, is refused.
import { LOCKOUT_OVERRIDE } from "../../../api/change-safety-api.ts";
import type { LockoutRemedy } from "../../../api/lockout-api.ts";
import { stepsForAdmins } from "../../../core/gate/steps-for-admins.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import { accountsProblem, reachOf } from "../../accounts/index.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Identity, ProposedIdentityChange } from "../../identity/index.ts";
import type { ChangeContext, GuardChanges, GuardedChange } from "../../journal/index.ts";
import { previewProblem } from "../preview-problem.ts";
import { findAudioLockout } from "./find-audio-lockout.ts";
import { findNetworkLockout } from "./find-network-lockout.ts";
import type { NetworkLockoutParts } from "./find-network-lockout.ts";
import type { FoundLockout } from "./found-lockout.ts";

export type GuardParts = NetworkLockoutParts & {
  readonly accounts: Pick<Accounts, "findAccount">;
  readonly identity: Pick<Identity, "findShutOut">;
};

/** Throws `would-lock-out`, and what saving the changes would throw of their values. */
export function createLockoutGuard(parts: GuardParts): GuardChanges {
  return async function guardChanges(changes, context) {
    const found = await findLockout(parts, changes, context);
    if (found === null) return null;
    if (context.overrides) return sentenceOf(found);
    throw refusal(found, context);
  };
}

async function findLockout(
  parts: GuardParts,
  changes: readonly GuardedChange[],
  context: ChangeContext,
): Promise<FoundLockout | null> {
  const byNetwork = await findNetworkLockout(parts, changes, context);
  if (byNetwork !== null) return byNetwork;
  const bySignIn = await findSignInLockout(parts, changes, context);
  if (bySignIn !== null) return bySignIn;
  const audio = { read: parts.network.database.kysely, accounts: parts.accounts };
  for (const change of changes) {
    if (change.kind !== "audio-policy") continue;
    const found = await findAudioLockout(audio, change, context);
    if (found !== null) return found;
  }
  return null;
}

async function findSignInLockout(
  { accounts, identity }: GuardParts,
  changes: readonly GuardedChange[],
  { principal }: ChangeContext,
): Promise<FoundLockout | null> {
  const proposed: ProposedIdentityChange[] = [];
  for (const change of changes) {
    if (change.kind !== "identity-policy") continue;
    const { section, value, account: code } = change;
    const account = code === undefined ? null : await accounts.findAccount(code);
    if (code !== undefined && account === null) throw accountsProblem("account-not-found");
    proposed.push({ account, section, value });
  }
  const maker = principal?.kind === "user" ? principal : null;
  const found = await identity.findShutOut(proposed, maker);
  if (found === null) return null;
  const { who, reason, steps } = found;
  const remedy = { code: remedyFor(found) };
  return {
    who,
    address: null,
    surface: "sign-in",
    account: null,
    atMs: null,
    reason,
    steps,
    remedy,
  };
}

/** A password that is typed right begins the count anew, and the time until one is dormant. */
function remedyFor({
  who,
  reason,
}: Pick<FoundLockout, "who" | "reason">): Exclude<
  LockoutRemedy["code"],
  "allow-address" | "add-to-whitelist"
> {
  if (who === "operators") return "set-otherwise";
  if (reason === "second-factor-missing") return "set-up-second-factor";
  return reason === "user-dormant" || reason === "too-many-wrong-passwords"
    ? "sign-in-again"
    : "set-otherwise";
}

/** For the history: what was known and meant. */
function sentenceOf(found: FoundLockout): string {
  const { who, reason } = found;
  const whom = who === "you" ? "whoever made it" : "every operator who could get in";
  // From where it was made is told to operators only, beside the sentence.
  return `It refuses ${whom}${whereOf({ ...found, address: null })} (${reason}).`;
}

function whereOf({ address, surface, account, atMs }: FoundLockout): string {
  const from = address === null ? "" : `, from ${address}`;
  const of = account === null ? "" : ` of ${account}`;
  const since = atMs === null ? "" : `, from ${new Date(atMs).toISOString()} on`;
  return `${from} on ${surface}${of}${since}`;
}

function refusal(found: FoundLockout, { principal }: ChangeContext): Problem {
  const { who, address, surface, account, atMs, reason, steps, remedy } = found;
  const isAdmin = principal !== null && reachOf(principal).kind !== "platform";
  const whom = who === "you" ? "you" : "every operator who could get in";
  return previewProblem("would-lock-out", {
    detail:
      `Saved like this, the change would refuse ${whom}${whereOf(found)} (${reason}). ` +
      `${adviceOf(remedy)} Or send lockoutOverride=${LOCKOUT_OVERRIDE} to make it all the same.`,
    members: {
      who,
      address,
      surface,
      account,
      at: atMs === null ? null : new Date(atMs).toISOString(),
      decision: { verdict: "refuse", reason, steps: isAdmin ? stepsForAdmins(steps) : steps },
      remedy,
      phrase: LOCKOUT_OVERRIDE,
    },
  });
}

function adviceOf(remedy: LockoutRemedy): string {
  switch (remedy.code) {
    case "allow-address":
      return `Allow ${remedy.range} first, and make the change again.`;
    case "add-to-whitelist":
      return `Put ${remedy.range} on the whitelist, and make the change again.`;
    case "set-up-second-factor":
      return "Set up a second factor first, and make the change again.";
    case "sign-in-again":
      return "Sign out and in again first, and make the change again.";
    case "set-otherwise":
      return "Set the rule so that somebody gets in.";
    default:
      return remedy satisfies never;
  }
}

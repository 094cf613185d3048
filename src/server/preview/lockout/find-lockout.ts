// Finds whom changes of any rules would lock out: the guard refuses it, previews tell it.
import type { LockoutRemedy } from "../../../api/lockout-api.ts";
import { accountsProblem } from "../../accounts/index.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { Identity, ProposedIdentityChange } from "../../identity/index.ts";
import type { ChangeMaker, GuardedChange } from "../../journal/index.ts";
import { findAudioLockout } from "./find-audio-lockout.ts";
import { findNetworkLockout } from "./find-network-lockout.ts";
import type { NetworkLockoutParts } from "./find-network-lockout.ts";
import type { FoundLockout } from "./found-lockout.ts";

/** Null: nobody. Throws what saving the changes would throw of their values. */
export type FindLockout = (
  changes: readonly GuardedChange[],
  maker: ChangeMaker,
) => Promise<FoundLockout | null>;

export type LockoutParts = NetworkLockoutParts & {
  readonly accounts: Pick<Accounts, "findAccount">;
  readonly identity: Pick<Identity, "findShutOut">;
};

export function createLockoutFinder(parts: LockoutParts): FindLockout {
  const audio = { read: parts.network.database.kysely, accounts: parts.accounts };
  return async function findLockout(changes, maker) {
    const byNetwork = await findNetworkLockout(parts, changes, maker);
    if (byNetwork !== null) return byNetwork;
    const bySignIn = await findSignInLockout(parts, changes, maker);
    if (bySignIn !== null) return bySignIn;
    for (const change of changes) {
      if (change.kind !== "audio-policy") continue;
      const found = await findAudioLockout(audio, change, maker);
      if (found !== null) return found;
    }
    return null;
  };
}

async function findSignInLockout(
  { accounts, identity }: LockoutParts,
  changes: readonly GuardedChange[],
  { principal }: ChangeMaker,
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

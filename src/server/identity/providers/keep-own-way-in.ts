// Keeps people from shutting the door on themselves when they change the provider they come by.
import type { Transaction } from "kysely";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { Principal } from "../../accounts/index.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { connectionProblem } from "../single-sign-on/connection-problem.ts";
import { holdProvider } from "../single-sign-on/hold-provider.ts";
import { readWaysIn } from "../single-sign-on/read-ways-in.ts";
import type { OwnWaysIn } from "../single-sign-on/read-ways-in.ts";

const LAST_WAY_DETAIL =
  "You sign in by this provider only, and could not come in any more. First choose a password by " +
  "the mailed link (Forgotten password on the sign-in page), or add a passkey in your settings.";

/**
 * Does the change, unless the person who makes it came in by this provider and would have no way in
 * left. Throws `last-way-in` (409), in the transaction, which takes the change back. The host's
 * shell stays open whatever happens.
 */
export async function keepOwnWayIn<Result>(
  trx: Transaction<Schema>,
  asked: { readonly principal: Principal; readonly id: string; readonly nowMs: number },
  change: () => Promise<Result>,
): Promise<Result> {
  const { principal, id, nowMs } = asked;
  if (principal.kind !== "user") return change();
  const { userId } = principal;
  // The provider before the user, as a sign-in holds them; ways in do not change until the commit.
  await holdProvider(trx, id);
  await lockCodeCount(trx, userId);
  // By what the providers are; the user's own state is not asked for.
  const at: StateContext = { nowMs, isClockTrusted: true, isKnownBrowser: false };
  const before = await readWaysIn(trx, userId, at);
  const result = await change();
  const comesByIt = before?.connections.some(
    ({ provider, isUsable }) => isUsable && provider.id === id,
  );
  if (comesByIt === true && !hasWayIn(await readWaysIn(trx, userId, at))) {
    throw connectionProblem("last-way-in", { detail: LAST_WAY_DETAIL });
  }
  return result;
}

function hasWayIn(ways: OwnWaysIn | null): boolean {
  if (ways === null) return false;
  const { person, passkeys, connections } = ways;
  return person.facts.hasPassword || passkeys > 0 || connections.some(({ isUsable }) => isUsable);
}

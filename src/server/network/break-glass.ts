// Switches one rule off at once, also where a change of it waits to be confirmed.
import { LOCKOUT_OVERRIDE } from "../../api/change-safety-api.ts";
import type { UnconfirmedChange } from "../../api/unconfirmed-api.ts";
import { Problem } from "../../platform/problem/problem.ts";
import type { ChangeContext, ChangeRequest } from "../journal/index.ts";
import { accountOf } from "./account-of.ts";
import type { Network } from "./create-network.ts";
import { disableRule } from "./edit-policy.ts";
import type { DisableOrder } from "./edit-policy.ts";
import type { StoredSection } from "./policy-store.ts";

/** As often as that, and each time somebody else saved the rule for some minutes in between. */
const TURNS_MAX = 5;

/**
 * INVARIANT: ends with the rule off. A change of it that waits is taken back, whole, once the guard
 * has let the switching off through; resolves with those that were.
 */
export async function breakGlass(
  network: Network,
  {
    contextOf,
    asking,
    ...rule
  }: Omit<DisableOrder, "context"> & {
    /** Asked anew for each try: the answer's header names the last. */
    readonly contextOf: () => ChangeContext;
    readonly asking: ChangeRequest;
  },
): Promise<{ readonly stored: StoredSection; readonly takenBack: readonly UnconfirmedChange[] }> {
  const takenBack: UnconfirmedChange[] = [];
  for (let turn = 1; ; turn += 1) {
    try {
      return { stored: await disableRule(network, { ...rule, context: contextOf() }), takenBack };
    } catch (error) {
      const changeId = findWaitingChange(error);
      if (changeId === null || turn === TURNS_MAX) throw error;
      takenBack.push(...(await takeBack(network, { ...rule, changeId }, asking)));
    }
  }
}

/** Of the refusal `change-waits`; null: it is another. */
function findWaitingChange(error: unknown): string | null {
  if (!(error instanceof Problem) || error.code !== "change-waits") return null;
  const changeId = error.extra.members?.changeId;
  return typeof changeId === "string" ? changeId : null;
}

/** None where it was confirmed, taken back or went back in the meantime. */
async function takeBack(
  network: Network,
  { changeId, owner, section }: Omit<DisableOrder, "context"> & { readonly changeId: string },
  { principal, request, safety }: ChangeRequest,
): Promise<readonly UnconfirmedChange[]> {
  const { unconfirmed } = network.changes;
  const waiting = await unconfirmed.list(principal);
  const change = waiting.find((one) => one.changeId === changeId);
  if (change === undefined) return [];
  const { account = null } = accountOf(network, owner);
  // The rule as it was is off in a moment, and the guard has said yes to that.
  const isAlone = change.parts.every(
    (part) => part.subject === section && part.account === account,
  );
  const lockoutOverride = isAlone ? LOCKOUT_OVERRIDE : safety.lockoutOverride;
  const said = lockoutOverride === undefined ? {} : { lockoutOverride };
  try {
    await unconfirmed.takeBack(changeId, { principal, request, safety: said });
    return [change];
  } catch (error) {
    if (error instanceof Problem && error.code === "unconfirmed-not-found") return [];
    throw error;
  }
}

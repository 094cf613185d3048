// Tells all that proposed changes would do: to visitors, to people, and to whoever makes them.
import type { PreviewAnswer, PreviewedChange } from "../../api/preview-api.ts";
import type { ChangeMaker, GuardedChange } from "../journal/index.ts";
import { listAsGuarded } from "../network/index.ts";
import type { Network } from "../network/index.ts";
import type { Previewer, PreviewOrder } from "./create-previewer.ts";
import { describeLockout } from "./lockout/describe-lockout.ts";
import type { FindLockout } from "./lockout/find-lockout.ts";
import type { ReadEffects } from "./read-effects.ts";

/** Throws what saving the changes would throw of their values, and `busy` (503). */
export type PreviewChanges = (order: PreviewOrder & ChangeMaker) => Promise<PreviewAnswer>;

export function createPreviewChanges(parts: {
  readonly network: Network;
  readonly previewer: Previewer;
  readonly readEffects: ReadEffects;
  readonly findLockout: FindLockout;
}): PreviewChanges {
  const { network, previewer, readEffects, findLockout } = parts;
  return async function previewChanges(order) {
    const { changes, principal } = order;
    const answer = await previewer.preview(order);
    const effects = await readEffects(changes, order);
    order.signal.throwIfAborted();
    const found = await findLockout(
      changes.flatMap((change) => toGuarded(network, change)),
      order,
    );
    const lockout = found === null ? null : describeLockout(found, principal);
    return { ...answer, effects: [...effects], lockout };
  };
}

/** As setting it for real asks the guard: only a list that begins to refuse is looked at. */
function toGuarded(network: Network, change: PreviewedChange): readonly GuardedChange[] {
  if (change.kind !== "subscription-mode") return [change];
  return change.mode === "enforce" ? [listAsGuarded(network.database.kysely, change.id)] : [];
}

// Makes of who asked for recordings, as it is stored, visitors with the rights they have today.
import { parseAddress } from "../../../core/network/address.ts";
import type { RecordingVisitor } from "../../../core/recordings/preview-audio-policy.ts";
import type { StoredVisitor } from "../plays/visit-store.ts";
import type { ListenersOfToday } from "./listeners-of-today.ts";

/** None where the number is gone, and its recordings with it. */
export function toVisitors(
  stored: StoredVisitor,
  numbers: ReadonlyMap<string, { readonly isShareable: boolean }>,
  listeners: ListenersOfToday,
): readonly RecordingVisitor[] {
  const { trackingNumberId, requests, lastAtMs } = stored;
  const number = numbers.get(trackingNumberId);
  const address = parseAddress(stored.address);
  if (number === undefined || address === null) return [];
  const userId = stored.userId === "" ? null : stored.userId;
  return [
    {
      userId,
      address,
      addressText: stored.address,
      trackingNumberId,
      listener:
        userId === null ? { kind: "nobody" } : listeners.listenerOf(userId, trackingNumberId),
      isNumberShareable: number.isShareable,
      requests,
      lastAtMs,
    },
  ];
}

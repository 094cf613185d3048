// Writes the network domain's events into the journal's words.

import { formatAddress } from "../core/network/address.ts";
import { rangeKeys, formatRange } from "../core/network/address-range.ts";
import type { Journal } from "./journal/index.ts";
import type { RecordNamedEvent } from "./network/index.ts";

export function createNetworkRecorder(journal: Journal): RecordNamedEvent {
  return async (trx, event) => {
    const { range } = event;
    await journal.recordEvent(trx, {
      kind: event.kind,
      atMs: event.atMs,
      owner: event.owner,
      account: event.account,
      country: event.country ?? null,
      actor: event.actor,
      reason: event.reason,
      address:
        range === null
          ? null
          : {
              text: formatAddress(range.start),
              family: range.family,
              startKey: rangeKeys(range).start,
            },
      detail: range === null ? event.detail : { range: formatRange(range), ...event.detail },
    });
  };
}

// Writes the identity domain's events into the journal's words.
import type { Transaction } from "kysely";
import type { IdentityEvent } from "./identity/index.ts";
import type { Journal } from "./journal/index.ts";
import type { Schema } from "./migrations/schema.ts";

export type RecordIdentityEvent = (trx: Transaction<Schema>, event: IdentityEvent) => Promise<void>;

export function createIdentityRecorder(journal: Pick<Journal, "recordEvent">): RecordIdentityEvent {
  return async (trx, { place = null, ...event }) => {
    await journal.recordEvent(trx, {
      kind: event.kind,
      atMs: event.atMs,
      userId: event.userId,
      actor: event.actor,
      account: event.account ?? null,
      reason: event.reason ?? null,
      country: place?.country ?? null,
      surface: place === null ? null : "sign-in",
      address:
        place === null
          ? null
          : {
              text: place.addressText,
              family: place.address.family,
              startKey: place.addressKey,
            },
      detail: { ...(place === null ? {} : { userAgent: place.userAgent }), ...event.detail },
    });
  };
}

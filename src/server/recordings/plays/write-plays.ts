// Writes plays that began or went on, and an event for each that began.
import { formatAddress } from "../../../core/network/address.ts";
import { addressKey } from "../../../core/network/address-range.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Journal } from "../../journal/index.ts";
import type { RecordingPlayTable } from "../../migrations/recordings-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { OpenPlay, OpenPlays } from "./open-plays.ts";
import { findRecordingIds, savePlays } from "./play-store.ts";

export type WritePlaysParts = {
  readonly database: Database<Schema>;
  readonly journal: Pick<Journal, "recordEvent">;
  readonly open: OpenPlays;
};

const BATCH_ROWS = 100;

/** Rejects with the store's error; what was not written then waits for the next call. */
export async function writePlays(parts: WritePlaysParts): Promise<void> {
  const due = parts.open.take();
  for (let at = 0; at < due.length; at += BATCH_ROWS) {
    const plays = due.slice(at, at + BATCH_ROWS);
    try {
      await writeBatch(parts, plays);
    } catch (error) {
      parts.open.putBack(due.slice(at));
      throw error;
    }
  }
}

async function writeBatch(
  { database, journal }: WritePlaysParts,
  plays: readonly OpenPlay[],
): Promise<void> {
  // As they are now: they go on while the store is at work.
  const rows = plays.map(toRow);
  const begun = plays.filter(({ isRecorded }) => !isRecorded);
  await database.transaction(async (trx) => {
    // A recording that went meanwhile took its plays along; that it was played stays an event.
    const there = await findRecordingIds(trx, [...new Set(rows.map((row) => row.recording_id))]);
    const kept = rows.filter((row) => there.has(row.recording_id));
    if (kept.length > 0) await savePlays(trx, kept);
    for (const play of begun) await journal.recordEvent(trx, toEvent(play));
  });
  for (const play of begun) play.isRecorded = true;
}

function toRow(play: OpenPlay): RecordingPlayTable {
  const { recording, userId, email, address, country, userAgent, reason } = play.listening;
  return {
    id: play.id,
    recording_id: recording.id,
    account_id: recording.accountId,
    user_id: userId,
    email,
    address: formatAddress(address),
    country,
    user_agent: userAgent,
    reason,
    started_at: play.startedAtMs,
    last_at: play.lastAtMs,
    requests: play.requests,
    bytes_sent: play.bytesSent,
    is_cut: play.isCut ? 1 : 0,
  };
}

function toEvent({ listening, startedAtMs }: OpenPlay): Parameters<Journal["recordEvent"]>[1] {
  const { recording, userId, email, address, country, reason } = listening;
  return {
    kind: "recording-played",
    atMs: startedAtMs,
    owner: recording.accountId,
    actor: email,
    userId,
    account: recording.accountCode,
    surface: "audio",
    country,
    reason,
    address: {
      text: formatAddress(address),
      family: address.family,
      startKey: addressKey(address),
    },
    detail: { recordingId: recording.id, number: recording.number },
  };
}

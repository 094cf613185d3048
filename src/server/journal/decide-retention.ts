// Decides which records of the journal are too old or too many; pure.

export type JournalSizes = {
  readonly events: number;
  readonly traffic: number;
  readonly visits: number;
};

export type RetentionInput = {
  readonly nowMs: number;
  readonly journalDays: number;
  readonly journalMaxMegabytes: number;
  /** Numbers of rows. */
  readonly rows: JournalSizes;
};

export type RetentionDecision = {
  /** What happened last before this goes. */
  readonly eventsBeforeMs: number;
  /** Minutes since 1970. */
  readonly trafficBeforeMinute: number;
  readonly visitsBeforeMinute: number;
  /** How many rows more than the room holds, the oldest of which go. */
  readonly excess: JournalSizes;
};

/** The preview looks back seven days; one more, so that a whole seventh day is there. */
const VISIT_DAYS = 8;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Bytes of a row with its share of the indexes, as measured on both engines and rounded up. */
const ROW_BYTES: JournalSizes = { events: 1_000, traffic: 200, visits: 250 };
/** How the room is shared, in percent; no part can push out another. */
const SHARES: JournalSizes = { events: 60, traffic: 10, visits: 30 };

export function decideRetention(input: RetentionInput): RetentionDecision {
  const { nowMs, journalDays, journalMaxMegabytes, rows } = input;
  const keptSinceMs = nowMs - journalDays * DAY_MS;
  const visitsSinceMs = nowMs - Math.min(journalDays, VISIT_DAYS) * DAY_MS;

  function excessOf(part: keyof JournalSizes): number {
    const roomBytes = journalMaxMegabytes * 10_000 * SHARES[part];
    return Math.max(0, rows[part] - Math.floor(roomBytes / ROW_BYTES[part]));
  }

  return {
    eventsBeforeMs: keptSinceMs,
    trafficBeforeMinute: Math.floor(keptSinceMs / MINUTE_MS),
    visitsBeforeMinute: Math.floor(visitsSinceMs / MINUTE_MS),
    excess: {
      events: excessOf("events"),
      traffic: excessOf("traffic"),
      visits: excessOf("visits"),
    },
  };
}

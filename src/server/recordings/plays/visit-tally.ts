// Counts in memory who asked for recordings and with what end, within bounds, until it is written.
import { formatAddress } from "../../../core/network/address.ts";
import type { Address } from "../../../core/network/address.ts";
import type { RecordingReason } from "../../../core/recordings/decide-recording.ts";
import { isPlayReason } from "../../../core/recordings/play-reason.ts";
import type { RecordingVisitorTable } from "../../migrations/recordings-tables.ts";
import type { FoundRecording } from "../found-recording.ts";
import { createRefusedNeighbours } from "./refused-neighbours.ts";
import { NOT_KEPT, VISIT_DAY_MS } from "./visit-store.ts";

export type Visit = {
  readonly recording: FoundRecording;
  readonly userId: string | null;
  readonly address: Address;
  readonly reason: RecordingReason;
};

/** Of one account's day. */
export type TalliedDay = {
  readonly day: number;
  readonly accountId: string;
  /** Rows that were let in, and those that were not. */
  readonly played: readonly RecordingVisitorTable[];
  readonly refused: readonly RecordingVisitorTable[];
  /** Requests without a row, and when the last of them came. */
  readonly unkept: { readonly requests: number; readonly lastAtMs: number };
};

export type VisitTally = {
  readonly count: (visit: Visit, nowMs: number) => void;
  /** Everything; the caller writes it. */
  readonly take: () => readonly TalliedDay[];
  /** It could not be written. */
  readonly putBack: (days: readonly TalliedDay[]) => void;
};

const VISIT_TALLY_LIMITS = {
  /** Rows that wait, of all accounts together. */
  waitingMax: 10_000,
  /** Of those who were not let in, whom anybody with a link can make many of. */
  waitingRefusedMax: 1000,
} as const;

type Row = { -readonly [Column in keyof RecordingVisitorTable]: RecordingVisitorTable[Column] };

type Day = {
  readonly day: number;
  readonly accountId: string;
  readonly played: Map<string, Row>;
  readonly refused: Map<string, Row>;
  unkept: { requests: number; lastAtMs: number };
};

/** @param countedAs the address or network that the gate counts for a client */
export function createVisitTally(
  countedAs: (address: Address) => Address,
  limits: { readonly [name in keyof typeof VISIT_TALLY_LIMITS]: number } = VISIT_TALLY_LIMITS,
): VisitTally {
  const days = new Map<string, Day>();
  const neighbours = createRefusedNeighbours();
  let waiting = 0;

  function count(visit: Visit, nowMs: number): void {
    const row = toRow(visit, nowMs);
    const isPlayed = isPlayReason(visit.reason);
    const counted = formatAddress(countedAs(visit.address));
    const network = `${row.day} ${row.account_id} ${counted}`;
    if (isPlayed || counted === row.address || neighbours.hasRoom(network, keyOf(row))) {
      add(row, isPlayed);
    } else {
      leaveOut(dayOf(row.day, row.account_id), row.requests, row.last_at);
    }
  }

  function add(row: RecordingVisitorTable, isPlayed: boolean): void {
    const day = dayOf(row.day, row.account_id);
    const rows = isPlayed ? day.played : day.refused;
    const key = keyOf(row);
    const known = rows.get(key);
    if (known !== undefined) {
      known.requests += row.requests;
      known.last_at = Math.max(known.last_at, row.last_at);
    } else if (waiting >= limits.waitingMax) {
      leaveOut(day, row.requests, row.last_at);
    } else if (!isPlayed && rows.size >= limits.waitingRefusedMax) {
      leaveOut(day, row.requests, row.last_at);
    } else {
      rows.set(key, { ...row });
      waiting += 1;
    }
  }

  function leaveOut({ unkept }: Day, requests: number, lastAtMs: number): void {
    unkept.requests += requests;
    unkept.lastAtMs = Math.max(unkept.lastAtMs, lastAtMs);
  }

  function dayOf(day: number, accountId: string): Day {
    const key = `${day} ${accountId}`;
    const known = days.get(key);
    if (known !== undefined) return known;
    const unkept = { requests: 0, lastAtMs: 0 };
    const made: Day = { day, accountId, played: new Map(), refused: new Map(), unkept };
    days.set(key, made);
    return made;
  }

  function take(): readonly TalliedDay[] {
    const taken = [...days.values()].map(({ day, accountId, played, refused, unkept }) => ({
      day,
      accountId,
      played: [...played.values()],
      refused: [...refused.values()],
      unkept,
    }));
    days.clear();
    waiting = 0;
    return taken;
  }

  return {
    count,
    take,
    putBack: (taken) => {
      for (const { day, accountId, played, refused, unkept } of taken) {
        for (const row of played) add(row, true);
        for (const row of refused) add(row, false);
        leaveOut(dayOf(day, accountId), unkept.requests, unkept.lastAtMs);
      }
    },
  };
}

/** Of an account's day. */
function keyOf(row: RecordingVisitorTable): string {
  return [row.tracking_number_id, row.user_id, row.address, row.reason].join(" ");
}

function toRow({ recording, userId, address, reason }: Visit, nowMs: number): Row {
  return {
    day: Math.floor(nowMs / VISIT_DAY_MS),
    account_id: recording.accountId,
    tracking_number_id: recording.trackingNumberId,
    user_id: userId ?? "",
    address: formatAddress(address),
    reason,
    requests: 1,
    last_at: nowMs,
  };
}

/** Says in the store that more asked than have rows. */
export function unkeptRow(day: TalliedDay, requests: number): RecordingVisitorTable {
  return {
    day: day.day,
    account_id: day.accountId,
    tracking_number_id: "",
    user_id: "",
    address: "",
    reason: NOT_KEPT,
    requests,
    last_at: Math.max(day.unkept.lastAtMs, ...lastTimes(day)),
  };
}

function lastTimes({ played, refused }: TalliedDay): readonly number[] {
  return [played, refused].map((rows) => rows.reduce((at, row) => Math.max(at, row.last_at), 0));
}

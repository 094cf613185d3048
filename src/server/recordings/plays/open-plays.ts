// Holds the plays that are under way in memory, within bounds, until they are written.
import type { Address } from "../../../core/network/address.ts";
import { formatAddress } from "../../../core/network/address.ts";
import type { RecordingReason } from "../../../core/recordings/decide-recording.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { FoundRecording } from "../found-recording.ts";

export type Listening = {
  readonly recording: FoundRecording;
  /** Null: nobody is signed in. */
  readonly userId: string | null;
  readonly email: string | null;
  readonly address: Address;
  /** ISO 3166-1 code, `unknown` or `private`. */
  readonly country: string;
  readonly userAgent: string;
  readonly reason: RecordingReason;
};

export type OpenPlay = {
  readonly id: string;
  readonly listening: Listening;
  readonly startedAtMs: number;
  lastAtMs: number;
  requests: number;
  bytesSent: number;
  isCut: boolean;
  /** Its event is in the journal. */
  isRecorded: boolean;
};

export type OpenPlays = {
  /** The play that this request begins or continues. */
  readonly ask: (listening: Listening, nowMs: number) => OpenPlay;
  readonly note: (
    play: OpenPlay,
    sent: { readonly bytesSent: number; readonly isCut: boolean; readonly nowMs: number },
  ) => void;
  /** Those that changed since they were last taken; the caller writes them. */
  readonly take: () => readonly OpenPlay[];
  /** They could not be written. */
  readonly putBack: (plays: readonly OpenPlay[]) => void;
  /** Plays, since the start, that are in no list: there was no room to wait for the store. */
  readonly lost: () => number;
};

/** Whoever comes back later listens again. */
export const PLAY_CONTINUES_MS = 30 * 60_000;
const PLAYS_MAX = 10_000;
const USER_AGENT_LENGTH_MAX = 300;

type OpenPlaysParts = {
  /** The address or network that the gate counts for a client. */
  readonly countedAs: (address: Address) => Address;
  readonly playsMax?: number;
};

export function createOpenPlays({ countedAs, playsMax = PLAYS_MAX }: OpenPlaysParts): OpenPlays {
  /** In the order of their last requests. */
  const underWay = new Map<string, OpenPlay>();
  const unwritten = new Set<OpenPlay>();
  let lost = 0;

  function ask(listening: Listening, nowMs: number): OpenPlay {
    const key = keyOf(listening, countedAs(listening.address));
    const known = underWay.get(key);
    const play =
      known !== undefined && nowMs - known.lastAtMs < PLAY_CONTINUES_MS
        ? known
        : beginPlay(listening, nowMs);
    play.requests += 1;
    touch(play, nowMs);
    underWay.delete(key);
    underWay.set(key, play);
    if (underWay.size > playsMax) dropFirst(underWay);
    return play;
  }

  function touch(play: OpenPlay, nowMs: number): void {
    play.lastAtMs = Math.max(play.lastAtMs, nowMs);
    unwritten.add(play);
    if (unwritten.size <= playsMax) return;
    const [oldest] = unwritten;
    if (oldest === undefined) return;
    unwritten.delete(oldest);
    if (!oldest.isRecorded) lost += 1;
  }

  return {
    ask,
    note: (play, { bytesSent, isCut, nowMs }) => {
      play.bytesSent += bytesSent;
      play.isCut ||= isCut;
      touch(play, nowMs);
    },
    take: () => {
      const taken = [...unwritten];
      unwritten.clear();
      return taken;
    },
    putBack: (plays) => {
      for (const play of plays) touch(play, play.lastAtMs);
    },
    lost: () => lost,
  };
}

/**
 * One IPv6 subscriber may take another address for each request; and a user's session from
 * elsewhere is a play that shows from where. INVARIANT: ids and addresses hold no blank.
 */
function keyOf({ recording, userId }: Listening, counted: Address): string {
  return `${recording.id} ${userId ?? ""} ${formatAddress(counted)}`;
}

function beginPlay(listening: Listening, nowMs: number): OpenPlay {
  return {
    id: randomId(),
    listening: { ...listening, userAgent: listening.userAgent.slice(0, USER_AGENT_LENGTH_MAX) },
    startedAtMs: nowMs,
    lastAtMs: nowMs,
    requests: 0,
    bytesSent: 0,
    isCut: false,
    isRecorded: false,
  };
}

function dropFirst(plays: Map<string, OpenPlay>): void {
  const [first] = plays.keys();
  if (first !== undefined) plays.delete(first);
}

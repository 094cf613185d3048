// Previews a proposed audio policy: who of the visitors of late would be decided differently.
import { setImmediate as nextTurn } from "node:timers/promises";
import type {
  AudioPolicyValue,
  AudioPreviewAnswer,
  PreviewedVisitor,
} from "../../../api/audio-download-api.ts";
import type { AccountId } from "../../../core/accounts/account.ts";
import { compileAudioPolicy } from "../../../core/recordings/compile-whitelist.ts";
import {
  busiestVisits,
  countVisits,
  previewAudioPolicy,
} from "../../../core/recordings/preview-audio-policy.ts";
import type {
  PolicyMove,
  PreviewedVisit,
  PreviewedVisits,
  RecordingVisitor,
} from "../../../core/recordings/preview-audio-policy.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import {
  hasUnkeptVisitors,
  listVisitors,
  VISIT_DAY_MS,
  VISIT_DAYS_KEPT,
} from "../plays/visit-store.ts";
import { readAudioPolicy } from "../policy/audio-policy-store.ts";
import { checkAudioPolicy } from "../policy/check-audio-policy.ts";
import { readListenersOfToday } from "./listeners-of-today.ts";
import type { ListenersOfToday } from "./listeners-of-today.ts";
import { toVisitors } from "./to-visitors.ts";

export type PreviewParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** Visits that are in memory only are written first. */
  readonly plays: { readonly flush: () => Promise<void> };
};

export type PreviewAsked = {
  readonly accountId: AccountId;
  readonly value: AudioPolicyValue;
  /** Who asks, and from where; null: a program. */
  readonly byUserId: string | null;
  readonly byAddress: string;
};

const EXAMPLES_MAX = 20;
/** Of more, the latest; the answer then says that they are not all. */
const VISITORS_MAX = 20_000;
/** A few milliseconds of this thread. */
const VISITORS_PER_TURN = 1000;

type Numbers = ReadonlyMap<string, { readonly number: string; readonly isShareable: boolean }>;

type Found = {
  readonly move: PolicyMove;
  readonly visitors: readonly RecordingVisitor[];
  readonly numbers: Numbers;
  readonly listeners: ListenersOfToday;
  readonly isWhole: boolean;
};

/** Stores nothing. Throws `policy-refused`, as saving it would. */
export async function previewAudioPolicyChange(
  parts: PreviewParts,
  asked: PreviewAsked,
): Promise<AudioPreviewAnswer> {
  const proposed = checkAudioPolicy(asked.value).policy;
  await parts.plays.flush();
  const sinceMs = parts.clock.nowMs() - VISIT_DAYS_KEPT * VISIT_DAY_MS;
  const found = await parts.database.snapshot(async (read): Promise<Found> => {
    const { accountId } = asked;
    const current = await readAudioPolicy(read, accountId);
    const numbers = await readNumbers(read, accountId);
    const stored = await listVisitors(read, { accountId, sinceMs, limit: VISITORS_MAX + 1 });
    const users = new Set(stored.map(({ userId }) => userId).filter((id) => id !== ""));
    const listeners = await readListenersOfToday(read, accountId, [...users]);
    return {
      move: { before: compileAudioPolicy(current.value), after: compileAudioPolicy(proposed) },
      visitors: stored
        .slice(0, VISITORS_MAX)
        .flatMap((visitor) => toVisitors(visitor, numbers, listeners)),
      numbers,
      listeners,
      isWhole:
        stored.length <= VISITORS_MAX && !(await hasUnkeptVisitors(read, { accountId, sinceMs })),
    };
  });
  const { lose, gain } = await decideInTurns(found);
  const describe = (visits: readonly PreviewedVisit[]) => describeVisits(visits, found, asked);
  return {
    days: VISIT_DAYS_KEPT,
    visitors: countVisits(found.visitors).visitors,
    lose: describe(lose),
    gain: describe(gain),
    isWhole: found.isWhole,
  };
}

async function readNumbers(read: ReadDatabase<Schema>, accountId: AccountId): Promise<Numbers> {
  const rows = await read
    .selectFrom("accounts_tracking_number")
    .select(["id", "number", "is_shareable"])
    .where("account_id", "=", accountId)
    .execute();
  return new Map(
    rows.map(({ id, number, is_shareable }) => [id, { number, isShareable: is_shareable === 1 }]),
  );
}

/** Other requests are answered in between. */
async function decideInTurns({ visitors, move }: Found): Promise<PreviewedVisits> {
  const lose: PreviewedVisit[] = [];
  const gain: PreviewedVisit[] = [];
  for (let at = 0; at < visitors.length; at += VISITORS_PER_TURN) {
    const part = previewAudioPolicy(visitors.slice(at, at + VISITORS_PER_TURN), move);
    lose.push(...part.lose);
    gain.push(...part.gain);
    await nextTurn();
  }
  return { lose, gain };
}

function describeVisits(
  visits: readonly PreviewedVisit[],
  { numbers, listeners }: Found,
  asked: PreviewAsked,
): AudioPreviewAnswer["lose"] {
  const examples = busiestVisits(visits, EXAMPLES_MAX).map(
    ({ visitor, before, after }): PreviewedVisitor => ({
      email: listeners.emailOf(visitor.userId),
      address: visitor.addressText,
      number: numbers.get(visitor.trackingNumberId)?.number ?? "",
      requests: visitor.requests,
      lastAt: new Date(visitor.lastAtMs).toISOString(),
      before,
      after,
      isYou:
        visitor.addressText === asked.byAddress ||
        (asked.byUserId !== null && visitor.userId === asked.byUserId),
    }),
  );
  return { ...countVisits(visits.map(({ visitor }) => visitor)), examples };
}

// Finds what a proposed audio policy would do to listeners and recordings; stores nothing.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { PreviewEffect } from "../../../api/preview-api.ts";
import type { Account, AccountId } from "../../../core/accounts/account.ts";
import { AUDIO_EFFECTS } from "../../../core/recordings/audio-effect.ts";
import { compileAudioPolicy } from "../../../core/recordings/compile-whitelist.ts";
import { createAudioTally } from "../../../core/recordings/preview-audio-effects.ts";
import type { AudioEffects } from "../../../core/recordings/preview-audio-effects.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { sumVisits, listVisitors } from "../plays/visit-store.ts";
import { readAudioPolicy } from "../policy/audio-policy-store.ts";
import { checkSentAudioPolicy } from "../policy/check-audio-policy.ts";
import { readListenersOfToday } from "./listeners-of-today.ts";
import { countRecordingsByNumber, readPossibleListeners } from "./possible-listeners.ts";
import { toVisitors } from "./to-visitors.ts";

export type AudioEffectsParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** Visits that are in memory only are written first. */
  readonly plays: { readonly flush: () => Promise<void> };
};

export type ProposedAudioChange = {
  readonly account: Pick<Account, "id" | "code">;
  /** As it was sent; it is checked here. */
  readonly value: unknown;
};

const PEOPLE_PER_TURN = 1000;
const NAMES_MAX = 10;
/** One statement names so many users; of very many the first ones are named. */
const IDS_MAX = 500;
/** Of more, the latest; the others are counted among those that are not recorded. */
const VISITORS_MAX = 20_000;

/** Throws `policy-refused`, as saving it would. */
export async function findAudioEffects(
  parts: AudioEffectsParts,
  { account, value }: ProposedAudioChange,
  periodMs: number,
): Promise<readonly PreviewEffect[]> {
  const proposed = checkSentAudioPolicy(value).policy;
  await parts.plays.flush();
  const sinceMs = parts.clock.nowMs() - periodMs;
  return parts.database.snapshot(async (read) => {
    const { value: standing } = await readAudioPolicy(read, account.id);
    const numbers = await countRecordingsByNumber(read, account.id);
    const asked = { accountId: account.id, sinceMs };
    const stored = await listVisitors(read, { ...asked, limit: VISITORS_MAX });
    const userIds = new Set(stored.map(({ userId }) => userId).filter((id) => id !== ""));
    const people = await readListenersOfToday(read, account.id, [...userIds]);
    const visitors = stored.flatMap((visitor) => toVisitors(visitor, numbers, people));
    const listeners = await readPossibleListeners(read, account.id, visitors);
    const tally = createAudioTally(numbers, {
      before: compileAudioPolicy(standing),
      after: compileAudioPolicy(proposed),
    });
    await inTurns(visitors, tally.countVisitor);
    await inTurns(listeners, tally.countListener);
    const isChange = JSON.stringify(standing) !== JSON.stringify(proposed);
    const recorded = stored.reduce((sum, { requests }) => sum + requests, 0);
    const count = isChange ? (await sumVisits(read, asked)) - recorded : 0;
    const effects = new Map(tally.told());
    if (count > 0) effects.set("listeners-not-recorded", { count, userIds: [] });
    return describeEffects(read, { effects, account });
  });
}

/** Other requests are answered in between. */
async function inTurns<Item>(items: readonly Item[], count: (item: Item) => void): Promise<void> {
  for (let at = 0; at < items.length; at += PEOPLE_PER_TURN) {
    for (const item of items.slice(at, at + PEOPLE_PER_TURN)) count(item);
    await nextTurn();
  }
}

async function describeEffects(
  read: ReadDatabase<Schema>,
  told: { readonly effects: AudioEffects; readonly account: ProposedAudioChange["account"] },
): Promise<readonly PreviewEffect[]> {
  const { effects, account } = told;
  const described: PreviewEffect[] = [];
  for (const code of AUDIO_EFFECTS) {
    const found = effects.get(code);
    if (found === undefined) continue;
    const { count, userIds } = found;
    const names = await nameMembers(read, account.id, userIds);
    described.push({ code, account: account.code, count, users: { count: userIds.length, names } });
  }
  return described;
}

/** Of the account's members: who else listened is not theirs to know (attack row 141). */
async function nameMembers(
  read: ReadDatabase<Schema>,
  accountId: AccountId,
  userIds: readonly string[],
): Promise<PreviewEffect["users"]["names"]> {
  if (userIds.length === 0) return [];
  return read
    .selectFrom("accounts_user as user")
    .innerJoin("accounts_membership as held", "held.user_id", "user.id")
    .select(["user.id", "user.name", "user.email"])
    .where("held.account_id", "=", accountId)
    .where("user.id", "in", userIds.slice(0, IDS_MAX))
    .orderBy("user.email_key")
    .limit(NAMES_MAX)
    .execute();
}

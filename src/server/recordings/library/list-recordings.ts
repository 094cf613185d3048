// Lists recordings within a reach, newest first, and finds those that a search is about.
import { sql } from "kysely";
import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { partPattern } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { isWithin } from "./recording-reach.ts";
import type { RecordingReach } from "./recording-reach.ts";
import { selectRecordings, toRecording } from "./recording-store.ts";
import type { StoredRecording } from "./recording-store.ts";

/** Each recording's number with it, and how often it was listened to. */
export type ListedRecording = StoredRecording & {
  readonly plays: number;
  readonly lastPlayedAtMs: number | null;
};

export type RecordingFilter = {
  readonly reach: RecordingReach;
  readonly accountId: string | null;
  /** Parts of number, its label, caller or name: one of them is enough. Null: all. */
  readonly searches: readonly string[] | null;
  /** Parts of the tracking number alone, and of the caller alone. */
  readonly numbers: readonly string[] | null;
  readonly callers: readonly string[] | null;
  /** By when it was recorded; both included. */
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  /** Both included. */
  readonly durationMsMin: number | null;
  readonly durationMsMax: number | null;
};

/** The last one of the page before. */
export type RecordingPlace = { readonly recordedAtMs: number; readonly id: string };

/** Which they are is found without numbers and plays: so few columns are sorted quickly. */
export async function listRecordings(
  read: ReadDatabase<Schema>,
  filter: RecordingFilter,
  page: { readonly after: RecordingPlace | null; readonly limit: number },
): Promise<readonly ListedRecording[]> {
  const found = read
    .selectFrom("recordings_recording")
    .select("recordings_recording.id")
    .where((eb) => eb.and(conditionsOf(eb, filter)))
    .$if(page.after !== null, (query) => query.where(isAfter(page.after!)))
    .orderBy("recordings_recording.recorded_at", "desc")
    .orderBy("recordings_recording.id", "desc")
    .limit(page.limit);
  const rows = await selectListed(read)
    .where("recordings_recording.id", "in", found)
    .orderBy("recordings_recording.recorded_at", "desc")
    .orderBy("recordings_recording.id", "desc")
    .execute();
  return rows.map(toListed);
}

/** One outside the reach is not found, like one that does not exist. */
export async function findRecordingWithin(
  read: ReadDatabase<Schema>,
  id: string,
  reach: RecordingReach,
): Promise<ListedRecording | null> {
  const row = await selectListed(read)
    .where("recordings_recording.id", "=", id)
    .where((eb) => isWithin(eb as unknown as Expressions, reach))
    .executeTakeFirst();
  return row === undefined ? null : toListed(row);
}

function selectListed(read: ReadDatabase<Schema>) {
  return selectRecordings(read).select((eb) => [
    eb
      .selectFrom("recordings_play")
      .select((inner) => inner.fn.countAll<number>().as("count"))
      .whereRef("recordings_play.recording_id", "=", "recordings_recording.id")
      .as("plays"),
    eb
      .selectFrom("recordings_play")
      .select((inner) => inner.fn.max("recordings_play.started_at").as("last"))
      .whereRef("recordings_play.recording_id", "=", "recordings_recording.id")
      .as("last_played_at"),
  ]);
}

type ListedRow = Awaited<ReturnType<ReturnType<typeof selectListed>["execute"]>>[number];

function toListed(row: ListedRow): ListedRecording {
  const { plays, last_played_at: lastPlayedAtMs } = row;
  return { ...toRecording(row), plays: plays ?? 0, lastPlayedAtMs };
}

/** Row values: both engines go on from there in the index. */
function isAfter({ recordedAtMs, id }: RecordingPlace): Expression<SqlBool> {
  const place = sql`(recordings_recording.recorded_at, recordings_recording.id)`;
  return sql<SqlBool>`${place} < (${recordedAtMs}, ${id})`;
}

type Expressions = ExpressionBuilder<Schema, "recordings_recording">;

function conditionsOf(eb: Expressions, filter: RecordingFilter): Expression<SqlBool>[] {
  const { accountId, searches, numbers, callers } = filter;
  const { sinceMs, untilMs, durationMsMin, durationMsMax } = filter;
  const conditions = [isWithin(eb, filter.reach)];
  const isFound = (parts: readonly string[], like: (part: string) => Expression<SqlBool>): void => {
    conditions.push(eb.or(parts.map(like)));
  };
  if (accountId !== null) conditions.push(eb("recordings_recording.account_id", "=", accountId));
  if (sinceMs !== null) conditions.push(eb("recordings_recording.recorded_at", ">=", sinceMs));
  if (untilMs !== null) conditions.push(eb("recordings_recording.recorded_at", "<=", untilMs));
  if (durationMsMin !== null) {
    conditions.push(eb("recordings_recording.duration_ms", ">=", durationMsMin));
  }
  if (durationMsMax !== null) {
    conditions.push(eb("recordings_recording.duration_ms", "<=", durationMsMax));
  }
  if (numbers !== null) isFound(numbers, (part) => hasNumberLike(eb, "number", part));
  // The caller stands after the line break: see recordingSearchText.
  if (callers !== null) isFound(callers, (part) => isLike(OWN_TEXT, `%\n${partPattern(part)}`));
  if (searches !== null) {
    const own = searches.map((part) => isLike(OWN_TEXT, partPattern(part)));
    const ofNumber = searches.map((part) => hasNumberLike(eb, "search_text", part));
    conditions.push(eb.or([...own, ...ofNumber]));
  }
  return conditions;
}

const OWN_TEXT = "recordings_recording.search_text";

/** The numbers are few; they are looked through once, not for each recording. */
function hasNumberLike(
  eb: Expressions,
  column: "number" | "search_text",
  part: string,
): Expression<SqlBool> {
  const text = `accounts_tracking_number.${column}`;
  return eb(
    "recordings_recording.tracking_number_id",
    "in",
    eb
      .selectFrom("accounts_tracking_number")
      .select("accounts_tracking_number.id")
      .where(isLike(text, partPattern(part))),
  );
}

function isLike(column: string, pattern: string): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}

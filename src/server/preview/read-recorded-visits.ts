// Reads all recorded visits of a period, what this process still holds in memory included.

import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { packVisit } from "../../core/preview/read-visit-page.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Journal } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";

export type VisitPeriod = { readonly fromMinute: number; readonly untilMinute: number };

export type VisitPage = {
  /** As `readVisitPage` takes it. */
  readonly text: string;
  /** Later minutes have been told of wholly. */
  readonly oldestMinute: number;
};

/** The latest first. */
type VisitPages = AsyncGenerator<VisitPage>;

/** About two milliseconds of the store's thread, and nothing to speak of here. */
const PAGE_ROWS = 2000;
/** Minutes are written once each, so the second reading nearly always succeeds. */
const READINGS_MAX = 4;
const COLUMNS = sql`minute, family, address_start, surface, account`;
const KEY = sql`(${COLUMNS})`;

/**
 * INVARIANT: a visit is told of once. Minutes that this process may still hold are read first,
 * again where one of them moved to the store meanwhile; from then on it writes none before them.
 */
export async function* readRecordedVisits(
  read: ReadDatabase<Schema>,
  held: Journal["heldVisits"],
  period: VisitPeriod,
): VisitPages {
  const recent = await readRecent(read, held, period);
  yield* recent.pages;
  yield* readStored(read, { ...period, untilMinute: recent.firstMinute });
}

type RecentVisits = { readonly firstMinute: number; readonly pages: readonly VisitPage[] };

async function readRecent(
  read: ReadDatabase<Schema>,
  held: Journal["heldVisits"],
  period: VisitPeriod,
): Promise<RecentVisits> {
  for (let left = READINGS_MAX; ; left -= 1) {
    await held.settled();
    const writes = held.writes();
    const heldFrom = Math.min(held.firstMinute(), period.untilMinute);
    const firstMinute = Math.max(heldFrom, period.fromMinute);
    const pages: VisitPage[] = [];
    for await (const page of packHeld(held, period)) pages.push(page);
    const stored = readStored(read, { fromMinute: firstMinute, untilMinute: period.untilMinute });
    for await (const page of stored) pages.push(page);
    if (writes === held.writes() || left <= 1) return { firstMinute, pages };
  }
}

async function* packHeld(held: Journal["heldVisits"], period: VisitPeriod): VisitPages {
  const oldestMinute = period.untilMinute;
  let rows: string[] = [];
  for (const visit of held.each()) {
    if (visit.minute < period.fromMinute || visit.minute >= period.untilMinute) continue;
    rows.push(packVisit({ ...visit, imported: 0 }));
    if (rows.length < PAGE_ROWS) continue;
    yield { text: rows.join(","), oldestMinute };
    rows = [];
    // A minute of a flood has a hundred thousand visitors; the gate goes first.
    await nextTurn();
  }
  if (rows.length > 0) yield { text: rows.join(","), oldestMinute };
}

/**
 * By the primary key, the latest first, page after page. The store puts a page together as one
 * text; where it ends is asked before, so that its rows need not be put in order.
 */
async function* readStored(read: ReadDatabase<Schema>, period: VisitPeriod): VisitPages {
  let before: KeyText = sql`(${period.untilMinute}, 0, '', '', '')`;
  let last = await findLast(read, period, before);
  while (last !== null) {
    // Where the next page ends is asked with this page: the store need not wait for either.
    const [text, next] = await Promise.all([
      readPage(read, before, sql`${KEY} >= ${last.key}`),
      findLast(read, period, last.key),
    ]);
    if (text !== null) yield { text, oldestMinute: last.minute };
    before = last.key;
    last = next;
  }
  const { fromMinute } = period;
  const text = await readPage(read, before, sql`minute >= ${fromMinute}`);
  if (text !== null) yield { text, oldestMinute: fromMinute };
}

type KeyText = ReturnType<typeof sql>;

async function readPage(
  read: ReadDatabase<Schema>,
  before: KeyText,
  until: KeyText,
): Promise<string | null> {
  const query = sql<{ page: string | null }>`
    select string_agg(address_start || ':' || minute || ':' || requests || ':' || imported || ':'
      || surface || '/' || account, ',') as page
    from journal_visit where ${KEY} < ${before} and ${until}`;
  const [row] = (await query.execute(read)).rows;
  return row?.page ?? null;
}

type Key = {
  readonly minute: number;
  readonly family: number;
  readonly address_start: string;
  readonly surface: string;
  readonly account: string;
};

type LastRow = { readonly minute: number; readonly key: KeyText };

/** The last row of a page; null: there is less than a page. */
async function findLast(
  read: ReadDatabase<Schema>,
  { fromMinute }: VisitPeriod,
  before: KeyText,
): Promise<LastRow | null> {
  const query = sql<Key>`
    select ${COLUMNS} from journal_visit where ${KEY} < ${before} and minute >= ${fromMinute}
    order by minute desc, family desc, address_start desc, surface desc, account desc
    limit 1 offset ${PAGE_ROWS - 1}`;
  const [row] = (await query.execute(read)).rows;
  if (row === undefined) return null;
  const { minute, family, address_start: start, surface, account } = row;
  return { minute, key: sql`(${minute}, ${family}, ${start}, ${surface}, ${account})` };
}

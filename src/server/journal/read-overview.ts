// Reads the traffic of a period: what is written, and what this process still holds in memory.
import { sql } from "kysely";
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from "kysely";
import type { OverviewAnswer } from "../../api/overview-api.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { isWithin, minuteOf } from "./journal-reach.ts";
import type { AccountReach, JournalReach } from "./journal-reach.ts";
import type { Told } from "./live-traffic.ts";
import type { OverviewPeriod } from "./cut-period.ts";
import { placesOf } from "./traffic-minute.ts";
import type { TrafficMinute } from "./traffic-minute.ts";
import { compareTexts, countVerdict, noVerdicts, sumTraffic } from "./traffic-tally.ts";
import type { Tally } from "./traffic-tally.ts";

const MINUTE_MS = 60_000;
/** A period is read in so many statements, so that none holds the store's thread for long. */
const SLICES = 12;

/** PostgreSQL adds up whole numbers to a `numeric`, which drivers hand over as text. */
const REQUESTS = sql<number>`cast(sum(requests) as bigint)`;

type TimedCount = {
  readonly bucket: number;
  readonly verdict: string;
  readonly requests: number;
};
type TimedTally = Tally & TimedCount;

/**
 * @param unwritten minutes of which `outcomes` are in memory only, and how far that is told; looked
 * at when the store has answered, and nothing may be written in between
 */
export async function readOverview(
  read: ReadDatabase<Schema>,
  asked: { readonly cut: OverviewPeriod; readonly reach: JournalReach },
  unwritten: () => { readonly told: Told; readonly minutes: readonly TrafficMinute[] },
): Promise<OverviewAnswer> {
  const { cut, reach } = asked;
  const bansMade = await readBansMade(read, cut, reach);
  const written = await readWritten(read, cut, reach);
  const { told, minutes } = unwritten();
  const held = minutes.flatMap((minute) => talliesInMemory(minute, cut, reach));
  const timeline = Array.from({ length: cut.bucketCount }, noVerdicts);
  for (const { bucket, verdict, requests } of [...written.timeline, ...held]) {
    const counts = timeline[bucket];
    if (counts !== undefined) countVerdict(counts, verdict, requests);
  }
  const { passed, refused, monitored, countries, reasons } = sumTraffic([
    ...written.tallies,
    ...held,
  ]);
  return {
    ...told,
    period: cut.period,
    from: new Date(cut.fromMs).toISOString(),
    until: new Date(cut.untilMs).toISOString(),
    bucketSeconds: cut.bucketSeconds,
    totals: { requests: passed + refused + monitored, passed, refused, monitored },
    timeline: timeline.map((counts, index) => {
      const at = new Date(cut.fromMs + index * cut.bucketSeconds * 1_000).toISOString();
      return Object.assign({ at }, counts);
    }),
    countries,
    reasons,
    bansMade,
  };
}

type Written = { readonly tallies: readonly Tally[]; readonly timeline: readonly TimedCount[] };

/** Two narrow sums a slice: by time, country and reason at once it would be many times the rows. */
async function readWritten(
  read: ReadDatabase<Schema>,
  cut: OverviewPeriod,
  reach: JournalReach,
): Promise<Written> {
  const fromMinute = cut.fromMs / MINUTE_MS;
  const bucketMinutes = cut.bucketSeconds / 60;
  const sliceBuckets = Math.ceil(cut.bucketCount / SLICES);
  const bucket = sql<number>`(minute - ${sql.lit(fromMinute)}) / ${sql.lit(bucketMinutes)}`;
  const tallies: Tally[] = [];
  const timeline: TimedCount[] = [];
  for (let first = 0; first < cut.bucketCount; first += sliceBuckets) {
    const sliceFrom = fromMinute + first * bucketMinutes;
    const slice = read
      .selectFrom("journal_traffic")
      .select(REQUESTS.as("requests"))
      .where("minute", ">=", sliceFrom)
      .where("minute", "<", sliceFrom + sliceBuckets * bucketMinutes)
      .$if(reach !== null, (query) => query.where((eb) => accountConditions(eb, reach ?? [])));
    const key = ["country", "verdict", "reason"] as const;
    for (const row of await slice.select(key).groupBy(key).execute()) {
      tallies.push(row);
    }
    const parts = slice.select(["verdict", bucket.as("bucket")]).groupBy(["verdict", bucket]);
    for (const row of await parts.execute()) {
      timeline.push(row);
    }
  }
  return { tallies, timeline };
}

type TrafficExpression = ExpressionBuilder<Schema, "journal_traffic">;

/** Nested, as SQLite parses a thousand links of one chain at the most. */
function accountConditions(
  eb: TrafficExpression,
  accounts: readonly AccountReach[],
): ExpressionWrapper<Schema, "journal_traffic", SqlBool> {
  const links = 100;
  const parts = [];
  for (let at = 0; at < accounts.length; at += links) {
    const some = accounts.slice(at, at + links).map(({ code, sinceMs }) => {
      return eb.and([eb("account", "=", code), eb("minute", ">=", minuteOf(sinceMs))]);
    });
    parts.push(eb.or(some));
  }
  return eb.or(parts);
}

function talliesInMemory(
  minute: TrafficMinute,
  cut: OverviewPeriod,
  reach: JournalReach,
): readonly TimedTally[] {
  const atMs = minute.minute * MINUTE_MS;
  const past = Math.floor((atMs - cut.fromMs) / (cut.bucketSeconds * 1_000));
  if (past < 0) return [];
  // A clock that was set back counts on in the minute that was running.
  const bucket = Math.min(past, cut.bucketCount - 1);
  return placesOf(minute)
    .filter(({ account }) => isWithin(reach, { account, minute: minute.minute }))
    .flatMap(({ outcomes }) => outcomes)
    .map(({ country, verdict, reason, requests }) => {
      return { bucket, country, verdict, reason, requests };
    });
}

async function readBansMade(
  read: ReadDatabase<Schema>,
  cut: OverviewPeriod,
  reach: JournalReach,
): Promise<OverviewAnswer["bansMade"]> {
  const owners = (reach ?? []).flatMap(({ ownerId }) => ownerId ?? []);
  if (reach !== null && owners.length === 0) return [];
  const rows = await read
    .selectFrom("journal_event")
    .select((eb) => ["reason", "owner", eb.fn.countAll<number>().as("bans")])
    .where("kind", "=", "ban")
    .where("last_at", ">=", cut.fromMs)
    .$if(reach !== null, (query) => query.where("owner", "in", owners))
    .groupBy(["reason", "owner"])
    .execute();
  const made = new Map<string, OverviewAnswer["bansMade"][number]>();
  for (const { reason, owner, bans } of rows) {
    const cause = reason ?? "unknown";
    const so = made.get(cause) ?? { cause, bans: 0, byAccounts: 0 };
    const ofAccount = owner === "platform" ? 0 : bans;
    made.set(cause, { cause, bans: so.bans + bans, byAccounts: so.byAccounts + ofAccount });
  }
  return [...made.values()].toSorted((a, b) => b.bans - a.bans || compareTexts(a.cause, b.cause));
}

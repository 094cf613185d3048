// Adds what was heard live to the counts that Overview shows.

export type TrafficCounts = {
  readonly passed: number;
  readonly refused: number;
  readonly monitored: number;
};

export type CountryCounts = {
  /** ISO 3166-1 alpha-2, `unknown` or `private`. */
  readonly country: string;
  readonly requests: number;
  readonly refused: number;
  readonly monitored: number;
};

export type ReasonCount = {
  readonly reason: string;
  readonly verdict: "refuse" | "monitor";
  readonly requests: number;
  readonly byAccounts: number;
};

export type TimelineBucket = TrafficCounts & { readonly at: string };

/** One process, since its start, and the number of what it told last. */
export type Told = { readonly node: string; readonly tick: number };

/** The part of the API's answer that grows. */
export type GrowingOverview = Told & {
  readonly bucketSeconds: number;
  readonly totals: TrafficCounts & { readonly requests: number };
  readonly timeline: readonly TimelineBucket[];
  readonly countries: readonly CountryCounts[];
  readonly reasons: readonly ReasonCount[];
};

export type TrafficTick = Told &
  TrafficCounts & {
    readonly at: string;
    readonly countries: readonly CountryCounts[];
    readonly reasons: readonly ReasonCount[];
  };

/**
 * How a tick meets the counts. `counted`: it is in them. `gap`: one before it was not heard, and
 * only a whole answer has that. Ticks of another process than the one that counted are `next`.
 */
export function placeOfTick(counts: Told, tick: Told): "counted" | "next" | "gap" {
  if (tick.node !== counts.node || tick.tick === counts.tick + 1) return "next";
  return tick.tick <= counts.tick ? "counted" : "gap";
}

/** Adds what the process that counted has told since, as far as every tick of it was heard. */
export function catchUp<Overview extends GrowingOverview>(
  overview: Overview,
  heard: readonly TrafficTick[],
): Overview {
  return heard
    .filter(({ node }) => node === overview.node)
    .reduce((so, tick) => (placeOfTick(so, tick) === "next" ? addTick(so, tick) : so), overview);
}

/**
 * What is older than the period stays in the sums until the next whole answer; in the timeline the
 * oldest bucket goes when a new one begins.
 */
export function addTick<Overview extends GrowingOverview>(
  overview: Overview,
  tick: TrafficTick,
): Overview {
  const { passed, refused, monitored } = tick;
  const { totals } = overview;
  return {
    ...overview,
    tick: tick.node === overview.node ? tick.tick : overview.tick,
    totals: {
      requests: totals.requests + passed + refused + monitored,
      ...addCounts(totals, tick),
    },
    timeline: addToTimeline(overview, tick),
    countries: addCountries(overview.countries, tick.countries),
    reasons: addReasons(overview.reasons, tick.reasons),
  };
}

/** Whether the timeline has to go on by a bucket: time to ask for a whole answer. */
export function isPastEnd({ timeline, bucketSeconds }: GrowingOverview, atMs: number): boolean {
  const last = timeline.at(-1);
  return last !== undefined && atMs >= Date.parse(last.at) + bucketSeconds * 1000;
}

function addCounts(a: TrafficCounts, b: TrafficCounts): TrafficCounts {
  return {
    passed: a.passed + b.passed,
    refused: a.refused + b.refused,
    monitored: a.monitored + b.monitored,
  };
}

function addToTimeline(overview: GrowingOverview, tick: TrafficTick): readonly TimelineBucket[] {
  const { timeline, bucketSeconds } = overview;
  const last = timeline.at(-1);
  if (last === undefined) return timeline;
  const counts = { passed: tick.passed, refused: tick.refused, monitored: tick.monitored };
  if (!isPastEnd(overview, Date.parse(tick.at))) {
    return [...timeline.slice(0, -1), { at: last.at, ...addCounts(last, counts) }];
  }
  const at = new Date(Date.parse(last.at) + bucketSeconds * 1000).toISOString();
  return [...timeline.slice(1), { at, ...counts }];
}

function addCountries(
  known: readonly CountryCounts[],
  added: readonly CountryCounts[],
): readonly CountryCounts[] {
  if (added.length === 0) return known;
  const byCountry = new Map(known.map((counts) => [counts.country, counts]));
  for (const more of added) {
    const { country } = more;
    const before = byCountry.get(country) ?? { requests: 0, refused: 0, monitored: 0 };
    byCountry.set(country, {
      country,
      requests: before.requests + more.requests,
      refused: before.refused + more.refused,
      monitored: before.monitored + more.monitored,
    });
  }
  return [...byCountry.values()].toSorted(byRefused);
}

/** The most refused first, then those of whom most came. */
function byRefused(a: CountryCounts, b: CountryCounts): number {
  return (
    b.refused - a.refused ||
    b.monitored - a.monitored ||
    b.requests - a.requests ||
    a.country.localeCompare(b.country)
  );
}

function addReasons(
  known: readonly ReasonCount[],
  added: readonly ReasonCount[],
): readonly ReasonCount[] {
  if (added.length === 0) return known;
  const keyOf = ({ reason, verdict }: ReasonCount): string => `${verdict} ${reason}`;
  const byKey = new Map(known.map((count) => [keyOf(count), count]));
  for (const more of added) {
    const before = byKey.get(keyOf(more)) ?? { requests: 0, byAccounts: 0 };
    byKey.set(keyOf(more), {
      ...more,
      requests: before.requests + more.requests,
      byAccounts: before.byAccounts + more.byAccounts,
    });
  }
  return [...byKey.values()].toSorted((a, b) => b.requests - a.requests);
}

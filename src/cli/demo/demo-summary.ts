// Sums the demo up: what visitors were answered, beside what Postern itself counted.
import { text as textOf } from "node:stream/consumers";
import type { BanAnswer } from "../../api/entry-api.ts";
import type { EventAnswer } from "../../api/journal-api.ts";
import type { ApiClient } from "../api-client.ts";
import type { DemoTotals } from "./demo-tally.ts";

/** Requests by verdict and reason. */
export type DemoDecisions = Readonly<Record<"pass" | "refuse", Readonly<Record<string, number>>>>;

export type DemoSummary = DemoTotals & {
  /** Of the visitors, by Postern's own count, from /metrics. */
  readonly decisions: DemoDecisions;
  readonly reachedPortal: number;
  readonly bans: readonly BanAnswer[];
  /** One of each reason, newest first; what was refused is found by it. */
  readonly examples: readonly EventAnswer[];
};

export async function sumUpDemo(
  api: ApiClient,
  counted: {
    readonly totals: DemoTotals;
    readonly reachedPortal: number;
    /** What had been decided before the first visitor came, and when that was, in RFC 3339. */
    readonly before: DemoDecisions;
    readonly since: string;
  },
): Promise<DemoSummary> {
  const { bans } = await api.call<{ readonly bans: readonly BanAnswer[] }>({
    method: "GET",
    path: "/api/v1/bans",
    query: { limit: 1_000 },
  });
  const { events } = await api.call<{ readonly events: readonly EventAnswer[] }>({
    method: "GET",
    path: "/api/v1/events",
    query: { kind: "decision", verdict: "refuse", since: counted.since, limit: 1_000 },
  });
  const byReason = new Map(events.map((event) => [event.reason, event]));
  return {
    ...counted.totals,
    decisions: since(counted.before, await readDecisions(api)),
    reachedPortal: counted.reachedPortal,
    bans,
    examples: [...byReason.values()],
  };
}

const METRIC = /^postern_decisions_total\{([^}]{1,200})\} (\d+)$/;

export async function readDecisions(api: ApiClient): Promise<DemoDecisions> {
  const text = await textOf(await api.stream({ method: "GET", path: "/metrics" }));
  const decisions = { pass: {}, refuse: {} } as Record<"pass" | "refuse", Record<string, number>>;
  for (const line of text.split("\n")) {
    const [, labels = "", count] = METRIC.exec(line) ?? [];
    const verdict = /verdict="(pass|refuse)"/.exec(labels)?.[1] as "pass" | "refuse" | undefined;
    const reason = /reason="([a-z-]+)"/.exec(labels)?.[1];
    if (verdict === undefined || reason === undefined) continue;
    decisions[verdict][reason] = (decisions[verdict][reason] ?? 0) + Number(count);
  }
  return decisions;
}

function since(before: DemoDecisions, now: DemoDecisions): DemoDecisions {
  const grown = (verdict: "pass" | "refuse"): Readonly<Record<string, number>> => {
    const counts = Object.entries(now[verdict])
      .map(([reason, count]) => [reason, count - (before[verdict][reason] ?? 0)] as const)
      .filter(([, count]) => count > 0);
    return Object.fromEntries(counts);
  };
  return { pass: grown("pass"), refuse: grown("refuse") };
}

// Adds up counted requests: by verdict, by country, and by the reason they were not let in.
import type { CountryTraffic, ReasonTraffic } from "../../api/overview-api.ts";
import { readCountedReason } from "./counted-reason.ts";

/** So many requests of one country that were decided the same. */
export type Tally = {
  readonly country: string;
  readonly verdict: string;
  /** As `countedReason` has it. */
  readonly reason: string;
  readonly requests: number;
};

export type VerdictCounts = { passed: number; refused: number; monitored: number };

export type TrafficSum = VerdictCounts & {
  /** Most refused first. */
  readonly countries: CountryTraffic[];
  /** Why they were refused, or would have been; most requests first. */
  readonly reasons: ReasonTraffic[];
};

export function noVerdicts(): VerdictCounts {
  return { passed: 0, refused: 0, monitored: 0 };
}

export function countVerdict(into: VerdictCounts, verdict: string, requests: number): void {
  if (verdict === "refuse") into.refused += requests;
  else if (verdict === "monitor") into.monitored += requests;
  else into.passed += requests;
}

export function sumTraffic(tallies: Iterable<Tally>): TrafficSum {
  const totals = noVerdicts();
  const countries = new Map<string, CountryTraffic>();
  const reasons = new Map<string, ReasonTraffic>();
  for (const { country, verdict, reason: counted, requests } of tallies) {
    countVerdict(totals, verdict, requests);
    const of = countries.get(country) ?? { country, requests: 0, refused: 0, monitored: 0 };
    countries.set(country, of);
    of.requests += requests;
    if (verdict !== "refuse" && verdict !== "monitor") continue;
    if (verdict === "refuse") of.refused += requests;
    else of.monitored += requests;
    const { reason, layer } = readCountedReason(counted);
    const key = `${verdict} ${reason}`;
    const why = reasons.get(key) ?? { reason, verdict, requests: 0, byAccounts: 0 };
    reasons.set(key, why);
    why.requests += requests;
    if (layer === "account") why.byAccounts += requests;
  }
  return {
    ...totals,
    countries: [...countries.values()].toSorted(
      (a, b) =>
        b.refused - a.refused || b.requests - a.requests || compareTexts(a.country, b.country),
    ),
    reasons: [...reasons.values()].toSorted(
      (a, b) => b.requests - a.requests || compareTexts(a.reason, b.reason),
    ),
  };
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

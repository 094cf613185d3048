// What rules did in the last 24 hours: those of the page that is looked at, and no others.
import type { OverviewAnswer } from "../../api/overview-api.ts";
import type { RequestReason } from "../../core/gate/decide-request.ts";

export type EvidenceRow = {
  /** "Failed authentication" */
  readonly label: string;
  readonly reason?: RequestReason;
  /** Of bans that this rule made. */
  readonly cause?: string;
  /** Whose rules are counted where it is not the page's own; `any`: both. */
  readonly layer?: EvidenceLayer;
};

export type EvidenceLayer = "platform" | "account" | "any";

export type Counted = EvidenceRow & {
  readonly refused: number;
  readonly monitored: number;
  readonly bans: number;
  /** Activity shows more than is counted, as it finds the same of other rules too. */
  readonly hasOthers: boolean;
};

type Evidence = Pick<OverviewAnswer, "reasons" | "bansMade">;

/** @param account whose rules the page shows; null: the platform's */
export function countRows(
  rows: readonly EvidenceRow[],
  { reasons, bansMade }: Evidence,
  account: string | null,
): readonly Counted[] {
  return rows.map((row) => {
    const layer = row.layer ?? (account === null ? "platform" : "account");
    const refused = countRequests(reasons, { ...row, verdict: "refuse" }, layer);
    const monitored = countRequests(reasons, { ...row, verdict: "monitor" }, layer);
    const made = bansMade.find(({ cause }) => cause === row.cause) ?? NO_BANS;
    const bans = partOf(made.bans, made.byAccounts, layer);
    const all = (["refuse", "monitor"] as const).reduce(
      (sum, verdict) => sum + countRequests(reasons, { ...row, verdict }, "any"),
      0,
    );
    const counted = refused + monitored;
    const hasOthers = counted > 0 ? all > counted : made.bans > bans;
    return { ...row, refused, monitored, bans, hasOthers };
  });
}

const NO_BANS = { bans: 0, byAccounts: 0 };

type Wanted = { readonly reason?: RequestReason; readonly verdict: "refuse" | "monitor" };

export function countRequests(
  reasons: Evidence["reasons"],
  wanted: Wanted,
  layer: EvidenceLayer,
): number {
  return reasons
    .filter(({ reason, verdict }) => reason === wanted.reason && verdict === wanted.verdict)
    .reduce((sum, { requests, byAccounts }) => sum + partOf(requests, byAccounts, layer), 0);
}

function partOf(all: number, byAccounts: number, layer: EvidenceLayer): number {
  switch (layer) {
    case "any":
      return all;
    case "account":
      return byAccounts;
    case "platform":
      return all - byAccounts;
    default:
      return layer satisfies never;
  }
}

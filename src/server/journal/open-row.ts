// One row of repeated decisions that is still counting, in memory.
import type { Verdict } from "../../api/journal-api.ts";
import type { Step } from "../../core/decision.ts";
import { networkOf, storeKeyOf } from "./client-network.ts";
import type { ClientAddress } from "./client-network.ts";
import { createDistinctEstimate } from "./distinct-estimate.ts";
import type { DistinctEstimate } from "./distinct-estimate.ts";
import type { EventDetail, JournalEvent } from "./journal-event.ts";
import type { RowPlace, RowSpan } from "./row-places.ts";

/** What the gate says of a decision that was refused or monitored. */
export type DecisionInput = {
  readonly atMs: number;
  /** Null when it could not be read. */
  readonly client: ClientAddress | null;
  readonly surface: string | null;
  /** The account's code, or null. */
  readonly account: string | null;
  readonly country: string | null;
  readonly verdict: Exclude<Verdict, "pass">;
  readonly status: number;
  readonly reason: string;
  /** Whose policy decided: `platform` or the account's id. */
  readonly owner: string;
  /** The entry or ban that decided, 0 for none: other rules make other rows. */
  readonly ruleId: number;
  /** Called once for each new row, at once; keep what it needs in the closure. */
  readonly describe: () => DecisionDescription;
};

export type DecisionDescription = {
  /** The client's address as text; null when it could not be read. */
  readonly address: string | null;
  readonly steps: readonly Step[];
  readonly detail: EventDetail;
};

export type OpenRow = {
  readonly id: string;
  readonly span: RowSpan;
  /** Where it is found again while it counts. */
  readonly place: RowPlace;
  readonly client: ClientAddress | null;
  readonly ruleId: number;
  readonly firstAtMs: number;
  lastAtMs: number;
  count: number;
  /** `count` as the store has it; 0 until it was first written. */
  storedCount: number;
  storedAtMs: number;
  /** `count` as it was last told live; 0 until it was first told. */
  toldCount: number;
  readonly stepsJson: string;
  readonly fixed: Omit<JournalEvent, "lastAtMs" | "count">;
  /** Null for a row of one address. */
  readonly addresses: DistinctEstimate | null;
};

export function openRow(
  input: DecisionInput,
  at: { readonly id: string; readonly span: RowSpan; readonly place: RowPlace },
): OpenRow {
  const { address, steps, detail } = input.describe();
  const { client, atMs } = input;
  const network = at.span === "network" && client !== null ? networkOf(client) : null;
  const isOne = at.span === "address";
  const addressStart = isOne && client !== null ? storeKeyOf(client) : (network?.startKey ?? null);
  return {
    ...at,
    client,
    ruleId: input.ruleId,
    firstAtMs: atMs,
    lastAtMs: atMs,
    count: 1,
    storedCount: 0,
    storedAtMs: 0,
    toldCount: 0,
    stepsJson: JSON.stringify(steps),
    fixed: {
      id: at.id,
      kind: "decision",
      firstAtMs: atMs,
      owner: input.owner,
      family: addressStart === null ? null : (client?.family ?? null),
      addressStart,
      address: isOne ? address : null,
      surface: input.surface,
      account: at.span === "everywhere" ? null : input.account,
      country: isOne ? input.country : null,
      verdict: input.verdict,
      status: input.status,
      reason: input.reason,
      actor: null,
      userId: null,
      detail: isOne
        ? detail
        : { aggregated: true, network: network?.text ?? "everywhere", stepsAreOf: address },
    },
    addresses: isOne ? null : createDistinctEstimate(),
  };
}

export function countInto(row: OpenRow, input: DecisionInput): void {
  row.count += 1;
  if (input.atMs > row.lastAtMs) row.lastAtMs = input.atMs;
  noteAddress(row, input.client);
}

export function noteAddress(row: OpenRow, client: ClientAddress | null): void {
  if (client !== null) row.addresses?.add(client.w0, client.w1, client);
}

export function toEvent(row: OpenRow): JournalEvent {
  const { fixed, lastAtMs, count, addresses } = row;
  if (addresses === null) return { ...fixed, lastAtMs, count };
  const detail = { ...fixed.detail, addressesAbout: addresses.count() };
  return { ...fixed, lastAtMs, count, detail };
}

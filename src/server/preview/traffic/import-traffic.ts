// Imports another server's access log into the record of visitors, for previews to look at.

import type { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { readHost } from "../../../core/gate/request-host.ts";
import { readPath } from "../../../core/gate/request-path.ts";
import { addressKey } from "../../../core/network/address-range.ts";
import { locationOfIndex } from "../../../core/network/iso-3166.ts";
import { locate } from "../../../core/network/private-addresses.ts";
import { DEFAULT_PLACE, findPlaces } from "../../../core/network/surface-routes.ts";
import { SURFACES } from "../../../core/network/surface.ts";
import type { Surface } from "../../../core/network/surface.ts";
import type { LineError } from "../../../platform/problem/problem.ts";
import { createVisitStaging, dropStagedVisits, takeStagedVisits } from "../../journal/index.ts";
import type { ImportedVisit, ImportedVisits } from "../../journal/index.ts";
import type { Journal } from "../../journal/index.ts";
import type { Network } from "../../network/index.ts";
import { readTrafficLines } from "./read-traffic-lines.ts";
import type { LoggedRequest, TrafficFormat } from "./read-traffic-lines.ts";

export type TrafficOrder = {
  readonly importId: string;
  readonly format: TrafficFormat;
  /** What all lines are for; null: what the routes tell. */
  readonly surface: Surface | null;
  readonly account: string | null;
  /** Of lines that tell none. */
  readonly host: string | null;
  readonly offsetMinutes: number | null;
  readonly actor: string;
  readonly nowMs: number;
};

export type TrafficCounts = {
  lines: number;
  tooOld: number;
  inFuture: number;
  noRequests: number;
  badLines: number;
  readonly firstBad: LineError[];
};

export type TrafficOutcome =
  | { readonly ok: true; readonly visits: ImportedVisits; readonly counts: TrafficCounts }
  | {
      readonly ok: false;
      readonly why: "not-a-log" | "too-large";
      readonly counts: TrafficCounts;
    };

type Parts = { readonly network: Network; readonly journal: Journal };

/** Of one import; a year of a busy portal is no use to a preview of a week. */
export const TRAFFIC_LINES_MAX = 20_000_000;
export const TRAFFIC_ROWS_MAX = 1_000_000;

const MINUTE_MS = 60_000;
/** As far as a preview looks back. */
const LOOKED_BACK_MS = 7 * 86_400_000;
/** Another server's clock may be ahead. */
const AHEAD_MS = 60_000;
const FIRST_BAD_MAX = 20;
const ROWS_PER_FLUSH = 2_048;

/**
 * All or nothing but for single bad lines, which every real log has: they are counted and named.
 * Where they are more than the good ones, it is no log of this format and nothing is stored. What
 * the log tells of refusals is another server's word and is not kept.
 */
export async function importTraffic(
  parts: Parts,
  body: Readable,
  order: TrafficOrder,
): Promise<TrafficOutcome> {
  const { database } = parts.network;
  try {
    const counts = newCounts();
    const isWhole = await stageLines(parts, body, { order, counts });
    if (!isWhole) return { ok: false, why: "too-large", counts };
    if (counts.badLines * 2 > counts.lines) return { ok: false, why: "not-a-log", counts };
    const visits = await database.transaction(async (trx) => {
      const taken = await takeStagedVisits(trx, order.importId);
      if (taken.added > 0) await recordImport(trx, parts.journal, { order, counts, taken });
      return taken;
    });
    return { ok: true, visits, counts };
  } finally {
    await database.transaction((trx) => dropStagedVisits(trx, order.importId));
  }
}

function newCounts(): TrafficCounts {
  return { lines: 0, tooOld: 0, inFuture: 0, noRequests: 0, badLines: 0, firstBad: [] };
}

async function recordImport(
  trx: Parameters<Journal["recordEvent"]>[0],
  journal: Journal,
  told: {
    readonly order: TrafficOrder;
    readonly counts: TrafficCounts;
    readonly taken: ImportedVisits;
  },
): Promise<void> {
  const { order, counts, taken } = told;
  await journal.recordEvent(trx, {
    kind: "traffic-imported",
    atMs: order.nowMs,
    actor: order.actor,
    account: order.account,
    surface: order.surface,
    detail: { lines: counts.lines, requests: taken.requests, added: taken.added },
  });
}

type Work = { readonly order: TrafficOrder; readonly counts: TrafficCounts };

/** False when there is more than one import may hold. */
async function stageLines(parts: Parts, body: Readable, work: Work): Promise<boolean> {
  const { order, counts } = work;
  const stage = createVisitStaging();
  const rows = new Map<string, { -readonly [Name in keyof ImportedVisit]: ImportedVisit[Name] }>();
  let staged = 0;
  const flush = async (): Promise<void> => {
    const batch = [...rows.values()];
    rows.clear();
    staged += batch.length;
    if (batch.length > 0) await parts.network.database.transaction((trx) => stage(trx, batch));
  };
  for await (const batch of readTrafficLines(body, order.format, order.offsetMinutes)) {
    for (const { line, read } of batch) {
      counts.lines += 1;
      if (!read.ok) {
        counts.badLines += 1;
        if (counts.firstBad.length < FIRST_BAD_MAX) {
          counts.firstBad.push({ line, message: read.fault });
        }
      } else if (isTaken(read, work)) {
        const row = toVisit(parts.network, read, order);
        const { minute, address_start: start, surface, account } = row;
        const key = `${minute} ${start} ${surface} ${account}`;
        const known = rows.get(key);
        if (known === undefined) rows.set(key, row);
        else known.requests += 1;
      }
    }
    if (rows.size >= ROWS_PER_FLUSH) await flush();
    if (counts.lines > TRAFFIC_LINES_MAX || staged > TRAFFIC_ROWS_MAX) return false;
    // Decisions come between two batches, however fast the lines arrive.
    await nextTurn();
  }
  await flush();
  return true;
}

function isTaken(read: LoggedRequest, { order, counts }: Work): boolean {
  if (read.uri === null) counts.noRequests += 1;
  else if (read.atMs < order.nowMs - LOOKED_BACK_MS) counts.tooOld += 1;
  else if (read.atMs > order.nowMs + AHEAD_MS) counts.inFuture += 1;
  else return true;
  return false;
}

function toVisit(
  network: Network,
  { address, atMs, uri, host }: LoggedRequest,
  order: TrafficOrder,
): ImportedVisit {
  const path = readPath(uri ?? "");
  const asked = readHost(host ?? order.host ?? "") ?? "";
  // The gate counts a request that it cannot read under the same place.
  const place = path.ok ? findPlaces(network.routes(), asked, path.readings)[0]! : DEFAULT_PLACE;
  return {
    import_id: order.importId,
    minute: Math.floor(atMs / MINUTE_MS),
    family: address.family,
    address_start: addressKey(address),
    surface: order.surface ?? SURFACES[place.surface]!,
    account: order.account ?? place.account ?? "",
    country: locationOfIndex(locate(network.state.countries, address)),
    requests: 1,
  };
}

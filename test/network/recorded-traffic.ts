// Traffic of some hours for previews: made without chance, recorded by the minute, decided live.
import { decideRequest } from "../../src/core/gate/decide-request.ts";
import type { Address } from "../../src/core/network/address.ts";
import { formatAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { holdBan } from "../../src/core/network/hold-ban.ts";
import type { NetworkState } from "../../src/core/network/network-state.ts";
import { SURFACES } from "../../src/core/network/surface.ts";
import type { Surface } from "../../src/core/network/surface.ts";
import { decisionCode, toldByCode } from "../../src/core/preview/decision-code.ts";
import { packVisit } from "../../src/core/preview/read-visit-page.ts";
import { timeOfRequest } from "../../src/core/preview/spread-requests.ts";
import { EXAMPLE_PLACES, NOW_MS, addressOf } from "./example-network.ts";

/** Some requests of one visitor in one minute. */
export type SampleVisits = {
  readonly address: Address;
  readonly minute: number;
  readonly surface: Surface;
  readonly account: string | null;
  readonly requests: number;
};

export const FIRST_MINUTE = NOW_MS / 60_000;

/** The next number of a fixed row, 0 to under 1. */
function createNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Places of the example network, and neighbours of each: whole countries come. */
function sampleAddresses(neighbours: number): readonly Address[] {
  return Object.values(EXAMPLE_PLACES).flatMap((text) => {
    const first = addressOf(text);
    return Array.from({ length: neighbours }, (_, index) => ({ ...first, w3: first.w3 + index }));
  });
}

/** Most visitors ask for little, some for more than any limit, in some minutes. */
export function sampleTraffic(size: {
  readonly seed: number;
  readonly minutes: number;
  readonly neighbours: number;
  readonly firstMinute?: number;
}): readonly SampleVisits[] {
  const next = createNumbers(size.seed);
  const addresses = sampleAddresses(size.neighbours);
  const visits: SampleVisits[] = [];
  const { firstMinute = FIRST_MINUTE } = size;
  for (let minute = firstMinute; minute < firstMinute + size.minutes; minute += 1) {
    for (const address of addresses) {
      if (next() < 0.4) continue;
      const surface = SURFACES[Math.floor(next() * SURFACES.length)]!;
      const account = next() < 0.5 ? null : "acme";
      const isBusy = next() < 0.03;
      const requests = 1 + Math.floor(next() ** 3 * (isBusy ? 400 : 30));
      visits.push({ address, minute, surface, account, requests });
      if (next() < 0.2) visits.push({ address, minute, surface: "webchat", account, requests: 3 });
    }
  }
  return visits;
}

export function pageOf(visits: readonly SampleVisits[]): string {
  const rows = new Map<string, Parameters<typeof packVisit>[0]>();
  for (const { address, minute, surface, account, requests } of visits) {
    const row = { key: addressKey(address), minute, surface, account: account ?? "", imported: 0 };
    const key = JSON.stringify(row);
    rows.set(key, { ...row, requests: requests + (rows.get(key)?.requests ?? 0) });
  }
  return [...rows.values()].map(packVisit).join(",");
}

export type TimedVisit = SampleVisits & { readonly atMs: number };

/** Every request on its own, in the order in which a preview takes them to have come. */
export function requestsOf(visits: readonly SampleVisits[]): readonly TimedVisit[] {
  const surfaceOf = (visit: SampleVisits): number => SURFACES.indexOf(visit.surface);
  return merged(visits)
    .toSorted(
      (a, b) =>
        a.minute - b.minute ||
        surfaceOf(a) - surfaceOf(b) ||
        (a.account ?? "").localeCompare(b.account ?? "") ||
        (addressKey(a.address) < addressKey(b.address) ? -1 : 1),
    )
    .flatMap((visit) =>
      Array.from({ length: visit.requests }, (_, index) => ({
        ...visit,
        atMs: timeOfRequest(visit.minute, index, visit.requests),
      })),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** As they are recorded: one row for each visitor, minute and place. */
function merged(visits: readonly SampleVisits[]): readonly SampleVisits[] {
  const rows = new Map<string, SampleVisits>();
  for (const visit of visits) {
    const { address, minute, surface, account } = visit;
    const key = [addressKey(address), minute, surface, account].join(" ");
    const before = rows.get(key)?.requests ?? 0;
    rows.set(key, { ...visit, requests: before + visit.requests });
  }
  return [...rows.values()];
}

/** Decides and counts one request as the gate does, and bans as it does; its decision code. */
export function decideLive(state: NetworkState, visit: TimedVisit): number {
  const { address, account, atMs: nowMs } = visit;
  const surface = SURFACES.indexOf(visit.surface);
  const outcome = decideRequest(
    state,
    { address, places: [{ surface, account }], play: null, countsAgainstRate: true },
    { nowMs, counting: "raise" },
  );
  const { change } = outcome.network;
  if (change?.kind === "ban") {
    const own = account === null ? undefined : state.accounts.get(account);
    const layer = change.layer === "account" && own !== undefined ? own : state.platform;
    holdBan(state, { change, address, surface, layer, nowMs });
  }
  return decisionCode(outcome);
}

/** One line for whoever is decided so at a place, with how many requests are. */
export function lineOf(decided: {
  readonly address: Address;
  readonly surface: string;
  readonly account: string | null;
  readonly before: number;
  readonly after: number;
}): string {
  const { address, surface, account, before, after } = decided;
  const [was, will] = [toldByCode(before), toldByCode(after)];
  return [
    formatAddress(address),
    surface,
    account ?? "-",
    `${was.verdict} ${was.reason}`,
    `${will.verdict} ${will.reason}`,
  ].join(" | ");
}

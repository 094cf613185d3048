// Takes failed authentications from anywhere and bans the addresses that exceed the limit.

import { decideOffence } from "../../core/network/decide-offence.ts";
import type { Offence, OffenceOutcome } from "../../core/network/decide-offence.ts";
import type { Address } from "../../core/network/address.ts";
import type { NetworkState } from "../../core/network/network-state.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Surface } from "../../core/network/surface.ts";
import type { Clock } from "../../platform/clock.ts";
import { sha256Hex } from "../../platform/crypto/sha256-hex.ts";
import type { BanKeeper } from "./keep-bans.ts";

export type ReportedOffence = Omit<Offence, "fingerprint" | "surface"> & {
  /** Any text that is the same for the same attempt; never a secret itself. */
  readonly attempt: string | null;
  /** Where it happened, for bans that are narrowed to the surface they came from. */
  readonly surface: Surface;
};

export type OffenceReport = OffenceOutcome & {
  /** Resolves when a ban that was made is on disk; at once when none was. */
  readonly stored: Promise<void>;
};

/** Counts in memory at once. Other domains call this; the network domain calls none of them. */
export type ReportOffence = (offence: ReportedOffence) => OffenceReport;

export function createOffenceReporter(options: {
  readonly state: NetworkState;
  readonly clock: Clock;
  readonly bans: BanKeeper;
  /** How many were reported since the start, by their kind. */
  readonly counts: Map<string, number>;
  readonly onAlarm: (address: Address, cause: string) => void;
  readonly onMonitored: (address: Address, cause: string) => void;
}): ReportOffence {
  const { state, clock, bans } = options;
  return (reported) => {
    const nowMs = clock.nowMs();
    const { address, kind } = reported;
    const fingerprint = reported.attempt === null ? null : fingerprintOf(kind, reported.attempt);
    const surface = SURFACES.indexOf(reported.surface);
    options.counts.set(kind, (options.counts.get(kind) ?? 0) + 1);
    const outcome = decideOffence(state, { address, kind, surface, fingerprint }, nowMs);
    const { change } = outcome;
    if (outcome.wouldBan) options.onMonitored(address, "failed-authentication");
    if (change === null) return { ...outcome, stored: Promise.resolve() };
    if (change.kind === "alarm") {
      options.onAlarm(address, change.cause);
      return { ...outcome, stored: Promise.resolve() };
    }
    const stored = bans.ban({
      change,
      address,
      surface,
      layer: state.platform,
      decisionId: null,
      nowMs,
    });
    return { ...outcome, stored };
  };
}

function fingerprintOf(kind: string, attempt: string): { high: number; low: number } {
  const digest = sha256Hex(`${kind}\n${attempt}`);
  return {
    high: Number.parseInt(digest.slice(0, 8), 16),
    low: Number.parseInt(digest.slice(8, 16), 16),
  };
}

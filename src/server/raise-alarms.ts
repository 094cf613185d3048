// Raises an alarm where a ban would have hit an address that is never banned.

import { formatAddress } from "../core/network/address.ts";
import type { Address } from "../core/network/address.ts";
import { addressKey } from "../core/network/address-range.ts";
import type { Clock } from "../platform/clock.ts";
import type { Journal } from "./journal/index.ts";

export type Alarms = {
  raise(address: Address, cause: string): void;
  /** Alarms of the last hour, for readiness. */
  recent(): number;
};

/** One address and cause is told once in this time, however often it happens. */
const REPEAT_MS = 60_000;
const RECENT_MS = 3_600_000;
const REMEMBERED_MAX = 1000;

export function createAlarms(options: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}): Alarms {
  const { journal, clock } = options;
  const lastAtMs = new Map<string, number>();

  return {
    raise(address, cause) {
      const nowMs = clock.nowMs();
      const text = formatAddress(address);
      const key = `${cause} ${text}`;
      if (nowMs - (lastAtMs.get(key) ?? -Infinity) < REPEAT_MS) return;
      if (lastAtMs.size >= REMEMBERED_MAX) lastAtMs.clear();
      lastAtMs.set(key, nowMs);
      journal
        .recordEventAlone({
          kind: "alarm",
          atMs: nowMs,
          address: { text, family: address.family, startKey: addressKey(address) },
          reason: cause,
          detail: {
            meaning:
              "This address is never banned (loopback, trusted proxy or this machine). If it is " +
              "a proxy, it does not pass on its visitors' addresses.",
          },
        })
        .catch(options.onError);
    },
    recent() {
      const sinceMs = clock.nowMs() - RECENT_MS;
      return [...lastAtMs.values()].filter((atMs) => atMs >= sinceMs).length;
    },
  };
}

// Counts alarms, and tells the journal of bans not made: for protected addresses, on monitor.

import { formatAddress } from "../core/network/address.ts";
import type { Address } from "../core/network/address.ts";
import { addressKey } from "../core/network/address-range.ts";
import type { Clock } from "../platform/clock.ts";
import type { Journal } from "./journal/index.ts";

type NewEvent = Parameters<Journal["recordEventAlone"]>[0];

export type Alarms = {
  /** A ban would have hit an address that is never banned. */
  raise(address: Address, cause: string): void;
  /** A ban would have been made but for monitor mode. */
  noteMonitored(address: Address, cause: string): void;
  /** Counts an alarm that somebody else tells the journal of. */
  note(): void;
  /** Alarms of the last hour, for readiness. */
  recent(): number;
};

/** One address and cause is told once in this time, however often it happens. */
const REPEAT_MS = 60_000;
const RECENT_MS = 3_600_000;
/** With this many different ones in a minute the rest is not told: the journal stays bounded. */
const REMEMBERED_MAX = 1000;

const PROTECTED_MEANING =
  "This address is never banned (loopback, trusted proxy or this machine). If it is a proxy, it " +
  "does not pass on its visitors' addresses.";
const MONITORED_MEANING = "The rule is on monitor: enforced, it would have banned this address.";

export function createAlarms(options: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}): Alarms {
  const { journal, clock } = options;
  const toldAtMs = new Map<string, number>();
  let alarmsAtMs: readonly number[] = [];

  function isTold(key: string, nowMs: number): boolean {
    if (nowMs - (toldAtMs.get(key) ?? -Infinity) < REPEAT_MS) return true;
    for (const [old, atMs] of toldAtMs) if (nowMs - atMs >= REPEAT_MS) toldAtMs.delete(old);
    if (toldAtMs.size >= REMEMBERED_MAX) return true;
    toldAtMs.set(key, nowMs);
    return false;
  }

  function tell(
    address: Address,
    cause: string,
    event: Omit<NewEvent, "atMs" | "address" | "reason">,
  ): boolean {
    const nowMs = clock.nowMs();
    const text = formatAddress(address);
    if (isTold(`${event.kind} ${cause} ${text}`, nowMs)) return false;
    const { family } = address;
    journal
      .recordEventAlone({
        ...event,
        atMs: nowMs,
        address: { text, family, startKey: addressKey(address) },
        reason: cause,
      })
      .catch(options.onError);
    return true;
  }

  /** Either way: an alarm of a clock that ran ahead would otherwise stand until then. */
  function forgetOld(): void {
    const nowMs = clock.nowMs();
    alarmsAtMs = alarmsAtMs.filter((atMs) => Math.abs(nowMs - atMs) <= RECENT_MS);
  }

  function note(): void {
    forgetOld();
    alarmsAtMs = [...alarmsAtMs, clock.nowMs()];
  }

  return {
    note,
    raise(address, cause) {
      const isNew = tell(address, cause, { kind: "alarm", detail: { meaning: PROTECTED_MEANING } });
      if (isNew) note();
    },
    noteMonitored(address, cause) {
      const detail = { meaning: MONITORED_MEANING };
      tell(address, cause, { kind: "offence", verdict: "monitor", detail });
    },
    recent() {
      forgetOld();
      return alarmsAtMs.length;
    },
  };
}

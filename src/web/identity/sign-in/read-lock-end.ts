// Reads from the page's address when codes are taken again; anybody can write such an address.
import { CODE_LOCK_MS } from "../../../core/identity/code-attempts.ts";

/** Null: not known. No lock lasts longer than thirty minutes, whatever the address says. */
export function readLockEnd(until: string | undefined, nowMs: number): number | null {
  const untilMs = until === undefined ? Number.NaN : Date.parse(until);
  return untilMs <= nowMs + CODE_LOCK_MS ? untilMs : null;
}

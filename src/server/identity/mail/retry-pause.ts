// How long a mail waits after each attempt that failed for the time being.

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const PAUSES_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  20 * MINUTE_MS,
  40 * MINUTE_MS,
] as const;
const LONGEST_MS = 60 * MINUTE_MS;

/** @param attempts those made so far, at least 1 */
export function retryPauseMs(attempts: number): number {
  return PAUSES_MS[attempts - 1] ?? LONGEST_MS;
}

// When a message that failed is tried again, and when its webhook is.

const MINUTE_MS = 60_000;

const PAUSES_MS = [
  10_000,
  30_000,
  MINUTE_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  20 * MINUTE_MS,
  40 * MINUTE_MS,
] as const;
const LONGEST_MS = 60 * MINUTE_MS;
const WEBHOOK_LONGEST_MS = 5 * MINUTE_MS;

/** A message that is older is given up. */
export const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE_MS;

/** A webhook that fails for so long is switched off. */
export const SWITCH_OFF_AFTER_MS = 72 * 60 * MINUTE_MS;

/** @param attempts those made so far, at least 1 */
export function messagePauseMs(attempts: number): number {
  return PAUSES_MS[attempts - 1] ?? LONGEST_MS;
}

/**
 * How long nothing at all is sent. At first as long as the message's own pause, so that the order
 * stays; later shorter, so that one message that always fails does not hold up the others for long.
 * @param failures in a row, at least 1
 */
export function webhookPauseMs(failures: number): number {
  return Math.min(messagePauseMs(failures), WEBHOOK_LONGEST_MS);
}

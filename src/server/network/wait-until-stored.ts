// Waits for a ban to be on disk, but not for a store that is away.

/**
 * A refusal that made a ban waits this long for the store, so that it is not lost by a crash. The
 * shipped configurations give the gate two seconds to answer.
 */
const STORED_WAIT_MS = 1000;

export function waitUntilStored(stored: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, STORED_WAIT_MS);
  });
  return Promise.race([stored, timeout]).finally(() => clearTimeout(timer));
}

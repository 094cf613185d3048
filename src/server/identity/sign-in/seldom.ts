// Lets so many of a kind through within a minute, so that a flood leaves few lines behind.

export type Seldom = {
  /** True when this one is to be noted. */
  readonly take: (key: string, countMax: number, nowMs: number) => boolean;
};

const WINDOW_MS = 60_000;

/** INVARIANT: holds at most `keysMax` keys; the oldest goes first. */
export function createSeldom(keysMax = 10_000): Seldom {
  const windows = new Map<string, { readonly startsAtMs: number; count: number }>();

  function take(key: string, countMax: number, nowMs: number): boolean {
    const open = windows.get(key);
    const ageMs = open === undefined ? WINDOW_MS : nowMs - open.startsAtMs;
    // A clock that was set back begins a new window rather than stay silent until then.
    if (open !== undefined && ageMs >= 0 && ageMs < WINDOW_MS) {
      open.count += 1;
      return open.count <= countMax;
    }
    windows.delete(key);
    const oldest = windows.size >= keysMax ? windows.keys().next().value : undefined;
    if (oldest !== undefined) windows.delete(oldest);
    windows.set(key, { startsAtMs: nowMs, count: 1 });
    return true;
  }

  return { take };
}

// Allows so many new rows a second on average, and a burst of them at once.

export type RowBudget = {
  /** False: no row may be made now. */
  readonly take: (nowMs: number) => boolean;
};

/** A token bucket: full at first, refilled with time. A clock set back refills nothing. */
export function createRowBudget(limits: {
  readonly rowsPerSecond: number;
  readonly burstMax: number;
}): RowBudget {
  const { rowsPerSecond, burstMax } = limits;
  let left = burstMax;
  let filledAtMs: number | null = null;

  function take(nowMs: number): boolean {
    if (filledAtMs === null || nowMs < filledAtMs) {
      filledAtMs = nowMs;
    } else {
      const gained = ((nowMs - filledAtMs) / 1000) * rowsPerSecond;
      left = Math.min(burstMax, left + gained);
      filledAtMs = nowMs;
    }
    if (left < 1) return false;
    left -= 1;
    return true;
  }

  return { take };
}

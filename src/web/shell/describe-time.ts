// Says an instant, or the time that is left, as people say it.

const DAY_S = 86_400;
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", DAY_S],
  ["hour", 3600],
  ["minute", 60],
];
const RELATIVE_DAYS_MAX = 14;
/** Of a unit: an hour of a day, three seconds of a minute. */
const NEARLY_WHOLE = 0.05;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const dateOnly = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** "3 hours ago", "in 5 minutes", "12 Mar 2027" when that is further away. */
export function describeTime(atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1000);
  const distance = Math.abs(seconds);
  if (distance > RELATIVE_DAYS_MAX * DAY_S) return dateOnly.format(atMs);
  // What lasts 14 days is not said to end in 13 days the moment after it began.
  const slack = seconds > 0 ? NEARLY_WHOLE : 0;
  for (const [unit, size] of STEPS) {
    const whole = Math.floor(distance / size + slack);
    if (whole >= 1) return relative.format(seconds > 0 ? whole : -whole, unit);
  }
  return seconds > 0 ? "in a moment" : "just now";
}

/** "1 minute 38 seconds" */
export function describeCountdown(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const words = [count(minutes, "minute"), count(rest, "second")].filter((_, index) =>
    index === 0 ? minutes > 0 : rest > 0 || minutes === 0,
  );
  return words.join(" ");
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

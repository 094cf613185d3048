// Instants as people compare them: to the second with other logs, to the minute with a clock.

const DAY_AND_MINUTE = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
} as const;

const SECONDS = {
  time: new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }),
  dayAndTime: new Intl.DateTimeFormat("en-GB", { ...DAY_AND_MINUTE, second: "2-digit" }),
};
const MINUTES = {
  time: new Intl.DateTimeFormat("en-GB", { timeStyle: "short" }),
  dayAndTime: new Intl.DateTimeFormat("en-GB", DAY_AND_MINUTE),
};
const YEAR = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** "12:31:05" today, "21 Nov, 12:31:05" before and after, with the year when it is another. */
export function momentText(atMs: number, nowMs: number = Date.now()): string {
  const isOfYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return isOfYear ? tell(atMs, nowMs, SECONDS) : YEAR.format(atMs);
}

/** "14:05" today, "24 Nov, 14:05" on another day; for what is at most a day away. */
export function clockText(at: string | number, nowMs: number): string {
  return tell(new Date(at).getTime(), nowMs, MINUTES);
}

function tell(atMs: number, nowMs: number, formats: typeof SECONDS): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return (isToday ? formats.time : formats.dayAndTime).format(atMs);
}

/** For comparing with logs of other machines: "2026-11-21 12:31:05.123 UTC". */
export function utcText(atMs: number): string {
  return `${new Date(atMs).toISOString().replace("T", " ").replace("Z", "")} UTC`;
}

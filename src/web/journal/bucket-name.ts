// Names a stretch of the timeline in the viewer's own time zone.

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

const MINUTE_S = 60;
const DAY_MS = 86_400_000;

/** "Thu 4 Mar, 09:15–09:30"; of a minute only when it began. */
export function bucketName(at: string, bucketSeconds: number): string {
  const fromMs = Date.parse(at);
  const from = `${day.format(fromMs).replace(",", "")}, ${clock.format(fromMs)}`;
  if (bucketSeconds <= MINUTE_S) return from;
  return `${from}–${clock.format(fromMs + bucketSeconds * 1000)}`;
}

/** Below the chart: the time of day, or the day where days are compared. */
export function axisName(atMs: number, spanMs: number): string {
  if (spanMs <= 1.5 * DAY_MS) return clock.format(atMs);
  return day.format(atMs).replace(",", "");
}

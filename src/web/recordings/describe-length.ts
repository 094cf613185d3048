// Says how long a recording is, and how large its file, in figures and as it is read aloud.

const MINUTE_S = 60;
const HOUR_S = 3600;

/** "0:05", "12:34", "1:02:03"; parts of a second are left out. */
export function describeLength(seconds: number): string {
  const whole = wholeSeconds(seconds);
  const rest = String(whole % MINUTE_S).padStart(2, "0");
  const minutes = Math.floor(whole / MINUTE_S) % MINUTE_S;
  const hours = Math.floor(whole / HOUR_S);
  return hours === 0
    ? `${minutes}:${rest}`
    : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}

/** "1 hour 2 minutes 3 seconds": figures with colons are read aloud as times of the day. */
export function spellLength(seconds: number): string {
  const whole = wholeSeconds(seconds);
  const parts = [
    [Math.floor(whole / HOUR_S), "hour"],
    [Math.floor(whole / MINUTE_S) % MINUTE_S, "minute"],
    [whole % MINUTE_S, "second"],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  const words = said.length === 0 ? [[0, "second"] as const] : said;
  return words.map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ");
}

/** Not a number yet, endless or negative is nothing. */
function wholeSeconds(seconds: number): number {
  return Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
}

/** "48 kB", "12.3 MB": of a thousand bytes each, as files are measured when they are saved. */
export function describeSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

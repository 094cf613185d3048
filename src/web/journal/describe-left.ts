// How long something still lasts, short enough for a row that counts down.

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

/** "4:12", "1 h 05 min", "3 days" */
export function describeLeft(seconds: number): string {
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)}:${twoDigits(seconds % MINUTE_S)}`;
  if (seconds >= 2 * DAY_S) return `${Math.floor(seconds / DAY_S)} days`;
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  return `${Math.floor(seconds / HOUR_S)} h ${twoDigits(minutes)} min`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

// Says how long a ban still lasts, to the second where that is soon.

/** "29:41", "1 h 05 min", "3 days 4 h", "over" */
export function describeBanRest(restMs: number): string {
  const seconds = Math.ceil(restMs / 1000);
  if (seconds <= 0) return "over";
  const two = (number: number): string => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${two(minutes % 60)} min`;
  const days = Math.floor(hours / 24);
  return `${days} ${days === 1 ? "day" : "days"} ${hours % 24} h`;
}

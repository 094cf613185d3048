// When requests came of which only the minute is known: evenly spread over it.

export const MINUTE_MS = 60_000;

/** The time of request `index` (0 the first) of so many in a minute, in whole ms. */
export function timeOfRequest(minute: number, index: number, requests: number): number {
  return minute * MINUTE_MS + Math.floor((index * MINUTE_MS) / requests);
}

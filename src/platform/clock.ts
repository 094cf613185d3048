// The one place the program asks what time it is, so that tests can turn the clock.

export type Clock = { readonly nowMs: () => number };

export const systemClock: Clock = { nowMs: () => Date.now() };

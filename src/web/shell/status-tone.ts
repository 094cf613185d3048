// How good a status is: what its mark and its colour say.

export type StatusTone = "good" | "quiet" | "warn" | "bad";

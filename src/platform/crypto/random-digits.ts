// Makes codes of digits that nobody can foresee.
import { randomInt } from "node:crypto";

/** `count` digits, 1..14, each number equally likely, with its leading zeros. */
export function randomDigits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, "0");
}

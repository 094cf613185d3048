// Reads what is typed as several values in one word, and numbers within bounds.
import { InvalidArgumentError } from "commander";

/** Items separated by commas, in their order, without repeats. */
export function parseList(text: string): readonly string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.includes("")) {
    throw new InvalidArgumentError("write items separated by commas, such as a,b,c");
  }
  return [...new Set(items)];
}

export function parseCount(min: number, max: number): (text: string) => number {
  return function parse(text) {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`write a whole number from ${min} to ${max}`);
  };
}

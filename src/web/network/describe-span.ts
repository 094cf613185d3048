// Says a number of seconds as people do: "2 days 3 hours".
const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Exact, from the largest unit that fits. @param seconds whole, at least 1 */
export function describeSpan(seconds: number): string {
  let rest = seconds;
  const words: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`);
  }
  return words.join(" ");
}

/** "1st", "22nd", "1,113th" */
export function describeOrdinal(count: number): string {
  const [tens, ones] = [count % 100, count % 10];
  const end = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][ones] ?? "th");
  return `${count.toLocaleString("en")}${end}`;
}

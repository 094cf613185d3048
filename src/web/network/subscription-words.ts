// How a subscribed list is, in words.
import type { SubscriptionAnswer } from "../../api/subscription-api.ts";
import type { SubscriptionFormat } from "../../core/network/subscription.ts";
import type { StatusTone } from "../shell/status-tone.ts";

export const STATE_WORDS: Readonly<
  Record<SubscriptionAnswer["state"], { readonly tone: StatusTone; readonly name: string }>
> = {
  waiting: { tone: "quiet", name: "Not read yet" },
  loaded: { tone: "good", name: "Up to date" },
  "kept-back": { tone: "warn", name: "A new copy waits for you" },
  failed: { tone: "bad", name: "Could not be read" },
};

export const FORMAT_NAMES: Readonly<Record<SubscriptionFormat, string>> = {
  auto: "Told by the list itself",
  plain: "One range a line",
  csv: "CSV",
  netset: "FireHOL netset",
  "spamhaus-drop": "Spamhaus DROP",
  crowdsec: "CrowdSec decisions",
};

type Difference = NonNullable<SubscriptionAnswer["difference"]>;

/** "3 added (192.0.2.7, 192.0.2.8, …), none removed; 1 line could not be read". */
export function describeDifference(difference: Difference): string {
  const { added, removed, badLines } = difference;
  const changed =
    `${countOf(added, difference.addedSamples)} added` +
    `, ${countOf(removed, difference.removedSamples)} removed`;
  if (badLines === 0) return changed;
  const first = difference.badLineSamples[0];
  const lines = `${badLines.toLocaleString("en")} ${badLines === 1 ? "line" : "lines"}`;
  const where = first === undefined ? "" : ` (line ${first.line}: ${first.message})`;
  return `${changed}; ${lines} could not be read${where}`;
}

/** "1 range", "2,000 ranges" */
export function countRanges(ranges: number): string {
  return `${ranges.toLocaleString("en")} ${ranges === 1 ? "range" : "ranges"}`;
}

export function describeKeptBack(
  keptBack: Pick<NonNullable<SubscriptionAnswer["keptBack"]>, "ranges" | "difference">,
): string {
  const { ranges, difference } = keptBack;
  return `${countRanges(ranges)}: ${describeDifference(difference)}`;
}

function countOf(count: number, samples: readonly string[]): string {
  if (count === 0) return "none";
  const more = count > samples.length ? ", …" : "";
  const named = samples.length === 0 ? "" : ` (${samples.join(", ")}${more})`;
  return `${count.toLocaleString("en")}${named}`;
}

/** What is wrong with a source as it is typed, or null; the server looks again. */
export function sourceFault(text: string): string | null {
  const source = text.trim();
  if (source.startsWith("file:") && source.length > 5) return null;
  if (URL.canParse(source) && /^https?:$/.test(new URL(source).protocol)) return null;
  return "Write an address that begins with https://, or file: and a path.";
}

// Says how many entries a search has found, and how an address that was meant is written.
import { describeRuleRefusal } from "../../core/network/describe-rule-refusal.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { readLeadingPart } from "../../core/network/leading-part.ts";
import { countOf } from "../accounts/user-words.ts";

/** An address finds what covers it, a range what overlaps it, else what has the text in it. */
export type SearchKind = "address" | "range" | "part";

export function kindOfSearch(search: string): SearchKind {
  const reading = parseRule(search);
  if (!reading.ok) return "part";
  return reading.kind === "address" ? "address" : "range";
}

/** Digits and marks of an address, and not on the way to one: after a mark, typing goes on. */
const ALMOST = /^(?=.*(?:\d\.\d|:.*:))[0-9a-f.:/*[\]%-]*[0-9a-f*\]]$/i;

/** How to write the address that was probably meant; null: it was text, or is right. */
export function describeMiswritten(search: string): string | null {
  const reading = parseRule(search);
  if (reading.ok || !ALMOST.test(search) || readLeadingPart(search) !== null) return null;
  return describeRuleRefusal(search, reading);
}

export function describeFound(
  total: number,
  { search, action }: { readonly search: string; readonly action: ListAction | null },
): string {
  const kind = action === null ? "" : `${action} `;
  const count = countOf(total, `${kind}entry`, `${kind}entries`);
  if (search === "") return total === 0 ? "" : `${count}.`;
  const sought = kindOfSearch(search);
  switch (sought) {
    case "address":
      return total > 1 && action === null
        ? `${count} cover ${search}. Allow wins over deny.`
        : `${count} ${total === 1 ? "covers" : "cover"} ${search}.`;
    case "range":
      return `${count} ${total === 1 ? "overlaps" : "overlap"} ${search}.`;
    case "part": {
      const found = `${count} with “${search}” in the address or the note.`;
      const meant = describeMiswritten(search);
      return meant === null ? found : `${found} As an address, ${meant}`;
    }
    default:
      return sought satisfies never;
  }
}

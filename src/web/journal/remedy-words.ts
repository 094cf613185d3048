// What would have to change for a request to pass, in words, and where that is set.
import type { Remedy } from "../../core/gate/would-pass-if.ts";
import { describeCountdown } from "../shell/describe-time.ts";
import { momentText } from "./moment-text.ts";

type RemedyCode = Remedy["code"];

/** As the API sends it. */
export type ShownRemedy = Readonly<Record<string, unknown>>;

const WORDS: Readonly<Record<RemedyCode, string>> = {
  "allow-address": "the address were on the allow list",
  "remove-entry": "the deny entry were deleted",
  "release-ban": "the ban were released",
  wait: "it waited",
  "allow-country": "its country were allowed",
  "mend-proxy-headers": "the proxy described the request as its guide says",
  "ask-operator": "an operator changed the platform’s rules",
  "add-to-whitelist": "the address were on the account’s whitelist",
  "sign-in": "who asks signed in, as somebody who is granted the number",
  "make-member": "who asks were a user of the account",
  "grant-number": "the number were granted to who asks",
  "mark-number-shareable": "the number were marked shareable",
};

/**
 * To stand after "It would pass if ".
 * @param entry the range of the deny entry that refuses; null: not known, or none does
 */
export function describeRemedy(remedy: ShownRemedy, entry: string | null): string {
  const code = remedy["code"] as RemedyCode;
  const together = Array.isArray(remedy["with"]) ? (remedy["with"] as readonly RemedyCode[]) : [];
  const parts = [code, ...together].map((one) => (WORDS[one] as string | undefined) ?? one);
  const words = parts.join(", and ");
  if (code === "wait" && typeof remedy["seconds"] === "number") {
    return `it waited ${describeCountdown(remedy["seconds"])}`;
  }
  if (code === "remove-entry" && entry !== null) return `the deny entry ${entry} were deleted`;
  if (code === "release-ban" && typeof remedy["endsAtMs"] === "number") {
    return `${words}; it ends by itself at ${momentText(remedy["endsAtMs"])}`;
  }
  return words;
}

/** The page on which a remedy is set; null where there is none, or a button does it. */
export function remedyPage(remedy: ShownRemedy): {
  readonly to: "/security/allowed-countries" | "/security/address-lists";
  readonly label: string;
} | null {
  switch (remedy["code"] as RemedyCode) {
    case "allow-country":
      return { to: "/security/allowed-countries", label: "Open Allowed countries" };
    case "remove-entry":
      return { to: "/security/address-lists", label: "Open Address lists" };
    default:
      return null;
  }
}

export function hasRemedy(remedies: readonly ShownRemedy[], code: RemedyCode): boolean {
  return remedies.some((remedy) => remedy["code"] === code);
}

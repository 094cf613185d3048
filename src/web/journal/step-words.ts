// Each step of a decision in words: which rule it was, and what it found.
import type { StepResult } from "../../core/decision.ts";
import type { NetworkStepName } from "../../core/network/network-steps.ts";
import { countOf } from "../accounts/user-words.ts";
import { describeCountry } from "../identity/describe-country.ts";
import type { StatusTone } from "../shell/status-tone.ts";
import { momentText } from "./moment-text.ts";
import { readableCode, reasonName, reasonSentence } from "./reason-words.ts";
import { surfaceName } from "./surface-words.ts";

/** As the API sends it; a step of a later version may be any text. */
export type ShownStep = {
  readonly step: string;
  readonly layer: string;
  readonly result: string;
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
};

export type StepLine = {
  /** The rule: "Deny list". */
  readonly title: string;
  /** What was found, as a sentence. */
  readonly words: string;
  readonly tone: StatusTone;
  /** What came of it, in a word or two. */
  readonly mark: string;
};

type Detail = Readonly<Record<string, unknown>>;
type Words = {
  readonly title: (detail: Detail) => string;
  readonly matched: (detail: Detail) => string;
  readonly notMatched: (detail: Detail) => string;
  readonly notApplicable: (detail: Detail) => string;
};

const NETWORK_WORDS: Readonly<Record<NetworkStepName, Words>> = {
  "on-allow-list": {
    title: () => "Allow list",
    matched: (detail) => `${entryOf("allow", detail)} covers the address.`,
    notMatched: () => "No allow entry covers the address.",
    notApplicable: listsOff,
  },
  "on-deny-list": {
    title: () => "Deny list",
    matched: (detail) => `${entryOf("deny", detail)} covers the address.`,
    notMatched: () => "No deny entry covers the address.",
    notApplicable: listsOff,
  },
  "on-subscribed-list": {
    title: () => "Subscribed lists",
    matched: ({ subscription }) =>
      typeof subscription === "string"
        ? `The subscribed list “${subscription}” covers the address.`
        : "A subscribed list covers the address.",
    notMatched: () => "No subscribed list covers the address.",
    notApplicable: () => "No subscribed list is looked at.",
  },
  banned: {
    title: () => "Bans",
    matched: ({ endsAtMs }) =>
      typeof endsAtMs === "number" && endsAtMs > 0
        ? `Under a ban until ${momentText(endsAtMs)}.`
        : "Under a ban.",
    notMatched: () => "Under no ban.",
    notApplicable: () => "Not asked here.",
  },
  "over-hard-limit": {
    title: () => "Hard limit",
    matched: (detail) => countedText(detail, "requestsMax", "windowSeconds"),
    notMatched: (detail) => countedText(detail, "requestsMax", "windowSeconds"),
    notApplicable: () => "Allow entries are exempt from it.",
  },
  "country-denied": {
    title: () => "Allowed countries",
    matched: (detail) => `${countryOf(detail)} is not allowed.`,
    notMatched: (detail) => `${countryOf(detail)} is allowed.`,
    notApplicable: () => "The country rules are off.",
  },
  "over-webchat-limit": {
    title: () => "Web chat requests",
    matched: (detail) => countedText(detail, "requestsMax", "windowSeconds"),
    notMatched: (detail) => countedText(detail, "requestsMax", "windowSeconds"),
    notApplicable: ({ mode }) => (mode === "off" ? "The rule is off." : "Holds for web chat only."),
  },
  "over-rate-limit": {
    title: ({ surface }) =>
      typeof surface === "string" ? `Rate limit: ${surfaceName(surface)}` : "Rate limit",
    matched: (detail) => countedText(detail, "requestMaxCount", "requestMaxSeconds"),
    notMatched: (detail) => countedText(detail, "requestMaxCount", "requestMaxSeconds"),
    notApplicable: () => "There is no rate limit here.",
  },
};

/** Steps that let a request pass when they apply. */
const LETS_IN: ReadonlySet<string> = new Set([
  "on-allow-list",
  "access-unrestricted",
  "session-not-asked",
  "session-open",
]);

/** Steps of sign-in and recordings that are no reason of a refusal. */
const OTHER_TITLES: Readonly<Record<string, string>> = {
  "access-unrestricted": "No security restrictions",
  "session-not-asked": "No sign-in asked for",
  "session-open": "Signed in",
};

export function describeStep(step: ShownStep): StepLine {
  const words = NETWORK_WORDS[step.step as NetworkStepName] as Words | undefined;
  const { tone, mark } = markOf(step);
  if (words === undefined) return { ...describeOther(step), tone, mark };
  const { detail = {} } = step;
  return { title: words.title(detail), words: saidBy(words, step), tone, mark };
}

function saidBy(words: Words, { result, layer, detail }: ShownStep): string {
  // Admins are told what the platform's rules came to, and not what is in them.
  const isHidden = detail === undefined && layer === "platform";
  switch (result as StepResult) {
    case "matched":
      return isHidden ? NOT_TOLD : words.matched(detail ?? {});
    case "monitored":
      return isHidden
        ? NOT_TOLD
        : `${words.matched(detail ?? {})} The rule is on monitor and refuses nobody.`;
    case "not-matched":
      return words.notMatched(detail ?? {});
    default:
      return isHidden ? "" : words.notApplicable(detail ?? {});
  }
}

const NOT_TOLD = "A rule of the platform; operators know its details.";

const OTHER_WORDS: Readonly<Record<Exclude<StepResult, "matched">, string>> = {
  monitored: "It would apply, and is on monitor: it refuses nobody.",
  "not-matched": "It does not apply.",
  "not-applicable": "It was not asked here.",
};

function describeOther({ step, result, detail }: ShownStep): Pick<StepLine, "title" | "words"> {
  const title = OTHER_TITLES[step] ?? reasonName(step);
  const why = detail?.["why"];
  const tail = typeof why === "string" ? ` (${readableCode(why).toLowerCase()})` : "";
  if (result === "matched")
    return { title, words: `${reasonSentence(step) ?? "It applies."}${tail}` };
  return { title, words: OTHER_WORDS[result as keyof typeof OTHER_WORDS] };
}

function markOf({ step, result }: ShownStep): Pick<StepLine, "tone" | "mark"> {
  switch (result as StepResult) {
    case "matched":
      return LETS_IN.has(step)
        ? { tone: "good", mark: "Lets it pass" }
        : { tone: "bad", mark: "Refuses it" };
    case "monitored":
      return { tone: "warn", mark: "Would refuse it" };
    case "not-matched":
      return { tone: "quiet", mark: "Does not apply" };
    default:
      return { tone: "quiet", mark: "Not asked" };
  }
}

function entryOf(action: "allow" | "deny", { entry, note }: Detail): string {
  const range = typeof entry === "string" ? ` ${entry}` : "";
  const words = typeof note === "string" && note !== "" ? ` (“${note}”)` : "";
  return `The ${action} entry${range}${words}`;
}

function listsOff({ mode }: Detail): string {
  return mode === "off" ? "The address lists are off." : "No such entry was looked for.";
}

function countryOf({ country }: Detail): string {
  if (typeof country !== "string") return "The country";
  const name = describeCountry(country);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** "51 requests in 60 seconds, of 50 that are accepted." */
function countedText(detail: Detail, max: string, seconds: string): string {
  const { count } = detail;
  const accepted = detail[max];
  const span = detail[seconds];
  if (typeof accepted !== "number" || typeof span !== "number") return "Under the limit.";
  const counted = typeof count === "number" ? count : 0;
  const of = `${counted.toLocaleString("en")} of ${countOf(accepted, "request")}`;
  return `${of} that ${accepted === 1 ? "is" : "are"} accepted within ${countOf(span, "second")}.`;
}

export const LAYER_NAMES: Readonly<Record<string, string>> = {
  request: "The request",
  platform: "Platform",
  account: "Account",
};

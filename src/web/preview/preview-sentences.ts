// What a preview found, as sentences.
import type {
  PreviewAnswer,
  PreviewedChange,
  PreviewNote,
  PreviewPeriod,
} from "../../api/preview-api.ts";
import { countOf } from "../accounts/user-words.ts";

const PREVIEW_PERIOD_WORDS: Readonly<Record<PreviewPeriod, string>> = {
  "24h": "the last 24 hours",
  "7d": "the last 7 days",
};

type Differences = PreviewAnswer["differences"];
type Verdict = Differences["verdicts"][number]["before"];

const OF_VISITORS: ReadonlySet<PreviewedChange["kind"]> = new Set([
  "network-policy",
  "address-list",
  "subscription-mode",
]);

type Kinds = readonly Pick<PreviewedChange, "kind">[];

/** Rules of sign-in and audio decide no visitor's request at the gate. */
export function areOfVisitors(changes: Kinds): boolean {
  return changes.some(({ kind }) => OF_VISITORS.has(kind));
}

/** The first sentence. */
export function tellPreview(preview: PreviewAnswer, changes: Kinds): string {
  const ofPeople = changes.some(({ kind }) => !OF_VISITORS.has(kind));
  return [
    ...(areOfVisitors(changes) ? [tellDifferences(preview)] : []),
    ...(ofPeople ? [tellEffects(preview)] : []),
  ].join(" ");
}

function tellEffects({ effects }: Pick<PreviewAnswer, "effects">): string {
  return effects.length === 0
    ? "It would change nothing for any user, session or recording there is now."
    : "From the moment it is saved:";
}

/** How much of what came is concerned. */
export function tellDifferences({ period, requests, differences }: PreviewAnswer): string {
  const when = PREVIEW_PERIOD_WORDS[period];
  if (requests === 0) return `Nobody is recorded for ${when}, so there is nothing to compare.`;
  if (differences.requests === 0) {
    return `None of the ${countOf(requests, "request")} of ${when} would be decided differently.`;
  }
  const from = countOf(differences.addresses, "address", "addresses");
  const people =
    differences.users === 0 ? "" : `, with ${countOf(differences.users, "user")} signed in there`;
  const share = `${differences.requests.toLocaleString("en")} of ${countOf(requests, "request")}`;
  return `${share} of ${when} would be decided differently: from ${from}${people}.`;
}

const VERDICT_NOW: Readonly<Record<Verdict, string>> = {
  pass: "let through",
  refuse: "refused",
  monitor: "let through and recorded",
};

/** Such as "198 requests that are let through would be refused." */
export function tellVerdict({ before, after, requests }: Differences["verdicts"][number]): string {
  const are = requests === 1 ? "is" : "are";
  const what = `${countOf(requests, "request")} that ${are} ${VERDICT_NOW[before]}`;
  return `${what} would be ${VERDICT_NOW[after]}.`;
}

export type ShownTone = "loss" | "gain" | "note";

/** Who is refused then loses, who is refused now gains. */
export function toneOfVerdict({
  before,
  after,
}: Pick<Differences["verdicts"][number], "before" | "after">): ShownTone {
  if (after === "refuse") return "loss";
  return before === "refuse" ? "gain" : "note";
}

const NOTES: Readonly<Record<PreviewNote, (requests: string) => string>> = {
  "limits-by-minute": () =>
    "Requests are recorded by the minute; limits are judged as if those of a minute came evenly.",
  "visitors-not-recorded": (requests) =>
    `${requests} came in a flood and are recorded without their addresses: they are left out.`,
  "imported-visits": (requests) =>
    `${requests} come from an imported log, not from what this gate decided.`,
  "routes-not-recorded": () =>
    "Hosts and paths are not recorded, so what other routes would change cannot be told.",
  "offences-not-replayed": () =>
    "Failed sign-ins are not played again: bans for them hold with and without the change.",
  "plays-as-requests": (requests) =>
    `${requests} for recordings were each taken for a play, as records do not tell.`,
  "period-cut": () => "There were more records than are looked at; the latest were.",
  "rules-unconfirmed": () =>
    "Judged by rules that wait to be confirmed: if they go back, it may be different.",
};

export function tellNote({ code, requests }: PreviewAnswer["notes"][number]): string {
  return NOTES[code](countOf(requests, "request"));
}

// What can be chosen to narrow Activity, and how what was chosen is said.
import type { EventGroup } from "../../api/journal-api.ts";
import { locationName } from "../../api/country-names.ts";
import { LOCATIONS } from "../../core/network/iso-3166.ts";
import type { FilterName } from "./activity-filter.ts";
import { KIND_WORDS, kindWords } from "./event-words.ts";
import { momentText } from "./moment-text.ts";
import { isPeriod, PERIOD_WORDS } from "./overview-period.ts";
import { REASON_WORDS, reasonName } from "./reason-words.ts";
import { SURFACE_NAMES, surfaceName } from "./surface-words.ts";

export const GROUP_NAMES: Readonly<Record<EventGroup, string>> = {
  refusals: "Refusals",
  "sign-ins": "Sign-ins",
  bans: "Bans",
  changes: "Changes",
  recordings: "Recordings",
  alarms: "Alarms",
};

type Choice = { readonly value: string; readonly label: string };

type ChosenName = "reason" | "verdict" | "surface" | "country" | "kind";

const VERDICT_NAMES: Readonly<Record<string, string>> = {
  refuse: "Refused",
  monitor: "Would be refused",
};

export const FILTER_CHOICES: readonly {
  readonly name: ChosenName;
  readonly label: string;
  readonly choices: readonly Choice[];
}[] = [
  {
    name: "reason",
    label: "Reason",
    choices: choicesOf(Object.keys(REASON_WORDS), reasonName),
  },
  {
    name: "verdict",
    label: "Verdict",
    choices: choicesOf(Object.keys(VERDICT_NAMES), (value) => VERDICT_NAMES[value] ?? value),
  },
  {
    name: "surface",
    label: "Surface",
    choices: choicesOf(Object.keys(SURFACE_NAMES), surfaceName),
  },
  {
    name: "country",
    label: "Country",
    choices: choicesOf(LOCATIONS, placeName),
  },
  {
    name: "kind",
    label: "Kind of event",
    choices: choicesOf(Object.keys(KIND_WORDS), kindName),
  },
];

/** Those whose fields are folded away at first. */
export const COLLAPSED_NAMES: readonly FilterName[] = [
  ...FILTER_CHOICES.map(({ name }) => name),
  "since",
  "until",
];

function choicesOf(values: readonly string[], name: (value: string) => string): readonly Choice[] {
  const choices = values.map((value) => ({ value, label: name(value) }));
  return choices.toSorted((a, b) => a.label.localeCompare(b.label, "en"));
}

function kindName(kind: string): string {
  return kindWords(kind).name;
}

/** "Reason: Banned"; a value that is none is said as it stands. */
export function pillText(name: FilterName, value: string): string {
  switch (name) {
    case "group":
      return (GROUP_NAMES as Readonly<Record<string, string>>)[value] ?? value;
    case "kind":
      return `Kind: ${kindName(value)}`;
    case "verdict":
      return VERDICT_NAMES[value] ?? value;
    case "reason":
      return `Reason: ${reasonName(value)}`;
    case "surface":
      return `Surface: ${surfaceName(value)}`;
    case "country":
      return `Country: ${placeName(value)}`;
    case "account":
      return `Account: ${value}`;
    case "user":
      return `User: ${value}`;
    case "address":
      return `Address: ${value}`;
    case "period":
      return isPeriod(value) ? `Last ${PERIOD_WORDS[value].name}` : value;
    case "since":
      return `From ${momentOr(value)}`;
    case "until":
      return `To ${momentOr(value)}`;
    default:
      return name satisfies never;
  }
}

function placeName(value: string): string {
  const location = LOCATIONS.find((one) => one === value);
  return location === undefined ? value : locationName(location);
}

function momentOr(text: string): string {
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? text : momentText(atMs);
}

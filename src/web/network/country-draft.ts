// The country policy while it is edited: many countries set at once, and what was changed in words.
import { COUNTRY_CODES } from "../../core/network/iso-3166.ts";
import type { CountryCode, Location } from "../../core/network/iso-3166.ts";
import type { CountryRule, ListAction } from "../../core/network/network-policy.ts";
import { countryName } from "../../api/country-names.ts";
import type { RuleChange } from "../shell/rule-change.ts";
import { nameOfMode } from "./mode-words.ts";

/** What a country is set to; `default`: it takes the action of all that are not set. */
export type CountryChoice = ListAction | "default";

/** Codes in alphabetical order, so that the same rules are the same text. */
export function toCountryDraft(rule: CountryRule): CountryRule {
  const { mode, defaultAction, countries, unknown, private: ofPrivate } = rule;
  return {
    mode,
    defaultAction,
    countries: inOrder(new Map(Object.entries(countries))),
    unknown,
    private: ofPrivate,
  };
}

function inOrder(actions: ReadonlyMap<string, ListAction>): Readonly<Record<string, ListAction>> {
  const rows = COUNTRY_CODES.flatMap((code) => {
    const action = actions.get(code);
    return action === undefined ? [] : [[code, action] as const];
  });
  return Object.fromEntries(rows);
}

export function setCountries(
  draft: CountryRule,
  codes: Iterable<CountryCode>,
  choice: CountryChoice,
): CountryRule {
  const actions = new Map(Object.entries(draft.countries));
  for (const code of codes) {
    if (choice === "default") actions.delete(code);
    else actions.set(code, choice);
  }
  return { ...draft, countries: inOrder(actions) };
}

export function choiceOf(rule: CountryRule, code: CountryCode): CountryChoice {
  return rule.countries[code] ?? "default";
}

/** The default action never reaches the two rows that are no country. */
export function actionOf(rule: CountryRule, location: Location): ListAction {
  if (location === "unknown") return rule.unknown;
  if (location === "private") return rule.private;
  return rule.countries[location] ?? rule.defaultAction;
}

export function deniedCountries(rule: CountryRule): readonly CountryCode[] {
  return COUNTRY_CODES.filter((code) => actionOf(rule, code) === "deny");
}

const ACTION_WORDS: Readonly<Record<ListAction, string>> = { allow: "allowed", deny: "denied" };

export function describeAction(action: ListAction): string {
  return ACTION_WORDS[action];
}

function describeChoice(rule: CountryRule, code: CountryCode): string {
  const choice = choiceOf(rule, code);
  if (choice !== "default") return ACTION_WORDS[choice];
  return `default (${ACTION_WORDS[rule.defaultAction]})`;
}

const CHANGED_NAMED_MAX = 5;

/** Countries that went the same way are told together. */
export function describeCountryChanges(from: CountryRule, to: CountryRule): readonly RuleChange[] {
  const together = new Map<string, { from: string; to: string; names: string[] }>();
  for (const code of changedCountries(from, to)) {
    const [was, is] = [describeChoice(from, code), describeChoice(to, code)];
    const row = together.get(`${was}>${is}`) ?? { from: was, to: is, names: [] };
    row.names.push(countryName(code));
    together.set(`${was}>${is}`, row);
  }
  return [
    ...describePlainChanges(from, to),
    ...[...together.values()].map((row) => ({
      title: listNames(row.names, CHANGED_NAMED_MAX),
      from: row.from,
      to: row.to,
    })),
  ];
}

function describePlainChanges(from: CountryRule, to: CountryRule): readonly RuleChange[] {
  const words = ACTION_WORDS;
  const pairs = [
    ["Country protection", nameOfMode(from.mode), nameOfMode(to.mode)],
    ["All other countries", words[from.defaultAction], words[to.defaultAction]],
    ["Unknown location", words[from.unknown], words[to.unknown]],
    ["Private addresses", words[from.private], words[to.private]],
  ] as const;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([title, before, after]) => ({ title, from: before, to: after }));
}

function changedCountries(from: CountryRule, to: CountryRule): readonly CountryCode[] {
  return COUNTRY_CODES.filter((code) => choiceOf(from, code) !== choiceOf(to, code));
}

/** Each country by itself. */
export function countCountryChanges(from: CountryRule, to: CountryRule): number {
  return describePlainChanges(from, to).length + changedCountries(from, to).length;
}

/** "Chad, Cuba and 18 more" */
export function listNames(names: readonly string[], namedMax: number): string {
  if (names.length <= namedMax) {
    return names.length < 2
      ? names.join("")
      : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  }
  const shown = names.slice(0, namedMax - 1).join(", ");
  return `${shown} and ${names.length - namedMax + 1} more`;
}

/** What the rules do as they are set, in one sentence. */
export function describeCountryRule(rule: CountryRule): string {
  if (rule.mode === "off") return "No request is looked at by its country.";
  const denied = deniedCountries(rule).map(countryName);
  const rows = [
    ...(rule.unknown === "deny" ? ["addresses of unknown location"] : []),
    ...(rule.private === "deny" ? ["private addresses"] : []),
  ];
  const whom = [...(denied.length === 0 ? [] : [listCountries(denied)]), ...rows];
  if (whom.length === 0) return "Every country is allowed: nobody is refused.";
  const what =
    rule.mode === "enforce" ? "are refused with 403" : "are recorded as denied; nobody is refused";
  return `Requests from ${listNames(whom, 3)} ${what}.`;
}

function listCountries(names: readonly string[]): string {
  if (names.length === COUNTRY_CODES.length) return "every country";
  if (names.length > COUNTRY_CODES.length / 2) {
    return `${names.length} of ${COUNTRY_CODES.length} countries and regions`;
  }
  return names.length <= 2 ? names.join(" and ") : `${names.length} countries and regions`;
}

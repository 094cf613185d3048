// The rules of user authentication while they are edited: numbers as text, faults as one types.
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import { RULE_WORDS } from "./authentication-rules.ts";
import type { RuleKey, RuleWords } from "./authentication-rules.ts";
import { readWholeNumber } from "../../shell/whole-number.ts";

/** `numberText`: as typed; empty where the rule has no number. */
export type RuleDraft = { readonly isOn: boolean; readonly numberText: string };
export type AuthenticationDraft = Readonly<Record<RuleKey, RuleDraft>>;

type RuleValue = Readonly<Record<string, number | boolean>>;

export function toAuthenticationDraft(rules: UserAuthenticationRules): AuthenticationDraft {
  const rows = RULE_WORDS.map((words) => [words.key, toRuleDraft(words, rules)] as const);
  return Object.fromEntries(rows) as Record<RuleKey, RuleDraft>;
}

function toRuleDraft({ key, number }: RuleWords, rules: UserAuthenticationRules): RuleDraft {
  const value: RuleValue = rules[key];
  return {
    isOn: value["enabled"] === true,
    numberText: number === null ? "" : String(value[number.member]),
  };
}

/** A rule that is switched off keeps its number, unless that would not be accepted. */
export function switchRule(words: RuleWords, draft: RuleDraft, isOn: boolean): RuleDraft {
  const { number } = words;
  if (isOn || number === null || readWholeNumber(draft.numberText, number).ok) {
    return { ...draft, isOn };
  }
  return { ...toRuleDraft(words, IDENTITY_POLICY_DEFAULT.userAuthentication), isOn };
}

export type ReadAuthentication = {
  /** Null while something is not accepted. */
  readonly rules: UserAuthenticationRules | null;
  readonly faults: Readonly<Partial<Record<RuleKey, string>>>;
};

export function readAuthenticationDraft(draft: AuthenticationDraft): ReadAuthentication {
  const faults: Partial<Record<RuleKey, string>> = {};
  const rules: Partial<Record<RuleKey, RuleValue>> = {};
  for (const { key, number } of RULE_WORDS) {
    const { isOn, numberText } = draft[key];
    if (number === null) {
      rules[key] = { enabled: isOn };
      continue;
    }
    const read = readWholeNumber(numberText, number);
    if (read.ok) rules[key] = { enabled: isOn, [number.member]: read.value };
    else faults[key] = read.fault;
  }
  const isWhole = Object.keys(faults).length === 0;
  return { rules: isWhole ? (rules as unknown as UserAuthenticationRules) : null, faults };
}

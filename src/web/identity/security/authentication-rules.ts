// The rules of user authentication as people read them: name, what each does, its number, advice.
import { IDENTITY_BOUNDS } from "../../../core/identity/identity-policy.ts";
import type { UserAuthenticationRules } from "../../../core/identity/identity-policy.ts";
import type { RuleChange } from "../../shell/rule-change.ts";

export type RuleKey = keyof UserAuthenticationRules;

export type RuleNumber = {
  /** The member of the rule's value that holds it. */
  readonly member: string;
  readonly label: string;
  /** Behind a number, such as "days". */
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
};

export type RuleWords = {
  readonly key: RuleKey;
  readonly title: string;
  readonly sentence: string;
  readonly number: RuleNumber | null;
  /** What today's standards say against it; null where they have nothing against it. */
  readonly advice: string | null;
};

export const RULE_WORDS: readonly RuleWords[] = [
  {
    key: "minimumLength",
    title: "Minimum length",
    sentence: "A new password has at least this many characters.",
    number: {
      member: "characters",
      label: "Characters at least",
      unit: "characters",
      ...IDENTITY_BOUNDS.characters,
    },
    advice: null,
  },
  {
    key: "mixedCharacters",
    title: "Uppercase, lowercase and number",
    sentence: "A new password has at least one letter A–Z, one letter a–z and one number 0–9.",
    number: null,
    advice:
      "NIST SP 800-63B-4 and OWASP advise against this rule: " +
      "people meet it in ways that are easy to guess. Length helps more.",
  },
  {
    key: "expiry",
    title: "Password expires",
    sentence: "After this many days, the next sign-in asks for a new password.",
    number: {
      member: "days",
      label: "Days until it expires",
      unit: "days",
      ...IDENTITY_BOUNDS.expiryDays,
    },
    advice:
      "NIST SP 800-63B-4 and OWASP advise against this rule: regular changes lead to weaker " +
      "passwords. Better to change one when it may be known to others.",
  },
  {
    key: "history",
    title: "No recent password again",
    sentence: "A new password is none of the last ones, the present one among them.",
    number: {
      member: "passwords",
      label: "Passwords remembered",
      unit: "passwords",
      ...IDENTITY_BOUNDS.historyPasswords,
    },
    advice: null,
  },
  {
    key: "lockout",
    title: "Lock after wrong passwords",
    sentence:
      "One wrong password more than this locks the user, until the password is reset by e-mail " +
      "or an admin releases the lockout.",
    number: {
      member: "wrongPasswordsMax",
      label: "Wrong passwords allowed",
      unit: "wrong passwords",
      ...IDENTITY_BOUNDS.wrongPasswordsMax,
    },
    advice: null,
  },
  {
    key: "dormancy",
    title: "Lock who stays away",
    sentence:
      "Who has not signed in for this many months is locked, until the password is reset by " +
      "e-mail or an admin releases the lockout.",
    number: {
      member: "months",
      label: "Months without a sign-in",
      unit: "months",
      ...IDENTITY_BOUNDS.dormancyMonths,
    },
    advice: null,
  },
  {
    key: "knownBrowsersStayOpen",
    title: "Known browsers stay open",
    sentence:
      "A lockout holds for strangers only. Browsers in which the user has signed in before still " +
      "open, so that nobody can lock a user out by guessing.",
    number: null,
    advice: null,
  },
];

/** Such as "5 wrong passwords", "on" or "off". */
export function describeRule(words: RuleWords, rules: UserAuthenticationRules): string {
  const rule: Readonly<Record<string, number | boolean>> = rules[words.key];
  if (rule["enabled"] !== true) return "off";
  const { number } = words;
  if (number === null) return "on";
  const amount = Number(rule[number.member]);
  return `${amount} ${amount === 1 ? number.unit.replace(/s$/, "") : number.unit}`;
}

/** What differs between two versions, in words. */
export function describeRuleChanges(
  from: UserAuthenticationRules,
  to: UserAuthenticationRules,
): readonly RuleChange[] {
  return RULE_WORDS.flatMap((words) => {
    const [before, after] = [describeRule(words, from), describeRule(words, to)];
    return before === after ? [] : [{ title: words.title, from: before, to: after }];
  });
}

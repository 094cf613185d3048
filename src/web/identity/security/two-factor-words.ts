// The rules of the second factor as people read them: what each choice does, and what differs.
import { TRUST_DAYS } from "../../../core/identity/second-factor.ts";
import type { TwoFactorRules } from "../../../core/identity/identity-policy.ts";
import type { RuleChange } from "../../shell/rule-change.ts";

type Frequency = TwoFactorRules["frequency"];

export type FrequencyWords = {
  readonly frequency: Frequency;
  readonly label: string;
  readonly description: string;
};

/** In the guide's order and words. */
export const FREQUENCY_WORDS: readonly FrequencyWords[] = [
  {
    frequency: "every-login",
    label: "Every login",
    description: "Each sign-in asks for it, in every browser.",
  },
  {
    frequency: "14-days-skip",
    label: `${TRUST_DAYS} days skip`,
    description:
      `Whoever ticks “Trust this browser” is not asked again in it for ${TRUST_DAYS} days. ` +
      "Another browser, a cleared cookie, a changed password or a reset method asks again.",
  },
];

export function describeFrequency(frequency: Frequency): string {
  const words = FREQUENCY_WORDS.find((candidate) => candidate.frequency === frequency);
  return words?.label.toLowerCase() ?? frequency;
}

export function describeTwoFactorChanges(
  from: TwoFactorRules,
  to: TwoFactorRules,
): readonly RuleChange[] {
  const pairs = [
    ["Frequency", describeFrequency(from.frequency), describeFrequency(to.frequency)],
    ["Require two-factor authentication", onOrOff(from), onOrOff(to)],
  ] as const;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([title, before, after]) => ({ title, from: before, to: after }));
}

/** Saving this asks everywhere again, also where a browser was trusted a minute ago. */
export function endsTrust(from: TwoFactorRules, to: TwoFactorRules): boolean {
  return from.frequency === "14-days-skip" && to.frequency === "every-login";
}

function onOrOff({ required }: TwoFactorRules): string {
  return required.enabled ? "on" : "off";
}

// The anti-hacking rules while they are edited: three sections of the platform, saved as one.
import { checkBanRule } from "../../core/network/check-policy.ts";
import { BOUNDS } from "../../core/network/network-policy.ts";
import type { BanRule, Mode } from "../../core/network/network-policy.ts";
import type { RuleChange } from "../shell/rule-change.ts";
import { readWholeNumber } from "../shell/whole-number.ts";
import { nameOfMode } from "./mode-words.ts";
import type { RulesOf } from "./network-rules-query.ts";

export const ANTI_HACKING_SECTIONS = ["failed-authentication", "webchat-requests", "ban"] as const;
export type AntiHackingSection = (typeof ANTI_HACKING_SECTIONS)[number];
export type AntiHackingRules = RulesOf<AntiHackingSection>;

/** Numbers as typed. */
const NUMBER_BOUNDS = {
  offencesMax: BOUNDS.offencesMax,
  offenceWindow: BOUNDS.windowSeconds,
  requestsMax: BOUNDS.requestsMax,
  requestWindow: BOUNDS.windowSeconds,
  duration: BOUNDS.banDurationSeconds,
  durationMax: BOUNDS.banDurationSeconds,
  ipv6PrefixLength: BOUNDS.ipv6PrefixLength,
} as const;

export type AntiHackingNumber = keyof typeof NUMBER_BOUNDS;
const NUMBERS = Object.keys(NUMBER_BOUNDS) as readonly AntiHackingNumber[];

export type AntiHackingDraft = {
  readonly authenticationMode: Mode;
  readonly webchatMode: Mode;
  readonly isEscalating: boolean;
  readonly scope: BanRule["scope"];
  readonly texts: Readonly<Record<AntiHackingNumber, string>>;
};

export function toAntiHackingDraft(rules: AntiHackingRules): AntiHackingDraft {
  const { "failed-authentication": authentication, "webchat-requests": webchat, ban } = rules;
  return {
    authenticationMode: authentication.mode,
    webchatMode: webchat.mode,
    isEscalating: ban.escalation.enabled,
    scope: ban.scope,
    texts: {
      offencesMax: String(authentication.offencesMax),
      offenceWindow: String(authentication.windowSeconds),
      requestsMax: String(webchat.requestsMax),
      requestWindow: String(webchat.windowSeconds),
      duration: String(ban.durationSeconds),
      durationMax: String(ban.escalation.durationSecondsMax),
      ipv6PrefixLength: String(ban.ipv6PrefixLength),
    },
  };
}

export type AntiHackingRead = {
  /** Null while something is not accepted. */
  readonly rules: AntiHackingRules | null;
  readonly faults: Readonly<Partial<Record<AntiHackingNumber, string>>>;
};

/** @param saved the longest ban of an escalation that is off stays as it was saved */
export function readAntiHacking(draft: AntiHackingDraft, saved: AntiHackingRules): AntiHackingRead {
  const faults: Partial<Record<AntiHackingNumber, string>> = {};
  const values: Partial<Record<AntiHackingNumber, number>> = {};
  for (const name of NUMBERS) {
    const read = readWholeNumber(draft.texts[name], NUMBER_BOUNDS[name]);
    if (read.ok) values[name] = read.value;
    else if (name !== "durationMax" || draft.isEscalating) faults[name] = read.fault;
  }
  values.durationMax ??= saved.ban.escalation.durationSecondsMax;
  if (Object.keys(faults).length > 0) return { rules: null, faults };
  const rules = putTogether(draft, values as Record<AntiHackingNumber, number>);
  const [shorter] = checkBanRule(rules.ban);
  if (shorter === undefined) return { rules, faults };
  return { rules: null, faults: { durationMax: shorter.message } };
}

function putTogether(
  draft: AntiHackingDraft,
  values: Readonly<Record<AntiHackingNumber, number>>,
): AntiHackingRules {
  return {
    "failed-authentication": {
      mode: draft.authenticationMode,
      offencesMax: values.offencesMax,
      windowSeconds: values.offenceWindow,
    },
    "webchat-requests": {
      mode: draft.webchatMode,
      requestsMax: values.requestsMax,
      windowSeconds: values.requestWindow,
    },
    ban: {
      durationSeconds: values.duration,
      escalation: { enabled: draft.isEscalating, durationSecondsMax: values.durationMax },
      scope: draft.scope,
      ipv6PrefixLength: values.ipv6PrefixLength,
    },
  };
}

export const SCOPE_NAMES: Readonly<Record<BanRule["scope"], string>> = {
  everywhere: "Everywhere",
  surface: "Only where it came from",
};

export function describeAntiHackingChanges(
  from: AntiHackingRules,
  to: AntiHackingRules,
): readonly RuleChange[] {
  const [before, after] = [linesOf(from), linesOf(to)];
  return before.flatMap(([title, was], index) => {
    const is = after[index]![1];
    return was === is ? [] : [{ title, from: was, to: is }];
  });
}

/** Every value by the guide's names, in the order of the page. */
function linesOf(rules: AntiHackingRules): readonly (readonly [string, string])[] {
  const { "failed-authentication": authentication, "webchat-requests": webchat, ban } = rules;
  const seconds = (count: number): string => `${count} ${count === 1 ? "second" : "seconds"}`;
  return [
    ["Failed Authentication Protection", nameOfMode(authentication.mode)],
    ["Failed authentications accepted", String(authentication.offencesMax)],
    ["Failed authentications, within", seconds(authentication.windowSeconds)],
    ["Web chat Requests Protection", nameOfMode(webchat.mode)],
    ["Web chat requests allowed", String(webchat.requestsMax)],
    ["Web chat requests, within", seconds(webchat.windowSeconds)],
    ["Blacklist time interval", seconds(ban.durationSeconds)],
    ["Longer for repeats", ban.escalation.enabled ? "on" : "off"],
    ["Longest ban", seconds(ban.escalation.durationSecondsMax)],
    ["Where bans hold", SCOPE_NAMES[ban.scope]],
    ["IPv6 prefix length", `/${ban.ipv6PrefixLength}`],
  ];
}

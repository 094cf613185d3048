// The log-out policy while it is edited: minutes as text, a fault as one types.
import {
  IDENTITY_BOUNDS,
  IDENTITY_POLICY_DEFAULT,
} from "../../../core/identity/identity-policy.ts";
import type { LogOutRule } from "../../../core/identity/identity-policy.ts";
import type { RuleChange } from "../../shell/rule-change.ts";
import { readWholeNumber } from "../../shell/whole-number.ts";

/** `isOn` false: never. */
export type LogOutDraft = { readonly isOn: boolean; readonly minutesText: string };

export function toLogOutDraft({ enabled, minutes }: LogOutRule): LogOutDraft {
  return { isOn: enabled, minutesText: String(minutes) };
}

/** "Never" keeps the minutes for later, unless they would not be accepted. */
export function switchLogOut(draft: LogOutDraft, isOn: boolean): LogOutDraft {
  const isAccepted = readWholeNumber(draft.minutesText, IDENTITY_BOUNDS.idleMinutes).ok;
  if (isOn || isAccepted) return { ...draft, isOn };
  return { isOn, minutesText: String(IDENTITY_POLICY_DEFAULT.logOut.minutes) };
}

export function logOutFault({ minutesText }: LogOutDraft): string | null {
  const read = readWholeNumber(minutesText, IDENTITY_BOUNDS.idleMinutes);
  return read.ok ? null : read.fault;
}

export function readLogOutDraft({ isOn, minutesText }: LogOutDraft): LogOutRule | null {
  const read = readWholeNumber(minutesText, IDENTITY_BOUNDS.idleMinutes);
  return read.ok ? { enabled: isOn, minutes: read.value } : null;
}

export function describeLogOut({ enabled, minutes }: LogOutRule): string {
  return enabled ? `after ${minutes} minutes` : "never";
}

export function describeLogOutChanges(from: LogOutRule, to: LogOutRule): readonly RuleChange[] {
  const [before, after] = [describeLogOut(from), describeLogOut(to)];
  return before === after ? [] : [{ title: "Logged out", from: before, to: after }];
}

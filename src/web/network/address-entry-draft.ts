// An entry of an address list while it is written: texts of its fields, and what is wrong there.
import { rangeKeys, isWholeFamily } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import type { RefusedRule, RuleReading } from "../../core/network/address-rule.ts";
import { describeRuleRefusal, RULE_ACCEPTED } from "../../core/network/describe-rule-refusal.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { noteFault } from "./note-fault.ts";
import type { RuleChange } from "../shell/rule-change.ts";

/** What of an entry people set. `expiresAt`: RFC 3339; null: it has no end. */
export type EntryValue = {
  readonly range: string;
  readonly action: ListAction;
  readonly note: string;
  readonly expiresAt: string | null;
};

/** From now, or an instant that is typed. */
export const ENDS_CHOICES = [
  { value: "never", label: "Never" },
  { value: "3600", label: "In 1 hour" },
  { value: "86400", label: "In 1 day" },
  { value: "604800", label: "In 7 days" },
  { value: "2592000", label: "In 30 days" },
  { value: "at", label: "At a time …" },
] as const;

export type EndsChoice = (typeof ENDS_CHOICES)[number]["value"];

export type EntryDraft = {
  readonly rangeText: string;
  readonly action: ListAction;
  readonly note: string;
  readonly ends: EndsChoice;
  /** As a field for local date and time holds it; counts while `ends` is "at". */
  readonly endsAtText: string;
};

export const EMPTY_DRAFT: EntryDraft = {
  rangeText: "",
  action: "deny",
  note: "",
  ends: "never",
  endsAtText: "",
};

export function toEntryDraft({ range, action, note, expiresAt }: EntryValue): EntryDraft {
  return {
    rangeText: range,
    action,
    note,
    ends: expiresAt === null ? "never" : "at",
    endsAtText: expiresAt === null ? "" : toLocalText(expiresAt),
  };
}

export type EntryFaults = Readonly<Partial<Record<"range" | "note" | "ends", string>>>;

export function entryFaults(draft: EntryDraft, nowMs: number): EntryFaults {
  const reading = parseRule(draft.rangeText);
  const endsAtMs = readEnd(draft, nowMs);
  const note = noteFault(draft.note);
  return {
    ...(reading.ok ? {} : { range: describeFault(draft.rangeText, reading) }),
    ...(note === null ? {} : { note: note }),
    ...(Number.isNaN(endsAtMs) ? { ends: "Choose a date and a time." } : {}),
    ...(endsAtMs !== null && endsAtMs <= nowMs ? { ends: "Choose a time that is to come." } : {}),
  };
}

/** What is wrong and how to write it right; of an empty field what is accepted. */
function describeFault(rangeText: string, refused: RefusedRule): string {
  if (refused.code === "empty") return `Write ${RULE_ACCEPTED}.`;
  return describeRuleRefusal(rangeText, refused);
}

/** What was probably meant, each as it can be saved: the parser's words name one, or two. */
export function suggestedRanges({ suggest }: RuleReading): readonly string[] {
  return (suggest ?? "").split(" or ").filter((text) => parseRule(text).ok);
}

/** Null: it has no end; NaN: no time was typed. */
function readEnd({ ends, endsAtText }: EntryDraft, nowMs: number): number | null {
  if (ends === "never") return null;
  return ends === "at" ? Date.parse(endsAtText) : nowMs + Number(ends) * 1000;
}

/** Null while something is not accepted. @param saved whose end stays unless it is changed */
export function readEntryDraft(
  draft: EntryDraft,
  saved: EntryValue | null,
  nowMs: number,
): EntryValue | null {
  const reading = parseRule(draft.rangeText);
  if (!reading.ok || noteFault(draft.note) !== null) return null;
  const { action, note } = draft;
  const value = { range: reading.canonical, action, note: note.trim() };
  // The field has no seconds: what was not touched keeps them, and may have ended.
  const isKept =
    saved !== null &&
    draft.ends === (saved.expiresAt === null ? "never" : "at") &&
    draft.endsAtText === (saved.expiresAt === null ? "" : toLocalText(saved.expiresAt));
  if (isKept) return { ...value, expiresAt: saved.expiresAt };
  const { ends } = entryFaults(draft, nowMs);
  const endsAtMs = readEnd(draft, nowMs);
  if (ends !== undefined) return null;
  return { ...value, expiresAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString() };
}

/** As `<input type="datetime-local">` holds it, in this browser's time zone. */
export function toLocalText(at: string): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export function describeEntryChanges(from: EntryValue, to: EntryValue): readonly RuleChange[] {
  const endOf = ({ expiresAt }: EntryValue): string =>
    expiresAt === null ? "never" : moment.format(Date.parse(expiresAt));
  const pairs = [
    ["Addresses", from.range, to.range],
    ["Action", from.action, to.action],
    ["Note", from.note || "none", to.note || "none"],
    ["Ends", endOf(from), endOf(to)],
  ] as const;
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([title, before, after]) => ({ title, from: before, to: after }));
}

const EXACT_MAX = 10n ** 12n;

/** "1 address", "65,536 addresses", "about 10^24 addresses" */
export function describeSize(range: AddressRange): string {
  if (isWholeFamily(range)) return `every IPv${range.family} address there is`;
  const { start, end } = rangeKeys(range);
  const size = BigInt(`0x${end}`) - BigInt(`0x${start}`) + 1n;
  if (size === 1n) return "1 address";
  if (size < EXACT_MAX) return `${size.toLocaleString("en")} addresses`;
  return `about 10^${size.toString().length - 1} addresses`;
}

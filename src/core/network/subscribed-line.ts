// Reads the lines of lists that others publish: which range a line is about, if any.

import type { SubscriptionFormat } from "./subscription.ts";

/** The range as it is written, or null for a line that is about none. */
export type LineReading = string | null;

/** How a copy is read; `decisions` is one document of JSON, `records` are lines of fields. */
export type CopyShape = "lines" | "drop-lines" | "records" | "decisions";

const HEAD_LINES = 50;

/**
 * @param head the first part of the copy, at least of its first lines
 * CrowdSec's decisions come as JSON or as CSV, so that this format is told by the copy, too.
 */
export function shapeOf(format: SubscriptionFormat, head: string): CopyShape {
  switch (format) {
    case "plain":
    case "netset":
      return "lines";
    case "csv":
      return "records";
    case "spamhaus-drop":
      return "drop-lines";
    case "crowdsec":
      return /^\s*(?:[[{]|null\s*$)/.test(head) ? "decisions" : "records";
    case "auto":
      return guessShape(head);
    default:
      return format satisfies never;
  }
}

function guessShape(head: string): CopyShape {
  const lines = head.split("\n", HEAD_LINES).map((line) => line.trim());
  const first = lines.find((line) => line !== "" && !isComment(line));
  if (first === undefined) return "lines";
  if (/^\{.*"(?:cidr|sblid)"\s*:/.test(first)) return "drop-lines";
  if (/^[[{]/.test(first)) return "decisions";
  return /[,\t"]/.test(first.split(/[#;]/)[0]!) ? "records" : "lines";
}

/** A comment takes the rest of its line, behind a range as well. */
export function readPlainLine(line: string): LineReading {
  const range = line.split(/#|;|\/\//, 1)[0]!.trim();
  return range === "" ? null : range;
}

/**
 * Spamhaus writes `1.10.16.0/20 ; SBL256894`, or an object a line with `cidr`; its last line is
 * about the list itself, and the objects of its list of networks by number have no `cidr`.
 */
export function readDropLine(line: string): LineReading {
  const text = line.trim();
  if (!text.startsWith("{")) return readPlainLine(text);
  const value = parseObject(text);
  if (value === null) return text.slice(0, 40);
  return typeof value["cidr"] === "string" ? value["cidr"] : null;
}

function isComment(line: string): boolean {
  return /^(?:#|;|\/\/)/.test(line);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * CrowdSec's decisions of JSON: those of its API, its stream's `new`, or the alerts that `cscli`
 * prints with the decisions in them. Null: it is no such document.
 */
export function readDecisions(document: unknown): readonly LineReading[] | null {
  if (Array.isArray(document)) return document.flatMap((item) => readDecisionItem(item));
  // What has no decisions is written as null, by cscli and in the stream.
  if (document === null) return [];
  if (!isObject(document)) return null;
  const list = "new" in document ? document["new"] : document["decisions"];
  if (list === null) return [];
  return Array.isArray(list) ? list.flatMap((item) => readDecisionItem(item)) : null;
}

function readDecisionItem(item: unknown): readonly LineReading[] {
  if (!isObject(item)) return [JSON.stringify(item).slice(0, 40)];
  const { decisions } = item;
  if (Array.isArray(decisions)) return decisions.flatMap((one) => readDecisionItem(one));
  const { scope, simulated, type, value } = item;
  return [readDecision({ scope, action: type, value, simulated })];
}

export type DecisionFields = {
  readonly scope: unknown;
  readonly action: unknown;
  readonly value: unknown;
  readonly simulated: unknown;
};

/** Only bans of addresses and ranges: a captcha, a country or a user is nothing to refuse by. */
export function readDecision({ scope, action, value, simulated }: DecisionFields): LineReading {
  if (typeof value !== "string") return "";
  const [, written, rest] = /^([A-Za-z]+):(.*)$/.exec(value) ?? [null, null, value];
  // cscli writes scope and value in one field; `fe80:` of an address is no scope.
  const isScoped = typeof written === "string" && !/^[0-9a-f]{1,4}$/i.test(written);
  const kind = isScoped ? written : (scope ?? "ip");
  if (typeof kind !== "string" || !/^(?:ip|range)$/i.test(kind)) return null;
  if (typeof action === "string" && action !== "" && action.toLowerCase() !== "ban") return null;
  if (simulated === true || simulated === "true") return null;
  return isScoped ? rest : value;
}

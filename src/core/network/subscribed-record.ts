// Finds in records of fields, as CSV has them, the field with the range.

import { parseRule } from "./address-rule.ts";
import { readDecision } from "./subscribed-line.ts";
import type { LineReading } from "./subscribed-line.ts";

/** Which fields say what; -1 where there is none. */
export type Columns = {
  readonly range: number;
  readonly scope: number;
  readonly action: number;
  readonly simulated: number;
};

/** Names that published lists give the field, the likeliest first. */
const RANGE_NAMES = [
  "range",
  "cidr",
  "network",
  "prefix",
  "subnet",
  "netblock",
  "ip",
  "ip_address",
  "ipaddress",
  "address",
  "value",
  "src_ip",
  "dst_ip",
  "source_ip",
  "host",
  "indicator",
  "ioc",
] as const;

/** A first record without any address names its fields. */
export function readHeader(fields: readonly string[]): Columns | null {
  if (fields.some((field) => isRange(field))) return null;
  const names = fields.map((field) => field.trim().toLowerCase().replaceAll(" ", "_"));
  const range = RANGE_NAMES.map((name) => names.indexOf(name)).find((index) => index !== -1);
  if (range === undefined) return null;
  const action = names.indexOf("action");
  return {
    range,
    scope: names.indexOf("scope"),
    action: action === -1 && names.includes("scope") ? names.indexOf("type") : action,
    simulated: names.indexOf("simulated"),
  };
}

/** Of records without a header: the first field that is a range. */
export function guessColumns(fields: readonly string[]): Columns | null {
  const range = fields.findIndex((field) => isRange(field));
  return range === -1 ? null : { range, scope: -1, action: -1, simulated: -1 };
}

export function readRecord(fields: readonly string[], columns: Columns): LineReading {
  const value = fields[columns.range]?.trim() ?? "";
  const of = (column: number): string | undefined => fields[column]?.trim();
  return readDecision({
    scope: of(columns.scope),
    action: of(columns.action),
    value,
    simulated: of(columns.simulated)?.toLowerCase(),
  });
}

function isRange(field: string): boolean {
  const text = field.trim();
  return parseRule(text).ok || /^(?:ip|range):/i.test(text);
}

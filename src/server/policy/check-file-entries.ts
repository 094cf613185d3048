// Checks the entries of a policy file's list: each by itself, and that no range stands twice.
import { FileEntrySchema } from "../../api/policy-file-api.ts";
import { isVeryWide } from "../../core/network/address-range.ts";
import { parseRule } from "../../core/network/address-rule.ts";
import type { AcceptedRule } from "../../core/network/address-rule.ts";
import { FILE_ENTRIES_MAX } from "../../core/policy/policy-file.ts";
import type { FileEntry } from "../../core/policy/policy-file.ts";
import { createSchemaCheck } from "../../platform/http/schema-compiler.ts";
import type { SectionFinding } from "./check-file-section.ts";
import { pathOfPointer } from "./yaml-place.ts";

export type CheckedEntries = {
  /** Null: no list is named. */
  readonly entries: readonly FileEntry[] | null;
  readonly faults: readonly SectionFinding[];
  readonly wide: readonly { readonly index: number; readonly range: string }[];
};

const checkEntry = createSchemaCheck(FileEntrySchema, "The entry");

export function checkFileEntries(sent: unknown): CheckedEntries {
  if (sent === undefined) return { entries: null, faults: [], wide: [] };
  const refuse = (message: string): CheckedEntries => ({
    entries: null,
    faults: [{ path: [], message }],
    wide: [],
  });
  if (!Array.isArray(sent)) return refuse("must be a list of entries; [] is the empty one");
  if (sent.length > FILE_ENTRIES_MAX) {
    return refuse(
      `has ${sent.length} entries; at most ${FILE_ENTRIES_MAX} are read. Leave the key out, and ` +
        "bring longer lists in with postern entry import",
    );
  }
  return readEntries(sent);
}

function readEntries(sent: readonly unknown[]): CheckedEntries {
  const faults: SectionFinding[] = [];
  const wide: { readonly index: number; readonly range: string }[] = [];
  const byRange = new Map<string, FileEntry>();
  for (const [index, item] of sent.entries()) {
    const rule = readRange(item);
    if (typeof rule === "string") faults.push({ path: [index, "range"], message: rule });
    const checked = checkEntry(item);
    if (!checked.ok) {
      const errors = (checked.problem.extra.errors ?? []).filter((error) => "path" in error);
      for (const { path, message } of errors) {
        faults.push({ path: [index, ...pathOfPointer(path)], message });
      }
    }
    if (rule === null || typeof rule === "string" || !checked.ok) continue;
    const { canonical: range } = rule;
    if (byRange.has(range)) {
      const message = `gives ${range} a second time; each range may stand once`;
      faults.push({ path: [index, "range"], message });
    }
    if (isVeryWide(rule.range)) wide.push({ index, range });
    const { action, note = "", expiresAt = null } = checked.value;
    const expiresAtMs = expiresAt === null ? null : Date.parse(expiresAt);
    byRange.set(range, { range, action, note, expiresAtMs });
  }
  return { entries: [...byRange.values()], faults, wide };
}

/** What is wrong with it, as text; null where there is none, which the schema tells. */
function readRange(item: unknown): AcceptedRule | string | null {
  const range = (item as { readonly range?: unknown } | null)?.range;
  if (typeof range !== "string") return null;
  const rule = parseRule(range);
  if (rule.ok) return rule;
  const help = rule.suggest === null ? "" : `; write ${rule.suggest}`;
  return `is not accepted: ${rule.reason}${help}`;
}

// Turns a revision into what the API answers: who made it, and what differs by it.
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { stringify } from "yaml";
import { ENTRIES_SUBJECT, REVISED_ENTRIES_SHOWN } from "../../api/revision-api.ts";
import type { ChangeWay, RevisionAnswer, RevisionDetail } from "../../api/revision-api.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { compareValues } from "../../core/policy/compare-values.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import { listRevisedEntries } from "../journal/index.ts";
import type { RevisedEntry, StoredRevision } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { rangeTextOf } from "../network/index.ts";

/** @param isOperator to others it is not told from where a change was made */
export function describeRevision(stored: StoredRevision, isOperator: boolean): RevisionAnswer {
  return {
    number: stored.number,
    changeId: stored.change_id,
    at: new Date(stored.at).toISOString(),
    subject: stored.subject,
    account: stored.account,
    // INVARIANT: only ways of the closed list were ever stored.
    way: stored.way as ChangeWay,
    actor: stored.actor,
    address: isOperator ? stored.address : null,
    entries: stored.entries,
    restores: stored.restores,
    overrode: stored.overrode,
  };
}

export async function describeRevisionWhole(
  read: ReadDatabase<Schema>,
  stored: StoredRevision,
  isOperator: boolean,
): Promise<RevisionDetail> {
  const revision = describeRevision(stored, isOperator);
  if (stored.subject === ENTRIES_SUBJECT) {
    const entries = await listRevisedEntries(read, stored.number, REVISED_ENTRIES_SHOWN);
    return { ...revision, values: [], lists: [], firstEntries: entries.map(toShown), diff: "" };
  }
  const before: unknown = JSON.parse(stored.before_json);
  const after: unknown = JSON.parse(stored.after_json);
  const differences = compareValues(before, after);
  return {
    ...revision,
    values: differences.filter((one) => "before" in one),
    lists: differences
      .filter((one) => "added" in one)
      .map(({ path, added, removed }) => ({ path, added: [...added], removed: [...removed] })),
    firstEntries: [],
    diff: diffOf(stored.subject, before, after),
  };
}

/** Finding more takes seconds of this thread; what came and went is told as lists as well. */
const DIFF_EDITS_MAX = 400;

function diffOf(subject: string, before: unknown, after: unknown): string {
  const texts = [before, orderLike(before, after)].map((value) => stringify(value));
  const [one = "", other = ""] = texts;
  if (one === other) return "";
  const name = `${subject}.yaml`;
  const options = { headerOptions: FILE_HEADERS_ONLY, maxEditLength: DIFF_EDITS_MAX };
  return createTwoFilesPatch(name, name, one, other, "before", "after", options) ?? "";
}

/** Names stand as they did before: an order that says nothing makes no difference. */
function orderLike(model: unknown, value: unknown): unknown {
  if (!isRecord(model) || !isRecord(value)) return value;
  const names = new Set([...Object.keys(model), ...Object.keys(value)]);
  const members = [...names].filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(members.map((name) => [name, orderLike(model[name], value[name])]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toShown(entry: RevisedEntry): RevisionDetail["firstEntries"][number] {
  return {
    range: rangeTextOf(entry),
    before: toState(entry.before_action, entry.before_note, entry.before_expires_at),
    after: toState(entry.after_action, entry.after_note, entry.after_expires_at),
  };
}

function toState(action: string | null, note: string | null, expiresAtMs: number | null) {
  if (action === null) return null;
  const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
  return { action: action as ListAction, note: note ?? "", expiresAt };
}

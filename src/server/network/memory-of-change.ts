// Gets ready, while a change waits to be confirmed, how memory goes back without asking the store.
import { sql } from "kysely";
import { ENTRIES_SUBJECT } from "../../api/revision-api.ts";
import type { MemoryOfChange, StoredRevision, WaitingChange } from "../journal/index.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { PLATFORM_SECTIONS } from "../../core/network/network-policy.ts";
import type { NetworkState } from "../../core/network/network-state.ts";
import type { Schema } from "../migrations/schema.ts";
import { applyEntry, findLayer } from "./apply-delta.ts";
import type { NetworkDelta } from "./change-feed.ts";
import type { Follower } from "./follow-changes.ts";

export type EntryDelta = Extract<NetworkDelta, { kind: "entry-saved" | "entry-removed" }>;
type SavedDelta = Extract<EntryDelta, { kind: "entry-saved" }>;

/** Entries that come back have no id until the store has them again. Far above those it gives. */
const RETURNED_ID_FIRST = 2 ** 31;

/** Sections of an owner as they were before those changes. */
export function sectionsBefore(
  changes: readonly WaitingChange[],
  owner: PolicyOwner,
): Readonly<Record<string, unknown>> {
  const sections = changes
    .flatMap(({ revisions }) => revisions)
    .filter((revision) => revision.owner === owner && isOfSection(revision))
    // INVARIANT: only values that passed the section's schema were ever stored.
    .map(({ subject, before_json: json }) => [subject, JSON.parse(json) as unknown] as const);
  return Object.fromEntries(sections);
}

function isOfSection({ subject }: StoredRevision): boolean {
  return (PLATFORM_SECTIONS as readonly string[]).includes(subject);
}

export async function prepareMemory(
  parts: {
    readonly read: ReadDatabase<Schema>;
    readonly state: NetworkState;
    readonly follower: Pick<Follower, "goBack">;
  },
  change: WaitingChange,
): Promise<MemoryOfChange> {
  const { state, follower } = parts;
  const owners = new Set(change.revisions.filter(isOfSection).map(({ owner }) => owner));
  const deltas = await readDeltasBack(parts.read, change);
  const returned = deltas.filter(isReturned);

  function applyAll(all: readonly EntryDelta[]): void {
    for (const delta of all) {
      const layer = findLayer(state, delta.owner);
      if (layer !== null) applyEntry(layer, delta);
    }
  }

  return {
    goBack: () => {
      follower.goBack(owners);
      applyAll(deltas);
    },
    settle: () => applyAll(returned.map(toRemoved)),
  };
}

function isReturned(delta: EntryDelta): delta is SavedDelta {
  return delta.kind === "entry-saved" && delta.id >= RETURNED_ID_FIRST;
}

function toRemoved({ owner, id, family, start, end }: SavedDelta): EntryDelta {
  return { kind: "entry-removed", owner, id, family, start, end };
}

type RevisedRow = {
  readonly owner: string;
  readonly family: 4 | 6;
  readonly start: string;
  readonly end: string;
  readonly before_action: "allow" | "deny" | null;
  readonly before_expires_at: number | null;
  /** Of the entry that stands there now. */
  readonly id: number | null;
};

export async function readDeltasBack(
  read: ReadDatabase<Schema>,
  { revisions }: WaitingChange,
): Promise<readonly EntryDelta[]> {
  const numbers = revisions
    .filter(({ subject }) => subject === ENTRIES_SUBJECT)
    .map(({ number }) => number);
  if (numbers.length === 0) return [];
  const { rows } = await sql<RevisedRow>`
    select made.owner as owner, revised.family as family, revised.range_start as start,
      revised.range_end as "end", revised.before_action as before_action,
      revised.before_expires_at as before_expires_at, entry.id as id
    from journal_revision_entry revised
    join journal_revision made on made.number = revised.revision
    left join network_entry entry
      on entry.owner = made.owner and entry.family = revised.family
      and entry.range_start = revised.range_start and entry.range_end = revised.range_end
    where revised.revision in (${sql.join(numbers)})
    order by made.number`.execute(read);
  let nextId = RETURNED_ID_FIRST;
  return rows.flatMap(({ owner, family, start, end, id, ...before }): EntryDelta[] => {
    const place = { owner, family, start, end };
    const { before_action: action, before_expires_at: expiresAtMs } = before;
    if (action === null) return id === null ? [] : [{ kind: "entry-removed", ...place, id }];
    return [{ kind: "entry-saved", ...place, id: id ?? nextId++, action, expiresAtMs }];
  });
}

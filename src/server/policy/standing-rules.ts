// Reads an owner's rules as they stand, those that are asked for, with their versions.
import type { Account } from "../../core/accounts/account.ts";
import {
  AUDIO_SECTION,
  defaultOfFileSection,
  FILE_ENTRIES_MAX,
  isIdentitySection,
  isNetworkSection,
} from "../../core/policy/policy-file.ts";
import type { FileEntry, FileSection } from "../../core/policy/policy-file.ts";
import type { ReadDatabase } from "../../platform/database/database.ts";
import { readIdentitySection } from "../identity/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { countByAction, rangeTextOf, readSection, streamEntriesById } from "../network/index.ts";
import { readAudioPolicy } from "../recordings/index.ts";
import { policyFileProblem } from "./policy-file-problem.ts";

export type StandingEntry = FileEntry & { readonly id: number; readonly version: number };

export type StandingRules = {
  readonly account: string | null;
  readonly name: string | null;
  readonly sections: ReadonlyMap<FileSection, unknown>;
  readonly versions: ReadonlyMap<FileSection, number>;
  /** Those that have not ended; null: not asked for. */
  readonly entries: readonly StandingEntry[] | null;
};

type Read = ReadDatabase<Schema>;

/** An account that is not there yet has the defaults. */
export function rulesOfNobody(account: string, sections: readonly FileSection[]): StandingRules {
  return {
    account,
    name: null,
    sections: new Map(sections.map((section) => [section, defaultOfFileSection(account, section)])),
    versions: new Map(sections.map((section) => [section, 0])),
    entries: [],
  };
}

/**
 * @param account null: the platform's
 * Throws `policy-list-too-long` where entries are asked for and are more than a file holds.
 */
export async function readStandingRules(
  read: Read,
  account: Account | null,
  asked: {
    readonly sections: readonly FileSection[];
    readonly withEntries: boolean;
    readonly nowMs: number;
  },
): Promise<StandingRules> {
  const sections = new Map<FileSection, unknown>();
  const versions = new Map<FileSection, number>();
  for (const section of asked.sections) {
    const { value, version } = await readFileSection(read, account, section);
    sections.set(section, value);
    versions.set(section, version);
  }
  const entries = asked.withEntries ? await readEntries(read, account, asked.nowMs) : null;
  const name = account?.name ?? null;
  return { account: account?.code ?? null, name, sections, versions, entries };
}

export async function readFileSection(
  read: Read,
  account: Account | null,
  section: FileSection,
): Promise<{ readonly value: unknown; readonly version: number }> {
  const owner = account?.id ?? "platform";
  if (isNetworkSection(section)) return readSection(read, owner, section);
  if (isIdentitySection(section)) return readIdentitySection(read, owner, section);
  section satisfies typeof AUDIO_SECTION;
  if (account === null) throw new Error("the platform has no audio policy of its own");
  return readAudioPolicy(read, account.id);
}

export async function isListTooLong(read: Read, account: Account | null): Promise<boolean> {
  const counts = await countByAction(read, account?.id ?? "platform");
  return counts.reduce((sum, { count }) => sum + count, 0) > FILE_ENTRIES_MAX;
}

/** In the order of their ids; those that have ended by now are left out. */
export async function* streamFileEntries(
  read: Read,
  account: Account | null,
  nowMs: number,
): AsyncIterable<StandingEntry> {
  for await (const entry of streamEntriesById(read, account?.id ?? "platform", null)) {
    const { id, version, action, note, expires_at: expiresAtMs } = entry;
    if (expiresAtMs !== null && expiresAtMs <= nowMs) continue;
    yield { id, version, range: rangeTextOf(entry), action, note, expiresAtMs };
  }
}

async function readEntries(
  read: Read,
  account: Account | null,
  nowMs: number,
): Promise<readonly StandingEntry[]> {
  if (await isListTooLong(read, account)) {
    throw policyFileProblem("policy-list-too-long", {
      detail:
        `The address list of ${account?.code ?? "the platform"} has more than ` +
        `${FILE_ENTRIES_MAX} entries. Leave \`entries\` out of the file; the list is kept by ` +
        "postern entry import and entry export.",
    });
  }
  const entries: StandingEntry[] = [];
  for await (const entry of streamFileEntries(read, account, nowMs)) entries.push(entry);
  return entries;
}

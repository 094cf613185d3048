// Builds a layer's allow and deny sets from the record, in small steps off the hot path.

import {
  appendPackedKeys,
  buildAddressSet,
  createAddressSetBuilder,
  keyLength,
} from "../../core/network/address-set-builder.ts";
import type { AddressSetBuilder } from "../../core/network/address-set-builder.ts";
import type { AddressSet } from "../../core/network/address-set.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { readVersion } from "./change-feed.ts";
import { countByFamily, findTrait, readEntryTraits, readRangePages } from "./read-entry-pages.ts";
import type { EntryTraits } from "./read-entry-pages.ts";

export type LoadedSets = {
  readonly allow: AddressSet;
  readonly deny: AddressSet;
  /** Every change up to this version is in the sets. */
  readonly version: number;
};

/** One snapshot, so that version and entries belong together. */
export function loadAddressSets(database: Database<Schema>, owner: string): Promise<LoadedSets> {
  return database.snapshot(async (read) => {
    const version = await readVersion(read);
    const expected = await countByFamily(read, owner);
    const traits = await readEntryTraits(read, owner, expected.ipv4 + expected.ipv6);
    const builders = {
      allow: createAddressSetBuilder(),
      // Long lists deny: room for all of them, made once; what is not used takes no memory.
      deny: createAddressSetBuilder(expected),
    };
    for (const family of [4, 6] as const) {
      for await (const page of readRangePages(read, owner, family)) {
        appendPage(builders, { page, family, traits });
      }
    }
    return {
      allow: buildAddressSet(builders.allow),
      deny: buildAddressSet(builders.deny),
      version,
    };
  });
}

const COMMA = 44;
const DIGIT_ZERO = 48;

/** Reads the rows where they stand: texts and objects for each would be garbage by the megabyte. */
function appendPage(
  builders: Readonly<Record<ListAction, AddressSetBuilder>>,
  { page, family, traits }: { page: string; family: 4 | 6; traits: EntryTraits },
): void {
  const keysLength = 2 * keyLength(family);
  for (let at = 0; at < page.length;) {
    let next = at + keysLength;
    let id = 0;
    for (; next < page.length && page.charCodeAt(next) !== COMMA; next += 1) {
      id = id * 10 + page.charCodeAt(next) - DIGIT_ZERO;
    }
    const trait = findTrait(traits, id);
    const action = trait === -1 ? "deny" : traits.actions[trait]!;
    const expiresAtMs = trait === -1 ? null : traits.expiriesAtMs[trait]!;
    appendPackedKeys(builders[action], { family, text: page, at, id, expiresAtMs });
    at = next + 1;
  }
}

// Builds a layer's allow and deny sets from the record, in small steps off the hot path.

import {
  appendKeys,
  buildAddressSet,
  createAddressSetBuilder,
} from "../../core/network/address-set-builder.ts";
import type { AddressSet } from "../../core/network/address-set.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { readVersion } from "./change-feed.ts";
import { countByFamily, findTrait, readEntryTraits, readRanges } from "./read-entry-pages.ts";

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
      for await (const ranges of readRanges(read, owner, family)) {
        for (const { start, end, id } of ranges) {
          const trait = findTrait(traits, id);
          const action = trait === -1 ? "deny" : traits.actions[trait]!;
          const expiresAtMs = trait === -1 ? null : traits.expiriesAtMs[trait]!;
          appendKeys(builders[action], { family, start, end, id, expiresAtMs });
        }
      }
    }
    return {
      allow: buildAddressSet(builders.allow),
      deny: buildAddressSet(builders.deny),
      version,
    };
  });
}

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
import { streamEntriesByRange } from "./entry-store.ts";

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
    const builders = { allow: createAddressSetBuilder(), deny: createAddressSetBuilder() };
    for await (const row of streamEntriesByRange(read, owner)) {
      appendKeys(builders[row.action], {
        family: row.family,
        start: row.range_start,
        end: row.range_end,
        id: row.id,
        expiresAtMs: row.expires_at,
      });
    }
    return {
      allow: buildAddressSet(builders.allow),
      deny: buildAddressSet(builders.deny),
      version,
    };
  });
}

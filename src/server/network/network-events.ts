// What the network domain writes into the journal, in its own words.

import type { Transaction } from "kysely";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { Schema } from "../migrations/schema.ts";

export type NetworkEvent = {
  readonly kind:
    | "ban"
    | "ban-changed"
    | "release"
    | "alarm"
    | "entries-changed"
    | "policy-changed"
    | "country-database-changed"
    | "subscription-changed";
  readonly atMs: number;
  readonly owner: string;
  /** Where the address is; only of what an address did. */
  readonly country?: string;
  readonly range: AddressRange | null;
  readonly reason: string | null;
  /** Who did it; null: the system. */
  readonly actor: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** In the transaction of the change itself, so that neither is there without the other. */
export type RecordEvent = (trx: Transaction<Schema>, event: NetworkEvent) => Promise<void>;

/** `account`: the code of the owner; null where that is the platform. */
export type NamedEvent = NetworkEvent & { readonly account: string | null };
export type RecordNamedEvent = (trx: Transaction<Schema>, event: NamedEvent) => Promise<void>;

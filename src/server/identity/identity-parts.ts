// What every part of the identity domain is given, and the words they share.
import type { Transaction } from "kysely";
import type { EventKind } from "../../api/journal-api.ts";
import type { Address } from "../../core/network/address.ts";
import type { OffenceKind } from "../../core/network/decide-offence.ts";
import type { Clock } from "../../platform/clock.ts";
import type { KeyRing } from "../../platform/crypto/key-ring.ts";
import type { Database } from "../../platform/database/database.ts";
import type { OpenIdClients } from "../../platform/oidc/open-id-clients.ts";
import type { PolicyChanges } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";

/** Where a person's request comes from, as it is recorded and shown. */
export type PersonPlace = {
  readonly address: Address;
  readonly addressText: string;
  /** Fixed-width lower-case hex. */
  readonly addressKey: string;
  /** ISO 3166-1 code, `unknown` or `private`. */
  readonly country: string;
  /** At most 300 characters. */
  readonly userAgent: string;
};

export type IdentityEvent = {
  readonly kind: Exclude<EventKind, "decision">;
  readonly atMs: number;
  /** Whose event it is. */
  readonly userId: string | null;
  /** Who did it: an e-mail address, a token, the host shell; null: the system. */
  readonly actor: string | null;
  /** An account's code. */
  readonly account?: string | null;
  readonly place?: PersonPlace | null;
  readonly reason?: string | null;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
};

/** Something that an operator has to look at; `detail.meaning` says it in a sentence. */
export type IdentityAlarm = {
  readonly reason: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

export type IdentityParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** The one way in which rules are changed. */
  readonly changes: PolicyChanges;
  /** Seals secrets of second factors and of providers. */
  readonly keyRing: KeyRing;
  /** Asks the providers that people sign in by. */
  readonly openIdClients: OpenIdClients;
  /** Scheme, host and port by which browsers reach this installation. */
  readonly publicUrl: string;
  readonly portalName: string;
  /** In the transaction of what happened, so that neither is there without the other. */
  readonly recordEvent: (trx: Transaction<Schema>, event: IdentityEvent) => Promise<void>;
  /** Resolves when a ban that this made is on disk. `attempt`: never a secret itself. */
  readonly reportOffence: (offence: {
    readonly address: Address;
    readonly kind: OffenceKind;
    readonly attempt: string | null;
  }) => Promise<void>;
  readonly onError: (error: unknown, doing: string) => void;
};

// Who changes a policy, from where and by which way, and what they said about its risks.
import type { IncomingMessage } from "node:http";
import type { Transaction } from "kysely";
import type { ChangeSafety } from "../../api/change-safety-api.ts";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import type { ChangeWay } from "../../api/revision-api.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Principal } from "../accounts/index.ts";
import type { Schema } from "../migrations/schema.ts";

export type ChangeContext = {
  /** One for everything that is changed in one step. */
  readonly changeId: string;
  /** Null: nobody; the system itself. */
  readonly principal: Principal | null;
  /** As `describePrincipal` has it. */
  readonly actor: string;
  /** Canonical text. Null: nobody asked over the network. */
  readonly address: string | null;
  readonly way: ChangeWay;
  /** The phrase was typed: it is made although it locks somebody out. */
  readonly overrides: boolean;
  /** The revision that is gone back to. */
  readonly restores: number | null;
  /** It goes back by itself after so long unless it is confirmed; null: it stays. */
  readonly confirmWithinMs: number | null;
};

/** Who could be shut out by what they change. */
export type ChangeMaker = Pick<ChangeContext, "principal" | "address">;

export type ChangeRequest = {
  readonly principal: Principal;
  readonly request: IncomingMessage;
  readonly safety: ChangeSafety;
};

/** A change that is checked whole: what refuses it has been thrown by whoever made it. */
export type PreparedChange = {
  /** Part of one transaction with all others of the step. */
  readonly store: (trx: Transaction<Schema>) => Promise<void>;
  /** Resolves when this node goes by what is committed. */
  readonly follow: () => Promise<void>;
};

/** An import names too many entries to hold them; it says what it does to one address. */
export type ImportedEntries = {
  readonly kind: "entry-import";
  readonly account?: string;
  /** @param address canonical text */
  readonly listedAs: (address: string) => Promise<readonly ListedAs[]>;
};

/** Of each action once, with the end of the one that lasts longest; null: it has no end. */
export type ListedAs = {
  readonly action: "allow" | "deny";
  readonly expiresAtMs: number | null;
  /** An entry of the address alone is among them. */
  readonly isItself: boolean;
};
export type GuardedChange = ProposedChange | ImportedEntries;

/**
 * Refuses what locks out whoever makes it, or every operator of late. Throws `would-lock-out`;
 * resolves with what was overridden, in a sentence, or null.
 */
export type GuardChanges = (
  changes: readonly GuardedChange[],
  context: ChangeContext,
) => Promise<string | null>;

/** Of the system, or of a test: nobody who could be locked out. */
export function changeBy(actor: string, way: ChangeWay = "system"): ChangeContext {
  return {
    changeId: randomId(),
    principal: null,
    actor,
    address: null,
    way,
    overrides: false,
    restores: null,
    confirmWithinMs: null,
  };
}

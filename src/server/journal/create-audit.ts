// Puts the audit together: chaining in the transaction of the act, reading, checking, anchoring.
import type { Transaction } from "kysely";
import type { AuditCheckAnswer } from "../../api/audit-api.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import { createAuditAnchors } from "./audit-anchors.ts";
import { checkAudit } from "./audit-check.ts";
import { EMPTY_CHAIN } from "./audit-entry.ts";
import type { AuditHead } from "./audit-entry.ts";
import { isAudited } from "./audit-kinds.ts";
import { appendToChain, listAudit, readHead } from "./audit-store.ts";
import type { AuditFilter, AuditPage } from "./audit-store.ts";
import type { JournalEvent } from "./journal-event.ts";

export type Audit = {
  /** Part of the caller's transaction; events that are nobody's act are left out. */
  readonly add: (trx: Transaction<Schema>, event: JournalEvent) => void;
  /** Newest first. */
  readonly list: (
    filter: AuditFilter,
    page: { readonly before: number | null; readonly limit: number },
  ) => Promise<AuditPage>;
  /** Reads the whole chain, page by page; who asks meanwhile gets the same answer. */
  readonly check: () => Promise<AuditCheckAnswer>;
  readonly head: () => Promise<AuditHead>;
  /** Writes down where the chain ends, when it has moved on. */
  readonly anchor: () => Promise<void>;
};

export function createAudit(parts: {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** Null: no anchors are kept. */
  readonly anchorsPath: string | null;
}): Audit {
  const { database, clock } = parts;
  const anchors = createAuditAnchors(parts.anchorsPath);
  const waiting = new WeakMap<Transaction<Schema>, JournalEvent[]>();
  let checking: Promise<AuditCheckAnswer> | null = null;

  function add(trx: Transaction<Schema>, event: JournalEvent): void {
    if (!isAudited(event)) return;
    const known = waiting.get(trx);
    if (known !== undefined) {
      known.push(event);
      return;
    }
    const events = [event];
    waiting.set(trx, events);
    database.beforeCommit(trx, () => appendToChain(trx, events));
  }

  async function check(): Promise<AuditCheckAnswer> {
    checking ??= checkAudit(database, anchors).finally(() => {
      checking = null;
    });
    return await checking;
  }

  async function head(): Promise<AuditHead> {
    return (await readHead(database.kysely)) ?? EMPTY_CHAIN;
  }

  return {
    add,
    list: (filter, page) => listAudit(database.kysely, filter, page),
    check,
    head,
    anchor: async () => await anchors.anchor(await head(), clock.nowMs()),
  };
}

// One line of the audit: its shape, its row in the store, and the hash that chains it.
import type { AuditEntryAnswer } from "../../api/audit-api.ts";
import type { EventKind } from "../../api/journal-api.ts";
import { sha256Hex } from "../../platform/crypto/sha256-hex.ts";
import type { JournalAuditTable } from "../migrations/journal-tables.ts";
import type { EventDetail, JournalEvent } from "./journal-event.ts";

/** The end of a chain: the number and hash of its last entry; 0 and '' when there is none. */
export type AuditHead = { readonly number: number; readonly hash: string };

export const EMPTY_CHAIN: AuditHead = { number: 0, hash: "" };

/** As many digits as a line of audit-anchors has; a larger one was not written here. */
export const NUMBER_MAX = 999_999_999_999_999;
/** The last that a Date can be. */
export const TIME_MAX_MS = 8_640_000_000_000_000;

/** The row of `event` as the next one after `head`. */
export function chainEvent(head: AuditHead, event: JournalEvent): JournalAuditTable {
  const unhashed = {
    number: head.number + 1,
    event_id: event.id,
    at: event.firstAtMs,
    kind: event.kind,
    owner: event.owner,
    account: event.account,
    user_id: event.userId,
    actor: event.actor,
    address: event.address,
    reason: event.reason,
    detail_json: canonicalJson(event.detail),
    previous_hash: head.hash,
  };
  return { ...unhashed, hash: hashOf(unhashed) };
}

/**
 * SHA-256 of one JSON array: the hash before, then the row's own words in a fixed order. The
 * detail goes in as the text that is stored, so that nothing of it can change unseen.
 */
export function hashOf(row: Omit<JournalAuditTable, "hash">): string {
  return sha256Hex(
    JSON.stringify([
      row.previous_hash,
      row.number,
      row.event_id,
      row.at,
      row.kind,
      row.owner,
      row.account,
      row.user_id,
      row.actor,
      row.address,
      row.reason,
      row.detail_json,
    ]),
  );
}

/** Members in the order of their names, at every depth: the same facts are the same text. */
function canonicalJson(value: EventDetail): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(
      Object.entries(member).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}

export function toAuditAnswer(row: JournalAuditTable): AuditEntryAnswer {
  return {
    number: row.number,
    eventId: row.event_id,
    at: auditTimeText(row.at),
    kind: row.kind as EventKind,
    owner: row.owner,
    account: row.account,
    userId: row.user_id,
    actor: row.actor,
    address: row.address,
    reason: row.reason,
    detail: readDetail(row.detail_json),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** Somebody may have changed the row: it is shown all the same, and the check tells of it. */
function readDetail(text: string): Record<string, unknown> {
  try {
    const detail: unknown = JSON.parse(text);
    if (typeof detail === "object" && detail !== null && !Array.isArray(detail)) {
      return { ...detail };
    }
  } catch {
    // Told below as it is.
  }
  return { unreadable: text };
}

/** RFC 3339; what is no time in a row that was changed becomes the nearest one. */
export function auditTimeText(atMs: number): string {
  return new Date(Math.min(Math.max(atMs, -TIME_MAX_MS), TIME_MAX_MS)).toISOString();
}

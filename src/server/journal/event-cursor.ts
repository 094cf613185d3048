// The place in the list of events from which to go on, as an opaque text.
import { journalProblem } from "./journal-problem.ts";

/** Events are listed by when they last happened, newest first, then by id. */
export type EventCursor = { readonly lastAtMs: number; readonly id: string };

export function formatCursor(cursor: EventCursor): string {
  return Buffer.from(`${cursor.lastAtMs}.${cursor.id}`, "latin1").toString("base64url");
}

/** Throws `cursor-malformed` (400). */
export function readCursor(text: string): EventCursor {
  const plain = Buffer.from(text, "base64url").toString("latin1");
  const match = /^(\d{1,15})\.([a-z2-7]{20})$/.exec(plain);
  if (match === null) throw journalProblem("cursor-malformed");
  return { lastAtMs: Number(match[1]), id: match[2] as string };
}

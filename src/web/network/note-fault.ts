// What is not accepted as a note, while it is typed: nothing of it is cut off unsaid.
import { NOTE_LENGTH_MAX } from "../../core/network/entry-note.ts";

/** Null: it is accepted. */
export function noteFault(note: string): string | null {
  const { length } = note.trim();
  if (length <= NOTE_LENGTH_MAX) return null;
  return `At most ${NOTE_LENGTH_MAX} characters; these are ${length.toLocaleString("en")}.`;
}

// Writes the header that has a browser save an answer under a name, whatever the name.
import { create } from "content-disposition";

/**
 * RFC 6266: for names beyond ASCII an old form with `_` and the exact one in UTF-8 (RFC 8187).
 * INVARIANT: the value is printable ASCII, so that no name ever begins another header line.
 */
export function attachmentHeader(fileName: string): string {
  // Half of a surrogate pair is in no encoding.
  const text = fileName.replace(/\p{Cc}/gu, "").replace(/\p{Surrogate}/gu, "\ufffd");
  return create(text, { type: "attachment", fallback: text.replace(/[^\x20-\x7e]|[%"\\]/gu, "_") });
}

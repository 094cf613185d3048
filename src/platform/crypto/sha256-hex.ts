// Hashes text, for secrets that are stored only as a hash.
import { hash } from "node:crypto";

/** SHA-256 of the UTF-8 bytes of `text`, 64 lower-case hex digits. For random tokens only. */
export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}

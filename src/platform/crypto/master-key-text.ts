// Reads a master key from the text that an operator writes, and tells its fingerprint.
import { hkdfSync, randomBytes } from "node:crypto";
import type { MasterKey } from "./key-ring.ts";

const MASTER_KEY_BYTES = 32;
export const MASTER_KEY_ACCEPTS =
  "32 random bytes in base64 or hex, such as `openssl rand -base64 32` prints";

/** Null: not 32 bytes, or one byte over and over, which nobody draws by chance. */
export function readMasterKey(text: string): MasterKey | null {
  const bytes = decode(text);
  if (bytes?.length !== MASTER_KEY_BYTES || new Set(bytes).size === 1) return null;
  return masterKeyOf(bytes);
}

export function newMasterKey(): MasterKey {
  return masterKeyOf(randomBytes(MASTER_KEY_BYTES));
}

/** The text of a key file; `readMasterKey` reads it. */
export function writeMasterKey({ key }: MasterKey): string {
  return Buffer.from(key).toString("base64");
}

/** The id is derived, so that it names the key and tells nothing of it. */
function masterKeyOf(key: Uint8Array): MasterKey {
  const id = Buffer.from(hkdfSync("sha256", key, "", "postern/v1/id", 8)).toString("hex");
  return { id, key };
}

function decode(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  if (/^[A-Za-z0-9+/]{43}=?$/.test(text)) return Buffer.from(text, "base64");
  return /^[A-Za-z0-9_-]{43}=?$/.test(text) ? Buffer.from(text, "base64url") : null;
}

// Makes unguessable values: tokens and record ids.
import { randomBytes } from "node:crypto";

// RFC 4648 section 6, in lower case.
const BASE32_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const ID_LENGTH = 20;

/** `byteCount` random bytes in base64url without padding; 32 bytes make 43 characters. */
export function randomToken(byteCount: number): string {
  return randomBytes(byteCount).toString("base64url");
}

/** A record id: 20 characters of a-z2-7, 100 random bits. */
export function randomId(): string {
  let id = "";
  // The alphabet's 32 letters divide 256, so each letter is equally likely.
  for (const byte of randomBytes(ID_LENGTH)) id += BASE32_ALPHABET.charAt(byte & 31);
  return id;
}

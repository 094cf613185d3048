// Compares two secrets in a time that tells nothing about where they differ.
import { createHash, timingSafeEqual } from "node:crypto";

/** Hashes both sides first, so that a different length takes no different time either. */
export function isSameSecret(left: string, right: string): boolean {
  const leftHash = createHash("sha256").update(left, "utf8").digest();
  const rightHash = createHash("sha256").update(right, "utf8").digest();
  return timingSafeEqual(leftHash, rightHash);
}

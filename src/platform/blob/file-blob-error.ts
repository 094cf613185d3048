// What the file system says of a blob, in our words.
import { BlobError } from "./blob-store.ts";
import type { BlobFault } from "./blob-store.ts";

/** The disk is full or the process has no descriptors left: of the store, not of one blob. */
const OF_THE_STORE: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  EROFS: "the disk is mounted read-only",
  EMFILE: "the process has too many files open",
  ENFILE: "the system has too many files open",
  ENOMEM: "the system has no memory left",
};

/** Not `ENOENT`, which means a missing blob only where the store's own directory is there. */
export function fileBlobError(error: unknown, what: string): BlobError {
  if (error instanceof BlobError) return error;
  const code = codeOfFileError(error);
  const words = OF_THE_STORE[code];
  const fault: BlobFault = words === undefined ? "unreadable" : "unavailable";
  return new BlobError(fault, `${what}: ${words ?? code}`, error);
}

/** "UNKNOWN" for what is no error of the system. */
export function codeOfFileError(error: unknown): string {
  const isObject = typeof error === "object" && error !== null && "code" in error;
  return isObject && typeof error.code === "string" ? error.code : "UNKNOWN";
}

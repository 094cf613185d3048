// What a blob store can do: the files of recordings, in a directory or in an S3 bucket.
import type { Readable } from "node:stream";

/** First and last byte, both included. */
export type BlobRange = { readonly first: number; readonly last: number };

export type BlobFault =
  /** The store is there, the blob is not. */
  | "missing"
  /** There is something, and not whole: another size, no file, a failing disk. */
  | "unreadable"
  /** The store itself is away, full, or refuses us. */
  | "unavailable";

/** The message is for operators: it names key and store, never a secret. */
export class BlobError extends Error {
  readonly fault: BlobFault;

  constructor(fault: BlobFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BlobError";
    this.fault = fault;
  }
}

export type BlobFacts = {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly contentType: string;
};

/** One blob as it was when it was opened: putting another in its place does not mix their bytes. */
export type OpenedBlob = {
  readonly sizeBytes: number;
  /**
   * Once; null is the whole blob. The stream closes the blob when it ends or is destroyed, and
   * fails with `BlobError` where fewer bytes come than were asked for.
   */
  readonly read: (range: BlobRange | null) => Readable | Promise<Readable>;
  /**
   * In place of `read`, where the blob is a file: at most `length` bytes from `position` into the
   * target; resolves to how many, 0 at the end. One at a time, and `close` after the last.
   */
  readonly readInto?: (target: Buffer, length: number, position: number) => Promise<number>;
  /** For whoever does not read. Harmless after reading. */
  readonly close: () => Promise<void>;
};

export type ListedBlob = {
  readonly key: string;
  readonly sizeBytes: number;
  readonly changedAtMs: number;
};

/** All of it rejects with `BlobError`. Keys are those of `isBlobKey`; others are our mistake. */
export type BlobStore = {
  readonly kind: "directory" | "s3";
  /** Where it is, in words for operators. */
  readonly describe: () => string;
  /**
   * Takes a finished file. INVARIANT: under the key there is the whole blob or none, also after a
   * crash; when this resolves, it is on disk. The file may be moved away. What was there before is
   * replaced.
   */
  readonly put: (key: string, filePath: string, facts: BlobFacts) => Promise<void>;
  readonly open: (key: string) => Promise<OpenedBlob>;
  readonly size: (key: string) => Promise<number>;
  /** An absent blob is fine. */
  readonly remove: (key: string) => Promise<void>;
  /** Blobs whose key begins with `prefix`, in the order of their keys. What is half put is not. */
  readonly list: (prefix: string) => AsyncIterable<ListedBlob>;
};

const SEGMENT = "[a-z0-9][a-z0-9._-]*";
const BLOB_KEY = new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`);

/**
 * Segments of a-z, 0-9, dot, underscore and dash, that begin with a letter or digit, joined by
 * slashes: what every file system, bucket and URL holds unchanged, and no way up a path.
 */
export function isBlobKey(text: string): boolean {
  return text.length <= 512 && BLOB_KEY.test(text);
}

/** For every store: a key that is none never gets as far as a path or an address. */
export function assertBlobKey(key: string): void {
  if (!isBlobKey(key)) throw new Error(`no blob key: ${JSON.stringify(key.slice(0, 80))}`);
}

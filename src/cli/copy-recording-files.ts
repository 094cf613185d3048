// Copies every blob of one store to another, several at once, and what is there already not again.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { MEDIA_TYPES, RECORDING_FORMATS } from "../core/recordings/recording-format.ts";
import { BlobError, type BlobStore, type ListedBlob } from "../platform/blob/blob-store.ts";

export type CopySummary = {
  readonly copied: number;
  /** There before, and as large. A key never gets another content. */
  readonly present: number;
  /** Of those copied. */
  readonly bytes: number;
};

type Copy = {
  readonly from: BlobStore;
  readonly to: BlobStore;
  readonly onFile: () => void;
};

/** A bucket answers in tens of milliseconds: one after the other would take days. */
const AT_ONCE = 8;

/** Rejects with the first `BlobError`; run again, it goes on. Changes nothing in `from`. */
export async function copyRecordingFiles(copy: Copy): Promise<CopySummary> {
  const directory = await mkdtemp(join(tmpdir(), "postern-copy-"));
  const total = { copied: 0, present: 0, bytes: 0 };
  const blobs = copy.from.list("")[Symbol.asyncIterator]();
  const giveUp = new AbortController();

  async function work(filePath: string): Promise<void> {
    while (!giveUp.signal.aborted) {
      const { done, value } = await blobs.next();
      if (done === true) return;
      if (await isThere(copy.to, value)) total.present += 1;
      else {
        await copyOne(copy, value.key, filePath);
        total.copied += 1;
        total.bytes += value.sizeBytes;
      }
      copy.onFile();
    }
  }

  try {
    const workers = Array.from({ length: AT_ONCE }, (_, index) =>
      work(join(directory, String(index))).catch((error: unknown) => {
        giveUp.abort();
        throw error;
      }),
    );
    // All of them have ended before the files they write are taken away.
    const outcomes = await Promise.allSettled(workers);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return total;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function isThere(to: BlobStore, { key, sizeBytes }: ListedBlob): Promise<boolean> {
  try {
    return (await to.size(key)) === sizeBytes;
  } catch (error) {
    if (error instanceof BlobError && error.fault === "missing") return false;
    throw error;
  }
}

/** By way of a file, so that the other store gets a length and a hash before the first byte. */
async function copyOne({ from, to }: Copy, key: string, filePath: string): Promise<void> {
  const blob = await from.open(key);
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(await blob.read(null), hashing, createWriteStream(filePath, { mode: 0o600 }));
  const facts = {
    sizeBytes: blob.sizeBytes,
    sha256: hash.digest("hex"),
    contentType: mediaTypeOf(key),
  };
  await to.put(key, filePath, facts);
  await rm(filePath, { force: true });
}

function mediaTypeOf(key: string): string {
  const format = RECORDING_FORMATS.find((one) => `.${one}` === extname(key));
  return format === undefined ? "application/octet-stream" : MEDIA_TYPES[format];
}

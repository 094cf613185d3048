// A stream of one range of an open file, which says so when the file ends too early.
import { Readable } from "node:stream";
import { BlobError } from "./blob-store.ts";
import { fileBlobError } from "./file-blob-error.ts";
import type { ReadHandle } from "./open-blob-file.ts";

/** What one reader holds at most: a thousand slow ones take 64 MB, not the size of their files. */
const CHUNK_BYTES = 65_536;

type FileRange = {
  readonly handle: ReadHandle;
  readonly first: number;
  readonly bytes: number;
  /** Names the blob in errors. */
  readonly name: string;
};

/**
 * Node's own read stream ends without a word where the file is shorter than it was, and a listener
 * would take a part for the whole (attack row 137). Closes the handle with itself.
 */
export function readFileRange({ handle, first, bytes, name }: FileRange): Readable {
  let position = first;
  let left = bytes;
  let reading: Promise<void> | null = null;

  async function readNext(stream: Readable): Promise<void> {
    if (left === 0) {
      stream.push(null);
      return;
    }
    const buffer = Buffer.allocUnsafeSlow(Math.min(left, CHUNK_BYTES));
    const { bytesRead } = await handle.read(buffer, { offset: 0, length: buffer.length, position });
    if (bytesRead === 0) {
      throw new BlobError("unreadable", `the file of ${name} ends ${left} bytes too early`);
    }
    position += bytesRead;
    left -= bytesRead;
    stream.push(buffer.subarray(0, bytesRead));
  }

  return new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      reading = readNext(this).catch((error: unknown) => {
        this.destroy(fileBlobError(error, `the file of ${name} cannot be read`));
      });
    },
    destroy(error, done) {
      // A descriptor that is closed during a read may be another file's by then.
      void Promise.resolve(reading)
        .then(() => handle.close())
        .then(
          () => done(error),
          (closing: Error) => done(error ?? closing),
        );
    },
  });
}

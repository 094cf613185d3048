// Writes an upload to a file as it comes: within its limits, and hashed on the way.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { finished, Writable } from "node:stream";
import type { Readable } from "node:stream";
import { finished as ended } from "node:stream/promises";
import { bodyTooLarge, recordingsProblem } from "../recordings-problem.ts";

export type Spooled = {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
};

export type SpoolLimits = {
  readonly maxBytes: number;
  /** How long the upload may stand still. */
  readonly stallMs: number;
};

/** Whose fault it is when no more comes: the sender's, or the store's that an object comes from. */
export type SpoolFaults = {
  readonly stalled: () => Error;
  readonly cut: (error: Error) => Error;
};

const OF_THE_SENDER: SpoolFaults = {
  stalled: () => recordingsProblem("upload-stalled"),
  cut: () => recordingsProblem("upload-cut"),
};

/** How long the rest of a refused body is thrown away, so that its sender reads the answer. */
const LINGER_MS = 2_000;

/**
 * Chunk by chunk: what is in memory is one of them, however long the body. Throws `body-too-large`
 * (413), `upload-stalled` (408), `upload-cut` (400) or what `faults` says in place of these two, or
 * the error of the disk; whatever is in the file then is the caller's to remove, and the body's
 * rest too (see discardRest).
 */
export async function spoolUpload(
  body: Readable,
  filePath: string,
  limits: SpoolLimits & { readonly faults?: SpoolFaults },
): Promise<Spooled> {
  const file = await open(filePath, "wx", 0o600);
  try {
    return await writeChunks(body, file, limits);
  } finally {
    await file.close();
  }
}

async function writeChunks(
  body: Readable,
  file: FileHandle,
  { maxBytes, stallMs, faults = OF_THE_SENDER }: SpoolLimits & { readonly faults?: SpoolFaults },
): Promise<Spooled> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const stalled = setTimeout(() => sink.destroy(faults.stalled()), stallMs);
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes) return done(bodyTooLarge(maxBytes));
      hash.update(chunk);
      void file.writeFile(chunk).then(
        () => {
          // Now it is the sender's turn.
          stalled.refresh();
          done();
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  finished(body, { writable: false }, (error) => {
    if (error != null) sink.destroy(faults.cut(error));
  });
  body.pipe(sink);
  try {
    await ended(sink);
  } finally {
    clearTimeout(stalled);
    body.unpipe(sink);
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

/**
 * A connection that is closed over unread bytes is reset, and the answer lost with it; so they are
 * read and thrown away for a moment, and then it is cut.
 */
export function discardRest(body: Readable): void {
  if (body.readableEnded || body.destroyed) return;
  body.resume();
  const cut = setTimeout(() => body.destroy(), LINGER_MS);
  cut.unref();
  body.once("close", () => clearTimeout(cut));
}

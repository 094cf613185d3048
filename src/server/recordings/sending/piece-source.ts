// Where the bytes of an answer come from, piece by piece: a file into our buffers, or a stream.
import type { Readable } from "node:stream";
import { BlobError } from "../../../platform/blob/blob-store.ts";
import type { BlobRange, OpenedBlob } from "../../../platform/blob/blob-store.ts";
import type { PieceBuffers } from "./piece-buffers.ts";

export type PieceSource = {
  /** The next at most `bytesLeft` bytes, at least one. Rejects where it ends before them. */
  readonly next: (bytesLeft: number) => Promise<Buffer>;
  /** The piece has been sent, or never will be. */
  readonly release: () => void;
  /** Closes the blob. */
  readonly close: () => Promise<void>;
};

export async function openPieces(
  blob: OpenedBlob,
  range: BlobRange | null,
  buffers: PieceBuffers,
): Promise<PieceSource> {
  const { readInto } = blob;
  if (readInto === undefined) return streamPieces(await blob.read(range));
  return filePieces({ close: blob.close, readInto }, range?.first ?? 0, buffers);
}

function filePieces(
  file: {
    readonly close: OpenedBlob["close"];
    readonly readInto: NonNullable<OpenedBlob["readInto"]>;
  },
  first: number,
  buffers: PieceBuffers,
): PieceSource {
  let position = first;
  let held: Buffer | null = null;
  return {
    next: async (bytesLeft) => {
      held ??= buffers.take(bytesLeft);
      const bytes = await file.readInto(held, Math.min(bytesLeft, held.length), position);
      if (bytes === 0) throw endedEarly(bytesLeft);
      position += bytes;
      return held.subarray(0, bytes);
    },
    release: () => {
      if (held !== null) buffers.give(held);
      held = null;
    },
    close: file.close,
  };
}

function streamPieces(stream: Readable): PieceSource {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  return {
    next: async (bytesLeft) => {
      const piece = await pieces.next();
      if (piece.done === true) throw endedEarly(bytesLeft);
      return piece.value;
    },
    release: () => undefined,
    close: async () => {
      stream.destroy();
    },
  };
}

function endedEarly(bytesLeft: number): BlobError {
  return new BlobError("unreadable", `it ends ${bytesLeft} bytes too early`);
}

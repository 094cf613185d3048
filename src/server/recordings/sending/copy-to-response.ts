// Sends so many bytes of a source, no faster than they are taken, and says how far it came.
import type { ServerResponse } from "node:http";
import { BlobError } from "../../../platform/blob/blob-store.ts";
import type { PieceSource } from "./piece-source.ts";

export type Copied = {
  readonly bytesSent: number;
  /** What was wrong with the source. A reader who leaves is no fault. */
  readonly fault: unknown;
};

/**
 * `begin` writes the head, and is not called where the first piece cannot be read: then the answer
 * can still say so. INVARIANT: one piece is in memory at a time; the answer ends as a whole one
 * only when every byte that it promised was there.
 */
export async function copyToResponse(
  source: PieceSource,
  response: ServerResponse,
  { bytes, begin }: { readonly bytes: number; readonly begin: () => void },
): Promise<Copied> {
  let left = bytes;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    // It was only read: whatever closing it says, every byte that was sent was right.
    await source.close().catch(() => undefined);
  };
  try {
    while (left > 0) {
      const piece = await source.next(left);
      if (response.destroyed) break;
      if (piece.length > left) throw new BlobError("unreadable", "it goes on beyond its end");
      if (!response.headersSent) begin();
      left -= piece.length;
      // Whoever is slow with the last piece needs no open file for it.
      if (left === 0) void close();
      await takenBy(response, piece, left === 0);
      source.release();
      if (response.destroyed) break;
    }
    return { bytesSent: bytes - left, fault: null };
  } catch (fault) {
    return { bytesSent: bytes - left, fault };
  } finally {
    source.release();
    await close();
  }
}

/** Resolves when the piece has left for the network, or the connection has ended. */
function takenBy(response: ServerResponse, piece: Buffer, isLast: boolean): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("close", done);
      resolve();
    };
    response.once("close", done);
    if (isLast) response.end(piece, done);
    else response.write(piece, done);
  });
}

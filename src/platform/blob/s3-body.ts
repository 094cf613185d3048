// The bytes of an object as a stream: those that were asked for, or an error, never fewer.
import type { IncomingMessage } from "node:http";
import { PassThrough, type Readable } from "node:stream";
import { BlobError, type BlobRange } from "./blob-store.ts";

export type AskedBytes = {
  readonly range: BlobRange | null;
  /** Of the whole object. */
  readonly sizeBytes: number;
  /** Names the object in errors. */
  readonly name: string;
};

/** What one reader holds here at most, beside the buffers of its two connections. */
const HELD_BYTES = 16_384;

/** A service that answers a range with the whole is no use to a player. */
export function checkS3Body(answer: IncomingMessage, asked: AskedBytes): Readable {
  const { range, sizeBytes, name } = asked;
  const bytes = range === null ? sizeBytes : range.last - range.first + 1;
  const bounds = range === null ? undefined : `bytes ${range.first}-${range.last}/${sizeBytes}`;
  const isAsAsked =
    answer.statusCode === (range === null ? 200 : 206) &&
    answer.headers["content-range"] === bounds &&
    lengthOf(answer) === bytes;
  if (isAsAsked) return inOurWords(answer, name);
  answer.destroy();
  throw new BlobError("unreadable", `${name} does not come as it was asked for`);
}

/** Null: not announced. Where it is, node:http fails the stream if fewer bytes come. */
export function lengthOf(answer: IncomingMessage): number | null {
  const text = answer.headers["content-length"] ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function inOurWords(answer: IncomingMessage, name: string): Readable {
  const body = new PassThrough({ highWaterMark: HELD_BYTES });
  answer.on("error", (error) => {
    const told = new BlobError("unreadable", `${name} was cut off (${error.message})`, error);
    body.destroy(error instanceof BlobError ? error : told);
  });
  // The connection is of no more use while bytes of this answer stand in it.
  body.on("close", () => answer.destroy());
  return answer.pipe(body);
}

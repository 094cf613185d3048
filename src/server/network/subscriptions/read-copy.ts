// Takes a copy apart into ranges, a batch between two turns of the event loop.

import { setImmediate as nextTurn } from "node:timers/promises";
import type { AddressRange } from "../../../core/network/address-range.ts";
import { readSubscribedRange } from "../../../core/network/read-subscribed-range.ts";
import {
  readDecisions,
  readDropLine,
  readPlainLine,
  shapeOf,
} from "../../../core/network/subscribed-line.ts";
import type { LineReading } from "../../../core/network/subscribed-line.ts";
import { COPY_BOUNDS } from "../../../core/network/subscription.ts";
import type { SubscriptionFormat } from "../../../core/network/subscription.ts";
import { CopyFault } from "./copy-fault.ts";
import { readRecordLines } from "./record-lines.ts";

export type BadLine = { readonly line: number; readonly message: string };

export type CopyBatch = {
  readonly ranges: readonly AddressRange[];
  readonly badLines: readonly BadLine[];
};

export type NumberedReading = { readonly line: number; readonly reading: LineReading };

const BATCH_LINES = 2000;
const HEAD_BYTES = 16_384;

/** Throws `CopyFault` for what is no such list. */
export async function* readCopy(
  bytes: Buffer,
  format: SubscriptionFormat,
): AsyncIterable<CopyBatch> {
  for await (const lines of readLines(bytes, format)) {
    yield judgeLines(lines);
    // Decisions come between two batches.
    await nextTurn();
  }
}

function judgeLines(lines: readonly NumberedReading[]): CopyBatch {
  const ranges: AddressRange[] = [];
  const badLines: BadLine[] = [];
  for (const { line, reading } of lines) {
    if (reading === null) continue;
    const read = readSubscribedRange(reading);
    if (read.ok) ranges.push(read.range);
    else badLines.push({ line, message: read.message });
  }
  return { ranges, badLines };
}

function readLines(
  bytes: Buffer,
  format: SubscriptionFormat,
): AsyncIterable<readonly NumberedReading[]> | Iterable<readonly NumberedReading[]> {
  const shape = shapeOf(format, textOf(bytes.subarray(0, HEAD_BYTES)));
  switch (shape) {
    case "lines":
      return readTextLines(bytes, readPlainLine);
    case "drop-lines":
      return readTextLines(bytes, readDropLine);
    case "records":
      return readRecordLines(bytes);
    case "decisions":
      return readDocument(bytes);
    default:
      return shape satisfies never;
  }
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function* readTextLines(
  bytes: Buffer,
  read: (line: string) => LineReading,
): Iterable<readonly NumberedReading[]> {
  const text = textOf(bytes);
  let line = 0;
  for (let from = 0; from < text.length;) {
    const batch: NumberedReading[] = [];
    while (batch.length < BATCH_LINES && from < text.length) {
      const at = text.indexOf("\n", from);
      const to = at === -1 ? text.length : at;
      line += 1;
      batch.push({ line, reading: read(text.slice(from, to)) });
      from = to + 1;
    }
    yield batch;
  }
}

function* readDocument(bytes: Buffer): Iterable<readonly NumberedReading[]> {
  if (bytes.length > COPY_BOUNDS.documentBytesMax) {
    const most = COPY_BOUNDS.documentBytesMax / 1_048_576;
    throw new CopyFault(`a list of JSON may have ${most} MiB; take CSV or plain text`);
  }
  const readings = readDecisions(parseDocument(textOf(bytes)));
  if (readings === null) throw new CopyFault("the JSON has no decisions in it");
  for (let from = 0; from < readings.length; from += BATCH_LINES) {
    const batch = readings.slice(from, from + BATCH_LINES);
    // A document has no lines that people could look up; its decisions are counted.
    yield batch.map((reading, index) => ({ line: from + index + 1, reading }));
  }
}

function parseDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CopyFault("it begins like JSON and is none");
  }
}

// Reads logged requests from a body as it comes: lines of an access log, or JSON objects.

import type { Readable } from "node:stream";
import { parseRfc3339Time } from "../../../core/network/parse-rfc3339-time.ts";
import { readAddress } from "../../../core/network/address.ts";
import { createAccessReader } from "../../../core/network/log-lines/access-line.ts";
import type { AccessFault, AccessRequest } from "../../../core/network/log-lines/access-line.ts";
import { createLineSplitter, LINE_BYTES_MAX } from "../../../platform/line-splitter.ts";

export type TrafficFormat = "text" | "ndjson";

/** `host` is told by JSON lines only. */
export type LoggedRequest = AccessRequest & { readonly host: string | null };

export type TrafficLine = {
  readonly line: number;
  readonly read: LoggedRequest | AccessFault;
};

/** Read and counted between two turns of the event loop, in a millisecond or two. */
const BATCH_LINES = 200;

/** Lines are numbered from 1, empty ones too, which say nothing. */
export async function* readTrafficLines(
  body: Readable,
  format: TrafficFormat,
  offsetMinutes: number | null,
): AsyncIterable<readonly TrafficLine[]> {
  const read = readerOf(format, offsetMinutes);
  let lines: TrafficLine[] = [];
  let line = 0;
  const splitter = createLineSplitter({
    onLine: (text) => {
      line += 1;
      if (text.trim() !== "") lines.push({ line, read: read(text) });
    },
    onOverlong: () => {
      line += 1;
      lines.push({ line, read: { ok: false, fault: TOO_LONG } });
    },
  });
  for await (const chunk of body) {
    const bytes = chunk as Buffer;
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      splitter.push(bytes.subarray(at, at + CHUNK_BYTES));
      if (lines.length < BATCH_LINES) continue;
      yield lines;
      lines = [];
    }
  }
  // The last line need not end; after one that does, this is an empty one.
  splitter.push(Buffer.from("\n"));
  yield lines;
}

/** A chunk of a body can be much larger. */
const CHUNK_BYTES = 16 * 1024;
const TOO_LONG = `The line is longer than ${LINE_BYTES_MAX} bytes.`;

type LineReader = (text: string) => LoggedRequest | AccessFault;

function readerOf(format: TrafficFormat, offsetMinutes: number | null): LineReader {
  switch (format) {
    case "text": {
      const readAccess = createAccessReader({ offsetMinutes });
      return (text) => {
        const answer = readAccess(text);
        return answer.ok ? { ...answer, host: null } : answer;
      };
    }
    case "ndjson":
      return readJsonLine;
    default:
      return format satisfies never;
  }
}

const JSON_EXAMPLE =
  "Each line must be one JSON object with address, at, path and, where it is known, host: " +
  '{"address":"203.0.113.7","at":"2026-11-22T04:22:20Z","path":"/"}.';
const KEYS = new Set(["address", "at", "path", "host"]);

function readJsonLine(text: string): LoggedRequest | AccessFault {
  const fault = { ok: false, fault: JSON_EXAMPLE } as const;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fault;
  if (Object.keys(value).some((key) => !KEYS.has(key))) return fault;
  const { address, at, path, host = null } = value as Readonly<Record<string, unknown>>;
  if (typeof address !== "string" || typeof at !== "string") return fault;
  if (typeof path !== "string" || (host !== null && typeof host !== "string")) return fault;
  const atMs = parseRfc3339Time(at);
  const parsed = readAddress(address);
  if (Number.isNaN(atMs) || typeof parsed === "string") return fault;
  return { ok: true, address: parsed, atMs, uri: path, host };
}

// Joins log files into one stream of lines, unpacked where they are gzipped.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { CliContext } from "./cli-context.ts";
import { openFile } from "./open-file.ts";

export type Logs = {
  readonly body: Readable;
  /** Where a line of the whole stands: `access.log.1 line 12`. Lines count from 1. */
  readonly nameLine: (line: number) => string;
  /** Which file could not be read; null while all could. */
  readonly failure: () => { readonly file: string; readonly error: unknown } | null;
};

const LINE_FEED = 10;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** `-` is standard input. `onBytes` hears of what was read, before it is unpacked. */
export function readLogs(
  context: CliContext,
  files: readonly string[],
  onBytes: (count: number) => void,
): Logs {
  const starts: { readonly file: string; readonly line: number }[] = [];
  let failure: ReturnType<Logs["failure"]> = null;
  let lines = 0;

  async function* readAll(): AsyncGenerator<Buffer> {
    for (const file of files) {
      starts.push({ file, line: lines });
      try {
        yield* readOne(file);
      } catch (error) {
        failure = { file, error };
        throw error;
      }
    }
  }

  async function* readOne(file: string): AsyncGenerator<Buffer> {
    const source = file === "-" ? context.stdin : await openFile(file);
    let last = LINE_FEED;
    for await (const bytes of unpack(source, onBytes)) {
      for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
        lines += 1;
      }
      last = bytes.at(-1) ?? last;
      yield bytes;
    }
    if (last === LINE_FEED) return;
    // The next file's first line is none of this one's.
    lines += 1;
    yield Buffer.from("\n");
  }

  function nameLine(line: number): string {
    const start = starts.findLast((begun) => begun.line < line);
    if (files.length === 1 || start === undefined) return `line ${line}`;
    return `${start.file} line ${line - start.line}`;
  }

  const body = Readable.from(readAll(), { objectMode: false });
  // It may come before the request listens; an error nobody hears ends the process.
  body.on("error", () => undefined);
  return { body, nameLine, failure: () => failure };
}

/** The first two bytes tell (RFC 1952 section 2.3.1): names of files do not have to. */
async function* unpack(source: Readable, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  const whole = countBytes(source, onBytes);
  let begin = Buffer.alloc(0);
  while (begin.length < GZIP.length) {
    const next = await whole.next();
    if (next.done === true) break;
    begin = Buffer.concat([begin, next.value]);
  }
  if (!begin.subarray(0, GZIP.length).equals(GZIP)) {
    yield begin;
    yield* whole;
    return;
  }
  const gunzip = createGunzip();
  const packed = Readable.from(follow(begin, whole), { objectMode: false });
  // What fails on either side reaches the reader of the unpacked bytes.
  pipeline(packed, gunzip).catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
}

async function* countBytes(
  source: Readable,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const bytes = chunk as Buffer;
    onBytes(bytes.length);
    yield bytes;
  }
}

async function* follow(begin: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield begin;
  yield* rest;
}

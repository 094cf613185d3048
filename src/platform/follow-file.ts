// Follows a growing text file line by line, through rotation, truncation and absence.
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import type { Stats } from "node:fs";
import { createLineSplitter } from "./line-splitter.ts";
import type { LineSplitter } from "./line-splitter.ts";

export type FollowFile = {
  readonly path: string;
  /** Reads what is there already; otherwise only what is added from now on. */
  readonly fromStart: boolean;
  /** Whole lines only, without their line break. What is cut off at the end is not handed on. */
  readonly onLine: (line: string) => void;
  /** In words, when something happened to the file that an operator may want to know. */
  readonly onNotice: (notice: string) => void;
};

export type FileFollower = {
  /** Reads to the end of what there is. Rejects when the path is no file or may not be read. */
  readonly poll: (nowMs: number) => Promise<void>;
  /** Lines that were left out because they were longer than accepted. */
  readonly overlongLines: () => number;
  readonly close: () => Promise<void>;
};

/** How long a file that was moved away is still read: its writer opens the new one later. */
const RETIRED_MS = 5_000;
const CHUNK_BYTES = 64 * 1024;
/** What stood before the place reached; other bytes there say that the file was written anew. */
const TRAIL_BYTES = 64;

type OpenFile = {
  readonly handle: FileHandle;
  readonly device: number;
  readonly inode: number;
  readonly splitter: LineSplitter;
  position: number;
  trail: Buffer;
};

export function followFile(options: FollowFile): FileFollower {
  const { path, onNotice } = options;
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let current: OpenFile | null = null;
  let retired: { readonly file: OpenFile; readonly untilMs: number } | null = null;
  let isFirst = true;
  let isAbsent = false;
  let overlongLines = 0;

  async function openAt(atEnd: boolean): Promise<OpenFile | null> {
    const handle = await open(path, "r").catch(nullWhenAbsent);
    if (handle === null) return null;
    const { dev: device, ino: inode, size } = await handle.stat();
    const onOverlong = (): void => void (overlongLines += 1);
    const position = atEnd ? size : 0;
    const trail = await readAt(handle, Math.max(0, position - TRAIL_BYTES), position);
    // Who begins in the middle of a line would take its second half for a line of its own.
    const isMidLine = trail.length > 0 && trail.at(-1) !== 10;
    const splitter = createLineSplitter({ onLine: options.onLine, onOverlong, isMidLine });
    return { handle, device, inode, splitter, position, trail };
  }

  async function readOn(file: OpenFile): Promise<void> {
    const { size } = await file.handle.stat();
    if (size === file.position) return;
    if (size < file.position || !(await hasSameTrail(file))) {
      onNotice(`${path} was emptied or written anew: reading it from its start`);
      file.position = 0;
      file.trail = Buffer.alloc(0);
      file.splitter.reset();
    }
    for (;;) {
      const { bytesRead } = await file.handle.read(chunk, 0, CHUNK_BYTES, file.position);
      if (bytesRead === 0) return;
      const bytes = chunk.subarray(0, bytesRead);
      file.splitter.push(bytes);
      file.position += bytesRead;
      file.trail = Buffer.concat([file.trail, bytes.subarray(-TRAIL_BYTES)]).subarray(-TRAIL_BYTES);
    }
  }

  async function retire(file: OpenFile, nowMs: number): Promise<void> {
    await retired?.file.handle.close();
    retired = { file, untilMs: nowMs + RETIRED_MS };
    onNotice(`${path} is another file now: reading it from its start`);
  }

  async function readRetired(nowMs: number): Promise<void> {
    if (retired === null) return;
    await readOn(retired.file);
    if (nowMs < retired.untilMs) return;
    await retired.file.handle.close();
    retired = null;
  }

  async function poll(nowMs: number): Promise<void> {
    await readRetired(nowMs);
    const found = await stat(path).catch(nullWhenAbsent);
    if (found !== null && !found.isFile()) throw new Error(`${path} is not a regular file`);
    if (found === null && !isAbsent) onNotice(`${path} is not there: waiting for it`);
    isAbsent = found === null;
    if (current !== null) await readOn(current);
    if (found !== null && (current === null || !isSameFile(current, found))) {
      const next = await openAt(isFirst && !options.fromStart);
      if (next === null) return;
      if (current !== null) await retire(current, nowMs);
      current = next;
      await readOn(current);
    }
    isFirst = false;
  }

  return {
    poll,
    overlongLines: () => overlongLines,
    close: async () => {
      await retired?.file.handle.close();
      await current?.handle.close();
    },
  };
}

function isSameFile(file: OpenFile, found: Stats): boolean {
  return file.inode === found.ino && file.device === found.dev;
}

async function hasSameTrail(file: OpenFile): Promise<boolean> {
  const bytes = await readAt(file.handle, file.position - file.trail.length, file.position);
  return bytes.equals(file.trail);
}

async function readAt(handle: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

function nullWhenAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

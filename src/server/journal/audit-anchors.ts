// The file beside the store that says where the audit's chain ended, and with which hash.
import { createReadStream, existsSync, renameSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { AuditHead } from "./audit-entry.ts";

/** In DATA_DIR: whoever can write the store's SQL from elsewhere cannot write it. */
export const ANCHORS_FILE = "audit-anchors";

export type Anchor = AuditHead & { readonly line: number; readonly atMs: number };

export type AuditAnchors = {
  readonly sizeBytes: () => Promise<number>;
  /** Those of the first `sizeBytes`, line by line; of a line that is none its number alone. */
  readonly read: (sizeBytes: number) => AsyncIterable<Anchor | { readonly unreadable: number }>;
  /** Adds a line when the chain has moved on since the last one of this process. */
  readonly anchor: (head: AuditHead, nowMs: number) => Promise<void>;
};

const LINE = /^(\d{1,15}) ([0-9a-f]{64}) (\S{1,40})$/;

/** `path` null: nothing is kept, for a journal without a directory. */
export function createAuditAnchors(path: string | null): AuditAnchors {
  let lastHash = "";

  async function anchor(head: AuditHead, nowMs: number): Promise<void> {
    if (path === null || head.number === 0 || head.hash === lastHash) return;
    const line = `${head.number} ${head.hash} ${new Date(nowMs).toISOString()}\n`;
    const file = await open(path, "a", 0o600);
    try {
      await addLine(file, line);
    } finally {
      await file.close();
    }
    lastHash = head.hash;
  }

  return {
    sizeBytes: () => sizeOf(path),
    read: (sizeBytes) => readAnchors(path, sizeBytes),
    anchor,
  };
}

/** Wholly or not at all: half a line would look like one that somebody has changed. */
async function addLine(file: FileHandle, line: string): Promise<void> {
  const { size } = await file.stat();
  try {
    await file.appendFile(line);
    await file.datasync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  }
}

/** For a restore. Returns the new name of the file; null when there was none. */
export function setAnchorsAside(dataDir: string, nowMs: number): string | null {
  const path = join(dataDir, ANCHORS_FILE);
  if (!existsSync(path)) return null;
  const aside = `${path}.until-${new Date(nowMs).toISOString().replaceAll(":", "-")}`;
  renameSync(path, aside);
  return aside;
}

async function sizeOf(path: string | null): Promise<number> {
  if (path === null) return 0;
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as { readonly code?: string }).code === "ENOENT") return 0;
    throw error;
  }
}

async function* readAnchors(
  path: string | null,
  sizeBytes: number,
): AsyncGenerator<Anchor | { readonly unreadable: number }> {
  if (path === null || sizeBytes === 0) return;
  const input = createReadStream(path, { end: sizeBytes - 1 });
  let line = 0;
  for await (const text of createInterface({ input })) {
    line += 1;
    const [, number, hash, at] = LINE.exec(text) ?? [];
    const atMs = Date.parse(at ?? "");
    const isClear = hash !== undefined && !Number.isNaN(atMs);
    yield isClear ? { line, number: Number(number), hash, atMs } : { unreadable: line };
  }
}

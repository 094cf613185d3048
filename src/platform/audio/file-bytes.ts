// Reads bytes of a file at any place, for threads: a window of it is in memory, never the whole.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

export type FileBytes = {
  readonly sizeBytes: number;
  /** Fewer at the end of the file. Valid until the next call. */
  readonly at: (position: number, length: number) => Buffer;
  readonly close: () => void;
};

const WINDOW_BYTES = 256 * 1024;

/** `length` is at most the window. */
export function openFileBytes(path: string): FileBytes {
  const file = openSync(path, "r");
  const { size: sizeBytes } = fstatSync(file);
  const window = Buffer.allocUnsafe(WINDOW_BYTES);
  let start = 0;
  let held = 0;

  function at(position: number, length: number): Buffer {
    if (position < start || position + length > start + held) {
      start = position;
      held = fill(position);
    }
    const offset = position - start;
    return window.subarray(offset, Math.min(offset + length, held));
  }

  function fill(position: number): number {
    let filled = 0;
    while (filled < WINDOW_BYTES) {
      const read = readSync(file, window, filled, WINDOW_BYTES - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    return filled;
  }

  return { sizeBytes, at, close: () => closeSync(file) };
}

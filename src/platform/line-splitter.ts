// Cuts bytes into lines of bounded length.

export type LineSplitter = {
  readonly push: (bytes: Buffer) => void;
  /** Forgets the line that has begun. */
  readonly reset: () => void;
};

/** Longer ones are left out whole. */
export const LINE_BYTES_MAX = 16 * 1024;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** @param options.isMidLine leaves out everything up to the first line break */
export function createLineSplitter(options: {
  readonly onLine: (line: string) => void;
  readonly onOverlong: () => void;
  readonly isMidLine?: boolean;
}): LineSplitter {
  let begun: Buffer = Buffer.alloc(0);
  let isSkipping = options.isMidLine ?? false;

  function end(bytes: Buffer): void {
    if (isSkipping) {
      isSkipping = false;
      return;
    }
    const line = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
    begun = Buffer.alloc(0);
    if (line.length > LINE_BYTES_MAX) return options.onOverlong();
    // Only line feeds end a line: a lone carriage return may be a stranger's.
    const length = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
    options.onLine(line.toString("utf8", 0, length));
  }

  function keep(bytes: Buffer): void {
    if (isSkipping || bytes.length === 0) return;
    if (begun.length + bytes.length <= LINE_BYTES_MAX) {
      begun = Buffer.concat([begun, bytes]);
      return;
    }
    begun = Buffer.alloc(0);
    isSkipping = true;
    options.onOverlong();
  }

  return {
    push: (bytes) => {
      let start = 0;
      for (;;) {
        const at = bytes.indexOf(LINE_FEED, start);
        if (at === -1) break;
        end(bytes.subarray(start, at));
        start = at + 1;
      }
      keep(bytes.subarray(start));
    },
    reset: () => {
      begun = Buffer.alloc(0);
      isSkipping = false;
    },
  };
}

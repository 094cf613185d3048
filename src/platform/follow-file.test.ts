// Follows real files while they grow, are rotated, emptied, removed and come back.
import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { followFile } from "./follow-file.ts";
import type { FileFollower } from "./follow-file.ts";
import { createLineSplitter, LINE_BYTES_MAX } from "./line-splitter.ts";

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

function start(fromStart = false): {
  readonly path: string;
  readonly lines: string[];
  readonly notices: string[];
  readonly follower: FileFollower;
} {
  const directory = mkdtempSync(join(tmpdir(), "postern-"));
  const path = join(directory, "log");
  const lines: string[] = [];
  const notices: string[] = [];
  const follower = followFile({
    path,
    fromStart,
    onLine: (line) => lines.push(line),
    onNotice: (notice) => notices.push(notice),
  });
  opened.push(async () => {
    await follower.close();
    rmSync(directory, { recursive: true });
  });
  return { path, lines, notices, follower };
}

describe("followFile", () => {
  it("begins at the end, and at the start when asked", async () => {
    for (const [fromStart, seen] of [
      [false, ["b"]],
      [true, ["a", "b"]],
    ] as const) {
      const { path, lines, follower } = start(fromStart);
      writeFileSync(path, "a\n");
      await follower.poll(0);
      appendFileSync(path, "b\r\n");
      await follower.poll(0);
      expect(lines).toEqual(seen);
    }
  });

  it("hands on no half lines, neither the first half nor the second", async () => {
    const { path, lines, follower } = start();
    writeFileSync(path, "begun before");
    await follower.poll(0);
    appendFileSync(path, " and ended\nfrom 10.0.0.1");
    await follower.poll(0);
    expect(lines).toEqual([]);
    appendFileSync(path, "2\n");
    await follower.poll(0);
    expect(lines).toEqual(["from 10.0.0.12"]);
  });

  it("goes on with the new file, and reads what is still added to the old", async () => {
    const { path, lines, follower } = start();
    writeFileSync(path, "old\n");
    await follower.poll(0);
    appendFileSync(path, "a\n");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "b\n");
    await follower.poll(1_000);
    appendFileSync(`${path}.1`, "c\n");
    await follower.poll(2_000);
    appendFileSync(path, "d\n");
    await follower.poll(7_000);
    appendFileSync(`${path}.1`, "too late\n");
    await follower.poll(8_000);
    expect(lines).toEqual(["a", "b", "c", "d"]);
  });

  it("begins anew when the file was emptied, also when it is longer already", async () => {
    const { path, lines, notices, follower } = start();
    writeFileSync(path, "one\ntwo\n");
    await follower.poll(0);
    truncateSync(path, 0);
    appendFileSync(path, "a\n");
    await follower.poll(0);
    truncateSync(path, 0);
    appendFileSync(path, "b\nc is a longer line\n");
    await follower.poll(0);
    expect(lines).toEqual(["a", "b", "c is a longer line"]);
    expect(notices).toHaveLength(2);
  });

  it("waits for a file that is not there, and reads all of what comes", async () => {
    const { path, lines, notices, follower } = start();
    await follower.poll(0);
    await follower.poll(0);
    writeFileSync(path, "a\n");
    await follower.poll(0);
    rmSync(path);
    await follower.poll(0);
    writeFileSync(path, "b\n");
    await follower.poll(0);
    expect(lines).toEqual(["a", "b"]);
    expect(notices.filter((notice) => notice.includes("waiting"))).toHaveLength(2);
  });

  it("refuses what is no file", async () => {
    const follower = followFile({
      path: tmpdir(),
      fromStart: true,
      onLine: () => {},
      onNotice: () => {},
    });
    await expect(follower.poll(0)).rejects.toThrow("is not a regular file");
  });

  it("leaves out a line that is too long, and goes on behind it", async () => {
    const { path, lines, follower } = start(true);
    writeFileSync(path, `a\n${"x".repeat(300_000)}\nb\n`);
    await follower.poll(0);
    expect(lines).toEqual(["a", "b"]);
    expect(follower.overlongLines()).toBe(1);
  });
});

describe("createLineSplitter", () => {
  it("cuts alike, however the bytes come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "\n", "\r", "é", "\r\n", "bc")),
        fc.nat(),
        (parts, cut) => {
          const bytes = Buffer.from(parts.join(""));
          const at = cut % (bytes.length + 1);
          const lines: string[] = [];
          const splitter = createLineSplitter({
            onLine: (line) => lines.push(line),
            onOverlong: () => {},
          });
          splitter.push(bytes.subarray(0, at));
          splitter.push(bytes.subarray(at));
          const whole = parts.join("").split("\n").slice(0, -1);
          expect(lines).toEqual(whole.map((line) => line.replace(/\r$/, "")));
        },
      ),
    );
  });

  it.each([
    [LINE_BYTES_MAX, 1, 0],
    [LINE_BYTES_MAX + 1, 0, 1],
  ])("accepts lines up to the limit: %i", (length, read, overlong) => {
    const counts = { read: 0, overlong: 0 };
    const splitter = createLineSplitter({
      onLine: () => void (counts.read += 1),
      onOverlong: () => void (counts.overlong += 1),
    });
    splitter.push(Buffer.from("x".repeat(length)));
    splitter.push(Buffer.from("\n"));
    expect(counts).toEqual({ read, overlong });
  });
});

// Checks that a file system that fails after opening is told to whoever opened, and nothing leaks.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, expect, it, vi } from "vitest";
import { openFile } from "./open-blob-file.ts";

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

it("rejects where the open file cannot be described, and closes it", async () => {
  const stale = Object.assign(new Error("stale file handle"), { code: "ESTALE" });
  const described = vi.spyOn(fs, "fstatSync").mockImplementation(() => {
    throw stale;
  });
  const closed = vi.spyOn(fs, "closeSync");
  syncBuiltinESMExports();
  await expect(openFile(import.meta.filename, fs.constants.O_RDONLY)).rejects.toBe(stale);
  expect(described).toHaveBeenCalledOnce();
  expect(closed.mock.calls).toEqual(described.mock.calls);
});

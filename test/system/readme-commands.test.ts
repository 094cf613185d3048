// Runs the commands that the README shows, in its order, against the whole server.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { runCommand } from "./run-command.ts";

/** A line of a code block; those that go on over lines or need a decision of ours stand apart. */
const LINES = readFileSync("README.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("npx postern "))
  .map((line) => line.replace(/ +#.*$/, ""))
  .filter((line) => !line.includes("policy set") && !line.includes("--decision"));

const dataDir = mkdtempSync(join(tmpdir(), "postern-readme-"));
let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate({ dataDir });
});
afterAll(async () => {
  await gate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** As a shell splits them; the README quotes with double quotes only. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/"[^"]*"|\S+/g) ?? [];
  return words.slice(2).map((word) => word.replaceAll('"', ""));
}

describe("the README's commands", () => {
  it("were found", () => {
    expect(LINES.length).toBeGreaterThanOrEqual(9);
  });

  it.each(LINES)("%s", async (line) => {
    const { code, out, err } = await runCommand(dataDir, wordsOf(line));
    expect([code, err]).toEqual([0, expect.not.stringContaining("postern:")]);
    expect(out).not.toBe("");
  });
});

// A thousand listeners who read a little and stop: what they hold, and how they are cut.
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";
import { countedBytes, startAudioServer } from "./start-audio-server.ts";
import type { AudioServer } from "./start-audio-server.ts";

const COUNT = 1000;
/** More than the kernel keeps for a socket, so that every one of them stands still. */
const BYTES = countedBytes(12_000_000);
const HELD_BYTES_MAX = 65_536;

let server: AudioServer;
let readers: ChildProcessWithoutNullStreams | null = null;
afterEach(async () => {
  if (readers?.exitCode === null && readers.kill("SIGKILL")) await once(readers, "exit");
  await server.stop();
});

/** Resolves when all of them have begun to read. */
async function standStill(path: string): Promise<ChildProcessWithoutNullStreams> {
  const script = new URL("slow-readers.mjs", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, String(server.port), path, String(COUNT)]);
  readers = child;
  const lines = createInterface({ input: child.stdout });
  expect(await once(lines, "line")).toEqual(["begun"]);
  return child;
}

describe("slow readers", () => {
  it(`${COUNT} of them hold less than 64 kB each, and nobody else up`, async () => {
    server = await startAudioServer();
    server.add("long.mp3", BYTES);
    server.add("short.mp3", BYTES.subarray(0, 100_000));
    await server.ask("/short.mp3");
    const before = process.memoryUsage();
    const child = await standStill("/long.mp3");
    await expect.poll(() => server.openFiles()).toBe(COUNT);
    const { body } = await server.ask("/short.mp3");
    expect(body.equals(BYTES.subarray(0, 100_000))).toBe(true);
    const after = process.memoryUsage();
    expect((after.arrayBuffers - before.arrayBuffers) / COUNT).toBeLessThan(HELD_BYTES_MAX);
    // Everything there is to a connection, for each of them.
    expect((after.rss - before.rss) / COUNT).toBeLessThan(2 * HELD_BYTES_MAX);
    // All that time they stood still, and nobody had left.
    expect(child.exitCode).toBeNull();
    expect(server.openFiles()).toBe(COUNT);
    expect(server.notes).toHaveLength(2);

    child.kill("SIGKILL");
    await expect.poll(() => server.openFiles(), { timeout: 20_000 }).toBe(0);
    await expect.poll(() => server.notes).toHaveLength(COUNT + 2);
    expect(server.notes.filter(({ bytesSent }) => bytesSent === BYTES.length)).toEqual([]);
    expect(server.events).toEqual([]);
  });

  it("are cut when they have taken nothing for as long as they may, with their files", async () => {
    server = await startAudioServer({ writeStallMs: 1000 });
    server.add("long.mp3", BYTES);
    const child = await standStill("/long.mp3");
    await expect.poll(() => server.notes, { timeout: 20_000 }).toHaveLength(COUNT);
    expect(child.exitCode).toBeNull();
    expect(server.openFiles()).toBe(0);
    expect(await server.connections()).toBe(0);
    // They left, as far as the file is concerned.
    expect(server.notes.filter(({ isCut }) => isCut)).toEqual([]);
    expect(server.notes.filter(({ bytesSent }) => bytesSent === BYTES.length)).toEqual([]);
    expect(server.events).toEqual([]);
  });

  it("whoever goes on taking, however little at a time, is not cut", async () => {
    server = await startAudioServer({ writeStallMs: 2000 });
    const { sha256 } = server.add("long.mp3", BYTES);
    const hash = createHash("sha256");
    const child = spawn("curl", [
      "--silent",
      "--limit-rate",
      "2M",
      `http://127.0.0.1:${server.port}/long.mp3`,
    ]);
    for await (const chunk of child.stdout) hash.update(chunk as Buffer);
    expect(hash.digest("hex")).toBe(sha256);
    expect(server.notes).toEqual([{ bytesSent: BYTES.length, isCut: false }]);
  });
});

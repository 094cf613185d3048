// `postern recordings copy` and `verify`, as typed: from a directory to a bucket, and damaged.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { readConfig } from "../../src/platform/config.ts";
import { startGate } from "../attacks/start-gate.ts";
import { AUDIO_SAMPLES } from "../audio/audio-samples.ts";

const KEYS = { S3_ACCESS_KEY_ID: "AKIAEXAMPLE", S3_SECRET_ACCESS_KEY: "s3cr3t" };
const NUMBER = "+12025550123";
const SAMPLES = [AUDIO_SAMPLES.mp3, AUDIO_SAMPLES.opus, AUDIO_SAMPLES.pcm];

let directory: string;
let bucket: string;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "postern-storage-"));
  const server = await startFauxqs({ port: 0, logger: false });
  stops.push(() => server.stop());
  server.createBucket("calls");
  bucket = `s3://calls/here?endpoint=${server.address}`;
  const gate = await startGate({ dataDir: directory });
  stops.push(() => gate.stop());
  await importSamples();
}, 60_000);
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  rmSync(directory, { recursive: true, force: true });
});

async function run(...words: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [textOf(stdout), textOf(stderr)];
  const code = await runCli(words, {
    stdin: Readable.from([]),
    stdout,
    stderr,
    readConfig: () => readConfig({ DATA_DIR: directory, ...KEYS }),
  });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}

async function importSamples(): Promise<void> {
  expect(await run("account", "add", "acme", "Acme Ltd")).toMatchObject({ code: 0 });
  expect(await run("number", "add", "acme", NUMBER)).toMatchObject({ code: 0 });
  const lines = SAMPLES.map(({ path }) => `${path.slice(path.lastIndexOf("/") + 1)},${NUMBER},`);
  const map = lines.map((line, index) => `${line}2026-01-02T03:04:0${index}Z`);
  const mapFile = join(directory, "map.csv");
  writeFileSync(mapFile, ["file,number,recorded_at", ...map].join("\n"));
  const folder = SAMPLES[0]?.path.replace(/[^/]+$/, "") ?? "";
  const words = ["import", folder, "--account", "acme", "--map", mapFile];
  expect(await run("recordings", ...words)).toMatchObject({ code: 0 });
}

/** The blob of the sample of this kind below a directory. */
function blobIn(root: string, kind: string): string {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const found = entries.find((entry) => entry.isFile() && extname(entry.name) === kind);
  return join(found?.parentPath ?? "", found?.name ?? "");
}

it("copy to a bucket and back, what is missing only, and verify each", async () => {
  const bytes = SAMPLES.reduce((sum, { path }) => sum + readFileSync(path).length, 0);
  expect(await run("recordings", "verify")).toEqual({
    code: 0,
    out: "3 of 3 files are whole, byte for byte.\n",
    err: "",
  });
  const empty = await run("recordings", "verify", "--store", bucket, "--json");
  expect(empty.code).toBe(1);
  expect(JSON.parse(empty.out)).toMatchObject({
    looked: 3,
    damaged: [{ fault: "missing", account: "acme" }, { fault: "missing" }, { fault: "missing" }],
    leftOver: 0,
  });

  const copied = await run("recordings", "copy", "--to", bucket);
  expect(copied).toEqual({
    code: 0,
    out: `3 files (${bytes} bytes) copied, 0 there already.\n`,
    err: "",
  });
  expect(await run("recordings", "verify", "--store", bucket)).toMatchObject({ code: 0 });
  expect((await run("recordings", "copy", "--to", bucket)).out).toBe(
    "0 files (0 bytes) copied, 3 there already.\n",
  );

  const back = `file://${directory}/back`;
  expect(await run("recordings", "copy", "--from", bucket, "--to", back)).toEqual(copied);
  expect(await run("recordings", "verify", "--store", back)).toMatchObject({ code: 0 });
});

describe("a damaged store", () => {
  it("is named file by file, with what is wrong with each", async () => {
    const root = join(directory, "damaged");
    const store = `file://${root}`;
    await run("recordings", "copy", "--to", store);
    rmSync(blobIn(root, ".mp3"));
    writeFileSync(blobIn(root, ".ogg"), "short");
    const wav = blobIn(root, ".wav");
    const content = readFileSync(wav);
    writeFileSync(wav, content.fill(content.readUInt8(1000) ^ 1, 1000, 1001));
    writeFileSync(join(root, "other.wav"), "x");

    const verified = await run("recordings", "verify", "--store", store);
    expect(verified.code).toBe(1);
    expect(verified.err).toContain("3 of 3 files are not whole");
    expect(verified.out).toMatch(/acme +missing +\S+\.mp3\n/);
    expect(verified.out).toMatch(/acme +other size +\S+\.ogg\n/);
    expect(verified.out).toMatch(/acme +other content +\S+\.wav\n/);
    expect(verified.out).toContain(
      "0 of 3 files are whole, byte for byte.\nFiles that belong to no recording: 1.",
    );
    // By sizes alone, one bit is not seen: the help says so.
    const quick = await run("recordings", "verify", "--store", store, "--quick", "--json");
    expect(JSON.parse(quick.out)).toMatchObject({ looked: 3, leftOver: 1 });
    expect(quick.err).toContain("2 of 3 files are not whole");

    // What is missing, or of another size, is put right by copying once more.
    expect((await run("recordings", "copy", "--to", store)).out).toContain("2 files (");
    expect((await run("recordings", "verify", "--store", store, "--quick")).code).toBe(0);
  });

  it("that is away says nothing of its files, and is not made", async () => {
    const store = `file://${directory}/nowhere`;
    for (const words of [
      ["verify", "--store", store],
      ["copy", "--from", store, "--to", bucket],
    ]) {
      const answer = await run("recordings", ...words);
      expect(answer).toMatchObject({ code: 1, out: "" });
      expect(answer.err).toContain(`the directory ${directory}/nowhere cannot be opened`);
    }
    expect(readdirSync(directory)).not.toContain("nowhere");
  });
});

it.each([
  [["copy"], /--to/],
  [["copy", "--to", "/srv/x"], /--to is not accepted: write file:\/\/\/path/],
  [["copy", "--to", "s3://key:s3cr3t@calls"], /--to is not accepted/],
  [["verify", "--store", "s3://C"], /--store is not accepted/],
])("refuses %j", async (words, message) => {
  const { code, out, err } = await run("recordings", ...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(message);
  expect(err).not.toContain("s3cr3t");
});

it("refuses to copy a store to itself", async () => {
  const itself = await run("recordings", "copy", "--to", `file://${directory}/recordings`);
  expect(itself).toMatchObject({ code: 2, out: "" });
  expect(itself.err).toContain("are the same store");
});

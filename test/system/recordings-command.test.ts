// `postern recordings …` as typed, against the whole server: import, list, show, delete.
import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { AUDIO_SAMPLES, readSample } from "../audio/audio-samples.ts";
import type { AudioSampleName } from "../audio/audio-samples.ts";
import { sha256Of, startRecordings } from "../people/start-recordings.ts";
import type { RunningRecordings, TrackingNumber } from "../people/start-recordings.ts";
import { runCommand } from "./run-command.ts";

const HEADER = "file,number,recorded_at,caller,name";

const dataDir = mkdtempSync(join(tmpdir(), "postern-"));
let portal: RunningRecordings;
// Of each test its own.
let folder: string;
let account: string;
let number: TrackingNumber;
let count = 0;

beforeAll(async () => {
  portal = await startRecordings({ dataDir });
});
afterAll(async () => {
  await portal?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "postern-calls-"));
  count += 1;
  account = `client-${count}`;
  await portal.addAccount(account);
  number = await portal.addNumber(account);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  return runCommand(dataDir, ["recordings", ...words]);
}

function put(file: string, sample: AudioSampleName): void {
  cpSync(AUDIO_SAMPLES[sample].path, join(folder, file));
}

function writeMap(...lines: readonly string[]): void {
  writeFileSync(join(folder, "map.csv"), `${[HEADER, ...lines].join("\n")}\n`);
}

function importFolder(...more: readonly string[]) {
  return run("import", folder, "--account", account, "--map", join(folder, "map.csv"), ...more);
}

async function stored(): Promise<readonly RecordingAnswer[]> {
  return (await portal.must("GET", `/api/v1/recordings?account=${account}`)).recordings;
}

describe("recordings import", () => {
  it("uploads each file with what the map says of it", async () => {
    put("one.wav", "alaw");
    put("2026/two.mp3", "mp3");
    writeMap(
      `one.wav,${number.number},2026-11-20T09:30:00+10:00,+61255509999,"Ann, about the boat"`,
      `2026/two.mp3,${number.number},2026-11-21,,`,
    );
    const done = await importFolder();
    expect(done).toEqual({
      code: 0,
      out: `2 uploaded to ${account}, 0 there already, 0 refused.\n`,
      err: "",
    });
    expect(await stored()).toMatchObject([
      {
        name: "two.mp3",
        caller: "",
        recordedAt: "2026-11-21T00:00:00.000Z",
        format: "mp3",
        sha256: sha256Of(readSample("mp3")),
      },
      {
        name: "Ann, about the boat",
        caller: "+61255509999",
        recordedAt: "2026-11-19T23:30:00.000Z",
        number: number.number,
        format: "wav",
        sha256: sha256Of(readSample("alaw")),
      },
    ]);
  });

  it("goes on where it was ended, and uploads nothing the second time", async () => {
    for (const name of ["a", "b", "c"]) put(`${name}.mp3`, "mp3");
    const lineOf = (name: string) => `${name}.mp3,${number.number},2026-11-20T09:30:00Z,,`;
    writeMap(lineOf("a"));
    expect((await importFolder()).out).toContain("1 uploaded");
    writeMap(lineOf("a"), lineOf("b"), lineOf("c"));
    expect((await importFolder()).out).toBe(
      `2 uploaded to ${account}, 1 there already, 0 refused.\n`,
    );
    const before = await stored();
    expect(before).toHaveLength(3);
    expect((await importFolder()).out).toBe(
      `Nothing to upload: all 3 are in ${account} already.\n`,
    );
    expect(await stored()).toEqual(before);
  });

  it("tells every mistake with its line, and uploads nothing", async () => {
    put("good.mp3", "mp3");
    writeFileSync(join(folder, "empty.mp3"), "");
    const good = `good.mp3,${number.number},2026-11-20T09:30:00Z,,`;
    writeMap(
      good,
      `missing.mp3,${number.number},2026-11-20T09:30:00Z,,`,
      "good2.mp3,02 5550 1234,2026-11-20T09:30:00Z,,",
      `../good.mp3,${number.number},2026-11-20T09:30:00Z,,`,
      `empty.mp3,+61255507777,yesterday,,`,
      good,
      `empty.mp3,+61255507777,2026-11-20,,`,
    );
    const { code, out, err } = await importFolder();
    expect([code, out]).toEqual([1, ""]);
    const map = join(folder, "map.csv");
    expect(err.split("\n").map((line) => line.replace(`postern: ${map} `, ""))).toEqual([
      `line 3: there is no file missing.mp3 in ${folder}`,
      expect.stringMatching(/^line 4: A number is \+ and 8 to 15 digits/),
      "line 5: file is the path of a file below the folder, such as 2026/call-17.wav",
      expect.stringMatching(/^line 6: recorded_at is a time such as 2026-/),
      "line 7: line 2 names good.mp3 already",
      "line 8: empty.mp3 is empty",
      expect.stringMatching(/^line 8: \+61255507777 is no tracking number of client-/),
      "postern: nothing was uploaded",
      "",
    ]);
    expect(await stored()).toEqual([]);
  });

  it("goes on after a file that is refused, and ends with its line and code 1", async () => {
    writeFileSync(join(folder, "letter.mp3"), "Dear all, this is no audio.");
    put("good.mp3", "mp3");
    writeMap(
      `letter.mp3,${number.number},2026-11-20T09:30:00Z,,`,
      `good.mp3,${number.number},2026-11-20T09:31:00Z,,`,
    );
    const { code, out, err } = await importFolder();
    expect([code, out]).toEqual([1, `1 uploaded to ${account}, 0 there already, 1 refused.\n`]);
    expect(err).toMatch(/^postern: line 2: letter\.mp3: .*WAV/);
    expect((await stored()).map(({ name }) => name)).toEqual(["good.mp3"]);
  });

  it("checks all and uploads nothing with --dry-run, as JSON with --json", async () => {
    put("good.mp3", "mp3");
    put("other.ogg", "opus");
    writeMap(`good.mp3,${number.number},2026-11-20T09:30:00Z,,`);
    const { code, out } = await importFolder("--dry-run", "--json");
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        account,
        dryRun: true,
        uploaded: 1,
        present: 0,
        failed: [],
        notInMap: ["other.ogg"],
      },
    ]);
    expect(await stored()).toEqual([]);
    expect((await importFolder("--dry-run")).err).toBe("not in the map, left out: other.ogg\n");
  });

  it("does not take another file for one that was changed since", async () => {
    put("good.mp3", "mp3");
    writeMap(`good.mp3,${number.number},2026-11-20T09:30:00Z,,`);
    await importFolder();
    put("good.mp3", "minute");
    expect((await importFolder()).out).toBe(
      `1 uploaded to ${account}, 0 there already, 0 refused.\n`,
    );
    expect((await stored()).map(({ sha256 }) => sha256).toSorted()).toEqual(
      [sha256Of(readSample("mp3")), sha256Of(readSample("minute"))].toSorted(),
    );
  });

  it.each([
    ["", "is empty"],
    ["name,what\na,b\n", 'has a column "what"'],
    ["file,number\na.mp3,+61255501234\n", "misses a column"],
    [`${HEADER}\n`, "names no file"],
    [`${HEADER}\n"a.mp3,1\n`, "cannot be read as CSV"],
  ])("a map that is none (%j) is refused with what is accepted", async (text, told) => {
    writeFileSync(join(folder, "map.csv"), text);
    const { code, err } = await importFolder();
    expect([code, err]).toEqual([1, expect.stringContaining(told)]);
    expect(err).toContain("file, number, recorded_at");
  });

  it("says that an account, a map or a folder is not there", async () => {
    writeMap(`good.mp3,${number.number},2026-11-20T09:30:00Z,,`);
    put("good.mp3", "mp3");
    const map = join(folder, "map.csv");
    const other = await run("import", folder, "--account", "nobody", "--map", map);
    expect([other.code, other.err]).toEqual([1, "postern: There is no such account\n"]);
    renameSync(map, `${map}.old`);
    expect((await importFolder()).err).toContain(`cannot read ${map}`);
    renameSync(`${map}.old`, map);
    const nowhere = await run("import", "/nowhere", "--account", account, "--map", map);
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("/nowhere")]);
  });

  it("reads a map as spreadsheets write it", async () => {
    put("good.mp3", "mp3");
    const path = join(folder, "map.csv");
    writeFileSync(path, "\ufeffNumber,File,Recorded_At\r\n");
    appendFileSync(path, `${number.number},good.mp3,2026-11-20T09:30:00Z\r\n\r\n`);
    expect((await importFolder()).out).toContain("1 uploaded");
  });
});

describe("recordings list, show, delete", () => {
  it("show what is there, and who listened", async () => {
    const { id, link } = await portal.addRecording({
      account,
      number: number.number,
      sample: "minute",
      caller: "+61255509999",
      name: "boat trip",
    });
    await portal.setAudio(account, { mode: "no-restrictions" });
    expect((await portal.listen(link, { from: "203.0.113.9" })).status).toBe(200);
    const listed = await run("list", "--account", account, "--caller", "9999");
    expect(listed.out.split("\n")[1]).toMatch(
      new RegExp(`^${id} .* ${account} .*\\${number.number} +\\+61255509999 +1:00 .*boat trip$`),
    );
    expect((await run("list", "--account", account, "--seconds-max", "10")).out).toBe(
      "There are no recordings.\n",
    );
    await expect.poll(async () => (await run("show", id)).out).toContain("203.0.113.9");
    const { out } = await run("show", id);
    expect(out).toContain(`/postern/recordings/${link}\n`);
    expect(out).toMatch(/^length +1:00$/m);
    expect(out).toMatch(/nobody signed in +203\.0\.113\.9 .*access-unrestricted/);
    const json = JSON.parse((await run("show", id, "--json")).out);
    expect([json.id, json.lastPlays.length]).toEqual([id, 1]);

    expect((await run("delete", id)).out).toBe(`Recording ${id} is deleted.\n`);
    expect(await stored()).toEqual([]);
    expect((await run("delete", id)).code).toBe(1);
    expect((await portal.listen(link, { from: "203.0.113.9" })).status).toBe(401);
  });
});

// Checks that files made to be slow to read are refused by what they are built of, unread.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFile } from "music-metadata";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  AUDIO_SAMPLE_NAMES,
  AUDIO_SAMPLES,
  readSample,
} from "../../../test/audio/audio-samples.ts";
import { judgeAudioFile } from "./judge-audio-file.ts";

vi.mock("music-metadata", { spy: true });

const directory = mkdtempSync(join(tmpdir(), "postern-audio-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
beforeEach(() => vi.clearAllMocks());

function judge(...parts: readonly Buffer[]) {
  const path = join(directory, "file");
  writeFileSync(path, Buffer.concat(parts));
  return judgeAudioFile(path);
}

/** Of an MP4 file. */
function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + payload.length, 0);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, payload]);
}

/** Of a WAV file. */
function chunk(name: string, ...parts: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.write(name, 0, "latin1");
  header.writeUInt32LE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

function many(part: Buffer, count = 200_000): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => part));
}

const FTYP = box("ftyp", Buffer.from("M4A \u0000\u0000\u0000\u0000", "latin1"));
const MDAT = box("mdat");
const M4A = readSample("aac");
const MP3 = readSample("mp3");
const PCM = readSample("pcm");

/** 2^28 - 1 bytes at most, seven bits of each byte of the size. */
function id3(sizeBytes: number): Buffer {
  const tag = Buffer.alloc(10 + sizeBytes);
  tag.write("ID3\u0003", 0, "latin1");
  [21, 14, 7, 0].forEach((shift, index) => tag.writeUInt8((sizeBytes >> shift) & 127, 6 + index));
  return tag;
}

describe("a file of very many parts", () => {
  const data = box("data", Buffer.alloc(8), Buffer.from("a"));
  const ilst = box("ilst", many(box("\u00a9nam", data)));
  const meta = box("meta", Buffer.alloc(4), ilst);
  const names = many(chunk("INAM", Buffer.from("ab")));
  const bombs: readonly (readonly [string, readonly Buffer[], string])[] = [
    ["indices", [FTYP, many(box("moov")), MDAT], "it has more than 10000 boxes"],
    ["boxes", [FTYP, many(box("free")), box("moov"), MDAT], "it has more than 10000 boxes"],
    ["tracks", [FTYP, box("moov", many(box("trak"))), MDAT], "it has more than 10000 boxes"],
    ["tags", [FTYP, box("moov", box("udta", meta)), MDAT], "it has more than 10000 boxes"],
    ["boxes behind the audio", [M4A, many(box("free"))], "it has more than 10000 boxes"],
    ["chunks behind the audio", [PCM, many(chunk("junk"))], "it has more than 1000 chunks"],
    [
      "chunks within a chunk",
      [PCM.subarray(0, 36), chunk("LIST", Buffer.from("INFO"), names), PCM.subarray(36)],
      "it has more than 1000 chunks",
    ],
  ];

  it.each(bombs)("is refused before a parser reads it: %s", async (_what, parts, why) => {
    const reading = await judge(...parts);
    expect(reading).toMatchObject({ ok: false });
    expect(reading).toHaveProperty("message", expect.stringContaining(`not taken: ${why};`));
    expect(parseFile).not.toHaveBeenCalled();
  });

  it("is refused with two indices, one within another without end, and one too large", async () => {
    const index = box("moov", Buffer.alloc(33_554_432));
    let nested = box("moov");
    for (let depth = 0; depth < 100; depth += 1) nested = box("moov", nested);
    const refusals = [
      await judge(FTYP, box("moov"), box("moov"), MDAT),
      await judge(FTYP, nested, MDAT),
      await judge(FTYP, index, MDAT),
      // Behind its own tag, whose size is in one byte.
      await judge(id3(4_200_000), MP3.subarray(10 + MP3.readUInt8(9))),
    ];
    const why = ["one index", "too deep", "33554432 bytes", "4194304 bytes"];
    for (const [at, reading] of refusals.entries()) {
      expect(reading).toHaveProperty("message", expect.stringContaining(why[at]!));
    }
    expect(parseFile).not.toHaveBeenCalled();
  });
});

describe("a file of ordinary parts", () => {
  it.each(AUDIO_SAMPLE_NAMES)("is read: %s", async (name) => {
    const { format } = AUDIO_SAMPLES[name];
    expect(await judgeAudioFile(AUDIO_SAMPLES[name].path)).toMatchObject({ ok: true, format });
    expect(parseFile).toHaveBeenCalledTimes(1);
  });

  it("is read with chunks and boxes behind the audio", async () => {
    const list = chunk("LIST", Buffer.from("INFO"), many(chunk("INAM", Buffer.from("ab")), 100));
    expect(await judge(PCM, list)).toMatchObject({ ok: true, codec: "PCM" });
    const unknownRest = Buffer.from("<script>alert(1)</script>");
    expect(await judge(PCM, unknownRest)).toMatchObject({ ok: true, codec: "PCM" });
    expect(await judge(M4A, box("free"))).toMatchObject({ ok: true, codec: "AAC" });
  });
});

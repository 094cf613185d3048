// Fills a portal with recordings, and says by whom they may be heard.

import { MEDIA_TYPES } from "../../src/core/recordings/recording-format.ts";
import type { AccessMode } from "../../src/core/recordings/audio-policy.ts";
import type { RecordingAnswer } from "../../src/api/recordings-api.ts";
import { AUDIO_SAMPLES, readSample } from "../audio/audio-samples.ts";
import type { AudioSampleName } from "../audio/audio-samples.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { seedPeople } from "./seed-people.ts";
import type { SeededNumber, SeededPeople } from "./seed-people.ts";

type Door = Pick<RunningGate, "must" | "upload" | "nowMs">;

export type NewRecording = {
  readonly account: string;
  readonly number: string;
  readonly sample?: AudioSampleName;
  /** A WAV file in place of a sample. */
  readonly wav?: Buffer;
  readonly caller?: string;
  readonly name?: string;
  readonly recordedAt?: string;
};

export async function addRecording(portal: Door, wanted: NewRecording): Promise<RecordingAnswer> {
  const { sample = "pcm", wav, ...words } = wanted;
  const path = `/api/v1/recordings?${new URLSearchParams(words).toString()}`;
  const type = MEDIA_TYPES[wav === undefined ? AUDIO_SAMPLES[sample].format : "wav"];
  const answer = await portal.upload(path, type, wav ?? readSample(sample));
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json as RecordingAnswer;
}

export async function setAccessMode(
  portal: Pick<RunningGate, "must">,
  account: string,
  mode: AccessMode,
): Promise<void> {
  const path = `/api/v1/audio-download?account=${account}`;
  const { value } = await portal.must("GET", path);
  await portal.must("PUT", path, { value: { ...value, mode } });
}

export type SeededLibrary = {
  readonly frontDesk: RecordingAnswer;
  readonly radio: RecordingAnswer;
  /** A minute long, with no caller number. */
  readonly minute: RecordingAnswer;
  readonly bookings: RecordingAnswer;
};

const HOUR_MS = 3_600_000;

/** Front desk and minute are on the number that Joan is granted; bookings is of globex. */
async function seedRecordings(
  portal: Door,
  numbers: readonly SeededNumber[],
): Promise<SeededLibrary> {
  const [frontDesk = "", radio = "", bookings = ""] = numbers.map(({ number }) => number);
  const ago = (hours: number): string => new Date(portal.nowMs() - hours * HOUR_MS).toISOString();
  const acme = { account: "acme" };
  return {
    bookings: await addRecording(portal, {
      account: "globex",
      number: bookings,
      sample: "mp3",
      caller: "+81335551000",
      recordedAt: ago(120),
    }),
    minute: await addRecording(portal, {
      ...acme,
      number: frontDesk,
      sample: "minute",
      recordedAt: ago(50),
      name: "minute.mp3",
    }),
    radio: await addRecording(portal, {
      ...acme,
      number: radio,
      caller: "+442079460234",
      sample: "opus",
      recordedAt: ago(26),
    }),
    frontDesk: await addRecording(portal, {
      ...acme,
      number: frontDesk,
      caller: "+442079460123",
      name: "Call back tomorrow",
      recordedAt: ago(2),
    }),
  };
}

/** The people of `seedPeople`; their recordings are found by `libraryOf`. */
export async function seedLibrary(portal: Door): Promise<SeededPeople> {
  const people = await seedPeople(portal);
  libraries.set(portal, await seedRecordings(portal, people.numbers));
  return people;
}

const libraries = new WeakMap<object, SeededLibrary>();

/** Also of a portal that was not seeded with any. */
export async function libraryOf(
  portal: Door,
  numbers: readonly SeededNumber[],
): Promise<SeededLibrary> {
  const library = libraries.get(portal) ?? (await seedRecordings(portal, numbers));
  libraries.set(portal, library);
  return library;
}

const WAV_RATE = 8000;

/** A WAV file of 16 bits a sample, as parts of [seconds, loudness from 0 to 1] of one tone. */
export function writeWav(parts: readonly (readonly [number, number])[]): Buffer {
  const counts = parts.map(([seconds]) => Math.round(seconds * WAV_RATE));
  const dataBytes = 2 * counts.reduce((sum, count) => sum + count, 0);
  const wav = Buffer.alloc(44 + dataBytes);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(36 + dataBytes, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  // PCM, one channel.
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(WAV_RATE, 24);
  wav.writeUInt32LE(WAV_RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(dataBytes, 40);
  let at = 44;
  for (const [part, count] of counts.entries()) {
    const loudness = (parts[part]?.[1] ?? 0) * 0x7fff;
    for (let index = 0; index < count; index += 1) {
      at = wav.writeInt16LE(Math.round(loudness * Math.sin(index / 3)), at);
    }
  }
  return wav;
}

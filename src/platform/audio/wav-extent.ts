// Walks the chunks of a WAV file, and sees whether they are few and the audio is all there.
import type { Extent } from "./audio-reading.ts";
import type { FileBytes } from "./file-bytes.ts";

/** With the sub-format of WAVE_FORMAT_EXTENSIBLE, whose first two bytes are a format's number. */
const FORMAT_BYTES = 26;
const EXTENSIBLE = 0xfffe;
const CODECS: Readonly<Record<number, string>> = { 1: "PCM", 6: "A-law", 7: "µ-law" };
/** What writers into a pipe put down, who cannot know: up to the end of the file. */
const UNKNOWN_LENGTH = 0xffff_ffff;
/** Also of those behind the audio and in lists: a parser reads them all, each for long. */
const CHUNKS_MAX = 1000;

/**
 * A file whose header claims more than there is was cut on its way, and is refused: played, it
 * would end in the middle of a call and look whole. (RIFF: Multimedia Programming Interface 1.0.)
 */
export function measureWav(file: FileBytes): Extent {
  let sound: Sound | null = null;
  let audio: Extent | null = null;
  let position = 12;
  for (let chunks = 0; ; chunks += 1) {
    const header = file.at(position, 8 + FORMAT_BYTES);
    if (header.length < 8) break;
    if (chunks >= CHUNKS_MAX) return { ok: false, why: `it has more than ${CHUNKS_MAX} chunks` };
    const name = header.toString("latin1", 0, 4);
    const length = header.readUInt32LE(4);
    if (name === "fmt " && audio === null) sound = readSound(header.subarray(8), length);
    if (name === "data") {
      audio ??= measureData(file, { from: position + 8, length, sound });
      if (!audio.ok) return audio;
    } else if (length > CHUNK_BYTES_MAX && position + 8 + length <= file.sizeBytes) {
      return { ok: false, why: `a chunk that is no audio has more than ${CHUNK_BYTES_MAX} bytes` };
    }
    // Into a list, whose name stands before its chunks; over any other.
    const isList = name === "LIST" && header.toString("latin1", 8, 12) === "INFO";
    position += isList ? 12 : 8 + length + (length % 2);
  }
  return audio ?? { ok: false, why: "it holds no audio" };
}

/** Where tags are: a parser holds them in memory. */
const CHUNK_BYTES_MAX = 4 * 1024 * 1024;

type Sound = { readonly codec: string | null; readonly bytesPerSecond: number };

/** Null: the chunk is too short to say it. */
function readSound(format: Buffer, length: number): Sound | null {
  if (length < 16 || format.length < 16) return null;
  const tag = format.readUInt16LE(0);
  const isExtensible = tag === EXTENSIBLE && length >= 40 && format.length === FORMAT_BYTES;
  const codec = CODECS[isExtensible ? format.readUInt16LE(24) : tag] ?? null;
  return { codec, bytesPerSecond: format.readUInt32LE(8) };
}

function measureData(
  file: FileBytes,
  data: { readonly from: number; readonly length: number; readonly sound: Sound | null },
): Extent {
  const { sound } = data;
  if (sound === null || sound.bytesPerSecond === 0) return { ok: false, why: "it names no rate" };
  if (sound.codec === null) return { ok: false, why: "its codec is not PCM, A-law or µ-law" };
  const there = file.sizeBytes - data.from;
  const length = data.length === UNKNOWN_LENGTH ? there : data.length;
  if (length > there) {
    return { ok: false, why: `its header says ${length} bytes of audio and there are ${there}` };
  }
  const durationMs = Math.round((length / sound.bytesPerSecond) * 1000);
  return { ok: true, durationMs, codec: sound.codec };
}

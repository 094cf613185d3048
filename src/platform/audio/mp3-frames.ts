// Walks the frames of an MP3 file: how long it is, and whether it is little else than frames.
import type { Extent } from "./audio-reading.ts";
import type { FileBytes } from "./file-bytes.ts";

/** kbit/s by the header's four bits (ISO/IEC 11172-3 and 13818-3, layer III). */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** Of what is no tag in front; pictures and tags may stand behind the audio too. */
const FRAMES_SHARE_MIN = 0.9;
/** Of chance alone two bytes in a thousand look like the beginning of a frame. */
const FRAMES_MIN = 3;
/** Of a tag in front: a parser holds it in memory, and it may have a million parts. */
const TAG_BYTES_MAX = 4 * 1024 * 1024;

type Frame = { readonly bytes: number; readonly durationMs: number };

/**
 * Headers of MP3 files state a length or leave it to be guessed, and both can be wrong; so the
 * frames are counted.
 */
export function measureMp3(file: FileBytes): Extent {
  const start = audioStart(file);
  if (start > TAG_BYTES_MAX) {
    return { ok: false, why: `the tag before its audio has more than ${TAG_BYTES_MAX} bytes` };
  }
  const otherMax = (file.sizeBytes - start) * (1 - FRAMES_SHARE_MIN);
  let other = 0;
  let position = start;
  let frames = 0;
  let frameBytes = 0;
  let durationMs = 0;
  while (position < file.sizeBytes) {
    const frame = readFrame(file.at(position, 4));
    if (frame === null) {
      other += 1;
      // Looked at byte for byte, so that large ones would take long.
      if (other > otherMax) break;
      position += 1;
      continue;
    }
    // The last frame may have been cut: players leave it out.
    if (position + frame.bytes > file.sizeBytes) break;
    frames += 1;
    frameBytes += frame.bytes;
    durationMs += frame.durationMs;
    position += frame.bytes;
  }
  const share = frameBytes / (file.sizeBytes - start);
  if (frames < FRAMES_MIN || !(share >= FRAMES_SHARE_MIN)) {
    return { ok: false, why: "it holds little or no MP3 audio" };
  }
  return { ok: true, durationMs: Math.round(durationMs), codec: null };
}

/** Behind the ID3v2 tag (id3.org/id3v2.4.0-structure, 3.1: seven bits of each byte of the size). */
export function audioStart(file: FileBytes): number {
  const head = file.at(0, 10);
  if (head.length < 10 || head.toString("latin1", 0, 3) !== "ID3") return 0;
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
  const hasFooter = ((head[5] ?? 0) & 0x10) !== 0;
  const size = ((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127);
  return 10 + size + (hasFooter ? 10 : 0);
}

/** Null: no frame of layer III begins here. */
export function readFrame(header: Buffer): Frame | null {
  const [sync = 0, versionAndLayer = 0, rates = 0] = header;
  if (header.length < 4 || sync !== 0xff || (versionAndLayer & 0xe0) !== 0xe0) return null;
  const version = (versionAndLayer >> 3) & 3;
  const layer = (versionAndLayer >> 1) & 3;
  // 1 is no version; 1 is layer III.
  if (version === 1 || layer !== 1) return null;
  const isFirst = version === 3;
  const kilobits = (isFirst ? RATES_1 : RATES_2)[rates >> 4] ?? 0;
  const fullRate = SAMPLE_RATES[(rates >> 2) & 3];
  if (kilobits === 0 || fullRate === undefined) return null;
  const sampleRate = isFirst ? fullRate : version === 2 ? fullRate / 2 : fullRate / 4;
  const samples = isFirst ? 1152 : 576;
  const padding = (rates >> 1) & 1;
  const bytes = Math.floor((samples / 8) * ((kilobits * 1000) / sampleRate)) + padding;
  return { bytes, durationMs: (samples / sampleRate) * 1000 };
}

// Judges one file in a thread: container, codec, length, and whether it is whole.
import { parseFile } from "music-metadata";
import type { IFormat } from "music-metadata";
import { ACCEPTED } from "./audio-reading.ts";
import type { AudioFormat, AudioReading, Extent } from "./audio-reading.ts";
import { openFileBytes } from "./file-bytes.ts";
import type { FileBytes } from "./file-bytes.ts";
import { measureM4a } from "./m4a-extent.ts";
import { audioStart, measureMp3, readFrame } from "./mp3-frames.ts";
import { measureOgg } from "./ogg-extent.ts";
import { measureWav } from "./wav-extent.ts";

type Kind = {
  readonly format: AudioFormat;
  readonly isAt: (file: FileBytes) => boolean;
  readonly measure: (file: FileBytes) => Extent;
  /** As music-metadata names it. */
  readonly container: RegExp;
  /** Its names of codecs, and ours. */
  readonly codecs: readonly (readonly [RegExp, string])[];
};

// The first bytes decide: a file that begins as something else is that, whatever follows.
const KINDS: readonly Kind[] = [
  {
    format: "wav",
    isAt: (file) => isText(file, 0, "RIFF") && isText(file, 8, "WAVE"),
    measure: measureWav,
    container: /^WAVE$/,
    codecs: [
      [/^PCM$/, "PCM"],
      // WAVE_FORMAT_EXTENSIBLE: what is in it the walk through the file finds out.
      [/^non-PCM \(65534\)$/, ""],
      [/^ALAW$/, "A-law"],
      [/^MULAW$/, "µ-law"],
    ],
  },
  {
    format: "ogg",
    isAt: (file) => isText(file, 0, "OggS"),
    measure: measureOgg,
    container: /^Ogg$/,
    codecs: [[/^Opus$/, "Opus"]],
  },
  {
    format: "m4a",
    isAt: (file) => isText(file, 4, "ftyp"),
    measure: measureM4a,
    container: /^(?:M4A|mp4|isom|iso|MPEG-4)/i,
    codecs: [[/^MPEG-4\/AAC$/, "AAC"]],
  },
  {
    format: "mp3",
    isAt: (file) => readFrame(Buffer.from(file.at(audioStart(file), 4))) !== null,
    measure: measureMp3,
    container: /^MPEG$/,
    codecs: [[/^MPEG [0-9.]+ Layer 3$/, "MP3"]],
  },
];

/**
 * music-metadata reads what is there and refuses nothing, so what it says is compared with what
 * is taken, and the file with its own claims. Rejects only when the file cannot be read.
 */
export async function judgeAudioFile(path: string): Promise<AudioReading> {
  let file: FileBytes | null = null;
  try {
    file = openFileBytes(path);
    const opened = file;
    const kind = KINDS.find(({ isAt }) => isAt(opened));
    if (kind === undefined)
      return refused(`This is no audio file that is known here; ${ACCEPTED}.`);
    // First: the parser takes minutes for a file of very many parts, and this a moment.
    const extent = kind.measure(file);
    if (!extent.ok) return refused(`The file is not taken: ${extent.why}; ${ACCEPTED}.`);
    const { format } = await parseFile(path, { skipCovers: true, skipPostHeaders: true });
    const codec = codecOf(kind, format);
    if (codec === null) return refused(`${describe(format)} is not taken; ${ACCEPTED}.`);
    const durationMs = extent.durationMs ?? Math.round((format.duration ?? 0) * 1000);
    if (!isPlausible(durationMs, file.sizeBytes)) {
      return refused("The file is not taken: it holds no audio, or less than its length says.");
    }
    return { ok: true, format: kind.format, codec: extent.codec ?? codec, durationMs };
  } catch (error) {
    // A disk that fails is not the file's fault.
    if (typeof (error as NodeJS.ErrnoException).syscall === "string") throw error;
    // Which byte the parser stumbled over tells nobody anything.
    return refused(`The file is damaged, or no audio file; ${ACCEPTED}.`);
  } finally {
    file?.close();
  }
}

function isText(file: FileBytes, position: number, text: string): boolean {
  return file.at(position, text.length).toString("latin1") === text;
}

function codecOf({ container, codecs }: Kind, format: IFormat): string | null {
  if (format.hasVideo === true || !container.test(format.container ?? "")) return null;
  const found = codecs.find(([name]) => name.test(format.codec ?? ""));
  return found?.[1] ?? null;
}

function describe({ hasVideo, container, codec }: IFormat): string {
  if (hasVideo === true) return "Video";
  return `${container ?? "A file"} with ${codec ?? "another codec"}`.slice(0, 80);
}

/** The least that speech takes: Opus of pauses only is some 100 bytes a second. */
const BYTES_PER_SECOND_MIN = 50;

function isPlausible(durationMs: number, sizeBytes: number): boolean {
  if (!Number.isSafeInteger(durationMs) || durationMs <= 0) return false;
  return (sizeBytes * 1000) / durationMs >= BYTES_PER_SECOND_MIN;
}

function refused(message: string): AudioReading {
  return { ok: false, message };
}

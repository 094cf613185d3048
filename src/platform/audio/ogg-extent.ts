// Walks the pages of an Ogg file: one stream of Opus and nothing else, up to a page's end.
import type { Extent } from "./audio-reading.ts";
import type { FileBytes } from "./file-bytes.ts";

const HEADER_BYTES = 27;
const SEGMENTS_MAX = 255;
/** RFC 7845, 4: positions are counted at this rate, whatever the audio's own. */
const SAMPLES_PER_MS = 48;
/** Eleven hours, where each page holds 20 ms only. */
const PAGES_MAX = 2_000_000;

/** RFC 3533, 6: page headers; RFC 7845: Opus in them. */
export function measureOgg(file: FileBytes): Extent {
  const first = file.at(0, HEADER_BYTES + SEGMENTS_MAX + 19);
  const head = first.subarray(HEADER_BYTES + (first[26] ?? 0));
  if (head.length < 19 || head.toString("latin1", 0, 8) !== "OpusHead") {
    return { ok: false, why: "its codec is not Opus" };
  }
  const skipped = head.readUInt16LE(10);
  const serial = first.readUInt32LE(14);
  let position = 0;
  let last = 0n;
  for (let pages = 0; position < file.sizeBytes; pages += 1) {
    if (pages >= PAGES_MAX) return { ok: false, why: `it has more than ${PAGES_MAX} pages` };
    const page = file.at(position, HEADER_BYTES + SEGMENTS_MAX);
    const size = pageSize(page);
    if (size === null || position + size > file.sizeBytes) {
      return { ok: false, why: "it is not whole: it ends, or is broken, inside a page" };
    }
    if (page.readUInt32LE(14) !== serial || (position > 0 && isFirstPage(page))) {
      return { ok: false, why: "it holds more than one stream" };
    }
    const granule = page.readBigInt64LE(6);
    // -1: no packet ends on this page.
    if (granule > last) last = granule;
    position += size;
  }
  const durationMs = Math.round((Number(last) - skipped) / SAMPLES_PER_MS);
  return { ok: true, durationMs, codec: null };
}

function isFirstPage(page: Buffer): boolean {
  return ((page[5] ?? 0) & 2) !== 0;
}

function pageSize(page: Buffer): number | null {
  if (page.length < HEADER_BYTES || page.toString("latin1", 0, 4) !== "OggS") return null;
  const segments = page[26] ?? 0;
  if (page.length < HEADER_BYTES + segments) return null;
  let size = HEADER_BYTES + segments;
  for (let index = 0; index < segments; index += 1) size += page[HEADER_BYTES + index] ?? 0;
  return size;
}

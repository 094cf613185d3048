// Walks the boxes of an MP4 file, and sees whether index and data are there, fill it, and are few.
import type { Extent } from "./audio-reading.ts";
import type { FileBytes } from "./file-bytes.ts";

/** Of all levels together; a file of one track has some forty, fragments six each. */
const BOXES_MAX = 10_000;
const DEPTH_MAX = 16;
/** Ten hours of AAC have an index of some 6 MB. */
const INDEX_BYTES_MAX = 32 * 1024 * 1024;

/** In these a parser reads box after box, and takes a hundred times as long for each as this. */
const CONTAINERS = new Set(
  "moov trak mdia minf stbl tref udta meta ilst <id> moof traf".split(" "),
);
const PASSED_OVER = new Set(["mdat", "free", "skip"]);

type Box = { readonly type: string; readonly from: number; readonly end: number };
type Walk = { readonly file: FileBytes; boxes: number };

/** ISO/IEC 14496-12, 4.2: size and type; size 1: 64 bits follow; size 0: up to the end. */
export function measureM4a(file: FileBytes): Extent {
  const walk: Walk = { file, boxes: 0 };
  const types = new Map<string, number>();
  let position = 0;
  while (position < file.sizeBytes) {
    const box = readBox(file, position, file.sizeBytes);
    if (box === null) return CUT;
    const bytes = box.end - position;
    if (!PASSED_OVER.has(box.type) && bytes > INDEX_BYTES_MAX) {
      return refused(`a part of it that is no audio has more than ${INDEX_BYTES_MAX} bytes`);
    }
    const why = checkBox(walk, box, { within: "", depth: 0 });
    if (why !== null) return refused(why);
    types.set(box.type, (types.get(box.type) ?? 0) + 1);
    position = box.end;
  }
  if (!types.has("moov") || !types.has("mdat")) return CUT;
  if (types.get("moov") !== 1) return refused("it has more than one index");
  return { ok: true, durationMs: null, codec: null };
}

/** Null: they are few. What is no box ends its level: about that the parser decides. */
function checkBox(
  walk: Walk,
  box: Box,
  at: { readonly within: string; readonly depth: number },
): string | null {
  walk.boxes += 1;
  if (walk.boxes > BOXES_MAX) return `it has more than ${BOXES_MAX} boxes`;
  // What is in the list of tags has boxes itself, whatever it is called.
  if (!CONTAINERS.has(box.type) && at.within !== "ilst" && at.within !== "<id>") return null;
  if (at.depth >= DEPTH_MAX) return "its boxes are within one another too deep";
  let position = box.from + (box.type === "meta" ? metaPadding(walk.file, box.from) : 0);
  while (position < box.end) {
    const inner = readBox(walk.file, position, box.end);
    if (inner === null) return null;
    const why = checkBox(walk, inner, { within: box.type, depth: at.depth + 1 });
    if (why !== null) return why;
    position = inner.end;
  }
  return null;
}

/** QuickTime's has no version in front (QTFF, Metadata Atom). */
function metaPadding(file: FileBytes, from: number): number {
  return file.at(from + 4, 4).toString("latin1") === "hdlr" ? 0 : 4;
}

function readBox(file: FileBytes, position: number, end: number): Box | null {
  const header = file.at(position, Math.min(16, end - position));
  if (header.length < 8) return null;
  const type = header.toString("latin1", 4, 8);
  const short = header.readUInt32BE(0);
  if (short !== 1) {
    const size = short === 0 ? end - position : short;
    const isWithin = size >= 8 && position + size <= end;
    return isWithin ? { type, from: position + 8, end: position + size } : null;
  }
  if (header.length < 16) return null;
  const size = Number(header.readBigUInt64BE(8));
  const isWithin = size >= 16 && position + size <= end;
  return isWithin ? { type, from: position + 16, end: position + size } : null;
}

const CUT: Extent = { ok: false, why: "it is not whole: its parts do not fill it" };

function refused(why: string): Extent {
  return { ok: false, why };
}

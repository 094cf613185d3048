// Reads the Range header of a request for one thing of known size (RFC 9110 section 14).

export type ByteRange =
  | { readonly kind: "whole" }
  /** First and last byte, both included and both there. */
  | { readonly kind: "part"; readonly first: number; readonly last: number }
  /** Answered with 416 and the size. */
  | { readonly kind: "unsatisfiable" };

const WHOLE: ByteRange = { kind: "whole" };
const UNSATISFIABLE: ByteRange = { kind: "unsatisfiable" };
const SPEC = /^(\d*)-(\d*)$/;

/**
 * What is malformed is ignored, as the RFC asks. Several ranges get the whole: no player sends
 * them, and answers in many parts are a way to make a server work (CVE-2011-3192).
 */
export function readByteRange(header: string | undefined, sizeBytes: number): ByteRange {
  if (header === undefined) return WHOLE;
  const set = /^bytes=(.*)$/i.exec(header)?.[1];
  if (set === undefined) return WHOLE;
  // A list may have empty members (section 5.6.1).
  const specs = set
    .split(",")
    .map(trimBlanks)
    .filter((spec) => spec !== "");
  const spec = specs.length === 1 ? SPEC.exec(specs[0]!) : null;
  if (spec === null) return WHOLE;
  const [, from = "", to = ""] = spec;
  if (from === "") return to === "" ? WHOLE : readSuffix(Number(to), sizeBytes);
  const first = Number(from);
  if (to !== "" && Number(to) < first) return WHOLE;
  if (first >= sizeBytes) return UNSATISFIABLE;
  const last = to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  return { kind: "part", first, last };
}

function readSuffix(length: number, sizeBytes: number): ByteRange {
  if (length === 0 || sizeBytes === 0) return UNSATISFIABLE;
  return { kind: "part", first: Math.max(0, sizeBytes - length), last: sizeBytes - 1 };
}

function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}

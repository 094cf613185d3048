// What every answer with audio says about itself, and the addresses by which nginx finds files.
import { MEDIA_TYPES } from "../../../core/recordings/recording-format.ts";
import type { BlobRange } from "../../../platform/blob/blob-store.ts";
import { attachmentHeader } from "../../../platform/http/content-disposition.ts";
import type { FoundRecording } from "../found-recording.ts";
import { fileNameOf } from "../library/file-name-of.ts";

/** Strong: other bytes have another one (RFC 9110 section 8.8.1). */
export function audioTag(recording: FoundRecording): string {
  return `"${recording.sha256}"`;
}

/**
 * INVARIANT: a fixed audio type, saved and not shown, never guessed, of no other site, in no cache
 * (attack row 135; ASVS 3.2.1). Players do not look at Content-Disposition. No Last-Modified: the
 * tag is exact, a second is not.
 */
export function audioHeaders(recording: FoundRecording): readonly string[] {
  const known = headersMade.get(recording);
  if (known !== undefined) return known;
  const headers = [
    "Content-Type",
    MEDIA_TYPES[recording.format],
    "ETag",
    audioTag(recording),
    "Content-Disposition",
    attachmentHeader(fileNameOf(recording)),
    ...GUARDS,
  ];
  headersMade.set(recording, headers);
  return headers;
}

/** A player asks many times, and names are costly to make safe. What is known never changes. */
const headersMade = new WeakMap<FoundRecording, readonly string[]>();

const GUARDS = [
  "Cache-Control",
  "private, no-store",
  "X-Content-Type-Options",
  "nosniff",
  "Content-Security-Policy",
  "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy",
  "same-origin",
] as const;

/** Of what is sent from here; nginx says these of what it sends. */
export function lengthHeaders(recording: FoundRecording, range: BlobRange | null): string[] {
  const { sizeBytes } = recording;
  if (range === null) return ["Accept-Ranges", "bytes", "Content-Length", String(sizeBytes)];
  const { first, last } = range;
  return [
    "Accept-Ranges",
    "bytes",
    "Content-Length",
    String(last - first + 1),
    "Content-Range",
    `bytes ${first}-${last}/${sizeBytes}`,
  ];
}

/** RFC 9110 section 15.4.5: what the whole answer would say of the tag and of caches. */
export function unchangedHeaders(recording: FoundRecording): string[] {
  return ["ETag", audioTag(recording), ...GUARDS];
}

/**
 * For nginx's X-Accel-Redirect, which decodes it.
 * @param prefix begins and ends with a slash
 */
export function accelPath(prefix: string, blobKey: string): string {
  return prefix + blobKey.split("/").map(encodeURIComponent).join("/");
}

// Checks that bytes are a whole MaxMind DB (.mmdb) file and says where its parts lie.
import { Reader } from "mmdb-lib";
import { CountryFileError } from "./country-file-error.ts";

/** MaxMind DB file format 2.0: the metadata begin after the last of these, in the last 128 KiB. */
const METADATA_MARK = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
const METADATA_BYTES_MAX = 128 * 1024;
/** Zero bytes between the search tree and the data. */
const SEPARATOR_BYTES = 16;
/** Clocks of builders run ahead by a time zone at most. */
const FUTURE_MS_MAX = 2 * 24 * 60 * 60 * 1000;

export type MmdbHeader = {
  readonly nodeCount: number;
  readonly nodeBytes: number;
  readonly recordBits: 24 | 28 | 32;
  readonly ipVersion: 4 | 6;
  /** A record below this (and above `nodeCount`) points into the data. */
  readonly recordEnd: number;
  readonly databaseType: string;
  readonly buildDateMs: number;
};

/** Throws CountryFileError for bytes that are no whole database. */
export function readMmdbHeader(file: Buffer, nowMs: number): MmdbHeader {
  const metadataAt = findMetadata(file);
  const { metadata } = openReader(file);
  if (metadata.binaryFormatMajorVersion !== 2) {
    throw new CountryFileError("has a format version other than 2");
  }
  const { nodeCount, recordSize, ipVersion } = metadata;
  if (!Number.isSafeInteger(nodeCount) || nodeCount < 1) {
    throw new CountryFileError("is damaged: it has no search tree");
  }
  if (ipVersion !== 4 && ipVersion !== 6) {
    throw new CountryFileError("is damaged: its metadata name neither IPv4 nor IPv6");
  }
  const nodeBytes = recordSize / 4;
  const dataAt = nodeCount * nodeBytes + SEPARATOR_BYTES;
  if (dataAt > metadataAt) {
    throw new CountryFileError("is damaged: it is shorter than the search tree it announces");
  }
  if (file.subarray(dataAt - SEPARATOR_BYTES, dataAt).some((byte) => byte !== 0)) {
    throw new CountryFileError("is damaged: its search tree does not end where it announces");
  }
  return {
    nodeCount,
    nodeBytes,
    recordBits: recordSize as 24 | 28 | 32,
    ipVersion,
    recordEnd: nodeCount + SEPARATOR_BYTES + (metadataAt - dataAt),
    databaseType: asText(metadata.databaseType),
    buildDateMs: checkBuildDate(metadata.buildEpoch.getTime(), nowMs),
  };
}

/** The reader of mmdb-lib over the bytes; it decodes the metadata and the data. */
export function openReader(file: Buffer): Reader<Record<string, never>> {
  try {
    return new Reader<Record<string, never>>(file);
  } catch (error) {
    throw new CountryFileError(`is damaged: its metadata cannot be read (${String(error)})`);
  }
}

/** Where the marker of the metadata stands; the marker is the last thing before them. */
function findMetadata(file: Buffer): number {
  if (file.length === 0) throw new CountryFileError("is empty");
  if (file[0] === 0x1f && file[1] === 0x8b) {
    throw new CountryFileError("is gzip-compressed: unpack it first");
  }
  if (file.toString("latin1", 257, 262) === "ustar") {
    throw new CountryFileError("is a tar archive: take the .mmdb file out of it");
  }
  const tail = file.subarray(-METADATA_BYTES_MAX);
  const at = tail.lastIndexOf(METADATA_MARK);
  if (at === -1) {
    throw new CountryFileError(
      "is no MaxMind DB (.mmdb) file, or is cut off: it does not end in their metadata",
    );
  }
  return file.length - tail.length + at;
}

function checkBuildDate(buildDateMs: number, nowMs: number): number {
  if (!Number.isFinite(buildDateMs) || buildDateMs <= 0) {
    throw new CountryFileError("does not say when it was built");
  }
  if (buildDateMs > nowMs + FUTURE_MS_MAX) {
    const date = new Date(Math.min(buildDateMs, 8.64e15)).toISOString().slice(0, 10);
    throw new CountryFileError(`says it was built on ${date}, which is in the future`);
  }
  return buildDateMs;
}

/** The metadata are typed by mmdb-lib but come from a file: any type may stand there. */
function asText(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 200) : "";
}

// Reads BLOB_URL: a directory, or a bucket of an S3 service.
import { fileURLToPath } from "node:url";
import type { Secret } from "../secret.ts";

/** A bucket, before its keys are known. */
export type S3Place = {
  readonly kind: "s3";
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Empty, or segments with a slash after each. */
  readonly prefix: string;
};

export type S3Setting = S3Place & {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
};

/** As they are set; null: not set. */
export type S3Keys = {
  readonly accessKeyId: Secret | null;
  readonly secretAccessKey: Secret | null;
};

/** `path` is absolute. */
export type DirectorySetting = { readonly kind: "directory"; readonly path: string };

export type BlobSetting = DirectorySetting | S3Setting;

export const BLOB_URL_ACCEPTS =
  "file:///path, or s3://bucket/prefix?endpoint=https://host:port&region=name";

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;
const PREFIX = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*$/;

/** Null: not accepted. Without `endpoint` the bucket is at Amazon, in the region. */
export function readBlobUrl(text: string): DirectorySetting | S3Place | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return null;
  if (/^file:\/\/\//i.test(text)) return readFileUrl(url);
  return /^s3:\/\//i.test(text) ? readS3Url(url) : null;
}

/** Null: it is a bucket, and there are no keys for it. */
export function withS3Keys(place: DirectorySetting | S3Place, keys: S3Keys): BlobSetting | null {
  if (place.kind === "directory") return place;
  const { accessKeyId, secretAccessKey } = keys;
  if (accessKeyId === null || secretAccessKey === null) return null;
  return { ...place, accessKeyId, secretAccessKey };
}

/** The whole file system is no place for recordings: what is listed there would be anything. */
function readFileUrl(url: URL): DirectorySetting | null {
  if (url.search !== "" || url.pathname === "/") return null;
  try {
    const path = fileURLToPath(url);
    return path.includes("\0") ? null : { kind: "directory", path: path.replace(/\/+$/, "") };
  } catch {
    return null;
  }
}

function readS3Url(url: URL): S3Place | null {
  const names = [...url.searchParams.keys()];
  const isKnown = names.every((name) => name === "endpoint" || name === "region");
  if (!isKnown || new Set(names).size < names.length) return null;
  const region = url.searchParams.get("region") ?? "us-east-1";
  const endpoint = readEndpoint(url.searchParams.get("endpoint"), region);
  const path = url.pathname.replace(/^\//, "");
  const prefix = path === "" || path.endsWith("/") ? path : `${path}/`;
  const isBucket = BUCKET.test(url.hostname) && !url.hostname.includes("..") && url.port === "";
  const isPrefix = prefix.length <= 256 && PREFIX.test(prefix);
  if (!isBucket || !isPrefix || !REGION.test(region) || endpoint === null) return null;
  return { kind: "s3", endpoint, region, bucket: url.hostname, prefix };
}

function readEndpoint(text: string | null, region: string): string | null {
  const written = text ?? `https://s3.${region}.amazonaws.com`;
  if (!/^https?:\/\/[^/?#\\\s@]+\/?$/i.test(written) || !URL.canParse(written)) return null;
  return new URL(written).origin;
}

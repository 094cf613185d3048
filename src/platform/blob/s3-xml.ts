// The few things that are read from, and written to, an S3 service in XML.
import { XMLParser } from "fast-xml-parser";
import { isBlobKey } from "./blob-store.ts";
import type { ListedBlob } from "./blob-store.ts";

type S3Element = Readonly<Record<string, unknown>>;

export type S3Page = {
  readonly blobs: readonly ListedBlob[];
  /** Null: the last page. */
  readonly nextToken: string | null;
};

// Texts stay texts: a key of digits is no number. No entities but the five of XML itself.
const PARSER = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  isArray: (name) => name === "Contents",
});

/** Null: not XML, or another element than `root`. */
export function readS3Xml(xml: string, root: string): S3Element | null {
  // No service declares a document type: what does would only be out to expand entities (CWE-776).
  if (xml.includes("<!DOCTYPE")) return null;
  try {
    const parsed: unknown = PARSER.parse(xml);
    return elementOf(parsed, root);
  } catch {
    return null;
  }
}

export function textOf(element: S3Element | null, name: string): string | null {
  const value = element?.[name];
  return typeof value === "string" ? value : null;
}

function contentsOf(page: S3Element): readonly S3Element[] {
  const values = page["Contents"];
  if (!Array.isArray(values)) return [];
  return values.filter((value: unknown): value is S3Element => typeof value === "object");
}

/** Null: no listing. Objects that are none of ours are left out: the bucket may hold more. */
export function readS3Page(xml: string, prefix: string): S3Page | null {
  const page = readS3Xml(xml, "ListBucketResult");
  if (page === null) return null;
  const isTruncated = textOf(page, "IsTruncated") === "true";
  const nextToken = textOf(page, "NextContinuationToken");
  // A page that says there is more and not where must not pass for the last one.
  if (isTruncated && nextToken === null) return null;
  const blobs = contentsOf(page).flatMap((element) => {
    const blob = readListed(element, prefix);
    return blob === null ? [] : [blob];
  });
  return { blobs, nextToken: isTruncated ? nextToken : null };
}

function readListed(element: S3Element, prefix: string): ListedBlob | null {
  const name = textOf(element, "Key") ?? "";
  const sizeBytes = Number(textOf(element, "Size") ?? Number.NaN);
  const changedAtMs = Date.parse(textOf(element, "LastModified") ?? "");
  const key = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  if (!isBlobKey(key) || !Number.isSafeInteger(sizeBytes) || Number.isNaN(changedAtMs)) return null;
  return { key, sizeBytes, changedAtMs };
}

/** `etags`: of the parts, from the first, as the service gave them. */
export function writeS3Parts(etags: readonly string[]): string {
  const parts = etags.map((etag, index) => {
    const shown = etag.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
    return `<Part><PartNumber>${index + 1}</PartNumber><ETag>${shown}</ETag></Part>`;
  });
  const space = "http://s3.amazonaws.com/doc/2006-03-01/";
  return `<CompleteMultipartUpload xmlns="${space}">${parts.join("")}</CompleteMultipartUpload>`;
}

function elementOf(parsed: unknown, name: string): S3Element | null {
  if (typeof parsed !== "object" || parsed === null) return null;
  const value = (parsed as S3Element)[name];
  return typeof value === "object" && value !== null ? (value as S3Element) : null;
}

// Brings a file into a bucket: at once, or in parts that become an object when all are there.
import { createHash, hash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { BlobError, type BlobFacts } from "./blob-store.ts";
import { fileBlobError } from "./file-blob-error.ts";
import { readFileRange } from "./read-file-range.ts";
import type { S3Client } from "./s3-client.ts";
import type { S3Body } from "./s3-request.ts";
import { readS3Xml, textOf, writeS3Parts } from "./s3-xml.ts";

export type S3Upload = {
  readonly client: S3Client;
  /** With the store's prefix. */
  readonly objectName: string;
  readonly filePath: string;
  readonly facts: BlobFacts;
  /** Size of the object and the content it was put with; null: there is none. */
  readonly lookAt: () => Promise<{ readonly sizeBytes: number; readonly sha256: string } | null>;
};

const MEGABYTE = 1024 * 1024;

/** Above this a lost connection would cost too much. A part is 5 MB at least, 10,000 at most. */
const WHOLE_BYTES_MAX = 16 * MEGABYTE;
const PART_BYTES = 8 * MEGABYTE;

export async function uploadToS3(upload: S3Upload): Promise<void> {
  const { size } = await stat(upload.filePath).catch((error: unknown) => {
    throw fileBlobError(error, upload.filePath);
  });
  const { sizeBytes } = upload.facts;
  if (size !== sizeBytes) {
    const words = `${upload.objectName} would be ${size} bytes in place of ${sizeBytes}`;
    throw new BlobError("unreadable", words);
  }
  if (size <= WHOLE_BYTES_MAX) await putWhole(upload);
  else await putParts(upload);
}

async function putWhole({ client, objectName, filePath, facts }: S3Upload): Promise<void> {
  await client.askForText({
    method: "PUT",
    objectName,
    query: {},
    headers: {
      ...objectHeaders(facts),
      // Kept with the object where the service has that, and looked at by all: the signed hash.
      "x-amz-checksum-sha256": Buffer.from(facts.sha256, "hex").toString("base64"),
    },
    body: fileBody(filePath, { first: 0, bytes: facts.sizeBytes, sha256: facts.sha256 }),
    what: objectName,
    isRepeatable: true,
  });
}

/** Whatever fails on the way: the parts go, and nothing is listed or paid for. */
async function putParts(upload: S3Upload): Promise<void> {
  const uploadId = await beginParts(upload);
  try {
    const etags = await sendParts(upload, uploadId);
    await completeParts(upload, uploadId, etags);
  } catch (error) {
    await abortParts(upload, uploadId);
    throw error;
  }
}

async function beginParts({ client, objectName, facts }: S3Upload): Promise<string> {
  const answer = await client.askForText({
    method: "POST",
    objectName,
    query: { uploads: "" },
    headers: objectHeaders(facts),
    body: null,
    what: objectName,
    // Each time it is asked there is one more upload.
    isRepeatable: false,
  });
  const uploadId = textOf(readS3Xml(answer, "InitiateMultipartUploadResult"), "UploadId");
  if (uploadId === null) throw strangeAnswer(client, objectName);
  return uploadId;
}

async function sendParts(upload: S3Upload, uploadId: string): Promise<readonly string[]> {
  const { client, objectName, filePath, facts } = upload;
  const whole = createHash("sha256");
  const etags: string[] = [];
  for (let first = 0; first < facts.sizeBytes; first += PART_BYTES) {
    const bytes = Math.min(PART_BYTES, facts.sizeBytes - first);
    const sha256 = await hashPart(filePath, { first, bytes }, whole);
    const answer = await client.ask({
      method: "PUT",
      objectName,
      query: { partNumber: String(etags.length + 1), uploadId },
      headers: {},
      body: fileBody(filePath, { first, bytes, sha256 }),
      what: objectName,
      isRepeatable: true,
    });
    answer.resume();
    const { etag } = answer.headers;
    if (etag === undefined) throw strangeAnswer(client, objectName);
    etags.push(etag);
  }
  if (whole.digest("hex") === facts.sha256) return etags;
  throw new BlobError("unreadable", `${objectName} is not the file that was to be put`);
}

/**
 * A service may say 200 first and how it went afterwards, or finish and lose the connection; a
 * second attempt would then be told there is no such upload. The object itself is asked instead.
 */
async function completeParts(
  upload: S3Upload,
  uploadId: string,
  etags: readonly string[],
): Promise<void> {
  const { client, objectName, facts } = upload;
  const content = writeS3Parts(etags);
  let failure: unknown = strangeAnswer(client, objectName);
  try {
    const answer = await client.askForText({
      method: "POST",
      objectName,
      query: { uploadId },
      headers: { "content-type": "application/xml" },
      body: textBody(content),
      what: objectName,
      isRepeatable: false,
    });
    if (readS3Xml(answer, "CompleteMultipartUploadResult") !== null) return;
  } catch (error) {
    failure = error;
  }
  const found = await upload.lookAt();
  const isWhole = found?.sizeBytes === facts.sizeBytes && found.sha256 === facts.sha256;
  if (!isWhole) throw failure;
}

/** The reason why is what the caller hears; a bucket's own rule may end what cannot be aborted. */
async function abortParts({ client, objectName }: S3Upload, uploadId: string): Promise<void> {
  const asked = {
    method: "DELETE",
    objectName,
    query: { uploadId },
    headers: {},
    body: null,
    what: objectName,
    isRepeatable: true,
  } as const;
  await client.askForText(asked).catch(() => {});
}

function objectHeaders({ contentType, sha256 }: BlobFacts): Readonly<Record<string, string>> {
  return { "content-type": contentType, "x-amz-meta-sha256": sha256 };
}

type FilePart = { readonly first: number; readonly bytes: number };

function fileBody(filePath: string, part: FilePart & { readonly sha256: string }): S3Body {
  return {
    sizeBytes: part.bytes,
    sha256: part.sha256,
    open: () => readPart(filePath, part),
  };
}

function textBody(content: string): S3Body {
  return {
    sizeBytes: Buffer.byteLength(content),
    sha256: hash("sha256", content, "hex"),
    open: () => Readable.from([Buffer.from(content)]),
  };
}

/** Fails where the file has become shorter, and a request would wait for the rest for ever. */
async function readPart(filePath: string, { first, bytes }: FilePart): Promise<Readable> {
  return readFileRange({ handle: await open(filePath), first, bytes, name: filePath });
}

async function hashPart(
  filePath: string,
  part: FilePart,
  whole: ReturnType<typeof createHash>,
): Promise<string> {
  const own = createHash("sha256");
  for await (const chunk of (await readPart(filePath, part)) as AsyncIterable<Buffer>) {
    own.update(chunk);
    whole.update(chunk);
  }
  return own.digest("hex");
}

function strangeAnswer(client: S3Client, objectName: string): BlobError {
  const words = `${client.setting.endpoint} answered otherwise than an S3 service`;
  return new BlobError("unavailable", `${words}, asked for ${objectName}`);
}

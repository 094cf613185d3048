// The blob store in a bucket of an S3 service: a key is the name of an object.
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { S3Setting } from "./blob-setting.ts";
import { assertBlobKey, BlobError } from "./blob-store.ts";
import type { BlobFacts, BlobRange, BlobStore, ListedBlob, OpenedBlob } from "./blob-store.ts";
import { createS3Client, S3_LIMITS, type S3Asked, type S3Limits } from "./s3-client.ts";
import { checkS3Body, lengthOf } from "./s3-body.ts";
import { uploadToS3 } from "./s3-upload.ts";
import { readS3Page } from "./s3-xml.ts";

type ObjectHead = { readonly sizeBytes: number; readonly etag: string; readonly sha256: string };

export function createS3Store(setting: S3Setting, limits: S3Limits = S3_LIMITS): BlobStore {
  const client = createS3Client(setting, limits);

  function askOf(key: string, method: S3Asked["method"]): S3Asked {
    assertBlobKey(key);
    const objectName = `${setting.prefix}${key}`;
    return {
      method,
      objectName,
      query: {},
      headers: {},
      body: null,
      what: objectName,
      isRepeatable: true,
    };
  }

  /** An answer to HEAD has no words: whether object or bucket is missing, another one tells. */
  async function headOf(key: string): Promise<ObjectHead> {
    try {
      const answer = await client.ask(askOf(key, "HEAD"));
      answer.resume();
      return readHead(answer, key);
    } catch (error) {
      if (error instanceof BlobError && error.fault === "missing") await askForBucket();
      throw error;
    }
  }

  async function askForBucket(): Promise<void> {
    await askForPage({ prefix: setting.prefix, token: null, max: 1 });
  }

  async function put(key: string, filePath: string, facts: BlobFacts): Promise<void> {
    const { what: objectName } = askOf(key, "PUT");
    const lookAt = () => headOf(key).catch(nullWhenMissing);
    await uploadToS3({ client, objectName, filePath, facts, lookAt });
  }

  async function open(key: string): Promise<OpenedBlob> {
    const head = await headOf(key);
    let isTaken = false;

    async function read(range: BlobRange | null): Promise<Readable> {
      if (isTaken) throw new Error("a blob is read once");
      isTaken = true;
      const asked = askOf(key, "GET");
      const bounds = range === null ? {} : { range: `bytes=${range.first}-${range.last}` };
      // Another object of that name by now is not mixed with the one whose size was told.
      const headers = { ...bounds, "if-match": head.etag };
      const answer = await client.ask({ ...asked, headers });
      return checkS3Body(answer, { range, sizeBytes: head.sizeBytes, name: asked.what });
    }

    return { sizeBytes: head.sizeBytes, read, close: async () => {} };
  }

  async function remove(key: string): Promise<void> {
    const asked = askOf(key, "DELETE");
    try {
      await client.askForText(asked);
    } catch (error) {
      nullWhenMissing(error);
    }
  }

  async function askForPage(page: {
    readonly prefix: string;
    readonly token: string | null;
    readonly max: number;
  }): Promise<NonNullable<ReturnType<typeof readS3Page>>> {
    const token: Record<string, string> =
      page.token === null ? {} : { "continuation-token": page.token };
    const xml = await client.askForText({
      method: "GET",
      objectName: null,
      query: { "list-type": "2", "max-keys": String(page.max), prefix: page.prefix, ...token },
      headers: {},
      body: null,
      what: "a listing",
      isRepeatable: true,
    });
    const read = readS3Page(xml, setting.prefix);
    if (read !== null) return read;
    const words = `${setting.endpoint} answered a listing otherwise than an S3 service`;
    throw new BlobError("unavailable", words);
  }

  async function* list(prefix: string): AsyncIterable<ListedBlob> {
    let token: string | null = null;
    do {
      const page = await askForPage({ prefix: `${setting.prefix}${prefix}`, token, max: 1000 });
      yield* page.blobs;
      // INVARIANT: each page leads on; one that leads to itself would be listed for ever.
      if (page.nextToken !== null && page.nextToken === token) {
        throw new BlobError("unavailable", `${setting.endpoint} lists one page again and again`);
      }
      token = page.nextToken;
    } while (token !== null);
  }

  return {
    kind: "s3",
    describe: () => `the bucket ${setting.bucket} at ${setting.endpoint}`,
    put,
    open,
    size: async (key) => (await headOf(key)).sizeBytes,
    remove,
    list,
  };
}

function readHead(answer: IncomingMessage, key: string): ObjectHead {
  const sizeBytes = lengthOf(answer);
  const { etag } = answer.headers;
  if (sizeBytes === null || etag === undefined) {
    throw new BlobError("unavailable", `the service tells no size or ETag of ${key}`);
  }
  const sha256 = answer.headers["x-amz-meta-sha256"];
  return { sizeBytes, etag, sha256: typeof sha256 === "string" ? sha256 : "" };
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof BlobError && error.fault === "missing") return null;
  throw error;
}

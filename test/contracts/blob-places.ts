// Runs a suite on every kind of blob store: a real directory, and a bucket that speaks S3.
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { BlobSetting, S3Setting } from "../../src/platform/blob/blob-setting.ts";
import { BlobError } from "../../src/platform/blob/blob-store.ts";
import type { BlobFacts, BlobFault, BlobStore } from "../../src/platform/blob/blob-store.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import { createSecret } from "../../src/platform/secret.ts";

export type BlobHarness = {
  readonly kind: BlobStore["kind"];
  /** A new, empty place. It goes away after the suite. */
  readonly place: () => Promise<BlobSetting>;
  readonly open: () => Promise<BlobStore>;
  /** A file with this content, to be put. */
  readonly file: (content: Uint8Array | string) => Promise<string>;
};

export const KEY_ID = "AKIAEXAMPLE0KEY1D";
export const KEY_SECRET = "exampleSecret/thatNobody+mayRead";

/** One suite for each kind of store. */
export function describeEachBlobStore(name: string, suite: (harness: BlobHarness) => void): void {
  describe.each(["directory", "s3"] as const)(`${name} in %s`, (kind) => {
    suite(useBlobPlaces(kind));
  });
}

/** The same for suites that want one kind. */
function useBlobPlaces(kind: BlobStore["kind"]): BlobHarness {
  let directory = "";
  let server: Awaited<ReturnType<typeof startFauxqs>> | null = null;
  let count = 0;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "postern-blobs-"));
    if (kind === "s3") server = await startFauxqs({ port: 0, logger: false });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function place(): Promise<BlobSetting> {
    count += 1;
    if (server === null) return { kind: "directory", path: join(directory, `place-${count}`) };
    const bucket = `bucket-${count}`;
    server.createBucket(bucket);
    return s3SettingOf(server.address, { bucket });
  }

  async function file(content: Uint8Array | string): Promise<string> {
    count += 1;
    const path = join(directory, `file-${count}`);
    await writeFile(path, content);
    return path;
  }

  return { kind, place, file, open: async () => openBlobStore(await place()) };
}

export function s3SettingOf(endpoint: string, more: Partial<S3Setting> = {}): S3Setting {
  return {
    kind: "s3",
    endpoint,
    region: "us-east-1",
    bucket: "recordings",
    prefix: "postern/",
    accessKeyId: createSecret(KEY_ID),
    secretAccessKey: createSecret(KEY_SECRET),
    ...more,
  };
}

export function factsOf(content: Uint8Array | string): BlobFacts {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { sizeBytes: Buffer.from(content).length, sha256, contentType: "audio/mpeg" };
}

/** Bytes that differ everywhere, so that a part in the wrong place is seen. */
export function bytesOf(count: number): Buffer {
  const bytes = Buffer.alloc(count);
  for (let index = 0; index + 4 <= count; index += 4) bytes.writeUInt32LE(index, index);
  return bytes;
}

export async function readAll(
  store: BlobStore,
  key: string,
  range: { readonly first: number; readonly last: number } | null = null,
): Promise<Buffer> {
  const blob = await store.open(key);
  return buffer(await blob.read(range));
}

export async function keysOf(store: BlobStore, prefix = ""): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** The error with which `work` fails, which must be of this fault. */
export async function faultOf(work: Promise<unknown>, fault: BlobFault): Promise<BlobError> {
  const error: unknown = await work.then(
    () => expect.unreachable(`it should have failed as ${fault}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof BlobError)) throw error;
  expect({ fault: error.fault, message: error.message }).toEqual({ fault, message: error.message });
  return error;
}

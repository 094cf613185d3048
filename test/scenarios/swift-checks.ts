// What a real S3 service, which looks at every signature, sees and keeps of the blob store.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { S3Setting } from "../../src/platform/blob/blob-setting.ts";
import { BlobError, type BlobRange, type BlobStore } from "../../src/platform/blob/blob-store.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import { createS3Sender } from "../../src/platform/blob/s3-request.ts";
import { createSecret } from "../../src/platform/secret.ts";
import { startSwift } from "./start-swift.ts";

export type SwiftWorld = {
  readonly setting: S3Setting;
  readonly directory: string;
  readonly stop: () => Promise<void>;
};

export type SwiftCheck = {
  readonly name: string;
  readonly run: (world: SwiftWorld) => Promise<string>;
};

const MEGABYTE = 1024 * 1024;
const BUCKET = "recordings";
const SILENCE_MS = 30_000;

export async function startSwiftWorld(): Promise<SwiftWorld> {
  const swift = await startSwift();
  const directory = await mkdtemp(join(tmpdir(), "postern-swift-files-"));
  const setting: S3Setting = {
    kind: "s3",
    endpoint: swift.address,
    region: "us-east-1",
    bucket: BUCKET,
    prefix: "postern/",
    accessKeyId: createSecret(swift.accessKeyId),
    secretAccessKey: createSecret(swift.secretAccessKey),
  };
  const stop = async (): Promise<void> => {
    await swift.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { setting, directory, stop };
}

async function put(
  { directory }: SwiftWorld,
  store: BlobStore,
  { key, content, sha256 }: { key: string; content: Uint8Array; sha256?: string },
): Promise<void> {
  const path = join(directory, "incoming");
  await writeFile(path, content);
  const facts = { sizeBytes: content.length, sha256: sha256 ?? hashOf(content) };
  await store.put(key, path, { ...facts, contentType: "audio/wav" });
}

async function read(store: BlobStore, key: string, range: BlobRange): Promise<Buffer> {
  return buffer(await (await store.open(key)).read(range));
}

function hashOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Names of objects in a container, as Swift itself says them, by its own API. */
async function namesIn({ setting }: SwiftWorld, container: string): Promise<string> {
  const headers = {
    "x-auth-user": setting.accessKeyId.reveal(),
    "x-auth-key": setting.secretAccessKey.reveal(),
  };
  const signedIn = await fetch(`${setting.endpoint}/auth/v1.0`, { headers });
  const token = signedIn.headers.get("x-auth-token") ?? "";
  const url = `${signedIn.headers.get("x-storage-url") ?? ""}/${container}`;
  const answer = await fetch(url, { headers: { "x-auth-token": token } });
  assert(answer.ok, `${url} answered ${answer.status}`);
  return (await answer.text()).trim().replaceAll("\n", " ");
}

async function failureOf(work: Promise<unknown>): Promise<BlobError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert(error instanceof BlobError, "it should have failed");
  return error;
}

async function makeBucket({ setting }: SwiftWorld): Promise<void> {
  const ask = createS3Sender(setting, SILENCE_MS);
  const answer = await ask({ method: "PUT", objectName: null, query: {}, headers: {}, body: null });
  await buffer(answer);
  assert.equal(answer.statusCode, 200);
}

export const SWIFT_CHECKS: readonly SwiftCheck[] = [
  {
    name: "a bucket that is not there",
    run: async ({ setting }) => {
      const { fault, message } = await failureOf(openBlobStore(setting));
      assert.equal(fault, "unavailable");
      assert.match(message, /NoSuchBucket.*make the bucket/);
      return message;
    },
  },
  {
    name: "wrong keys",
    run: async (world) => {
      await makeBucket(world);
      const wrong = { ...world.setting, secretAccessKey: createSecret("wrong") };
      const { message } = await failureOf(openBlobStore(wrong));
      assert.match(message, /SignatureDoesNotMatch.*check S3_ACCESS_KEY_ID/);
      const unknown = { ...world.setting, accessKeyId: createSecret("postern:nobody") };
      const nobody = await failureOf(openBlobStore(unknown));
      assert.match(nobody.message, /check S3_ACCESS_KEY_ID/);
      return `${message}\n${nobody.message}`;
    },
  },
  {
    name: "right keys: a small file, its ranges, its removal",
    run: async (world) => {
      const store = await openBlobStore(world.setting);
      const content = randomBytes(100_000);
      await put(world, store, { key: "account/one.wav", content });
      const all = await read(store, "account/one.wav", { first: 0, last: content.length - 1 });
      assert(all.equals(content));
      const some = await read(store, "account/one.wav", { first: 99_990, last: 99_999 });
      assert(some.equals(content.subarray(99_990)));
      await store.remove("account/one.wav");
      await store.remove("account/one.wav");
      assert.equal((await failureOf(store.open("account/one.wav"))).fault, "missing");
      return `signatures accepted; now in the bucket: "${await namesIn(world, BUCKET)}"`;
    },
  },
  {
    name: "a small file that arrives otherwise than it was signed",
    run: async (world) => {
      const store = await openBlobStore(world.setting);
      const sha256 = hashOf(randomBytes(9));
      const lost = put(world, store, { key: "account/x.wav", content: randomBytes(9), sha256 });
      const { fault, message } = await failureOf(lost);
      assert.equal(fault, "unreadable");
      assert.equal((await failureOf(store.size("account/x.wav"))).fault, "missing");
      return message;
    },
  },
  {
    name: "a large file in parts, and ranges across them",
    run: async (world) => {
      const store = await openBlobStore(world.setting);
      const content = randomBytes(20 * MEGABYTE + 7);
      await put(world, store, { key: "account/large.wav", content });
      assert.equal(await store.size("account/large.wav"), content.length);
      const all = await read(store, "account/large.wav", { first: 0, last: content.length - 1 });
      assert(all.equals(content));
      const [first, last] = [8 * MEGABYTE - 100, 16 * MEGABYTE + 100];
      const some = await read(store, "account/large.wav", { first, last });
      assert(some.equals(content.subarray(first, last + 1)));
      return `${content.length} bytes in three parts came back as they were`;
    },
  },
  {
    name: "a large file that cannot be finished leaves nothing",
    run: async (world) => {
      const store = await openBlobStore(world.setting);
      const content = randomBytes(20 * MEGABYTE);
      const sha256 = hashOf(randomBytes(1));
      await failureOf(put(world, store, { key: "account/lost.wav", content, sha256 }));
      const segments = await namesIn(world, `${BUCKET}+segments`);
      // Those of the file before are there to be seen.
      assert.match(segments, /large\.wav\/[^ ]+\/3( |$)/);
      assert.doesNotMatch(segments, /lost/);
      assert.equal((await failureOf(store.size("account/lost.wav"))).fault, "missing");
      return `in the bucket: "${await namesIn(world, BUCKET)}"; parts: "${segments}"`;
    },
  },
  {
    name: "a list over pages",
    run: async (world) => {
      const store = await openBlobStore({ ...world.setting, prefix: "many/" });
      const keys = Array.from({ length: 1_050 }, (_, index) => `a/${10_000 + index}.wav`);
      for (const key of keys) await put(world, store, { key, content: Buffer.from(key) });
      const found: string[] = [];
      for await (const blob of store.list("a/")) found.push(blob.key);
      assert.deepEqual(found, keys);
      return `${found.length} objects, in order`;
    },
  },
];

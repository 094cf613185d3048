// Opens the configured blob store, and sees at start whether it can be written and read.
import { mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { randomId } from "../crypto/random.ts";
import { sha256Hex } from "../crypto/sha256-hex.ts";
import type { BlobSetting } from "./blob-setting.ts";
import { BlobError, type BlobStore } from "./blob-store.ts";
import { createDirectoryStore } from "./create-directory-store.ts";
import { createS3Store } from "./create-s3-store.ts";
import { fileBlobError } from "./file-blob-error.ts";
import { HALF_PUT } from "./put-file.ts";

const DAY_MS = 86_400_000;

/** Rejects with a `BlobError` whose message tells the operator what to do. */
export async function openBlobStore(setting: BlobSetting): Promise<BlobStore> {
  const store = await createStore(setting);
  await tryOut(store);
  return store;
}

/**
 * The same for whoever only looks: nothing is made or written, so that a mistyped directory does
 * not become an empty one that was looked at.
 */
export async function openBlobStoreToRead(setting: BlobSetting): Promise<BlobStore> {
  const store = setting.kind === "s3" ? createS3Store(setting) : await openDirectory(setting.path);
  await store.list("")[Symbol.asyncIterator]().next();
  return store;
}

async function openDirectory(path: string): Promise<BlobStore> {
  const root = await realpath(path).catch((error: unknown) => {
    const words = `the directory ${path} cannot be opened`;
    throw new BlobError("unavailable", fileBlobError(error, words).message, error);
  });
  return createDirectoryStore(root);
}

async function createStore(setting: BlobSetting): Promise<BlobStore> {
  switch (setting.kind) {
    case "directory":
      return createDirectoryStore(await prepareDirectory(setting.path));
    case "s3":
      return createS3Store(setting);
    default:
      return setting satisfies never;
  }
}

/** Made if it is not there, for us alone; a link to a directory is followed here, once. */
async function prepareDirectory(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const root = await realpath(path);
    await removeHalfPut(join(root, HALF_PUT));
    return root;
  } catch (error) {
    const words = `BLOB_URL: the directory ${path} cannot be made or opened`;
    throw new BlobError("unavailable", fileBlobError(error, words).message, error);
  }
}

/** What a process that died was about to copy; another that shares the directory is younger. */
async function removeHalfPut(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < Date.now() - DAY_MS) await rm(path, { force: true });
  }
}

/** Rights to write, read and remove are told apart by no other means than doing it. */
async function tryOut(store: BlobStore): Promise<void> {
  const content = `Postern looks whether it can write here: ${randomId()}\n`;
  const key = `postern-check-${randomId()}`;
  const directory = await mkdtemp(join(tmpdir(), "postern-check-"));
  try {
    const path = join(directory, "content");
    await writeFile(path, content);
    const sizeBytes = Buffer.byteLength(content);
    await store.put(key, path, {
      sizeBytes,
      sha256: sha256Hex(content),
      contentType: "text/plain",
    });
    const blob = await store.open(key);
    const found = await text(await blob.read(null));
    if (found !== content) throw new BlobError("unreadable", "what was written is read otherwise");
    await store.remove(key);
  } catch (error) {
    const { fault, message } = fileBlobError(error, "it cannot be tried out");
    throw new BlobError(fault, `BLOB_URL: ${message}`, error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

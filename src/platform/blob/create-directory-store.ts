// The blob store in a directory of this machine: a key is a path below it.
import { constants, lstat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { assertBlobKey, BlobError } from "./blob-store.ts";
import type { BlobFacts, BlobStore, OpenedBlob } from "./blob-store.ts";
import { createDirectoryPlace, syncPath } from "./directory-place.ts";
import { codeOfFileError } from "./file-blob-error.ts";
import { listDirectory } from "./list-directory.ts";
import { openFile } from "./open-blob-file.ts";
import type { OpenFile } from "./open-blob-file.ts";
import { putFile } from "./put-file.ts";
import { readFileRange } from "./read-file-range.ts";

/** Not waiting for the other end, should somebody have made a pipe of that name. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** `root` is the real path of a directory that can be written; `openBlobStore` sees to it. */
export function createDirectoryStore(root: string): BlobStore {
  const place = createDirectoryPlace(root);

  async function inOurWords<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    assertBlobKey(key);
    try {
      return await work();
    } catch (error) {
      throw await place.toBlobError(error, key);
    }
  }

  function put(key: string, filePath: string, { sizeBytes }: BlobFacts): Promise<void> {
    return inOurWords(key, async () => {
      const to = await place.makeWayTo(key);
      await putFile({ root, from: filePath, to, sizeBytes });
    });
  }

  function openBlob(key: string): Promise<OpenedBlob> {
    return inOurWords(key, async () => {
      const path = place.pathTo(key);
      const file = await openFile(path, OPEN_FLAGS);
      try {
        place.assertStraight(path, key);
        return openedBlob(file, key);
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  function size(key: string): Promise<number> {
    return inOurWords(key, async () => {
      const path = place.pathTo(key);
      const found = await lstat(path);
      place.assertStraight(path, key);
      if (!found.isFile()) throw noFile(key);
      return found.size;
    });
  }

  async function remove(key: string): Promise<void> {
    assertBlobKey(key);
    try {
      const path = await place.pathOf(key);
      await unlink(path);
      await syncPath(dirname(path));
    } catch (error) {
      const told = await place.toBlobError(error, key);
      if (told.fault !== "missing") throw told;
    }
  }

  async function* list(prefix: string): ReturnType<BlobStore["list"]> {
    try {
      yield* listDirectory(root, prefix);
    } catch (error) {
      throw await listError(error);
    }
  }

  async function listError(error: unknown): Promise<BlobError> {
    if (codeOfFileError(error) !== "ENOENT") return place.toBlobError(error, "a directory");
    return new BlobError("unavailable", `the directory ${root} is not there`, error);
  }

  return {
    kind: "directory",
    describe: () => `the directory ${root}`,
    put,
    open: openBlob,
    size,
    remove,
    list,
  };
}

function openedBlob(file: OpenFile, key: string): OpenedBlob {
  if (!file.isFile) throw noFile(key);
  const { sizeBytes } = file;
  let isTaken = false;
  return {
    sizeBytes,
    read: (range) => {
      if (isTaken) throw new Error("a blob is read once");
      isTaken = true;
      const first = range?.first ?? 0;
      const bytes = (range?.last ?? sizeBytes - 1) - first + 1;
      return readFileRange({ handle: file, first, bytes, name: key });
    },
    readInto: async (target, length, position) =>
      (await file.read(target, { offset: 0, length, position })).bytesRead,
    close: async () => {
      if (isTaken) return;
      isTaken = true;
      await file.close();
    },
  };
}

function noFile(key: string): BlobError {
  return new BlobError("unreadable", `${key} is not a file`);
}

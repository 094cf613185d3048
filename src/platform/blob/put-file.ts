// Brings a finished file to its place so that a crash leaves all of it there or nothing.
import { constants, copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomId } from "../crypto/random.ts";
import { BlobError } from "./blob-store.ts";
import { syncPath } from "./directory-place.ts";
import { codeOfFileError, fileBlobError } from "./file-blob-error.ts";

/** Below the root, and no key: half copied files are in no list and behind no link. */
export const HALF_PUT = ".half-put";

export type PutFile = {
  readonly root: string;
  readonly from: string;
  readonly to: string;
  readonly sizeBytes: number;
};

/** Moves the file where both are on one file system, and copies it there first where not. */
export async function putFile(put: PutFile): Promise<void> {
  await finish(put.from, put).catch((error: unknown) => {
    throw fileBlobError(error, `the file ${put.from} cannot be put`);
  });
  try {
    await rename(put.from, put.to);
  } catch (error) {
    if (codeOfFileError(error) !== "EXDEV") throw error;
    await copyAcross(put);
  }
  await syncPath(dirname(put.to));
}

async function copyAcross(put: PutFile): Promise<void> {
  const directory = join(put.root, HALF_PUT);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const half = join(directory, randomId());
  try {
    await copyFile(put.from, half, constants.COPYFILE_EXCL);
    await finish(half, put);
    await rename(half, put.to);
  } finally {
    await rm(half, { force: true });
  }
}

/** On disk, as long as was said, for us alone or for the group that may read the root as well. */
async function finish(path: string, { root, to, sizeBytes }: PutFile): Promise<void> {
  const handle = await open(path, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    if (size !== sizeBytes) {
      const words = `${to} would be ${size} bytes in place of ${sizeBytes}`;
      throw new BlobError("unreadable", words);
    }
    await handle.chmod(0o600 | ((await stat(root)).mode & 0o040));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

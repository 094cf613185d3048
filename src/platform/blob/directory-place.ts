// Where keys are in a directory: paths that no symbolic link leads out of, and what lasts a crash.
import { realpathSync } from "node:fs";
import { chmod, mkdir, open, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BlobError } from "./blob-store.ts";
import { codeOfFileError, fileBlobError } from "./file-blob-error.ts";

export type DirectoryPlace = {
  /** Rejects where a directory on the way is a symbolic link. */
  readonly pathOf: (key: string) => Promise<string>;
  /** Not looked at: what has been opened there is given to `assertStraight` then. */
  readonly pathTo: (key: string) => string;
  /**
   * Throws where a link led to what has just been opened or looked at: the kernel knows by now
   * what is asked of it, so that nobody waits for a disk or a turn in the thread pool.
   */
  readonly assertStraight: (path: string, key: string) => void;
  /**
   * As `pathOf`, and makes the directories on the way: for us alone, and for the root's group where
   * it may read the root (nginx, for X-Accel-Redirect).
   */
  readonly makeWayTo: (key: string) => Promise<string>;
  /** ENOENT in our words: the blob's, or the store's own directory is away. */
  readonly toBlobError: (error: unknown, key: string) => Promise<BlobError>;
};

/** `root` is the real path of a directory; keys have been looked at by `assertBlobKey`. */
export function createDirectoryPlace(root: string): DirectoryPlace {
  /** Only that the last name may be a link is left to O_NOFOLLOW. */
  async function assertPlain(path: string, key: string): Promise<void> {
    const directory = dirname(path);
    if ((await realpath(directory)) === directory) return;
    throw throughLink(key);
  }

  function throughLink(key: string): BlobError {
    return new BlobError("unreadable", `the directory of ${key} in ${root} is a symbolic link`);
  }

  async function pathOf(key: string): Promise<string> {
    const path = join(root, key);
    await assertPlain(path, key);
    return path;
  }

  function assertStraight(path: string, key: string): void {
    const directory = dirname(path);
    if (realpathSync.native(directory) !== directory) throw throughLink(key);
  }

  async function makeWayTo(key: string): Promise<string> {
    const path = join(root, key);
    // Not root itself: where a disk is not mounted, its directory must not be filled in its stead.
    const { mode } = await stat(root);
    const first = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await assertPlain(path, key);
    if (first === undefined) return path;
    if ((mode & 0o050) !== 0) await chmodUpTo(dirname(path), dirname(first), mode & 0o7750);
    await syncUpTo(dirname(dirname(path)), dirname(first));
    return path;
  }

  async function toBlobError(error: unknown, key: string): Promise<BlobError> {
    if (codeOfFileError(error) !== "ENOENT") return fileBlobError(error, `${key} in ${root}`);
    const isRootThere = await stat(root).then(
      () => true,
      () => false,
    );
    if (isRootThere) return new BlobError("missing", `there is no file ${key} in ${root}`, error);
    return new BlobError("unavailable", `the directory ${root} is not there`, error);
  }

  const pathTo = (key: string): string => join(root, key);
  return { pathOf, pathTo, assertStraight, makeWayTo, toBlobError };
}

/** Said once more: the process's umask takes from what `mkdir` is told. */
async function chmodUpTo(path: string, last: string, mode: number): Promise<void> {
  if (path === last || path.length <= last.length) return;
  await chmod(path, mode);
  await chmodUpTo(dirname(path), last, mode);
}

async function syncUpTo(path: string, last: string): Promise<void> {
  await syncPath(path);
  if (path !== last && path.length > last.length) await syncUpTo(dirname(path), last);
}

/** A file's bytes, or a directory's names, are on disk when this resolves. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

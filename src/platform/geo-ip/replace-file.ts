// Puts a finished file in the place of another so that a crash leaves the old one or the new one.
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Both paths must be in one directory. The new content is on disk before the name points to it. */
export async function replaceFile(from: string, to: string): Promise<void> {
  await syncToDisk(from);
  await rename(from, to);
  await syncToDisk(dirname(to));
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

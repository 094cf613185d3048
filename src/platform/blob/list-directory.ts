// The blobs of a directory in the order of their keys, as a bucket would list them.
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { isBlobKey, type ListedBlob } from "./blob-store.ts";
import { codeOfFileError } from "./file-blob-error.ts";

/**
 * Depth first. Symbolic links, and names that are no keys (what is half put among them), are left
 * out; what goes while we look has gone.
 */
export async function* listDirectory(root: string, prefix: string): AsyncIterable<ListedBlob> {
  yield* walk(root, "", prefix);
}

async function* walk(root: string, above: string, prefix: string): AsyncIterable<ListedBlob> {
  const entries = await readdir(join(root, above), { withFileTypes: true }).catch(
    (error: unknown) => {
      if (above !== "" && codeOfFileError(error) === "ENOENT") return [];
      throw error;
    },
  );
  // With the slash, as keys are compared: "a-b/1" stands before "a/1".
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .map((entry) => `${above}${entry.name}${entry.isDirectory() ? "/" : ""}`)
    .filter((name) => isBlobKey(name.replace(/\/$/, "")))
    .toSorted((one, other) => (one < other ? -1 : 1));
  for (const name of names) {
    if (name.endsWith("/")) {
      if (name.startsWith(prefix) || prefix.startsWith(name)) yield* walk(root, name, prefix);
    } else if (name.startsWith(prefix)) {
      const blob = await lookAt(root, name);
      if (blob !== null) yield blob;
    }
  }
}

async function lookAt(root: string, key: string): Promise<ListedBlob | null> {
  try {
    const { size, mtimeMs } = await lstat(join(root, key));
    return { key, sizeBytes: size, changedAtMs: Math.trunc(mtimeMs) };
  } catch (error) {
    if (codeOfFileError(error) === "ENOENT") return null;
    throw error;
  }
}

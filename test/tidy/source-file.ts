// Reads the source files that the house rules are about, and nothing else.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One file: its path from the root of the repository with forward slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

const SOURCE_NAME = /\.(ts|tsx|mts|mjs)$/;
const SKIPPED_FOLDERS = new Set(["node_modules", "dist", "data"]);

/** Every source file under `folder`, sorted by path. An absent folder has none. */
export function readSourceFiles(root: string, folder: string): readonly SourceFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        return SKIPPED_FOLDERS.has(entry.name) ? [] : readSourceFiles(root, path);
      }
      if (!SOURCE_NAME.test(entry.name)) return [];
      return [{ path, text: readFileSync(join(root, path), "utf8") }];
    });
}

export function isTestFile(path: string): boolean {
  return path.endsWith(".test.ts") || path.endsWith(".test.tsx");
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

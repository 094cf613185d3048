// Development on Node before 24: makes a thread's TypeScript source into a file Node can run.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

type Bundler = {
  buildSync(options: object): { readonly outputFiles: readonly { readonly text: string }[] };
};

/**
 * Returns `file` itself where Node reads TypeScript. Else its bundle, made with the transpiler that
 * `tsx` brings: a thread does not inherit the loader of the main thread, and registering one in
 * each thread takes ten times as long. Never reached from compiled code.
 */
export function sourceThreadFile(file: URL): URL {
  if ("typescript" in process.features && process.features.typescript !== false) return file;
  const tsx = createRequire(import.meta.url).resolve("tsx/package.json");
  const bundler = createRequire(tsx)("esbuild") as Bundler;
  const { outputFiles } = bundler.buildSync({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    write: false,
  });
  const code = outputFiles[0]?.text ?? "";
  // Beside the packages, so that the thread finds them; named by content, so that none is stale.
  const folder = new URL("../.cache/postern/", pathToFileURL(tsx));
  const name = `${createHash("sha256").update(code).digest("hex").slice(0, 16)}.mjs`;
  const made = new URL(name, folder);
  if (!existsSync(made)) {
    mkdirSync(folder, { recursive: true });
    const partial = new URL(`${name}.${process.pid}`, folder);
    writeFileSync(partial, code);
    renameSync(partial, made);
  }
  return made;
}

// The version of the program, as its package says it.
import { readFileSync } from "node:fs";

// Two folders up from both src/platform and dist/platform.
const PACKAGE = new URL("../../package.json", import.meta.url);

export const PROGRAM_VERSION: string = (
  JSON.parse(readFileSync(PACKAGE, "utf8")) as { readonly version: string }
).version;

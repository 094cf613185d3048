// What a command gets from its surroundings, so that tests can run it like a person would.
import type { Readable, Writable } from "node:stream";
import type { ReadConfigResult } from "../platform/config.ts";

export type CliContext = {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly readConfig: () => ReadConfigResult;
};

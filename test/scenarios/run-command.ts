// Runs one program to its end and hands back what it said; nothing is read from the terminal.

import { execFile } from "node:child_process";

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

const MS_MAX = 60_000;

/** `env` is all that the program sees. Rejects when it cannot be started. */
export function runCommand(
  command: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, words, { env, timeout: MS_MAX }, (error, out, err) => {
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ code: child.exitCode ?? 1, out, err });
    });
    child.stdin?.end();
  });
}

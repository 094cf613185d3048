// Opens a file that was named on the command line, or says in one line why it cannot be read.
import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { CliError } from "./cli-error.ts";

/** A pipe is as good as a file. Throws `CliError`. */
export async function openFile(file: string): Promise<Readable> {
  await checkFile(file);
  try {
    return (await open(file)).createReadStream();
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** Looks without opening, which a pipe bears only once. Throws `CliError`. */
export async function checkFile(file: string): Promise<void> {
  let isDirectory: boolean;
  try {
    // A directory opens like a file, and fails only at the first read.
    isDirectory = (await stat(file)).isDirectory();
    await access(file, constants.R_OK);
  } catch (error) {
    throw cannotRead(file, error);
  }
  if (isDirectory) throw new CliError(`cannot read ${file}: it is a directory; name a file`);
}

export function cannotRead(file: string, error: unknown): CliError {
  const why = error instanceof Error ? error.message : String(error);
  return new CliError(`cannot read ${file}: ${why}`);
}

// Reads a secret from a file or standard input, so that no list of processes and no history has it.
import type { Readable } from "node:stream";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { openFile } from "./open-file.ts";

const BYTES_MAX = 8_000;

/** @param file `-` is standard input. Throws `CliError`. */
export async function readSecret(context: CliContext, file: string): Promise<string> {
  if (file === "-" && "isTTY" in context.stdin && context.stdin.isTTY === true) {
    context.stderr.write("Enter the client secret and end the input (Ctrl-D):\n");
  }
  const text = await readText(file === "-" ? context.stdin : await openFile(file));
  // Editors and `echo` end a file with a line break that is no part of it.
  const secret = text.replace(/\r?\n$/, "");
  if (secret === "") {
    throw new CliError(
      "the client secret is empty; name its file with --secret-file, or send it to standard input",
    );
  }
  return secret;
}

async function readText(source: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    const buffer = Buffer.from(chunk as Uint8Array | string);
    bytes += buffer.length;
    if (bytes > BYTES_MAX) throw new CliError("that is too long for a client secret");
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

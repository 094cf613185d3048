// Which Postern a command speaks to: this host's, or another by its address and an API token.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpTarget } from "../platform/http/http-client.ts";
import { configOf } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";

export type TargetOptions = { readonly url?: string; readonly tokenFile?: string };

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function targetOf(context: CliContext, options: TargetOptions): HttpTarget {
  const { url, tokenFile } = options;
  if ((url === undefined) !== (tokenFile === undefined)) {
    throw new CliError("--url and --token-file go together", 2);
  }
  if (url === undefined || tokenFile === undefined) {
    return { socketPath: join(configOf(context).dataDir, "control.sock") };
  }
  return { origin: originOf(url), token: tokenIn(tokenFile) };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (url === null || !isSafe || url.href !== `${url.origin}/`) {
    // The token would travel in the clear.
    throw new CliError("--url takes https://host or https://host:port; http to this host only", 2);
  }
  return url.origin;
}

function tokenIn(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(`cannot read the token in ${path}: ${code ?? String(error)}`);
  }
  if (/^[\x21-\x7e]{8,512}$/.test(text)) return text;
  throw new CliError(`${path} must hold one API token and nothing else`);
}

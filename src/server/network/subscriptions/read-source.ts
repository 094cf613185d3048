// Fetches what a subscription's source says now: from a host, or from a file of this machine.

import { open, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { COPY_BOUNDS } from "../../../core/network/subscription.ts";
import { OutboundError } from "../../../platform/http/outbound-error.ts";
import type { OutboundFetch } from "../../../platform/http/outbound-fetch.ts";

export type SourceReading =
  | { readonly kind: "read"; readonly bytes: Buffer; readonly etag: string | null }
  /** The host says that it has not changed since the copy with that etag. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly fault: string };

export type SourceParts = {
  readonly outbound: OutboundFetch;
  /** Files are read below it only. */
  readonly directory: string;
};

const FILE = "file:";

/** Of this machine itself, where a list may be served without https. */
const LOOPBACK_HOSTS = ["127.0.0.1", "::1", "localhost"];

const ACCEPTED =
  "Write an address that begins with https://, or file: and the path of a file in " +
  "SUBSCRIPTION_DIR, such as file:lists/own.netset.";

/** What is wrong with a source as it is written, or null. */
export function findSourceFault(source: string): string | null {
  if (source.startsWith(FILE)) {
    const path = source.slice(FILE.length);
    const parts = path.split(/[/\\]/);
    const isBelow = path !== "" && !isAbsolute(path) && !parts.includes("..");
    return isBelow && !path.includes("\0") ? null : `The path must lead down. ${ACCEPTED}`;
  }
  if (!URL.canParse(source)) return ACCEPTED;
  const url = new URL(source);
  if (url.username !== "" || url.password !== "") {
    return "An address with a name or password in it would be shown to every operator.";
  }
  if (url.protocol === "https:") return null;
  const isOfThisHost = url.protocol === "http:" && LOOPBACK_HOSTS.includes(bareHostOf(url));
  return isOfThisHost ? null : ACCEPTED;
}

function bareHostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** @param etag of the copy before; null: the whole list is wanted */
export async function readSource(
  parts: SourceParts,
  source: string,
  etag: string | null,
): Promise<SourceReading> {
  return source.startsWith(FILE)
    ? await readFileOf(parts.directory, source.slice(FILE.length))
    : await readAddress(parts.outbound, source, etag);
}

async function readAddress(
  outbound: OutboundFetch,
  source: string,
  etag: string | null,
): Promise<SourceReading> {
  const headers = {
    accept: "text/plain, text/csv, application/json, */*;q=0.5",
    ...(etag === null ? {} : { "if-none-match": etag }),
  };
  try {
    const response = await outbound.fetchFor(LOOPBACK_HOSTS)(source, { headers });
    if (response.status === 304 && etag !== null) return { kind: "unchanged" };
    if (response.status !== 200) return failed(`the host answered with ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    return { kind: "read", bytes, etag: response.headers.get("etag") };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return failed(error.reason === "too-large" ? TOO_LARGE : error.message);
  }
}

const TOO_LARGE = `the list is larger than ${COPY_BOUNDS.bytesMax / 1_048_576} MiB`;

async function readFileOf(directory: string, path: string): Promise<SourceReading> {
  try {
    const root = await realpath(directory);
    const file = await realpath(join(root, path));
    // A symbolic link may lead anywhere.
    const below = relative(root, file);
    if (below === "" || below.startsWith(`..${sep}`) || below === ".." || isAbsolute(below)) {
      return failed("the file is not in SUBSCRIPTION_DIR");
    }
    return await readWhole(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed(
      code === "ENOENT" ? "there is no such file" : `the file cannot be read (${code})`,
    );
  }
}

async function readWhole(file: string): Promise<SourceReading> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size > COPY_BOUNDS.bytesMax) return failed(TOO_LARGE);
    return { kind: "read", bytes: await handle.readFile(), etag: null };
  } finally {
    await handle.close();
  }
}

function failed(fault: string): SourceReading {
  return { kind: "failed", fault };
}

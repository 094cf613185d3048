// Fetches a newer country database over HTTP, checks it, and puts it where dropped-in files go.
import { createReadStream, createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Clock } from "../clock.ts";
import { countryDirectory } from "./country-directory.ts";
import type { CountryDirectory } from "./country-directory.ts";
import type { CountryDatabaseInfo } from "./country-data.ts";
import { COUNTRY_FILE_BYTES_MAX, loadCountryDatabase } from "./load-country-database.ts";
import { replaceFile } from "./replace-file.ts";

const TIMEOUT_MS = 300_000;
const REDIRECTS_MAX = 5;

export type CountryFetch = {
  /** http or https; the file itself or gzip-compressed, told by its content. */
  readonly url: string;
  /** `DATA_DIR/geo`; must exist. */
  readonly directory: string;
  readonly clock: Clock;
  /** Bytes accepted, also after decompression. */
  readonly bytesMax?: number;
  /** For the whole fetch. */
  readonly timeoutMs?: number;
  /** `etag` of the fetch before; the file is then sent only when it differs. */
  readonly etag?: string | null;
  /** Takes a database that does not cover the world; otherwise that is a fault of the source. */
  readonly isSmallAccepted?: boolean;
  /** Stops the fetch early. */
  readonly signal?: AbortSignal;
};

export type FetchOutcome =
  | { readonly ok: true; readonly isChanged: false }
  | {
      readonly ok: true;
      readonly isChanged: true;
      readonly etag: string | null;
      readonly info: CountryDatabaseInfo;
    }
  | { readonly ok: false; readonly reason: string };

/** Why a fetch failed; the text never has the path or query of the URL, which may hold a key. */
class FetchError extends Error {}

/**
 * Never throws for what a server or the file does wrong; the database in use then stays. The new
 * file is picked up by `openCountryDatabase` like any other dropped-in file.
 */
export async function fetchCountryDatabase(fetching: CountryFetch): Promise<FetchOutcome> {
  const directory = countryDirectory(fetching.directory);
  const received = directory.temporary();
  const unpacked = directory.temporary();
  try {
    const response = await request(fetching);
    if (response.status === 304) return { ok: true, isChanged: false };
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new FetchError(`the server answered ${response.status}`);
    }
    const bytesMax = fetching.bytesMax ?? COUNTRY_FILE_BYTES_MAX;
    await pipeline(
      Readable.fromWeb(response.body),
      (source: AsyncIterable<Uint8Array>) => upTo(bytesMax, source),
      createWriteStream(received, { flags: "wx", mode: 0o600 }),
    );
    const isPacked = await isGzip(received);
    if (isPacked) {
      await pipeline(
        createReadStream(received),
        createGunzip(),
        (source: AsyncIterable<Uint8Array>) => upTo(bytesMax, source),
        createWriteStream(unpacked, { flags: "wx", mode: 0o600 }),
      );
    }
    const info = await install(fetching, directory, isPacked ? unpacked : received);
    return { ok: true, isChanged: true, etag: response.headers.get("etag"), info };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  } finally {
    await rm(received, { force: true });
    await rm(unpacked, { force: true });
  }
}

async function install(
  fetching: CountryFetch,
  directory: CountryDirectory,
  file: string,
): Promise<CountryDatabaseInfo> {
  const outcome = await loadCountryDatabase(file, fetching.clock.nowMs());
  if (!outcome.ok) throw new FetchError(`the fetched file ${outcome.reason}`);
  const { info } = outcome.data;
  if (!info.isWorldwide && fetching.isSmallAccepted !== true) {
    // Nobody looks at it: a cut-down file would quietly make most visitors "unknown".
    throw new FetchError(`the fetched file does not cover the world: ${info.warnings.join("; ")}`);
  }
  await replaceFile(file, directory.droppedIn);
  return { ...info, path: directory.droppedIn };
}

/** Follows redirects by hand: to http and https only, and never from https back to http. */
async function request(fetching: CountryFetch): Promise<Response> {
  const timeout = AbortSignal.timeout(fetching.timeoutMs ?? TIMEOUT_MS);
  const signal = fetching.signal ? AbortSignal.any([timeout, fetching.signal]) : timeout;
  const headers: Record<string, string> = { accept: "application/octet-stream, */*" };
  if (fetching.etag) headers["if-none-match"] = fetching.etag;
  let url = checkUrl(fetching.url, null);
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const response = await fetch(url, { redirect: "manual", headers, signal });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    url = checkUrl(location, url);
  }
  throw new FetchError(`the server redirected more than ${REDIRECTS_MAX} times`);
}

function checkUrl(text: string, base: URL | null): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    const who = base === null ? "the address to fetch from" : "the redirect of the server";
    throw new FetchError(`${who} is no http or https URL`);
  }
  if (base?.protocol === "https:" && url.protocol === "http:") {
    throw new FetchError("the server redirected from https to http");
  }
  return url;
}

async function* upTo(
  bytesMax: number,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new FetchError(`the file is larger than ${bytesMax} bytes`);
    yield chunk;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path, "r");
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof FetchError) return error.message;
  if (!(error instanceof Error)) return "the fetch failed";
  if (error.name === "AbortError") return "the fetch was stopped";
  if (error.name === "TimeoutError") return "the server took too long";
  const { code } = (error.cause ?? error) as { readonly code?: unknown };
  return `the fetch failed: ${typeof code === "string" ? code : error.name}`;
}

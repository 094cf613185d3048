// Refuses requests that two readers could understand differently, before anything looks at them.

/** What is looked at; a node:http IncomingMessage has this shape. */
export type RawRequest = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
};

export type StrictRefusalCode =
  | "host-repeated"
  | "host-malformed"
  | "host-mismatch"
  | "transfer-encoding-not-chunked"
  | "length-ambiguous"
  | "url-malformed"
  | "url-too-long"
  | "headers-too-many";

export type StrictRefusal = {
  readonly ok: false;
  readonly code: StrictRefusalCode;
  readonly status: 400 | 414 | 431;
};

/** `url` is in origin form (RFC 9112 section 3.2.1), or `*`. */
export type StrictResult = { readonly ok: true; readonly url: string } | StrictRefusal;

export const URL_LENGTH_MAX = 8_192;
export const HEADER_LINES_MAX = 200;

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9._-]{0,253}[a-z0-9_])?\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const NOT_PRINTABLE_ASCII = /[^\x21-\x7e]/;

type Framing = {
  host: string | null;
  hostLines: number;
  lengthLines: number;
  transferEncoding: string | null;
  transferEncodingLines: number;
};

/**
 * node:http serves a request with two Host lines by the first, takes `Transfer-Encoding: xchunked`
 * for a request without body, and hands an absolute URL on as it is; proxies before and
 * applications behind decide otherwise (RFC 9112 sections 3.2 and 6.3, ASVS 4.2.1).
 */
export function checkStrictRequest(request: RawRequest): StrictResult {
  const { rawHeaders } = request;
  if (rawHeaders.length > HEADER_LINES_MAX * 2) return refused("headers-too-many", 431);
  const framing = readFraming(rawHeaders);
  if (framing.hostLines > 1) return refused("host-repeated", 400);
  if (framing.host !== null && !HOST.test(framing.host)) return refused("host-malformed", 400);
  if (framing.transferEncodingLines > 0) {
    const { transferEncoding, transferEncodingLines } = framing;
    if (transferEncodingLines > 1 || transferEncoding?.toLowerCase() !== "chunked") {
      return refused("transfer-encoding-not-chunked", 400);
    }
    if (framing.lengthLines > 0) return refused("length-ambiguous", 400);
  }
  if (framing.lengthLines > 1) return refused("length-ambiguous", 400);
  return checkUrl(request.url ?? "", request.method ?? "", framing.host);
}

function readFraming(rawHeaders: readonly string[]): Framing {
  const framing: Framing = {
    host: null,
    hostLines: 0,
    lengthLines: 0,
    transferEncoding: null,
    transferEncodingLines: 0,
  };
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    // Most names are neither 4, 14 nor 17 characters long and need no lower-case copy.
    if (name.length === 4 && name.toLowerCase() === "host") {
      framing.hostLines += 1;
      framing.host = rawHeaders[index + 1] ?? "";
    } else if (name.length === 14 && name.toLowerCase() === "content-length") {
      framing.lengthLines += 1;
    } else if (name.length === 17 && name.toLowerCase() === "transfer-encoding") {
      framing.transferEncodingLines += 1;
      framing.transferEncoding = rawHeaders[index + 1] ?? "";
    }
  }
  return framing;
}

function checkUrl(url: string, method: string, host: string | null): StrictResult {
  if (url.length > URL_LENGTH_MAX) return refused("url-too-long", 414);
  if (NOT_PRINTABLE_ASCII.test(url)) return refused("url-malformed", 400);
  if (url.startsWith("/")) return { ok: true, url };
  if (url === "*") return method === "OPTIONS" ? { ok: true, url } : refused("url-malformed", 400);
  const absolute = /^(https?):\/\/([^/?#@\\]+)([/?].*)?$/i.exec(url);
  if (absolute === null) return refused("url-malformed", 400);
  const [, scheme = "", authority = "", path = "/"] = absolute;
  if (host === null || withPort(authority, scheme) !== withPort(host, scheme)) {
    return refused("host-mismatch", 400);
  }
  return { ok: true, url: path.startsWith("/") ? path : `/${path}` };
}

function withPort(authority: string, scheme: string): string {
  const hasPort = /:\d{1,5}$/.test(authority);
  const port = scheme.toLowerCase() === "https" ? "443" : "80";
  return (hasPort ? authority : `${authority}:${port}`).toLowerCase();
}

function refused(code: StrictRefusalCode, status: 400 | 414 | 431): StrictRefusal {
  return { ok: false, code, status };
}

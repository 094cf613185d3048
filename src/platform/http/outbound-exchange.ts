// One request and its answer: bounded in time and bytes, on a connection of its own.
import { request as requestByHttp } from "node:http";
import type { IncomingMessage, RequestOptions } from "node:http";
import { request as requestByHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { OutboundError, toOutboundError } from "./outbound-error.ts";

export type Exchange = {
  /** Whose request it is; names the host in errors. */
  readonly url: URL;
  /** Where to connect: the same, or a stand-in. */
  readonly target: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly lookup: LookupFunction | null;
};

export type ExchangeLimits = {
  readonly bytesMax: number;
  /** From the first question of DNS to the last byte. */
  readonly totalMs: number;
};

/** All that anybody reads of an answer; others might not even be valid in a `Headers`. */
const HEADERS_KEPT = ["content-type", "cache-control", "www-authenticate", "etag"] as const;

/** Rejects with `OutboundError` only. */
export function exchange(asked: Exchange, limits: ExchangeLimits): Promise<Response> {
  const { host } = asked.url;
  return new Promise((resolve, reject) => {
    const send = asked.target.protocol === "https:" ? requestByHttps : requestByHttp;
    const request = send(requestOptions(asked));
    // One deadline for everything: a socket timeout would begin anew with every byte that trickles.
    const timer = setTimeout(() => fail(new OutboundError("timed-out", host)), limits.totalMs);

    function fail(error: unknown): void {
      clearTimeout(timer);
      reject(toOutboundError(error, host));
      request.destroy();
    }

    request.on("error", fail);
    request.on("response", (message) => {
      const status = message.statusCode ?? 0;
      // Not Modified leads nowhere else (RFC 9110 15.4.5).
      if (status >= 300 && status < 400 && status !== 304) {
        const location = message.headers.location ?? null;
        return fail(new OutboundError("redirected", host, { location }));
      }
      if (status < 200 || status > 599) return fail(new OutboundError("unreachable", host));
      collect(message, limits.bytesMax).then((body) => {
        clearTimeout(timer);
        if (body === null) return fail(new OutboundError("too-large", host));
        resolve(toResponse(message, status, body));
      }, fail);
    });
    request.end(asked.body ?? undefined);
  });
}

function requestOptions({ url, target, method, headers, body, lookup }: Exchange): RequestOptions {
  const length = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return {
    protocol: target.protocol,
    hostname: bareHost(target),
    port: target.port,
    path: `${target.pathname}${target.search}`,
    method,
    headers: { ...headers, ...length, host: url.host, "accept-encoding": "identity" },
    // No connection is kept: the next request is checked, and connected, anew.
    agent: false,
    ...(lookup === null ? {} : { lookup }),
  };
}

/** Null: more than `bytesMax`, announced or sent. */
async function collect(message: IncomingMessage, bytesMax: number): Promise<Buffer | null> {
  if (Number(message.headers["content-length"] ?? 0) > bytesMax) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toResponse(message: IncomingMessage, status: number, body: Buffer): Response {
  const headers = new Headers();
  for (const name of HEADERS_KEPT) {
    const value = message.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  // The Fetch standard gives these no body.
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : new Uint8Array(body), { status, headers });
}

/** The host of a URL as `node:net` wants it: IPv6 without brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

// Reads what a proxy says of the visitor's request: one fixed set of headers for each proxy.

import { readHost } from "../../core/gate/request-host.ts";
import { readPath } from "../../core/gate/request-path.ts";
import { readSingleHeaders } from "./single-headers.ts";

export type DescribedRequest =
  | {
      readonly ok: true;
      readonly method: string;
      readonly host: string;
      /** Path and query as they were sent. */
      readonly uri: string;
      readonly readings: readonly string[];
    }
  | {
      readonly ok: false;
      readonly detail: string;
      /** What could be read all the same; the path as it was sent. Nothing is decided by it. */
      readonly read?: ReadOfRequest;
    };

export type ReadOfRequest = {
  readonly method: string | null;
  readonly host: string | null;
  readonly uri: string | null;
};

// IANA HTTP method registry (2024). Lower case is another, unknown method (RFC 9110 9.1).
const METHODS = new Set(
  (
    "ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT CONNECT COPY DELETE GET HEAD LABEL LINK LOCK " +
    "MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE OPTIONS ORDERPATCH PATCH " +
    "POST PROPFIND PROPPATCH PUT REBIND REPORT SEARCH TRACE UNBIND UNCHECKOUT UNLINK UNLOCK " +
    "UPDATE UPDATEREDIRECTREF VERSION-CONTROL"
  ).split(" "),
);

const NGINX_HEADERS = ["x-original-method", "x-original-url"] as const;
const FORWARDED_HEADERS = ["x-forwarded-method", "x-forwarded-host", "x-forwarded-uri"] as const;

/** nginx: `X-Original-Method`, and `X-Original-URL` as scheme://host/path?query. */
export function readNginxRequest(rawHeaders: readonly string[]): DescribedRequest {
  const values = readSingleHeaders(rawHeaders, NGINX_HEADERS);
  if (values === null) return { ok: false, detail: "header-repeated" };
  const [method, url] = values;
  if (method == null || url == null) return unread("header-missing", { method });
  const match = /^https?:\/\/([^/?#\\@]*)(\/.*)$/s.exec(url);
  if (match === null) return unread("original-url-malformed", { method, uri: url });
  return describe(method, match[1]!, match[2]!);
}

/** Caddy, Traefik and HAProxy: `X-Forwarded-Method`, `-Host` and `-Uri`. */
export function readForwardedRequest(rawHeaders: readonly string[]): DescribedRequest {
  const values = readSingleHeaders(rawHeaders, FORWARDED_HEADERS);
  if (values === null) return { ok: false, detail: "header-repeated" };
  const [method, host, uri] = values;
  if (method == null || host == null || uri == null) {
    return unread("header-missing", { method, host, uri });
  }
  return describe(method, host, uri);
}

export function describe(method: string, hostText: string, uri: string): DescribedRequest {
  const sent = { method, host: hostText, uri };
  if (!METHODS.has(method)) return unread("method-unknown", sent);
  const host = readHost(hostText);
  if (host === null) return unread("host-malformed", sent);
  const path = readPath(uri);
  if (!path.ok) return unread(path.detail, sent);
  return { ok: true, method, host, uri, readings: path.readings };
}

type Sent = { readonly [name in keyof ReadOfRequest]?: string | null | undefined };

function unread(detail: string, { method, host, uri }: Sent): DescribedRequest {
  return {
    ok: false,
    detail,
    read: {
      method: method != null && METHODS.has(method) ? method : null,
      host: host == null ? null : readHost(host),
      // What stands before the path may be a password.
      uri: uri?.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "") ?? null,
    },
  };
}

/** The whole address that the visitor asked for, as the proxy tells it; null where it does not. */
export function readNginxUrl(rawHeaders: readonly string[]): string | null {
  return readSingleHeaders(rawHeaders, ["x-original-url"])?.[0] ?? null;
}

const URL_HEADERS = ["x-forwarded-proto", "x-forwarded-host", "x-forwarded-uri"] as const;

/** The same from Caddy, Traefik and HAProxy. */
export function readForwardedUrl(rawHeaders: readonly string[]): string | null {
  const [scheme, host, uri] = readSingleHeaders(rawHeaders, URL_HEADERS) ?? [];
  return scheme == null || host == null || uri == null ? null : `${scheme}://${host}${uri}`;
}

// Reads what a visitor's headers say about the kind of request: a page, a script, a preflight.

import { readSingleHeaders } from "./single-headers.ts";

export type IdentityHeaders = {
  readonly accept: string | null;
  readonly fetchMode: string | null;
  readonly isBackground: boolean;
  readonly hasPreflightHeaders: boolean;
};

const NAMES = [
  "accept",
  "sec-fetch-mode",
  "x-postern-background",
  "origin",
  "access-control-request-method",
] as const;

/** One of them repeated: none is believed. */
export function readIdentityHeaders(rawHeaders: readonly string[]): IdentityHeaders {
  const values = readSingleHeaders(rawHeaders, NAMES) ?? [];
  const [accept = null, fetchMode = null, background, origin, requestMethod] = values;
  return {
    accept,
    fetchMode,
    isBackground: background === "1",
    hasPreflightHeaders: origin != null && requestMethod != null,
  };
}

/** Somebody looks at the answer: the sign-in page is of use to them. */
export function isNavigation(method: string, accept: string | null): boolean {
  const isReading = method === "GET" || method === "HEAD";
  return isReading && accept !== null && /\btext\/html\b/i.test(accept);
}

/** A true CORS preflight (Fetch standard): OPTIONS with both headers, nothing less. */
export function isPreflight(method: string, headers: IdentityHeaders): boolean {
  return method === "OPTIONS" && headers.hasPreflightHeaders;
}

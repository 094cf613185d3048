// Writes the gate's answers: for nginx by status header, for the others as the visitor sees them.

import type { ServerResponse } from "node:http";
import type { GateAnswer, GateIdentity } from "./gate-answer.ts";
import { REFUSAL_HEADERS, refusalBody } from "./refusal-page.ts";
import type { Refusal, RefusalBody } from "./refusal-page.ts";

// INVARIANT: always all of them, so that none of a visitor's own ever reaches the backend.
function identityHeaders(identity: GateIdentity | null): readonly string[] {
  if (identity === null) return ANONYMOUS;
  const { userId, email, account, role } = identity;
  return [
    "X-Postern-User",
    userId,
    "X-Postern-Email",
    email,
    "X-Postern-Account",
    account,
    "X-Postern-Role",
    role,
  ];
}

const ANONYMOUS = [
  "X-Postern-User",
  "",
  "X-Postern-Email",
  "",
  "X-Postern-Account",
  "",
  "X-Postern-Role",
  "",
] as const;

const UNCACHED = ["Cache-Control", "no-store", "Vary", "*"] as const;

const PASSED_HEAD = [
  "X-Postern-Status",
  "200",
  "X-Postern-Retry-After",
  "",
  "X-Postern-Location",
  "",
  ...UNCACHED,
  "Content-Length",
  "0",
] as const;

const UNRECORDED_HEAD = headOf("", null);

function headOf(decisionId: string, identity: GateIdentity | null): string[] {
  return ["X-Postern-Decision", decisionId, ...PASSED_HEAD, ...identityHeaders(identity)];
}

/** 200 for every proxy alike: the request may go on to what is guarded. */
export function answerPassed(response: ServerResponse, answer: GateAnswer): void {
  const { decisionId, identity } = answer;
  const isPlain = decisionId === "" && identity === null;
  response.writeHead(200, isPlain ? UNRECORDED_HEAD : headOf(decisionId, identity));
  response.end();
}

function statusHeaders(answer: GateAnswer, location: string): readonly string[] {
  return [
    "X-Postern-Status",
    String(answer.status),
    "X-Postern-Decision",
    answer.decisionId,
    "X-Postern-Retry-After",
    answer.retryAfterSeconds === 0 ? "" : String(answer.retryAfterSeconds),
    "X-Postern-Location",
    location,
    ...ANONYMOUS,
    ...UNCACHED,
  ];
}

/**
 * nginx turns every status of a subrequest but 2xx, 401 and 403 into 500.
 * @param location the sign-in page, empty for no redirect
 */
export function answerRefusedToNginx(
  response: ServerResponse,
  answer: GateAnswer,
  location: string,
): void {
  const status = answer.status === 401 || answer.status === 302 ? 401 : 403;
  response.writeHead(status, [...statusHeaders(answer, location), "Content-Length", "0"]);
  response.end();
}

/** To the sign-in page, for the proxies that hand a refusal on as it is. */
export function answerRedirect(
  response: ServerResponse,
  answer: GateAnswer,
  location: string,
): void {
  response.writeHead(302, [...statusHeaders(answer, location), ...redirectHeaders(location)]);
  response.end();
}

/** The same where nginx fetches it for the visitor. */
export function answerNginxRedirect(response: ServerResponse, location: string): void {
  response.writeHead(302, [...UNCACHED, ...redirectHeaders(location)]);
  response.end();
}

function redirectHeaders(location: string): readonly string[] {
  return ["Location", location, "Content-Length", "0"];
}

/** Caddy, Traefik and HAProxy hand this on to the visitor as it is. */
export function answerRefused(
  response: ServerResponse,
  answer: GateAnswer,
  accept: string | null,
): void {
  const body = refusalBody(answer, accept);
  response.writeHead(answer.status, [...statusHeaders(answer, ""), ...bodyHeaders(answer, body)]);
  response.end(body.text);
}

/** The page itself, where the visitor is asked for by `error_page`, or asked us directly. */
export function answerRefusal(
  response: ServerResponse,
  refusal: Refusal,
  accept: string | null,
): void {
  const body = refusalBody(refusal, accept);
  response.writeHead(refusal.status, [...UNCACHED, ...bodyHeaders(refusal, body)]);
  response.end(body.text);
}

/**
 * The same for what no cache may keep, not even the visitor's own.
 */
export function answerPrivately(
  response: ServerResponse,
  refusal: Refusal,
  body: RefusalBody,
): void {
  response.writeHead(refusal.status, [...PRIVATE, ...bodyHeaders(refusal, body)]);
  response.end(body.text);
}

/** To the sign-in page, from an address of ours. */
export function answerPrivateRedirect(response: ServerResponse, location: string): void {
  response.writeHead(302, [...PRIVATE, ...redirectHeaders(location)]);
  response.end();
}

const PRIVATE = ["Cache-Control", "private, no-store", "Vary", "*"] as const;

const REFUSAL_HEADER_LINES = Object.entries(REFUSAL_HEADERS).flat();

// RFC 9110 section 11.6.1: a 401 names a scheme. Browsers know nothing of this one, and do not ask.
const CHALLENGE = ["WWW-Authenticate", 'Postern realm="sign-in"'] as const;

function bodyHeaders(refusal: Refusal, body: RefusalBody): readonly string[] {
  const retryAfter =
    refusal.retryAfterSeconds === 0 ? [] : ["Retry-After", String(refusal.retryAfterSeconds)];
  return [
    ...REFUSAL_HEADER_LINES,
    ...retryAfter,
    ...(refusal.status === 401 ? CHALLENGE : []),
    "Content-Type",
    body.type,
    "Content-Length",
    String(Buffer.byteLength(body.text)),
  ];
}

// Writes the gate's answers: for nginx by status header, for the others as the visitor sees them.

import type { ServerResponse } from "node:http";
import type { GateAnswer } from "./decide-live.ts";
import { REFUSAL_HEADERS, refusalBody } from "./refusal-page.ts";
import type { Refusal } from "./refusal-page.ts";

// INVARIANT: always all of them, so that none of a visitor's own ever reaches the backend.
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
  ...ANONYMOUS,
  ...UNCACHED,
  "Content-Length",
  "0",
] as const;

const UNRECORDED_HEAD = headOf("");

function headOf(decisionId: string): string[] {
  return ["X-Postern-Decision", decisionId, ...PASSED_HEAD];
}

/** 200 for every proxy alike: the request may go on to what is guarded. */
export function answerPassed(response: ServerResponse, answer: GateAnswer): void {
  const { decisionId } = answer;
  response.writeHead(200, decisionId === "" ? UNRECORDED_HEAD : headOf(decisionId));
  response.end();
}

function statusHeaders(answer: GateAnswer): readonly string[] {
  return [
    "X-Postern-Status",
    String(answer.status),
    "X-Postern-Decision",
    answer.decisionId,
    "X-Postern-Retry-After",
    answer.retryAfterSeconds === 0 ? "" : String(answer.retryAfterSeconds),
    "X-Postern-Location",
    "",
    ...ANONYMOUS,
    ...UNCACHED,
  ];
}

/** nginx turns every status of a subrequest but 2xx, 401 and 403 into 500. */
export function answerRefusedToNginx(response: ServerResponse, answer: GateAnswer): void {
  response.writeHead(403, [...statusHeaders(answer), "Content-Length", "0"]);
  response.end();
}

/** Caddy, Traefik and HAProxy hand this on to the visitor as it is. */
export function answerRefused(
  response: ServerResponse,
  answer: GateAnswer,
  accept: string | null,
): void {
  const body = refusalBody(answer, accept);
  response.writeHead(answer.status, [...statusHeaders(answer), ...bodyHeaders(answer, body)]);
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

const REFUSAL_HEADER_LINES = Object.entries(REFUSAL_HEADERS).flat();

function bodyHeaders(
  refusal: Refusal,
  body: { readonly type: string; readonly text: string },
): readonly string[] {
  const retryAfter =
    refusal.retryAfterSeconds === 0 ? [] : ["Retry-After", String(refusal.retryAfterSeconds)];
  return [
    ...REFUSAL_HEADER_LINES,
    ...retryAfter,
    "Content-Type",
    body.type,
    "Content-Length",
    String(Buffer.byteLength(body.text)),
  ];
}

// Reads what of a recording is asked for: the whole, a part, its headers, or nothing new.
import type { IncomingMessage } from "node:http";
import type { BlobRange } from "../../../platform/blob/blob-store.ts";
import { readByteRange } from "../../../platform/http/byte-range.ts";
import { isRangeCurrent, judgeConditions } from "../../../platform/http/conditional-request.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import type { FoundRecording } from "../found-recording.ts";
import { recordingsProblem } from "../recordings-problem.ts";
import { audioTag } from "./audio-headers.ts";

export type AudioAsk =
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "not-modified" }
  | { readonly kind: "headers" }
  /** Null: the whole. */
  | { readonly kind: "bytes"; readonly range: BlobRange | null };

/** Conditions before ranges (RFC 9110 section 13.2.2), ranges of GET only (section 14.2). */
export function readAudioAsk(
  request: Pick<IncomingMessage, "method" | "headers">,
  recording: FoundRecording,
): AudioAsk {
  const { method, headers } = request;
  if (method !== "GET" && method !== "HEAD") {
    const allow = { headers: { allow: "GET, HEAD" } };
    return { kind: "refused", problem: recordingsProblem("audio-method-refused", allow) };
  }
  const tag = audioTag(recording);
  const conditions = { ifMatch: headers["if-match"], ifNoneMatch: headers["if-none-match"] };
  const verdict = judgeConditions(conditions, tag);
  if (verdict === "not-modified") return { kind: "not-modified" };
  if (verdict === "precondition-failed") {
    return { kind: "refused", problem: recordingsProblem("precondition-failed") };
  }
  if (method === "HEAD") return { kind: "headers" };
  if (!isRangeCurrent(textOf(headers["if-range"]), tag)) return { kind: "bytes", range: null };
  const range = readByteRange(headers.range, recording.sizeBytes);
  if (range.kind === "unsatisfiable") {
    const size = { headers: { "content-range": `bytes */${recording.sizeBytes}` } };
    return { kind: "refused", problem: recordingsProblem("range-not-satisfiable", size) };
  }
  return { kind: "bytes", range: range.kind === "whole" ? null : range };
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "object" ? header.join(", ") : header;
}

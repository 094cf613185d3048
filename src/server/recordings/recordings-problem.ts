// The refusals of the recordings domain: each code with its status and words.
import { defineProblems } from "../../platform/problem/define-problems.ts";
import { Problem } from "../../platform/problem/problem.ts";

export const recordingsProblem = defineProblems({
  "recording-not-found": { status: 404, title: "There is no such recording" },
  "recording-type-refused": {
    status: 415,
    title: "The body is of another type",
    detail:
      "Send the audio itself as audio/* or application/octet-stream, or register an object of " +
      "the blob store as application/json.",
  },
  "recording-words-missing": {
    status: 400,
    title: "Account and number are missing",
    detail: "Say account=CODE and number=%2B61… in the query of an upload.",
  },
  "idempotency-key-refused": {
    status: 400,
    title: "The Idempotency-Key is not accepted",
    detail: "Send one Idempotency-Key of 1 to 200 visible ASCII characters, without spaces.",
  },
  "idempotency-key-reused": {
    status: 409,
    title: "The Idempotency-Key is another recording's",
    detail:
      "A recording of the account was added with this Idempotency-Key, and audio, number, " +
      "caller, name, time or missedCall are not the same; take a new key.",
  },
  "audio-refused": { status: 422, title: "The file is not audio that is taken" },
  "checksum-mismatch": { status: 422, title: "The audio is not what sha256 says" },
  "object-refused": { status: 400, title: "The object's key is not accepted" },
  "object-not-found": { status: 404, title: "There is no such object in the blob store" },
  "object-registered": {
    status: 409,
    title: "The object is registered",
    detail: "This object is a recording already.",
  },
  "object-being-removed": {
    status: 409,
    title: "The object is being removed",
    detail: "This key's object is being removed; use another key.",
  },
  "upload-stalled": {
    status: 408,
    title: "The upload stood still",
    detail: "Nothing of the body came for too long, so nothing was stored; send it again.",
  },
  "upload-cut": {
    status: 400,
    title: "The upload ended early",
    detail: "The body ended before its end, so nothing was stored; send it again.",
  },
  "storage-away": {
    status: 503,
    title: "Recordings cannot be stored at present",
    detail: "Where recordings are stored cannot be written or read at present; nothing was kept.",
  },
  "recording-damaged": {
    status: 500,
    title: "The recording cannot be played",
    detail:
      "Its file is missing or not what it was; please tell the people who run this service. They " +
      "find it by `postern recordings verify`.",
  },
  "recording-unavailable": {
    status: 503,
    title: "Recordings cannot be played at present",
    detail: "Where they are kept does not answer at present; please try again shortly.",
  },
  "audio-method-refused": {
    status: 405,
    title: "A recording is only read",
    detail: "Ask with GET or HEAD.",
  },
  "precondition-failed": {
    status: 412,
    title: "The recording is another one",
    detail: "It has not the entity tag that If-Match names; ask again without it.",
  },
  "range-not-satisfiable": {
    status: 416,
    title: "The recording ends before this range",
    detail: "Ask for bytes that it has; Content-Range says how many there are.",
  },
});

/** As for other bodies, with the limit that holds for recordings. */
export function bodyTooLarge(maxBytes: number): Problem {
  const detail = `A recording has at most ${maxBytes / 1_000_000} MB; nothing was stored.`;
  return new Problem("body-too-large", 413, { detail });
}

// What an S3 service says of a request, in words that tell the operator what to do.
import type { S3Setting } from "./blob-setting.ts";
import { BlobError } from "./blob-store.ts";
import { codeOfFileError } from "./file-blob-error.ts";

export type S3Refusal = {
  readonly status: number;
  /** The service's own word, such as NoSuchKey; empty where the answer had none. */
  readonly code: string;
};

/** Another attempt may do, a moment later. */
export function isPassing({ status, code }: S3Refusal): boolean {
  return status === 429 || status >= 500 || code === "RequestTimeout" || code === "SlowDown";
}

/** `what` was asked for. Of the service's answer only its code is told: the rest names keys. */
export function refusedByS3(setting: S3Setting, refusal: S3Refusal, what: string): BlobError {
  const { status, code } = refusal;
  const shown = code === "" ? String(status) : `${status} ${code}`;
  const place = `the bucket ${setting.bucket} at ${setting.endpoint}`;
  if (status === 404 && code !== "NoSuchBucket" && code !== "NoSuchUpload") {
    return new BlobError("missing", `there is no object ${what} in ${place}`);
  }
  if (status === 412 || status === 416) {
    return new BlobError("unreadable", `${what} in ${place} is not what it was (${shown})`);
  }
  if (code === "BadDigest" || code === "XAmzContentSHA256Mismatch") {
    return new BlobError("unreadable", `${what} arrived changed in ${place} (${shown})`);
  }
  return new BlobError("unavailable", `${place} refuses ${what} (${shown}): ${adviceOn(refusal)}`);
}

function adviceOn(refusal: S3Refusal): string {
  const { status, code } = refusal;
  switch (code) {
    case "InvalidAccessKeyId":
    case "SignatureDoesNotMatch":
      return "check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY";
    case "NoSuchBucket":
      return "make the bucket, or correct BLOB_URL";
    case "RequestTimeTooSkewed":
      return "the clocks of this machine and of the service differ, set them right";
    case "AuthorizationHeaderMalformed":
    case "PermanentRedirect":
    case "TemporaryRedirect":
    case "IllegalLocationConstraintException":
      return "write the bucket's region, and its endpoint, into BLOB_URL";
    default:
  }
  if (status >= 300 && status < 400) return "write the bucket's own endpoint into BLOB_URL";
  if (status === 401 || status === 403) {
    return "check the keys, and that they may list the bucket and get, put and delete its objects";
  }
  return isPassing(refusal) ? "the service has a fault of its own, try later" : "see its log";
}

/** No answer at all. */
export function unreachableS3(setting: S3Setting, error: unknown): BlobError {
  if (error instanceof BlobError) return error;
  const words = `${setting.endpoint} cannot be reached (${codeOfFileError(error)})`;
  return new BlobError("unavailable", `${words}: check endpoint in BLOB_URL`, error);
}

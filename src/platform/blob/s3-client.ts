// Asks an S3 service until it answers as expected, again only where asking twice does no harm.
import type { IncomingMessage } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { S3Setting } from "./blob-setting.ts";
import { BlobError } from "./blob-store.ts";
import { isPassing, refusedByS3, unreachableS3 } from "./s3-error.ts";
import type { S3Refusal } from "./s3-error.ts";
import { createS3Sender, type S3Request } from "./s3-request.ts";
import { readS3Xml, textOf } from "./s3-xml.ts";

export type S3Limits = {
  /** No byte for so long, either way: away. */
  readonly silenceMs: number;
  /** Before the second, third … attempt. */
  readonly waitsMs: readonly number[];
};

export const S3_LIMITS: S3Limits = { silenceMs: 30_000, waitsMs: [200, 1000] };

export type S3Asked = S3Request & {
  /** Names the object, or what is asked for, in errors. */
  readonly what: string;
  /** False: what the service did before it failed cannot be told; sent once. */
  readonly isRepeatable: boolean;
};

export type S3Client = {
  readonly setting: S3Setting;
  /** Resolves with an answer of status 2xx, whose body the caller takes; else `BlobError`. */
  readonly ask: (asked: S3Asked) => Promise<IncomingMessage>;
  /** The body of the answer, which is small. */
  readonly askForText: (asked: S3Asked) => Promise<string>;
};

/** A page of a listing has a thousand objects: a few hundred kilobytes. */
const TEXT_BYTES_MAX = 8 * 1024 * 1024;

export function createS3Client(setting: S3Setting, limits: S3Limits): S3Client {
  const send = createS3Sender(setting, limits.silenceMs);

  type Attempt =
    | { readonly answer: IncomingMessage }
    | { readonly answer: null; readonly error: BlobError; readonly isPassing: boolean };

  async function attempt(asked: S3Asked): Promise<Attempt> {
    try {
      const answer = await send(asked);
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) return { answer };
      const refusal = { status, code: await codeOfRefusal(answer) };
      const error = refusedByS3(setting, refusal, asked.what);
      return { answer: null, error, isPassing: isPassing(refusal) };
    } catch (error) {
      const told = unreachableS3(setting, error);
      // A file of ours that cannot be read will not be read better by and by.
      return { answer: null, error: told, isPassing: told.fault === "unavailable" };
    }
  }

  async function ask(asked: S3Asked): Promise<IncomingMessage> {
    const waits = asked.isRepeatable ? limits.waitsMs : [];
    for (const waitMs of waits) {
      const outcome = await attempt(asked);
      if (outcome.answer !== null) return outcome.answer;
      if (!outcome.isPassing) throw outcome.error;
      await wait(waitMs);
    }
    const last = await attempt(asked);
    if (last.answer === null) throw last.error;
    return last.answer;
  }

  async function askForText(asked: S3Asked): Promise<string> {
    const answer = await ask(asked);
    try {
      return await collectText(answer);
    } catch (error) {
      throw unreachableS3(setting, error);
    }
  }

  return { setting, ask, askForText };
}

async function codeOfRefusal(answer: IncomingMessage): Promise<S3Refusal["code"]> {
  try {
    const code = textOf(readS3Xml(await collectText(answer), "Error"), "Code") ?? "";
    return /^[A-Za-z0-9.]{1,64}$/.test(code) ? code : "";
  } catch {
    return "";
  }
}

async function collectText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > TEXT_BYTES_MAX) throw new BlobError("unavailable", "the service said too much");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

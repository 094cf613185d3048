// One signed request to an S3 service, its body as a stream, its silences bounded.
import { Agent as HttpAgent, request as requestByHttp } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as requestByHttps } from "node:https";
import type { Readable } from "node:stream";
import { AwsV4Signer } from "aws4fetch";
import type { S3Setting } from "./blob-setting.ts";
import { BlobError } from "./blob-store.ts";

export type S3Body = {
  readonly sizeBytes: number;
  /** Lower-case hex. Signed, so that a body that was changed on the way is refused. */
  readonly sha256: string;
  /** From its beginning each time: a request may be sent again. */
  readonly open: () => Readable | Promise<Readable>;
};

export type S3Request = {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** With the store's prefix; null: the bucket. */
  readonly objectName: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: S3Body | null;
};

export type S3Sender = (request: S3Request) => Promise<IncomingMessage>;

/** SHA-256 of nothing. */
const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * Signed by Signature Version 4; the bucket stands in the path, which every service takes and no
 * certificate or DNS record has to know. node:http rather than fetch, which would unpack, follow
 * redirects with the signature, hold every body in a web stream, and has time-outs of its own.
 * `silenceMs`: no byte either way for so long is a service that is away.
 */
export function createS3Sender(setting: S3Setting, silenceMs: number): S3Sender {
  const isTls = setting.endpoint.startsWith("https:");
  const options = { keepAlive: true, maxFreeSockets: 16 };
  const agent = isTls ? new HttpsAgent(options) : new HttpAgent(options);
  const send = isTls ? requestByHttps : requestByHttp;

  return async function sendSigned(asked) {
    const { url, headers } = await sign(setting, asked);
    const source = (await asked.body?.open()) ?? null;
    const request = send(url, {
      method: asked.method,
      headers: { ...headers, "content-length": String(asked.body?.sizeBytes ?? 0) },
      agent,
      timeout: silenceMs,
    });
    return exchangeBodies({ request, silenceMs, host: url.host }, source);
  };
}

async function sign(
  setting: S3Setting,
  asked: S3Request,
): Promise<{ readonly url: URL; readonly headers: Readonly<Record<string, string>> }> {
  const object = asked.objectName === null ? "" : `/${asked.objectName}`;
  const url = new URL(`${setting.endpoint}/${setting.bucket}${object}`);
  for (const [name, value] of Object.entries(asked.query)) url.searchParams.set(name, value);
  const signer = new AwsV4Signer({
    method: asked.method,
    url: url.href,
    headers: { ...asked.headers, "x-amz-content-sha256": asked.body?.sha256 ?? EMPTY_SHA256 },
    accessKeyId: setting.accessKeyId.reveal(),
    secretAccessKey: setting.secretAccessKey.reveal(),
    service: "s3",
    region: setting.region,
  });
  const signed = await signer.sign();
  return { url: signed.url, headers: Object.fromEntries(signed.headers) };
}

type Exchange = {
  readonly request: ClientRequest;
  readonly silenceMs: number;
  readonly host: string;
};

/** Resolves with the head of the answer, whose body the caller reads or destroys. */
function exchangeBodies(exchange: Exchange, source: Readable | null): Promise<IncomingMessage> {
  const { request, silenceMs, host } = exchange;
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | null = null;
    request.on("error", reject);
    request.on("timeout", () => {
      const words = `${host} was silent for ${silenceMs / 1000} seconds`;
      // A listener who takes nothing keeps the service waiting: that silence is ours.
      if (answer !== null && answer.readableLength > 0) request.setTimeout(silenceMs);
      else (answer ?? request).destroy(new BlobError("unavailable", words));
    });
    request.on("response", (message) => {
      answer = message;
      // A refusal may come before the body has gone; what is left of it need not go any more.
      message.on("close", () => {
        if (!request.writableFinished) request.destroy();
      });
      resolve(message);
    });
    request.on("close", () => source?.destroy());
    // Where the file fails, the request must not look as if it had ended.
    source?.on("error", (error) => request.destroy(error));
    if (source === null) request.end();
    else source.pipe(request);
  });
}

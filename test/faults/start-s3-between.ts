// Stands between a blob store and an S3 emulator, keeps what was asked, and fails as it is told.
import { createHash } from "node:crypto";
import { createServer, request as send } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { startFauxqs } from "fauxqs";

export type AskedOfS3 = {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly bodySha256: string;
};

/** In place of passing the request on, or of its answer. */
export type S3Fault =
  | { readonly kind: "answer"; readonly status: number; readonly body: string }
  /** The connection is closed before anything is passed on. */
  | { readonly kind: "cut" }
  /** It is passed on, and the answer is lost. */
  | { readonly kind: "cut-after" }
  /** The head of the answer and half of its body. */
  | { readonly kind: "cut-half-way" }
  /** The answer comes, with the status 200 and as if no range had been asked for. */
  | { readonly kind: "whole" }
  /** Nothing is ever said. */
  | { readonly kind: "silence" };

export type S3Between = {
  readonly address: string;
  readonly asked: AskedOfS3[];
  /** For each request: null passes it on. */
  fault: (asked: AskedOfS3) => S3Fault | null;
  readonly stop: () => Promise<void>;
};

/** With one bucket, "recordings". */
export async function startS3Between(): Promise<S3Between> {
  const behind = await startFauxqs({ port: 0, logger: false });
  behind.createBucket("recordings");
  const asked: AskedOfS3[] = [];

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, bodySha256: sha256(body) };
    asked.push(one);
    const fault = between.fault(one);
    if (fault?.kind === "silence") return;
    if (fault?.kind === "cut") {
      response.destroy();
      return;
    }
    if (fault?.kind === "answer") {
      response.writeHead(fault.status, { "content-type": "application/xml" }).end(fault.body);
      return;
    }
    const isWhole = fault?.kind === "whole";
    const { range: _range, ...others } = headers;
    const answer = await passOn(`${behind.address}${url}`, method, {
      headers: isWhole ? others : headers,
      body,
    });
    const content = await buffer(answer);
    if (fault?.kind === "cut-after") {
      response.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    if (fault?.kind === "cut-half-way") {
      const half = content.subarray(0, Math.floor(content.length / 2));
      response.write(half, () => response.destroy());
      return;
    }
    response.end(content);
  }

  const server = createServer((request, response) => {
    // A request that its sender gave up.
    onRequest(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const between: S3Between = {
    address: `http://127.0.0.1:${port}`,
    asked,
    fault: () => null,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await behind.stop();
    },
  };
  return between;
}

function sha256(body: Buffer): string {
  return createHash("sha256").update(body).digest("hex");
}

function passOn(
  url: string,
  method: string,
  { headers, body }: { readonly headers: IncomingMessage["headers"]; readonly body: Buffer },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, agent: false }, resolve);
    request.on("error", reject);
    request.end(body);
  });
}

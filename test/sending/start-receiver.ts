// A receiver of webhooks on loopback: keeps what it got, and answers as it is told.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

export type ReceivedMessage = {
  readonly id: string;
  readonly atSeconds: number;
  readonly signature: string;
  readonly contentType: string | undefined;
  readonly text: string;
  readonly json: { readonly type: string; readonly timestamp: string } & {
    readonly data: Readonly<Record<string, unknown>>;
  };
};

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** `answers`: the status for each message; 204 by default. */
export async function startReceiver() {
  const got: ReceivedMessage[] = [];
  let statusFor: (message: ReceivedMessage) => number = () => 204;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      const { headers } = request;
      const message = {
        id: String(headers["webhook-id"]),
        atSeconds: Number(headers["webhook-timestamp"]),
        signature: String(headers["webhook-signature"]),
        contentType: headers["content-type"],
        text,
        json: JSON.parse(text) as ReceivedMessage["json"],
      };
      got.push(message);
      const status = statusFor(message);
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/events`,
    got,
    answers: (given: typeof statusFor) => {
      statusFor = given;
    },
  };
}

/** By hand, after the specification: HMAC-SHA-256 of id, time and body. */
export function signatureOf(secret: string, message: ReceivedMessage): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${message.id}.${message.atSeconds}.${message.text}`;
  return `v1,${createHmac("sha256", key).update(signed, "utf8").digest("base64")}`;
}

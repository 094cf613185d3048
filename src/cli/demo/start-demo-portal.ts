// A little portal to be guarded: answers whatever reaches it, and reports wrong passwords.
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";

export type DemoPortal = {
  readonly port: number;
  /** Requests that reached it. */
  readonly reached: () => number;
  readonly close: () => Promise<void>;
};

export const RIGHT_PASSWORD = "correct horse battery staple";

/** `onWrongPassword` is told the address that the proxy wrote into X-Real-IP. */
export async function startDemoPortal(
  onWrongPassword: (address: string) => Promise<void>,
): Promise<DemoPortal> {
  let reached = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    reached += 1;
    const body = await textOf(request);
    const isSignIn = request.method === "POST" && request.url === "/login";
    const isWrong = isSignIn && body !== `password=${RIGHT_PASSWORD}`;
    if (isWrong) await onWrongPassword(String(request.headers["x-real-ip"]));
    response.writeHead(isWrong ? 401 : 200, { "content-type": "text/plain" }).end("portal\n");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reached: () => reached,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

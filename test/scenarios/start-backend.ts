// A portal to be guarded: keeps every request that reached it and answers with what it saw.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

export type ReachedRequest = {
  readonly method: string;
  readonly url: string;
  /** Names in lower case; several lines of one name are all kept. */
  readonly headers: readonly (readonly [string, string])[];
};

export type RunningBackend = {
  readonly port: number;
  readonly reached: readonly ReachedRequest[];
  readonly stop: () => Promise<void>;
};

/** `/status/418` answers that status with a header and body of its own; other paths 200. */
export async function startBackend(): Promise<RunningBackend> {
  const reached: ReachedRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
    const seen = toReached(request);
    reached.push(seen);
    let bodyBytes = 0;
    request.on("data", (chunk: Buffer) => (bodyBytes += chunk.length));
    request.on("end", () => answer(bodyBytes));
    const status = Number(/^\/status\/(\d{3})$/.exec(seen.url)?.[1] ?? 200);
    const answer = (bytes: number): void => {
      response.writeHead(status, {
        "content-type": "application/json",
        "x-from-portal": "yes",
        ...(status === 401 ? { "www-authenticate": 'Basic realm="portal"' } : {}),
        ...(status === 429 ? { "retry-after": "7" } : {}),
      });
      response.end(JSON.stringify({ ...seen, bodyBytes: bytes }));
    };
  });
  server.on("upgrade", (request, socket) => {
    reached.push(toReached(request));
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${acceptKey(request.headers["sec-websocket-key"] ?? "")}\r\n\r\n`,
    );
    socket.on("error", () => socket.destroy());
    socket.on("data", () => socket.destroy());
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    port: address.port,
    reached,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toReached(request: IncomingMessage): ReachedRequest {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    headers.push([request.rawHeaders[index]!.toLowerCase(), request.rawHeaders[index + 1]!]);
  }
  return { method: request.method ?? "", url: request.url ?? "", headers };
}

/** RFC 6455 section 4.2.2. */
function acceptKey(key: string): string {
  return createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
}

// Visits a proxy as a given client address, directly or through a load balancer that we play.

import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { connect, isIPv6 } from "node:net";
import type { Socket } from "node:net";
import type { RunningProxy } from "./start-proxy.ts";

export const PORTAL_HOST = "portal.example.com";

const ANSWER_MS_MAX = 15_000;

export type Visit = {
  readonly proxy: RunningProxy;
  /** Without a load balancer this must be an address of 127.0.0.0/8. */
  readonly clientAddress: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly tookMs: number;
};

/** @throws Error when the connection ends without an answer or 15 s pass. */
export function visit(wanted: Visit): Promise<Answer> {
  const { proxy, clientAddress, path, body } = wanted;
  const startedMs = Date.now();
  const headers = { host: PORTAL_HOST, ...wanted.headers };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        method: wanted.method ?? "GET",
        path,
        headers: { ...headers, ...forwardedBy(proxy, clientAddress, headers) },
        createConnection: () => connectAs(proxy, clientAddress),
        // Not `timeout`: node:http leaves that to whoever makes the connection.
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("error", reject);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
            tookMs: Date.now() - startedMs,
          });
        });
      },
    );
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: "",
        tookMs: Date.now() - startedMs,
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A connection that the proxy takes for one of `clientAddress`, once its headers agree. */
export function connectAs(proxy: RunningProxy, clientAddress: string): Socket {
  if (proxy.front === "visitors") {
    return connect({ host: "127.0.0.1", port: proxy.port, localAddress: clientAddress });
  }
  const socket = connect({ host: "127.0.0.1", port: proxy.port });
  if (proxy.kind !== "caddy") {
    const [family, self] = isIPv6(clientAddress) ? ["TCP6", "::1"] : ["TCP4", "127.0.0.1"];
    socket.write(`PROXY ${family} ${clientAddress} ${self} 50000 ${proxy.port}\r\n`);
  }
  return socket;
}

/** Caddy 2.6 speaks no PROXY protocol: its balancer appends to the X-Forwarded-For it was sent. */
export function forwardedBy(
  proxy: RunningProxy,
  clientAddress: string,
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  if (proxy.front === "visitors" || proxy.kind !== "caddy") return {};
  const name = Object.keys(headers).find((key) => key.toLowerCase() === "x-forwarded-for");
  const before = name === undefined ? "" : `${headers[name]}, `;
  return { [name ?? "X-Forwarded-For"]: before + clientAddress };
}

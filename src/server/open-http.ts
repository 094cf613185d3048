// Makes the HTTP server and tells it whom to believe about a client's address.

import { parseHop } from "../core/network/hop-address.ts";
import { createHttpServer } from "../platform/http/create-http-server.ts";
import type {
  HttpServer,
  HttpServerOptions,
  RawHandler,
} from "../platform/http/create-http-server.ts";
import { createClientReader } from "./gate/index.ts";
import type { ClientReader } from "./gate/index.ts";
import type { Base } from "./open-base.ts";

export type Http = {
  readonly http: HttpServer;
  readonly clients: ClientReader;
  /** Asked before the API. The gate's are added once there is a gate. */
  readonly doors: RawHandler[];
};

export function openHttp(base: Base): Http {
  const { config, known, logger } = base;
  const doors: RawHandler[] = [answerHealth];
  const http = createHttpServer({
    rawHandlers: doors,
    ...(config.clientAddressHeader === "PROXY" ? { proxyProtocol: proxyProtocol(base) } : {}),
    onRefused: (code, request) =>
      logger.info({ code, peer: request.socket.remoteAddress }, "request refused unread"),
    onError: (error) => base.onError(error, "answering a request"),
  });
  const clients = createClientReader({
    header: config.clientAddressHeader,
    isTrusted: known.isTrustedProxy,
    proxiedClientOf: http.proxiedClientOf,
  });
  return { http, clients, doors };
}

function proxyProtocol({ known, logger }: Base): NonNullable<HttpServerOptions["proxyProtocol"]> {
  return {
    isTrustedPeer: (text) => {
      const peer = parseHop(text, "socket");
      return peer.ok && known.isTrustedProxy(peer.address);
    },
    onMalformed: (peer, why) => logger.warn({ peer, why }, "malformed PROXY preface"),
  };
}

/** Liveness is public and tells nothing else. */
const answerHealth: RawHandler = (request, response) => {
  if (request.url !== "/healthz") return false;
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end('{"status":"ok"}');
  return true;
};

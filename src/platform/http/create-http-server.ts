// The program's one HTTP server: strict checks, then handlers on raw requests, then the rest.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  acceptProxyProtocol,
  type ProxyProtocolAcceptor,
  type ProxyProtocolOptions,
} from "./accept-proxy-protocol.ts";
import { answerBare, answerSocket } from "./answer-bare.ts";
import { listenOnControlSocket } from "./control-socket.ts";
import type { ProxiedClient } from "./proxy-preface.ts";
import { checkStrictRequest, type StrictRefusalCode } from "./strict-request.ts";

/**
 * Answers true, at once, when it has taken the request; it then sees to the answer, also on
 * failure. What it took only to decide about it goes on by `handOn`.
 */
export type RawHandler = (request: IncomingMessage, response: ServerResponse) => boolean;
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export type HttpServerOptions = {
  /** Asked in order; the first that takes a request ends the search. */
  readonly rawHandlers: readonly RawHandler[];
  /** Only when CLIENT_ADDRESS_HEADER is PROXY. */
  readonly proxyProtocol?: ProxyProtocolOptions;
  /** Told of requests that never reached a handler. */
  readonly onRefused?: (code: StrictRefusalCode, request: IncomingMessage) => void;
  /** Told of what a handler threw; the visitor has got 500 without words. */
  readonly onError?: (error: unknown, request: IncomingMessage) => void;
};

export type HttpServer = {
  /** The server on the network; for whoever needs the object itself (Fastify's serverFactory). */
  readonly server: Server;
  /** Gets every request no raw handler took; until it is set they are answered with 503. */
  readonly setFallback: (handler: RequestHandler) => void;
  /**
   * For a raw handler that took a request and now lets it go on: past the other raw handlers, to
   * where it had gone had none taken it. Nothing happens where the visitor has gone meanwhile.
   */
  readonly handOn: RequestHandler;
  /** Port 0 takes a free one; the answer says which. */
  readonly listen: (where: { host: string; port: number }) => Promise<AddressInfo>;
  readonly listenOnControlSocket: (path: string) => Promise<void>;
  /** INVARIANT: decided by the listener that accepted the connection, never by what is sent. */
  readonly isFromControlSocket: (request: IncomingMessage) => boolean;
  /** Undefined when the peer is not trusted or the PROXY protocol is not in use. */
  readonly proxiedClientOf: (request: IncomingMessage) => ProxiedClient | undefined;
  /** Accepts nothing more, lets requests finish for `drainMs`, then cuts what is left. */
  readonly close: (drainMs?: number) => Promise<void>;
};

const SERVER_OPTIONS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  // Long enough for an import of a million entries over a slow line.
  requestTimeout: 300_000,
  // Longer than the 60 s after which nginx closes idle connections to us, so that it closes first.
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
  requireHostHeader: true,
  insecureHTTPParser: false,
} as const;
const DRAIN_MS = 10_000;
const IDLE_CHECK_MS = 50;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const controlSockets = new WeakSet<Socket>();
  const refusedSockets = new WeakSet<Socket>();
  const lastResponses = new WeakMap<Socket, ServerResponse>();
  let isDraining = false;
  let fallback: RequestHandler = (_request, response) => {
    answerBare(response, 503, "not-ready");
  };

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    // What was pipelined behind a refused request may be part of its body.
    if (refusedSockets.has(socket)) return;
    lastResponses.set(socket, response);
    const strict = checkStrictRequest(request);
    if (!strict.ok) {
      refusedSockets.add(socket);
      answerBare(response, strict.status, strict.code);
      options.onRefused?.(strict.code, request);
      return;
    }
    request.url = strict.url;
    if (isDraining) response.shouldKeepAlive = false;
    guarded(request, response, () => {
      for (const handle of options.rawHandlers) if (handle(request, response)) return;
      fallback(request, response);
    });
  }

  function guarded(request: IncomingMessage, response: ServerResponse, handle: () => void): void {
    try {
      handle();
    } catch (error) {
      if (response.headersSent) request.socket.destroy();
      else answerBare(response, 500, "internal-error");
      options.onError?.(error, request);
    }
  }

  function handOn(request: IncomingMessage, response: ServerResponse): void {
    if (hasGone(request, response)) return;
    if (isDraining) response.shouldKeepAlive = false;
    guarded(request, response, () => fallback(request, response));
  }

  function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
    // A refused request has its answer already, and that ends the connection.
    if (refusedSockets.has(socket)) return;
    // A body that goes wrong after the answer has begun cannot be answered twice.
    const response = lastResponses.get(socket);
    const isAnswering = response?.headersSent === true && !response.writableFinished;
    if (error.code === "ECONNRESET" || isAnswering) socket.destroy();
    else answerSocket(socket, statusOfParserError(error.code));
  }

  const server = hardenedServer(onRequest, onClientError);
  const control = hardenedServer(onRequest, onClientError);
  control.on("connection", (socket) => controlSockets.add(socket));
  const proxyProtocol: ProxyProtocolAcceptor | undefined =
    options.proxyProtocol && acceptProxyProtocol(server, options.proxyProtocol);

  async function close(drainMs = DRAIN_MS): Promise<void> {
    isDraining = true;
    const servers = [server, control].filter((one) => one.listening);
    const idle = setInterval(() => {
      for (const one of servers) one.closeIdleConnections();
    }, IDLE_CHECK_MS);
    const cut = setTimeout(() => {
      for (const one of servers) one.closeAllConnections();
    }, drainMs);
    proxyProtocol?.destroyWaiting();
    await Promise.all(servers.map(closed));
    clearInterval(idle);
    clearTimeout(cut);
  }

  return {
    server,
    setFallback: (handler) => {
      fallback = handler;
    },
    handOn,
    listen: (where) => listen(server, where),
    listenOnControlSocket: (path) => listenOnControlSocket(control, path),
    isFromControlSocket: (request) => controlSockets.has(request.socket),
    proxiedClientOf: (request) => proxyProtocol?.clientOf(request.socket),
    close,
  };
}

function hasGone(request: IncomingMessage, response: ServerResponse): boolean {
  return request.destroyed || request.socket.destroyed || response.destroyed;
}

function hardenedServer(
  onRequest: RequestHandler,
  onClientError: (error: NodeJS.ErrnoException, socket: Socket) => void,
): Server {
  const server = createServer(SERVER_OPTIONS, onRequest);
  // Node drops headers over this number silently; ours are counted and refused instead.
  server.maxHeadersCount = 0;
  server.on("clientError", (error, socket) => onClientError(error, socket as Socket));
  return server;
}

function statusOfParserError(code: string | undefined): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return 400;
}

function listen(server: Server, where: { host: string; port: number }): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: where.host, port: where.port }, () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}

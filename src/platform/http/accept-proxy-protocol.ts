// Takes the PROXY protocol preface off connections of trusted peers before HTTP sees them.
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { readProxyPreface, type ProxiedClient } from "./proxy-preface.ts";

export type ProxyProtocolOptions = {
  /** `peerAddress` as node:net gives it, so possibly `::ffff:a.b.c.d`. */
  readonly isTrustedPeer: (peerAddress: string) => boolean;
  readonly prefaceTimeoutMs?: number;
  /** Told of each connection that was closed for its preface. */
  readonly onMalformed?: (peerAddress: string, why: string) => void;
};

export type ProxyProtocolAcceptor = {
  /** Undefined: the connection came without a preface, from a peer that is not trusted. */
  readonly clientOf: (socket: Socket) => ProxiedClient | undefined;
  /** Closes the connections that have not sent their preface yet. */
  readonly destroyWaiting: () => void;
};

const PREFACE_TIMEOUT_MS = 5_000;

/**
 * INVARIANT: a trusted peer's connection reaches HTTP only after a whole, exact preface, and
 * nobody else's preface is ever read: it is then a malformed HTTP request.
 */
export function acceptProxyProtocol(
  server: Server,
  options: ProxyProtocolOptions,
): ProxyProtocolAcceptor {
  const clients = new WeakMap<Socket, ProxiedClient>();
  const waiting = new Set<Socket>();
  const handOver = server.listeners("connection") as ((socket: Socket) => void)[];
  server.removeAllListeners("connection");

  function toHttp(socket: Socket): void {
    for (const listener of handOver) listener.call(server, socket);
  }

  function onConnection(socket: Socket): void {
    const peerAddress = socket.remoteAddress;
    // A peer that has gone already has no address; nothing can be answered to it.
    if (peerAddress === undefined) return void socket.destroy();
    if (!options.isTrustedPeer(peerAddress)) return toHttp(socket);
    waiting.add(socket);
    awaitPreface(socket, options.prefaceTimeoutMs ?? PREFACE_TIMEOUT_MS, (result) => {
      waiting.delete(socket);
      if (!result.ok) {
        socket.destroy();
        options.onMalformed?.(peerAddress, result.why);
        return;
      }
      clients.set(socket, result.client);
      toHttp(socket);
    });
  }

  server.on("connection", onConnection);
  return {
    clientOf: (socket) => clients.get(socket),
    destroyWaiting: () => {
      for (const socket of waiting) socket.destroy();
    },
  };
}

type PrefaceOutcome =
  | { readonly ok: true; readonly client: ProxiedClient }
  | { readonly ok: false; readonly why: string };

function awaitPreface(
  socket: Socket,
  timeoutMs: number,
  done: (outcome: PrefaceOutcome) => void,
): void {
  let bytes: Buffer = Buffer.alloc(0);
  const timer = setTimeout(() => finish({ ok: false, why: "no preface in time" }), timeoutMs);

  function finish(outcome: PrefaceOutcome): void {
    clearTimeout(timer);
    socket.off("readable", onReadable);
    socket.off("error", onGone);
    socket.off("close", onGone);
    done(outcome);
  }

  function onGone(): void {
    finish({ ok: false, why: "closed before the preface" });
  }

  function onReadable(): void {
    for (;;) {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      bytes = Buffer.concat([bytes, chunk]);
      const result = readProxyPreface(bytes);
      if (result.kind === "malformed") return finish({ ok: false, why: result.why });
      if (result.kind === "complete") {
        const rest = bytes.subarray(result.byteLength);
        if (rest.length > 0) socket.unshift(rest);
        return finish({ ok: true, client: result.client });
      }
    }
  }

  socket.on("readable", onReadable);
  socket.on("error", onGone);
  socket.on("close", onGone);
}

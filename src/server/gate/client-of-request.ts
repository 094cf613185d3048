// Finds out which address a request comes from: the socket, or what a trusted proxy says.

import type { IncomingMessage } from "node:http";
import type { Address } from "../../core/network/address.ts";
import { resolveClientAddress } from "../../core/network/client-address.ts";
import { parseHop } from "../../core/network/hop-address.ts";
import type { HttpServer } from "../../platform/http/create-http-server.ts";
import { readListHeader } from "./single-headers.ts";

export type ClientHeader = "X-Forwarded-For" | "Forwarded" | "PROXY";

export type Client =
  | { readonly ok: true; readonly address: Address; readonly source: string }
  | { readonly ok: false; readonly detail: string };

export type ClientReader = {
  read(request: IncomingMessage): Client;
  /** Whether the other end of the socket is a trusted proxy. */
  isTrustedPeer(request: IncomingMessage): boolean;
  /** Requests whose forwarding header was not believed because the peer is no trusted proxy. */
  disbelieved(): number;
};

const PEERS_REMEMBERED = 1024;

export function createClientReader(options: {
  readonly header: ClientHeader;
  readonly isTrusted: (address: Address) => boolean;
  readonly proxiedClientOf: HttpServer["proxiedClientOf"];
}): ClientReader {
  const { header, isTrusted } = options;
  const headerKind = header === "Forwarded" ? "forwarded" : "x-forwarded-for";
  const peers = new Map<string, Address | null>();
  let disbelieved = 0;

  function peerOf(request: IncomingMessage): Address | null {
    const text = request.socket.remoteAddress ?? "";
    const known = peers.get(text);
    if (known !== undefined) return known;
    const hop = parseHop(text, "socket");
    if (peers.size >= PEERS_REMEMBERED) peers.clear();
    peers.set(text, hop.ok ? hop.address : null);
    return hop.ok ? hop.address : null;
  }

  function readProxied(request: IncomingMessage, peer: Address): Client {
    const proxied = options.proxiedClientOf(request);
    if (proxied === undefined || proxied.kind === "connection") {
      return { ok: true, address: peer, source: "socket" };
    }
    if (proxied.kind === "unreadable") return { ok: false, detail: "proxy-protocol-unreadable" };
    const hop = parseHop(proxied.address, "socket");
    return hop.ok
      ? { ok: true, address: hop.address, source: "PROXY" }
      : { ok: false, detail: hop.code };
  }

  return {
    read(request) {
      const peer = peerOf(request);
      // A peer that has gone already has no address any more.
      if (peer === null) return { ok: false, detail: "socket-address-unreadable" };
      if (header === "PROXY") return readProxied(request, peer);
      const value = readListHeader(request.rawHeaders, headerKind);
      if (value !== null && !isTrusted(peer)) disbelieved += 1;
      const answer = resolveClientAddress({ peer, header: value, headerKind, isTrusted });
      if (!answer.ok) return { ok: false, detail: answer.detail };
      const source = answer.source === "header" ? header : "socket";
      return { ok: true, address: answer.address, source };
    },
    isTrustedPeer: (request) => {
      const peer = peerOf(request);
      return peer !== null && isTrusted(peer);
    },
    disbelieved: () => disbelieved,
  };
}

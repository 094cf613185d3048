// Sends exact bytes to a proxy and returns exact bytes: for requests no honest client makes.

import { connectAs, forwardedBy, PORTAL_HOST } from "./visit.ts";
import type { RunningProxy } from "./start-proxy.ts";

export type RawRequest = {
  readonly proxy: RunningProxy;
  readonly clientAddress: string;
  /** The header lines the balancer adds and the Host line are given; the text is sent as is. */
  readonly write: (lines: { readonly host: string; readonly forwarded: string }) => string;
  /** How long to listen after the last byte arrived. */
  readonly quietMs?: number;
};

/** Everything the proxy sent back, as Latin-1. */
export function sendRaw(wanted: RawRequest): Promise<string> {
  const { proxy, clientAddress } = wanted;
  const forwarded = Object.entries(forwardedBy(proxy, clientAddress))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  const text = wanted.write({ host: `Host: ${PORTAL_HOST}\r\n`, forwarded });
  return new Promise((resolve) => {
    const socket = connectAs(proxy, clientAddress);
    let received = "";
    socket.setTimeout(wanted.quietMs ?? 400, () => socket.destroy());
    socket.on("data", (chunk) => (received += chunk.toString("latin1")));
    // A proxy that hangs up on nonsense has answered too.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(received));
    socket.write(text, "latin1");
  });
}

/** The status of each answer, in order. */
export function statusesOf(received: string): readonly number[] {
  return [...received.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map((match) => Number(match[1]));
}

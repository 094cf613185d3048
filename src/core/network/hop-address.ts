// Reads the address in one hop of a forwarding header, and the peer address of a connection.
import type { Address } from "./address.ts";
import { ADDRESS_TEXT_MAX, readAddress } from "./address.ts";
import { hasOddCharacter, trimBlanks } from "./address-characters.ts";
import type { AddressFault } from "./address-fault.ts";
import { describeFault } from "./address-fault.ts";
import { readIpv4 } from "./ipv4-text.ts";

/**
 * `xff`: one X-Forwarded-For element. `forwarded`: one RFC 7239 `for=` value as it is on the wire,
 * quotes included. `socket`: what the runtime reports as the peer of a connection.
 */
export type HopContext = "xff" | "forwarded" | "socket";

export type HopReading =
  | { readonly ok: true; readonly address: Address }
  | { readonly ok: false; readonly code: AddressFault; readonly reason: string };

/** Strict; bounded work for a text of any length. A refused hop makes the client unresolvable. */
export function parseHop(text: unknown, context: HopContext): HopReading {
  if (typeof text !== "string") return refuse("not-a-string");
  const hop = readHop(text, context);
  if (typeof hop !== "string") return { ok: true, address: hop };
  // Looked at only now: no text with an odd character is ever read as an address.
  if (text.length <= ADDRESS_TEXT_MAX && hasOddCharacter(trimBlanks(text))) {
    return refuse("non-ascii");
  }
  return refuse(hop);
}

function refuse(code: AddressFault): HopReading {
  return { ok: false, code, reason: describeFault(code) };
}

function readHop(text: string, context: HopContext): Address | AddressFault {
  if (text.length > ADDRESS_TEXT_MAX) return "too-long";
  switch (context) {
    case "socket":
      return readPeer(text);
    case "xff":
      return readForwardedFor(trimBlanks(text));
    case "forwarded":
      return readForwardedNode(text);
    default:
      return context satisfies never;
  }
}

/**
 * Node writes the peer of a link-local connection as `fe80::1%eth0`. That zone comes from the
 * kernel and not from a stranger, and if it were refused, the host's own segment could never reach
 * the portal; so it is dropped, on link-local addresses only. Lists know no zones: one entry holds
 * on every interface.
 */
function readPeer(text: string): Address | AddressFault {
  const address = readAddress(text);
  if (address !== "zone-not-allowed") return address;
  const percent = text.indexOf("%");
  const scoped = readAddress(text.slice(0, percent));
  if (typeof scoped === "string" || scoped.w0 >>> 22 !== 0xfe80 >>> 6) return address;
  return /^[A-Za-z0-9._-]+$/.test(text.slice(percent + 1)) ? scoped : address;
}

/** `1.2.3.4`, `1.2.3.4:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`. */
function readForwardedFor(text: string): Address | AddressFault {
  const address = readAddress(text);
  if (typeof address !== "string") return address;
  if (text.startsWith("[")) return readBracketed(text, isPort);
  const colon = text.indexOf(":");
  const w3 = colon < 0 ? -1 : readIpv4(text.slice(0, colon));
  if (w3 < 0 || !isPort(text.slice(colon + 1))) return address;
  return { family: 4, w0: 0, w1: 0, w2: 0, w3 };
}

/**
 * RFC 7239 4 and 6: a token or a quoted string; IPv6 in brackets; a port or `_hidden` port after a
 * colon. A colon or bracket is no token character, so such values must be quoted.
 */
function readForwardedNode(text: string): Address | AddressFault {
  if (!text.startsWith('"')) {
    return /[:[\]]/.test(text) ? "forwarded-unquoted" : readAddress(text);
  }
  const node = unquote(text);
  if (node === null) return "not-an-address";
  if (node.startsWith("[")) return readBracketed(node, isNodePort);
  const colon = node.indexOf(":");
  if (colon < 0) return readAddress(node);
  const w3 = readIpv4(node.slice(0, colon));
  if (w3 >= 0 && isNodePort(node.slice(colon + 1))) return { family: 4, w0: 0, w1: 0, w2: 0, w3 };
  const bare = readAddress(node);
  return typeof bare === "string" ? bare : "forwarded-unbracketed";
}

function readBracketed(text: string, isPortText: (t: string) => boolean): Address | AddressFault {
  const close = text.indexOf("]");
  const inner = text.slice(1, close);
  const rest = text.slice(close + 1);
  if (close < 0 || !inner.includes(":")) return "not-an-address";
  if (rest !== "" && !(rest.startsWith(":") && isPortText(rest.slice(1)))) return "not-an-address";
  return readAddress(inner);
}

/** The content of a quoted string with its backslash pairs undone (RFC 9110 5.6.4), or null. */
function unquote(text: string): string | null {
  const content = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  return content === undefined ? null : content.replace(/\\(.)/g, "$1");
}

function isPort(text: string): boolean {
  return /^[0-9]{1,5}$/.test(text) && Number(text) <= 65535;
}

function isNodePort(text: string): boolean {
  return isPort(text) || /^_[A-Za-z0-9._-]+$/.test(text);
}

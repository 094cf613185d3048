// Reads the PROXY protocol preface, versions 1 and 2, as written in HAProxy's proxy-protocol.txt.
import { isIPv4, isIPv6 } from "node:net";

/**
 * `stated`: the proxy names its client. `connection`: the proxy speaks for itself (LOCAL, its
 * health checks). `unreadable`: there is a client, but its address is not told.
 */
export type ProxiedClient =
  | { readonly kind: "stated"; readonly address: string }
  | { readonly kind: "connection" }
  | { readonly kind: "unreadable" };

export type PrefaceResult =
  | { readonly kind: "incomplete" }
  | { readonly kind: "malformed"; readonly why: string }
  | { readonly kind: "complete"; readonly client: ProxiedClient; readonly byteLength: number };

const V1_START = Buffer.from("PROXY ", "latin1");
const V1_LENGTH_MAX = 107;
const V2_START = Buffer.from([13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10]);
const V2_HEADER_LENGTH = 16;
// Addresses take 36 bytes; the rest is for the TLVs (certificate names), which are not read.
const V2_PAYLOAD_LENGTH_MAX = 4_096;
const V1_LINE = /^PROXY (TCP4|TCP6) (\S+) (\S+) (0|[1-9]\d{0,4}) (0|[1-9]\d{0,4})$/;

/** Looks at the first bytes of a connection; anything but a whole, exact preface is malformed. */
export function readProxyPreface(bytes: Buffer): PrefaceResult {
  if (startsAlike(bytes, V2_START)) return readVersion2(bytes);
  if (startsAlike(bytes, V1_START)) return readVersion1(bytes);
  return malformed("neither version 1 nor version 2");
}

function startsAlike(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.compare(start, 0, length, 0, length) === 0;
}

function readVersion1(bytes: Buffer): PrefaceResult {
  const end = bytes.subarray(0, V1_LENGTH_MAX).indexOf("\r\n", 0, "latin1");
  if (end === -1) {
    const isTooLong = bytes.length >= V1_LENGTH_MAX;
    return isTooLong ? malformed("version 1 line longer than 107") : { kind: "incomplete" };
  }
  const line = bytes.toString("latin1", 0, end);
  const byteLength = end + 2;
  if (line === "PROXY UNKNOWN" || line.startsWith("PROXY UNKNOWN ")) {
    return { kind: "complete", client: { kind: "unreadable" }, byteLength };
  }
  const [, protocol, source = "", target = "", ...ports] = V1_LINE.exec(line) ?? [];
  if (protocol === undefined) return malformed("version 1 line not as specified");
  const isAddress = protocol === "TCP4" ? isIPv4 : isPlainIPv6;
  if (!isAddress(source) || !isAddress(target)) return malformed("address of another family");
  if (ports.some((port) => Number(port) > 65_535)) return malformed("port over 65535");
  return { kind: "complete", client: { kind: "stated", address: source }, byteLength };
}

function readVersion2(bytes: Buffer): PrefaceResult {
  if (bytes.length < V2_HEADER_LENGTH) return { kind: "incomplete" };
  const versionAndCommand = bytes.readUInt8(12);
  const familyAndProtocol = bytes.readUInt8(13);
  const payloadLength = bytes.readUInt16BE(14);
  if (versionAndCommand !== 0x20 && versionAndCommand !== 0x21) return malformed("command unknown");
  if (payloadLength > V2_PAYLOAD_LENGTH_MAX) return malformed("version 2 preface too long");
  const byteLength = V2_HEADER_LENGTH + payloadLength;
  if (bytes.length < byteLength) return { kind: "incomplete" };
  if (versionAndCommand === 0x20) {
    return { kind: "complete", client: { kind: "connection" }, byteLength };
  }
  const payload = bytes.subarray(V2_HEADER_LENGTH, byteLength);
  if (familyAndProtocol === 0x11) {
    if (payloadLength < 12) return malformed("addresses missing");
    const address = payload.subarray(0, 4).join(".");
    return { kind: "complete", client: { kind: "stated", address }, byteLength };
  }
  if (familyAndProtocol === 0x21) {
    if (payloadLength < 36) return malformed("addresses missing");
    const address = ipv6Text(payload.subarray(0, 16));
    return { kind: "complete", client: { kind: "stated", address }, byteLength };
  }
  return { kind: "complete", client: { kind: "unreadable" }, byteLength };
}

function ipv6Text(bytes: Buffer): string {
  const words: string[] = [];
  for (let offset = 0; offset < 16; offset += 2) {
    words.push(bytes.readUInt16BE(offset).toString(16));
  }
  return words.join(":");
}

function isPlainIPv6(text: string): boolean {
  return isIPv6(text) && !text.includes("%");
}

function malformed(why: string): PrefaceResult {
  return { kind: "malformed", why };
}

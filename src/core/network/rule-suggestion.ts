// Guesses how a refused list entry should have been written, where only one guess is sensible.
import { formatAddress, maskAddress, readAddress } from "./address.ts";
import type { AddressFault } from "./address-fault.ts";
import type { RuleReading } from "./address-rule.ts";
import { readIpv4 } from "./ipv4-text.ts";

type Parse = (text: string) => RuleReading;

/**
 * Text for people, or null. INVARIANT: every rule named in it is one that `parse` accepts, and it
 * is never applied by itself. Octal, hex and most short forms get none: readers disagree on them.
 */
export function suggestRule(text: string, fault: AddressFault, parse: Parse): string | null {
  switch (fault) {
    case "host-bits-set":
      return suggestBlock(text, parse);
    case "range-reversed":
      return swapEnds(text, parse);
    case "zone-not-allowed":
      return offer(text.replace(/%[^/\]-]*/g, ""), parse);
    case "dotted-tail":
      return suggestTail(text, parse);
    case "ipv4-malformed":
    case "not-an-address":
    case "prefix-malformed":
      return repairShape(text, parse);
    default:
      return null;
  }
}

/** The canonical form when the candidate is accepted, else what would be suggested for it. */
function offer(candidate: string, parse: Parse): string | null {
  const reading = parse(candidate);
  return reading.ok ? reading.canonical : reading.suggest;
}

/** Only when the candidate is accepted as it stands. */
function offerExact(candidate: string, parse: Parse): string | null {
  const reading = parse(candidate);
  return reading.ok ? reading.canonical : null;
}

/** `203.0.113.7/24` → the block or the address; only what is accepted and cannot surprise. */
function suggestBlock(text: string, parse: Parse): string | null {
  const [addressText = "", prefixText = ""] = text.split("/");
  const address = readAddress(addressText);
  if (typeof address === "string") return null;
  let prefixLength = Number(prefixText);
  if (address.family === 4 && addressText.includes(":")) {
    // A mapped address with an IPv4 length, or with one that fits neither reading.
    if (prefixLength >= 96) prefixLength -= 96;
    else if (prefixLength === 0 || prefixLength > 32) {
      return address.w3 === 0 ? null : formatAddress(address);
    }
  }
  const network = parse(`${formatAddress(maskAddress(address, prefixLength))}/${prefixLength}`);
  const alone = formatAddress(address);
  if (!network.ok || network.canonical === alone) return alone;
  return prefixLength === 0 ? network.canonical : `${network.canonical} or ${alone}`;
}

function swapEnds(text: string, parse: Parse): string | null {
  const dash = text.indexOf("-");
  return offer(`${text.slice(dash + 1)}-${text.slice(0, dash)}`, parse);
}

/** `::1.2.3.4` (IPv4-compatible, deprecated by RFC 4291) can only have meant the IPv4 address. */
function suggestTail(text: string, parse: Parse): string | null {
  const tail = /^[0:]+:([0-9.]+)$/.exec(text)?.[1];
  return tail === undefined ? null : offer(tail, parse);
}

/** Shapes that are common elsewhere. Each removes what triggers it, so that this ends. */
function repairShape(text: string, parse: Parse): string | null {
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text);
  if (url) return offer(url[1] as string, parse);
  if (/[ ,;]/.test(text)) return suggestEntries(text, parse);
  const bracketed = /^\[([^[\]]+)\](?::[0-9]{1,5})?(\/[0-9]{1,3})?$/.exec(text);
  if (bracketed) return offer(`${bracketed[1]}${bracketed[2] ?? ""}`, parse);
  const port = /^([0-9.]+):[0-9]{1,5}$/.exec(text);
  if (port) return offer(port[1] as string, parse);
  if (text.includes("*")) return suggestWildcard(text, parse);
  if (text.includes("/")) return suggestPrefix(text, parse);
  if (text.includes("-")) return suggestLastPart(text, parse);
  return /^[0-9]+\.[0-9]+\.[0-9]+$/.test(text) ? offer(`${text}.0/24`, parse) : null;
}

function suggestEntries(text: string, parse: Parse): string | null {
  const pieces = text.split(/[ ,;]+/).filter((piece) => piece !== "");
  if (!pieces.every((piece) => parse(piece).ok)) return null;
  if (pieces.length < 2) return pieces[0] === undefined ? null : offer(pieces[0], parse);
  return pieces.length === 2 ? "two entries" : `${pieces.length} entries`;
}

/** `1.2.3.*`, `1.2.*.*`, `1.*`, `2001:db8:*`: stars at the end only. */
function suggestWildcard(text: string, parse: Parse): string | null {
  const isIpv6 = text.includes(":");
  const parts = text.split(isIpv6 ? ":" : ".");
  const fixed = parts.slice(0, parts.indexOf("*"));
  const stars = parts.slice(fixed.length);
  if (stars.length === 0 || stars.some((part) => part !== "*")) return null;
  if (parts.length > (isIpv6 ? 8 : 4) || fixed.includes("")) return null;
  if (isIpv6) return offer(`${fixed.join(":")}::/${16 * fixed.length}`, parse);
  return offer(
    `${[...fixed, "0", "0", "0", "0"].slice(0, 4).join(".")}/${8 * fixed.length}`,
    parse,
  );
}

/** `/255.255.255.0`, `/0.0.0.255`, `/024`, and `10/8` with the zeros left out. */
function suggestPrefix(text: string, parse: Parse): string | null {
  const slash = text.indexOf("/");
  const addressText = text.slice(0, slash);
  const prefixText = text.slice(slash + 1);
  const mask = readIpv4(prefixText);
  if (mask >= 0) {
    const prefixLength = maskLength(mask);
    return prefixLength === null ? null : offer(`${addressText}/${prefixLength}`, parse);
  }
  if (/^0+[1-9][0-9]{0,2}$/.test(prefixText)) {
    return offer(`${addressText}/${Number(prefixText)}`, parse);
  }
  const parts = addressText.split(".");
  const isShort = parts.length < 4 && /^[0-9.]+$/.test(addressText) && !parts.includes("");
  if (!isShort || Number(prefixText) > 8 * parts.length) return null;
  return offerExact(`${[...parts, "0", "0", "0"].slice(0, 4).join(".")}/${prefixText}`, parse);
}

/** The prefix length of a netmask, or of a router's inverse mask; 0.0.0.0 could be either. */
function maskLength(mask: number): number | null {
  if (mask === 0) return null;
  const inverse = ~mask >>> 0;
  if ((inverse & (inverse + 1)) === 0) return Math.clz32(inverse);
  return (mask & (mask + 1)) === 0 ? Math.clz32(mask) : null;
}

/** `1.2.3.4-9`: only the last part of the end is written. */
function suggestLastPart(text: string, parse: Parse): string | null {
  const short = /^([0-9]+\.[0-9]+\.[0-9]+\.)([0-9]+) *- *([0-9]+)$/.exec(text);
  if (!short) return null;
  return offerExact(`${short[1]}${short[2]}-${short[1]}${short[3]}`, parse);
}

// Reads the name or address of a host as it may stand in a provider's issuer.
import { formatAddress, parseAddress } from "../../network/address.ts";
import type { Address } from "../../network/address.ts";

export type HostOutcome =
  | {
      readonly ok: true;
      /** In lower case; an IPv6 address in brackets, as a URL shows it. */
      readonly host: string;
      /** Null: it is a name. */
      readonly address: Address | null;
    }
  | { readonly ok: false; readonly reason: string };

const CHARACTERS_MAX = 253;
// Underscores too: names of containers have them, and browsers take them.
const LABEL_FORM = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
// What programs read as a number they read as an address, short and octal forms among them.
const NUMBER_FORM = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const ASCII_ONLY = /^[\x21-\x7e]*$/;

/** A domain name in ASCII, an IPv4 address, or an IPv6 address in brackets; no port. */
export function readHost(text: string): HostOutcome {
  if (text === "") return refused("The name of a host is missing, as in login.example.com.");
  // Before the case is changed: the Kelvin sign would become a k.
  if (!ASCII_ONLY.test(text)) {
    return refused(
      "The name of a host has no spaces, and is written in ASCII: xn--bcher-kva.example for " +
        "bücher.example.",
    );
  }
  const host = text.toLowerCase();
  if (host.startsWith("[") || host.includes(":")) return readIpv6Host(host);
  const labels = host.split(".");
  if (NUMBER_FORM.test(labels.at(-1) ?? "")) return readIpv4Host(host);
  const isName = host.length <= CHARACTERS_MAX && labels.every((label) => LABEL_FORM.test(label));
  if (isName) return { ok: true, host, address: null };
  return refused(
    "The name of a host has parts of 1 to 63 letters, numbers and hyphens, with single dots " +
      "between them and none at its ends, as in login.example.com.",
  );
}

function readIpv4Host(host: string): HostOutcome {
  const address = parseAddress(host);
  if (address?.family === 4) return { ok: true, host, address };
  return refused(
    "An IPv4 address has four decimal parts of 0 to 255 without leading zeros, as in 10.0.0.7.",
  );
}

/** An IPv4 address in IPv6 form is refused: it would be another host to whom compares texts. */
function readIpv6Host(host: string): HostOutcome {
  const isInBrackets = host.startsWith("[") && host.endsWith("]");
  const address = isInBrackets ? parseAddress(host.slice(1, -1)) : null;
  if (address?.family === 6) return { ok: true, host: `[${formatAddress(address)}]`, address };
  return refused("An IPv6 address stands in brackets, as in [fd00::7]; an IPv4 address does not.");
}

function refused(reason: string): HostOutcome {
  return { ok: false, reason };
}

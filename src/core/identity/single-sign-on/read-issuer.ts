// Reads a provider's issuer as an operator types it: one address, written in one way only.
import { specialBlockOf } from "../../network/special-addresses.ts";
import { readHost } from "./read-host.ts";

export type IssuerOutcome =
  | {
      readonly ok: true;
      /** The path is exactly as it was typed: issuers are compared text by text. */
      readonly issuer: string;
      /** As a URL shows it: lower case, IPv6 in brackets. */
      readonly host: string;
      /** It speaks http, or is plainly in a local network: an operator has to allow the host. */
      readonly needsPrivate: boolean;
    }
  | { readonly ok: false; readonly reason: string };

const CHARACTERS_MAX = 1000;
const EXAMPLE = "as in https://login.example.com";
const DISCOVERY_PATH = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)\/?$/i;
// RFC 3986 section 3.3.
const PATH_FORM = /^(?:\/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*$/;
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
const PORT_FORM = /^[1-9][0-9]{0,4}$/;
const PORT_MAX = 65_535;

/**
 * OpenID Connect Discovery 1.0 section 3: https, host, and port and path where there are some; no
 * query, no fragment. Core has no URL, and a lenient reader would hear another host than an
 * operator sees: nothing is repaired here but the case of the host and a port that says nothing.
 */
export function readIssuer(text: string): IssuerOutcome {
  const fault = faultOfText(text);
  if (fault !== null) return refused(fault);
  const [, scheme = "", rest = ""] = /^(https?):\/\/(.*)$/.exec(text) ?? [];
  if (scheme === "") {
    return refused(`An issuer begins with https:// in lower case, ${EXAMPLE}.`);
  }
  const pathAt = rest.indexOf("/");
  const authority = pathAt === -1 ? rest : rest.slice(0, pathAt);
  const path = pathAt === -1 ? "" : rest.slice(pathAt);
  const pathFault = faultOfPath(path);
  if (pathFault !== null) return refused(pathFault);
  const { hostText, portText } = splitAuthority(authority);
  const read = readHost(hostText);
  if (!read.ok) return refused(read.reason);
  if (portText !== null && !isPort(portText)) {
    return refused(`A port is a number from 1 to 65535, as in https://login.example.com:8443.`);
  }
  const { host, address } = read;
  const saysNothing = portText === (scheme === "https" ? "443" : "80");
  const port = portText === null || saysNothing ? "" : `:${portText}`;
  const isLocal = address === null ? isLocalName(host) : specialBlockOf(address) !== undefined;
  const needsPrivate = scheme === "http" || isLocal;
  return { ok: true, issuer: `${scheme}://${host}${port}${path}`, host, needsPrivate };
}

function faultOfText(text: string): string | null {
  if (text === "") return `An issuer is the address of the provider, ${EXAMPLE}.`;
  if (text.length > CHARACTERS_MAX) {
    return `An issuer has at most ${CHARACTERS_MAX} characters, ${EXAMPLE}.`;
  }
  if (/\s/u.test(text)) return `An issuer has no spaces, neither within nor around it, ${EXAMPLE}.`;
  if (text.includes("#") || text.includes("?")) {
    return `An issuer has neither a query (?) nor a fragment (#), ${EXAMPLE}.`;
  }
  if (/^[a-z]+:\/\/[^/]*@/i.test(text)) {
    return `An issuer has no name or password before the host, ${EXAMPLE}.`;
  }
  return null;
}

function faultOfPath(path: string): string | null {
  if (DISCOVERY_PATH.test(path)) {
    return (
      "That is the address of the provider's metadata; the issuer is the part before " +
      `/.well-known/, ${EXAMPLE}.`
    );
  }
  if (DOT_SEGMENT.test(path)) return `The path of an issuer has no parts “.” and “..”, ${EXAMPLE}.`;
  if (PATH_FORM.test(path)) return null;
  return (
    "The path of an issuer has letters, numbers and -._~!$&'()*+,;=:@/ only, anything else as a " +
    "percent sign with two hexadecimal digits, as in https://login.example.com/realms/acme."
  );
}

/** The colons of an IPv6 address stand in brackets. */
function splitAuthority(authority: string): {
  readonly hostText: string;
  readonly portText: string | null;
} {
  const colonAt = authority.lastIndexOf(":");
  if (colonAt <= authority.lastIndexOf("]")) return { hostText: authority, portText: null };
  return { hostText: authority.slice(0, colonAt), portText: authority.slice(colonAt + 1) };
}

function isPort(text: string): boolean {
  return PORT_FORM.test(text) && Number(text) <= PORT_MAX;
}

/** RFC 6761 section 6.3. */
function isLocalName(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost");
}

function refused(reason: string): IssuerOutcome {
  return { ok: false, reason };
}

// Reads the text of one environment variable; the messages are in the table of config.ts.
import { isIPv6 } from "node:net";
import { LOG_LEVELS, type LogLevel } from "./log/create-logger.ts";
import { createSecret, type Secret } from "./secret.ts";

export type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** An IPv6 host is held without brackets. */
export type ListenAddress = { readonly host: string; readonly port: number };

const REFUSED = { ok: false } as const;
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

/** Not `String.trim`, which would take a byte order mark or line break away unseen. */
export function trimSpaces(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}

export function parseListen(text: string): Parsed<ListenAddress> {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const [, ipv6, name, portText] = match ?? [];
  const port = Number(portText);
  if (match === null || port > 65_535) return REFUSED;
  if (ipv6 !== undefined) return isIPv6(ipv6) ? accepted({ host: ipv6, port }) : REFUSED;
  if (name === undefined || !HOST_NAME.test(name)) return REFUSED;
  return accepted({ host: name, port });
}

/** Scheme, host and port only: what links are built from must not carry anything else. */
export function parseOrigin(text: string): Parsed<string> {
  const url = httpUrl(text);
  if (url === null || url.username !== "" || url.password !== "") return REFUSED;
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return REFUSED;
  if (text.includes("?") || text.includes("#")) return REFUSED;
  return accepted(url.origin);
}

export function parseUrl(text: string): Parsed<string> {
  const url = httpUrl(text);
  return url === null ? REFUSED : accepted(url.href);
}

export function parsePostgresUrl(text: string): Parsed<Secret> {
  const hasScheme = /^postgres(?:ql)?:\/\//i.test(text);
  return hasScheme && URL.canParse(text) ? accepted(createSecret(text)) : REFUSED;
}

export function parseTextList(text: string): Parsed<readonly string[]> {
  if (text === "") return accepted([]);
  const items = text.split(",").map(trimSpaces);
  return items.includes("") ? REFUSED : accepted(items);
}

export function parseWholeNumber(min: number, max: number): (text: string) => Parsed<number> {
  return function parse(text) {
    const value = Number(text);
    return /^\d{1,9}$/.test(text) && value >= min && value <= max ? accepted(value) : REFUSED;
  };
}

/** Compares without regard to case and gives the spelling of the list. */
export function parseOneOf<const Value extends string>(
  values: readonly Value[],
): (text: string) => Parsed<Value> {
  return function parse(text) {
    const value = values.find((known) => known.toLowerCase() === text.toLowerCase());
    return value === undefined ? REFUSED : accepted(value);
  };
}

export const parseLevel: (text: string) => Parsed<LogLevel> = parseOneOf(LOG_LEVELS);

function accepted<Value>(value: Value): Parsed<Value> {
  return { ok: true, value };
}

function httpUrl(text: string): URL | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
}

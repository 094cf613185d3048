// Reads the text of one environment variable; the messages are in config-variables.ts.
import { isIPv6 } from "node:net";
import { readBlobUrl } from "./blob/blob-setting.ts";
import type { DirectorySetting, S3Place } from "./blob/blob-setting.ts";
import type { MailAddress } from "./mail/mail-message.ts";
import { LOG_LEVELS, type LogLevel } from "./log/create-logger.ts";
import { readMasterKey } from "./crypto/master-key-text.ts";
import { createSecret, type Secret } from "./secret.ts";
import { readSyslogUrl } from "./syslog/syslog-place.ts";
import type { SyslogPlace } from "./syslog/syslog-place.ts";

export type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false };

/** An IPv6 host is held without brackets. */
export type ListenAddress = { readonly host: string; readonly port: number };

/** A mail server; `isTls`: from the first byte. */
export type SmtpServer = {
  /** An IPv6 host is held without brackets. */
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly user: string | null;
  readonly password: Secret | null;
};

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

/** `smtp://user:password@host:587` or smtps; the login is percent-encoded as in any URL. */
export function parseSmtpUrl(text: string): Parsed<SmtpServer> {
  if (!/^smtps?:\/\/[^/?#\\\s]+\/?$/i.test(text) || !URL.canParse(text)) return REFUSED;
  const url = new URL(text);
  const isTls = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = url.port === "" ? (isTls ? 465 : 587) : Number(url.port);
  const user = decodePart(url.username);
  const password = decodePart(url.password);
  const isHost = isIPv6(host) || HOST_NAME.test(host);
  if (!isHost || port === 0 || user === null || password === null) return REFUSED;
  if ((user === "") !== (password === "")) return REFUSED;
  const login = { user, password: createSecret(password) };
  return accepted({ host, port, isTls, ...(user === "" ? { user: null, password: null } : login) });
}

export function parseBlobUrl(text: string): Parsed<DirectorySetting | S3Place> {
  const place = readBlobUrl(text);
  return place === null ? REFUSED : accepted(place);
}

export function parseSyslogUrl(text: string): Parsed<SyslogPlace> {
  const place = readSyslogUrl(text);
  return place === null ? REFUSED : accepted(place);
}

/** What services give as keys: visible ASCII. */
export function parseS3Key(text: string): Parsed<Secret> {
  return /^[\x21-\x7e]{1,256}$/.test(text) ? accepted(createSecret(text)) : REFUSED;
}

/** Segments between slashes, none of them a way up, and nothing that nginx would decode. */
export function parsePathPrefix(text: string): Parsed<string> {
  const isPath = text.length <= 200 && /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)+$/.test(text);
  return isPath ? accepted(text) : REFUSED;
}

/** Kept as written, so that nothing that prints a configuration prints the key. */
export function parseMasterKey(text: string): Parsed<Secret> {
  return readMasterKey(text) === null ? REFUSED : accepted(createSecret(text));
}

export function parseMasterKeyList(text: string): Parsed<readonly Secret[]> {
  const list = parseTextList(text);
  if (!list.ok || list.value.some((item) => readMasterKey(item) === null)) return REFUSED;
  return accepted(list.value.map(createSecret));
}

/** `Name <address>` or the address alone. One line, one address (CWE-93). */
export function parseMailFrom(text: string): Parsed<MailAddress> {
  const match = /^(?:([^<>"]{1,100}?)[ \t]*<([^<>]+)>|([^<> ]+))$/.exec(text);
  const name = match?.[1] ?? "";
  const address = match?.[2] ?? match?.[3] ?? "";
  if (!isPlainEmail(address) || hasControlCharacter(name)) return REFUSED;
  return accepted({ name, address });
}

/** A name that people read: one line. */
export function parseLine(charactersMax: number): (text: string) => Parsed<string> {
  return function parse(text) {
    const isLine = text !== "" && !hasControlCharacter(text) && !/[<>"]/.test(text);
    return isLine && text.length <= charactersMax ? accepted(text) : REFUSED;
  };
}

export function parseOriginList(text: string): Parsed<readonly string[]> {
  const list = parseTextList(text);
  if (!list.ok) return REFUSED;
  const origins: string[] = [];
  for (const item of list.value) {
    const origin = parseOrigin(item);
    // No host has a star in its name: whoever writes one expects a pattern, which this is not.
    if (!origin.ok || item.includes("*")) return REFUSED;
    origins.push(origin.value);
  }
  return accepted([...new Set(origins)]);
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

function decodePart(text: string): string | null {
  try {
    const decoded = decodeURIComponent(text);
    return hasControlCharacter(decoded) ? null : decoded;
  } catch {
    return null;
  }
}

/** What every mail server takes: RFC 5321's dot-atom before an ASCII domain, or localhost. */
function isPlainEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+$/.test(
      text,
    ) &&
    HOST_NAME.test(text.slice(text.lastIndexOf("@") + 1))
  );
}

function hasControlCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

function httpUrl(text: string): URL | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
}

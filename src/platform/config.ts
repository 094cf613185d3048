// The only reader of the environment: one table of variables, checked all at once at start.
import { isIP } from "node:net";
import { resolve } from "node:path";
import {
  parseLevel,
  parseLine,
  parseListen,
  parseMailFrom,
  parseMasterKey,
  parseMasterKeyList,
  parseOneOf,
  parseOrigin,
  parseOriginList,
  parsePostgresUrl,
  parseSmtpUrl,
  parseTextList,
  parseUrl,
  parseWholeNumber,
  trimSpaces,
} from "./config-parsers.ts";
import type { ListenAddress, Parsed, SmtpServer } from "./config-parsers.ts";
import { MASTER_KEY_ACCEPTS } from "./crypto/master-key-text.ts";
import type { LogLevel } from "./log/create-logger.ts";
import type { MailAddress } from "./mail/mail-message.ts";
import type { Secret } from "./secret.ts";

export type ClientAddressHeader = "X-Forwarded-For" | "Forwarded" | "PROXY";
export type { ListenAddress };

export type Config = {
  readonly listen: ListenAddress;
  /** Scheme, host and port without a trailing slash. */
  readonly publicUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: Secret | null;
  /** Null: the key is in a file of DATA_DIR. `readMasterKey` reads both. */
  readonly masterKey: Secret | null;
  readonly masterKeyPrevious: readonly Secret[];
  /** As written; whoever knows addresses checks them (see ConfigChecks). */
  readonly trustedProxies: readonly string[];
  readonly clientAddressHeader: ClientAddressHeader;
  readonly countryDatabaseUrl: string | null;
  /** Null: mails are files in DATA_DIR/outbox. */
  readonly smtp: SmtpServer | null;
  readonly mailFrom: MailAddress;
  readonly portalName: string;
  /** Where sign-in may return to, beside the origin of `publicUrl`. */
  readonly returnOrigins: readonly string[];
  readonly logLevel: LogLevel;
  readonly journalDays: number;
  readonly journalMaxMegabytes: number;
};

/** Answers null, or what is wrong with one item and what is accepted. */
export type ConfigChecks = { readonly trustedProxy?: (text: string) => string | null };

export type ReadConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly errors: readonly string[] };

export type VariableDescription = {
  readonly name: string;
  readonly meaning: string;
  /** What holds when the variable is not set, in words. */
  readonly defaultText: string;
  readonly accepts: string;
  readonly isSecret: boolean;
};

type Variable<Value> = VariableDescription & {
  /** The text that is parsed when the variable is not set; null: the value is null. */
  readonly fallback: string | null;
  readonly parse: (text: string) => Parsed<Value>;
};

type VariableRow<Value> = Omit<Variable<Value>, "isSecret" | "defaultText"> & {
  readonly isSecret?: boolean;
  readonly defaultText?: string;
};

const VARIABLES = {
  listen: variable<ListenAddress>({
    name: "LISTEN",
    meaning: "where the server listens",
    fallback: "127.0.0.1:8080",
    accepts: "host:port, such as 127.0.0.1:8080, or [::1]:8080 for IPv6; port 0..65535",
    parse: parseListen,
  }),
  publicUrl: variable<string>({
    name: "PUBLIC_URL",
    meaning: "the address by which browsers reach the server; links are built from it",
    fallback: null,
    defaultText: "http:// and the value of LISTEN",
    accepts: "an http or https address without path, such as https://portal.example.com",
    parse: parseOrigin,
  }),
  dataDir: variable<string>({
    name: "DATA_DIR",
    meaning: "the directory of the embedded database, the control socket and other files",
    fallback: "./data",
    accepts: "the path of a directory",
    parse: (text) => ({ ok: true, value: resolve(text) }),
  }),
  databaseUrl: variable<Secret>({
    name: "DATABASE_URL",
    meaning: "a PostgreSQL database to use in place of the embedded one",
    fallback: null,
    isSecret: true,
    defaultText: "none: the embedded database in DATA_DIR",
    accepts: "postgres://user:password@host:port/database",
    parse: parsePostgresUrl,
  }),
  masterKey: variable<Secret>({
    name: "MASTER_KEY",
    meaning: "the key that seals secrets in the store: of second factors and providers",
    fallback: null,
    isSecret: true,
    defaultText: "none: a key is made in DATA_DIR/master.key",
    accepts: MASTER_KEY_ACCEPTS,
    parse: parseMasterKey,
  }),
  masterKeyPrevious: variable<readonly Secret[]>({
    name: "MASTER_KEY_PREVIOUS",
    meaning: "other keys, which open what they sealed and seal nothing new",
    fallback: "",
    isSecret: true,
    defaultText: "none",
    accepts: "keys as in MASTER_KEY, separated by commas",
    parse: parseMasterKeyList,
  }),
  trustedProxies: variable<readonly string[]>({
    name: "TRUSTED_PROXIES",
    meaning: "the proxies whose word about the client's address is believed",
    fallback: "",
    defaultText: "none: the client is whoever connects",
    accepts: "addresses and CIDR blocks separated by commas, such as 10.0.0.5, 2001:db8::/48",
    parse: parseTextList,
  }),
  clientAddressHeader: variable<ClientAddressHeader>({
    name: "CLIENT_ADDRESS_HEADER",
    meaning: "how a trusted proxy tells the client's address",
    fallback: "X-Forwarded-For",
    accepts: "X-Forwarded-For, Forwarded (RFC 7239) or PROXY (the PROXY protocol)",
    parse: parseOneOf(["X-Forwarded-For", "Forwarded", "PROXY"]),
  }),
  countryDatabaseUrl: variable<string>({
    name: "COUNTRY_DATABASE_URL",
    meaning: "where a newer country database (.mmdb) is fetched from",
    fallback: null,
    defaultText: "none: the database that comes with Postern",
    accepts: "an http or https address",
    parse: parseUrl,
  }),
  portalName: variable<string>({
    name: "PORTAL_NAME",
    meaning: "what the portal is called on the sign-in pages and in mails",
    fallback: "Postern",
    accepts: 'a name of up to 60 characters in one line, without < > and "',
    parse: parseLine(60),
  }),
  returnOrigins: variable<readonly string[]>({
    name: "RETURN_ORIGINS",
    meaning: "the addresses that sign-in may return to, beside PUBLIC_URL",
    fallback: "",
    defaultText: "none: only PUBLIC_URL",
    accepts: "http or https addresses without path, separated by commas",
    parse: parseOriginList,
  }),
  smtp: variable<SmtpServer>({
    name: "SMTP_URL",
    meaning: "the server that sends mails",
    fallback: null,
    isSecret: true,
    defaultText: "none: mails are files in DATA_DIR/outbox",
    accepts: "smtp://host:587 or smtps://host:465, with user:password@ before the host if needed",
    parse: parseSmtpUrl,
  }),
  mailFrom: variable<MailAddress>({
    name: "MAIL_FROM",
    meaning: "whom mails are from",
    fallback: null,
    defaultText: "the value of PORTAL_NAME and postern@ the host of PUBLIC_URL",
    accepts: "an e-mail address, or a name with one, such as Postern <postern@example.com>",
    parse: parseMailFrom,
  }),
  logLevel: variable<LogLevel>({
    name: "LOG_LEVEL",
    meaning: "the least important events that are logged",
    fallback: "info",
    accepts: "trace, debug, info, warn, error, fatal or silent",
    parse: parseLevel,
  }),
  journalDays: variable<number>({
    name: "JOURNAL_DAYS",
    meaning: "how many days security events are kept",
    fallback: "30",
    accepts: "a whole number of days, 1..3650",
    parse: parseWholeNumber(1, 3650),
  }),
  journalMaxMegabytes: variable<number>({
    name: "JOURNAL_MAX_MEGABYTES",
    meaning: "how much room security events may take; the oldest go first",
    fallback: "512",
    accepts: "a whole number of megabytes, 16..1048576",
    parse: parseWholeNumber(16, 1_048_576),
  }),
};

/** The variables in their order, for `--help` and the documentation. */
export function describeConfig(): readonly VariableDescription[] {
  return Object.values(VARIABLES).map(({ name, meaning, defaultText, accepts, isSecret }) => ({
    name,
    meaning,
    defaultText,
    accepts,
    isSecret,
  }));
}

/**
 * Reads every variable and reports every mistake. An empty variable is one that is not set;
 * variables that are not in the table are left alone.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  checks: ConfigChecks = {},
): ReadConfigResult {
  const errors: string[] = [];

  function read<Value>(row: Variable<Value>): Value | null {
    const text = trimSpaces(environment[row.name] ?? "") || row.fallback;
    if (text === null) return null;
    const parsed = row.parse(text);
    if (parsed.ok) return parsed.value;
    const shown = row.isSecret ? "[secret]" : JSON.stringify(text);
    errors.push(`${row.name} is ${shown}, which is not accepted: write ${row.accepts}`);
    return null;
  }

  const values = {
    listen: read(VARIABLES.listen),
    publicUrl: read(VARIABLES.publicUrl),
    dataDir: read(VARIABLES.dataDir),
    databaseUrl: read(VARIABLES.databaseUrl),
    masterKey: read(VARIABLES.masterKey),
    masterKeyPrevious: read(VARIABLES.masterKeyPrevious),
    trustedProxies: read(VARIABLES.trustedProxies),
    clientAddressHeader: read(VARIABLES.clientAddressHeader),
    countryDatabaseUrl: read(VARIABLES.countryDatabaseUrl),
    portalName: read(VARIABLES.portalName),
    returnOrigins: read(VARIABLES.returnOrigins),
    smtp: read(VARIABLES.smtp),
    mailFrom: read(VARIABLES.mailFrom),
    logLevel: read(VARIABLES.logLevel),
    journalDays: read(VARIABLES.journalDays),
    journalMaxMegabytes: read(VARIABLES.journalMaxMegabytes),
  };
  for (const proxy of values.trustedProxies ?? []) {
    const complaint = checks.trustedProxy?.(proxy) ?? null;
    if (complaint !== null) errors.push(`TRUSTED_PROXIES: ${JSON.stringify(proxy)}: ${complaint}`);
  }
  if (errors.length > 0) return { ok: false, errors };
  // INVARIANT: without errors, only a variable whose fallback is null has the value null.
  const config = values as Omit<Config, "publicUrl" | "mailFrom"> & {
    readonly publicUrl: string | null;
    readonly mailFrom: MailAddress | null;
  };
  const publicUrl = config.publicUrl ?? originOf(config.listen);
  const mailFrom = config.mailFrom ?? defaultMailFrom(config.portalName, publicUrl);
  return { ok: true, config: { ...config, publicUrl, mailFrom } };
}

function variable<Value>(row: VariableRow<Value>): Variable<Value> {
  return { isSecret: false, defaultText: row.fallback ?? "none", ...row };
}

function originOf(listen: ListenAddress): string {
  const isAnyAddress = listen.host === "0.0.0.0" || listen.host === "::";
  const bracketed = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return `http://${isAnyAddress ? "localhost" : bracketed}:${listen.port}`;
}

/** Servers refuse a sender at an address; nobody but this machine is called localhost. */
function defaultMailFrom(name: string, publicUrl: string): MailAddress {
  const { hostname } = new URL(publicUrl);
  const isName = hostname.includes(".") && isIP(hostname.replace(/^\[|\]$/g, "")) === 0;
  return { name, address: `postern@${isName ? hostname : "localhost"}` };
}

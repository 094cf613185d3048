// The only reader of the environment: reads the table of variables, all at once at start.
import { isIP } from "node:net";
import { join } from "node:path";
import { withS3Keys } from "./blob/blob-setting.ts";
import type { BlobSetting, DirectorySetting, S3Keys, S3Place } from "./blob/blob-setting.ts";
import { trimSpaces } from "./config-parsers.ts";
import type { ListenAddress, SmtpServer } from "./config-parsers.ts";
import { VARIABLES } from "./config-variables.ts";
import type { ClientAddressHeader, Variable, VariableDescription } from "./config-variables.ts";
import type { LogLevel } from "./log/create-logger.ts";
import type { MailAddress } from "./mail/mail-message.ts";
import type { Secret } from "./secret.ts";
import type { SyslogPlace } from "./syslog/syslog-place.ts";

export type { ClientAddressHeader, ListenAddress, VariableDescription };

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
  /** Absolute. Files of subscribed lists are read below it only. */
  readonly subscriptionDir: string;
  /** Null: mails are files in DATA_DIR/outbox. */
  readonly smtp: SmtpServer | null;
  readonly mailFrom: MailAddress;
  /** Null: events are not sent to syslog. */
  readonly syslog: SyslogPlace | null;
  readonly portalName: string;
  /** Where sign-in may return to, beside the origin of `publicUrl`. */
  readonly returnOrigins: readonly string[];
  readonly logLevel: LogLevel;
  readonly journalDays: number;
  readonly journalMaxMegabytes: number;
  readonly blobStore: BlobSetting;
  /** For whoever names another bucket. */
  readonly s3Keys: S3Keys;
  /** A path that begins and ends with a slash; null: Postern sends recordings itself. */
  readonly blobAccelPrefix: string | null;
  readonly recordingMaxMegabytes: number;
};

/** What is put together from several variables. */
type Derived = "publicUrl" | "subscriptionDir" | "mailFrom" | "blobStore" | "s3Keys";

/** Answers null, or what is wrong with one item and what is accepted. */
export type ConfigChecks = { readonly trustedProxy?: (text: string) => string | null };

export type ReadConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly errors: readonly string[] };

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
    const shown = row.isSecret ? "[secret]" : JSON.stringify(withoutSecrets(text));
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
    subscriptionDir: read(VARIABLES.subscriptionDir),
    portalName: read(VARIABLES.portalName),
    returnOrigins: read(VARIABLES.returnOrigins),
    smtp: read(VARIABLES.smtp),
    mailFrom: read(VARIABLES.mailFrom),
    syslog: read(VARIABLES.syslog),
    logLevel: read(VARIABLES.logLevel),
    journalDays: read(VARIABLES.journalDays),
    journalMaxMegabytes: read(VARIABLES.journalMaxMegabytes),
    blobAccelPrefix: read(VARIABLES.blobAccelPrefix),
    recordingMaxMegabytes: read(VARIABLES.recordingMaxMegabytes),
  };
  const blobPlace = read(VARIABLES.blobStore);
  const s3Keys = {
    accessKeyId: read(VARIABLES.s3AccessKeyId),
    secretAccessKey: read(VARIABLES.s3SecretAccessKey),
  };
  if (errors.length === 0) errors.push(...missingS3Keys(blobPlace, s3Keys));
  for (const proxy of values.trustedProxies ?? []) {
    const complaint = checks.trustedProxy?.(proxy) ?? null;
    if (complaint !== null) errors.push(`TRUSTED_PROXIES: ${JSON.stringify(proxy)}: ${complaint}`);
  }
  if (errors.length > 0) return { ok: false, errors };
  // INVARIANT: without errors, only a variable whose fallback is null has the value null.
  const config = values as Omit<Config, Derived> & {
    readonly publicUrl: string | null;
    readonly subscriptionDir: string | null;
    readonly mailFrom: MailAddress | null;
  };
  const publicUrl = config.publicUrl ?? originOf(config.listen);
  const mailFrom = config.mailFrom ?? defaultMailFrom(config.portalName, publicUrl);
  const ownPlace = { kind: "directory", path: join(config.dataDir, "recordings") } as const;
  // INVARIANT: a bucket without keys was refused above.
  const blobStore = withS3Keys(blobPlace ?? ownPlace, s3Keys) ?? ownPlace;
  const subscriptionDir = config.subscriptionDir ?? join(config.dataDir, "subscriptions");
  const derived = { publicUrl, subscriptionDir, mailFrom, blobStore, s3Keys };
  return { ok: true, config: { ...config, ...derived } };
}

function missingS3Keys(place: DirectorySetting | S3Place | null, keys: S3Keys): string[] {
  if (place?.kind !== "s3") return [];
  const rows = [
    { row: VARIABLES.s3AccessKeyId, value: keys.accessKeyId },
    { row: VARIABLES.s3SecretAccessKey, value: keys.secretAccessKey },
  ];
  return rows
    .filter(({ value }) => value === null)
    .map(({ row }) => `${row.name} is not set, and BLOB_URL is a bucket: write ${row.accepts}`);
}

/** People put logins into addresses where none is accepted: the message must not repeat them. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\/\/.*@/, "//[secret]@")
    .replace(/((?:key|secret|password|token|signature)[^=&]*=)[^&]*/gi, "$1[secret]");
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

// The table of environment variables: name, meaning, default, what is accepted, how it is read.
import { resolve } from "node:path";
import { BLOB_URL_ACCEPTS } from "./blob/blob-setting.ts";
import type { DirectorySetting, S3Place } from "./blob/blob-setting.ts";
import {
  parseBlobUrl,
  parseLevel,
  parseLine,
  parseListen,
  parseMailFrom,
  parseMasterKey,
  parseMasterKeyList,
  parseOneOf,
  parseOrigin,
  parseOriginList,
  parsePathPrefix,
  parsePostgresUrl,
  parseS3Key,
  parseSmtpUrl,
  parseSyslogUrl,
  parseTextList,
  parseUrl,
  parseWholeNumber,
} from "./config-parsers.ts";
import type { ListenAddress, Parsed, SmtpServer } from "./config-parsers.ts";
import { MASTER_KEY_ACCEPTS } from "./crypto/master-key-text.ts";
import type { LogLevel } from "./log/create-logger.ts";
import type { MailAddress } from "./mail/mail-message.ts";
import type { Secret } from "./secret.ts";
import { SYSLOG_URL_ACCEPTS } from "./syslog/syslog-place.ts";
import type { SyslogPlace } from "./syslog/syslog-place.ts";

export type ClientAddressHeader = "X-Forwarded-For" | "Forwarded" | "PROXY";

export type VariableDescription = {
  readonly name: string;
  readonly meaning: string;
  /** What holds when the variable is not set, in words. */
  readonly defaultText: string;
  readonly accepts: string;
  readonly isSecret: boolean;
};

export type Variable<Value> = VariableDescription & {
  /** The text that is parsed when the variable is not set; null: the value is null. */
  readonly fallback: string | null;
  readonly parse: (text: string) => Parsed<Value>;
};

type VariableRow<Value> = Omit<Variable<Value>, "isSecret" | "defaultText"> & {
  readonly isSecret?: boolean;
  readonly defaultText?: string;
};

export const VARIABLES = {
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
  subscriptionDir: variable<string>({
    name: "SUBSCRIPTION_DIR",
    meaning: "the directory of list files that subscriptions may read, with file: as their source",
    fallback: null,
    defaultText: "subscriptions in DATA_DIR",
    accepts: "the path of a directory",
    parse: (text) => ({ ok: true, value: resolve(text) }),
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
  syslog: variable<SyslogPlace>({
    name: "SYSLOG_URL",
    meaning: "the syslog server that every security event is sent to",
    fallback: null,
    accepts: SYSLOG_URL_ACCEPTS,
    parse: parseSyslogUrl,
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
  blobStore: variable<DirectorySetting | S3Place>({
    name: "BLOB_URL",
    meaning: "where the files of recordings are kept",
    fallback: null,
    defaultText: "none: the directory recordings in DATA_DIR",
    accepts: BLOB_URL_ACCEPTS,
    parse: parseBlobUrl,
  }),
  s3AccessKeyId: variable<Secret>({
    name: "S3_ACCESS_KEY_ID",
    meaning: "the access key for the bucket of BLOB_URL",
    fallback: null,
    isSecret: true,
    accepts: "an access key id as the S3 service gives it, without spaces",
    parse: parseS3Key,
  }),
  s3SecretAccessKey: variable<Secret>({
    name: "S3_SECRET_ACCESS_KEY",
    meaning: "the secret of that access key",
    fallback: null,
    isSecret: true,
    accepts: "a secret access key as the S3 service gives it, without spaces",
    parse: parseS3Key,
  }),
  blobAccelPrefix: variable<string>({
    name: "BLOB_ACCEL_PREFIX",
    meaning: "the internal location by which nginx sends the files of recordings itself",
    fallback: null,
    defaultText: "none: Postern sends them",
    accepts: "a path that begins and ends with a slash, such as /postern-files/",
    parse: parsePathPrefix,
  }),
  recordingMaxMegabytes: variable<number>({
    name: "RECORDING_MAX_MEGABYTES",
    meaning: "how large the file of one recording may be",
    fallback: "500",
    accepts: "a whole number of megabytes, 1..4096",
    parse: parseWholeNumber(1, 4096),
  }),
};

function variable<Value>(row: VariableRow<Value>): Variable<Value> {
  return { isSecret: false, defaultText: row.fallback ?? "none", ...row };
}

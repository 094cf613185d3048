// Checks what each variable accepts, that all mistakes are told at once, and that secrets hide.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { S3Setting } from "./blob/blob-setting.ts";
import { type Config, describeConfig, readConfig } from "./config.ts";

const A = "https://a.example.com";
const RETURN = [A, "http://b.example.com:81"];
const ADA = { name: "Ada Example", address: "ada@example.com" };

function from(host: string): Config["mailFrom"] {
  return { name: "Postern", address: `postern@${host}` };
}

function configOf(environment: Record<string, string>): Config {
  const result = readConfig(environment);
  if (!result.ok) throw new Error(result.errors.join("\n"));
  return result.config;
}

function errorsOf(environment: Record<string, string>): readonly string[] {
  const result = readConfig(environment);
  return result.ok ? [] : result.errors;
}

describe("readConfig", () => {
  it("has a default for everything", () => {
    const config = configOf({ DATA_DIR: "/srv/postern" });
    expect(config).toEqual({
      listen: { host: "127.0.0.1", port: 8080 },
      publicUrl: "http://127.0.0.1:8080",
      dataDir: "/srv/postern",
      databaseUrl: null,
      masterKey: null,
      masterKeyPrevious: [],
      trustedProxies: [],
      clientAddressHeader: "X-Forwarded-For",
      countryDatabaseUrl: null,
      subscriptionDir: "/srv/postern/subscriptions",
      portalName: "Postern",
      returnOrigins: [],
      smtp: null,
      syslog: null,
      mailFrom: { name: "Postern", address: "postern@localhost" },
      logLevel: "info",
      journalDays: 30,
      journalMaxMegabytes: 512,
      blobStore: { kind: "directory", path: "/srv/postern/recordings" },
      s3Keys: { accessKeyId: null, secretAccessKey: null },
      blobAccelPrefix: null,
      recordingMaxMegabytes: 500,
    });
  });

  it.each<[string, string, keyof Config, unknown]>([
    ["LISTEN", "[::1]:9000", "listen", { host: "::1", port: 9000 }],
    ["LISTEN", "localhost:0", "listen", { host: "localhost", port: 0 }],
    ["LISTEN", "0.0.0.0:80", "publicUrl", "http://localhost:80"],
    ["LISTEN", "[::1]:9000", "publicUrl", "http://[::1]:9000"],
    ["PUBLIC_URL", "https://Portal.Example.com/", "publicUrl", "https://portal.example.com"],
    ["TRUSTED_PROXIES", " 10.0.0.5, ::1/128 ", "trustedProxies", ["10.0.0.5", "::1/128"]],
    ["CLIENT_ADDRESS_HEADER", "x-forwarded-FOR", "clientAddressHeader", "X-Forwarded-For"],
    ["CLIENT_ADDRESS_HEADER", "proxy", "clientAddressHeader", "PROXY"],
    ["PORTAL_NAME", "Überall & Co", "portalName", "Überall & Co"],
    ["RETURN_ORIGINS", "https://A.example.com, http://b.example.com:81/", "returnOrigins", RETURN],
    ["RETURN_ORIGINS", "https://a.example.com,https://A.example.com:443", "returnOrigins", [A]],
    ["PUBLIC_URL", "https://portal.example.com:8443", "mailFrom", from("portal.example.com")],
    ["PUBLIC_URL", "https://192.0.2.7", "mailFrom", from("localhost")],
    ["PUBLIC_URL", "https://[2001:db8::7]", "mailFrom", from("localhost")],
    ["PUBLIC_URL", "http://portal", "mailFrom", from("localhost")],
    ["MAIL_FROM", "a.b+c@example.com", "mailFrom", { name: "", address: "a.b+c@example.com" }],
    ["MAIL_FROM", "Ada Example <ada@example.com>", "mailFrom", ADA],
    ["LOG_LEVEL", "WARN", "logLevel", "warn"],
    ["JOURNAL_DAYS", "3650", "journalDays", 3650],
    ["JOURNAL_DAYS", "", "journalDays", 30],
    ["BLOB_URL", "file:///srv/a%20b/", "blobStore", { kind: "directory", path: "/srv/a b" }],
    ["BLOB_ACCEL_PREFIX", "/postern-files/x.y/", "blobAccelPrefix", "/postern-files/x.y/"],
    ["RECORDING_MAX_MEGABYTES", "4096", "recordingMaxMegabytes", 4096],
  ])("accepts %s=%s", (name, text, member, value) => {
    expect(configOf({ [name]: text })[member]).toEqual(value);
  });

  it.each([
    ["LISTEN", "8080"],
    ["LISTEN", ":8080"],
    ["LISTEN", "127.0.0.1:65536"],
    ["LISTEN", "::1:8080"],
    ["LISTEN", "[zz]:80"],
    ["LISTEN", "a b:80"],
    ["PUBLIC_URL", "portal.example.com"],
    ["PUBLIC_URL", "ftp://portal.example.com"],
    ["PUBLIC_URL", "https://portal.example.com/sub"],
    ["PUBLIC_URL", "https://portal.example.com/?"],
    ["PUBLIC_URL", "https://user@portal.example.com"],
    ["DATABASE_URL", "mysql://u:p@db/x"],
    ["MASTER_KEY", "correct horse battery staple"],
    ["MASTER_KEY", "A".repeat(42)],
    ["MASTER_KEY", "abc1".repeat(11)],
    ["MASTER_KEY", "0".repeat(64)],
    ["MASTER_KEY", "3f".repeat(31)],
    ["MASTER_KEY_PREVIOUS", `${"ab1".repeat(14)}A,`],
    ["MASTER_KEY_PREVIOUS", "secret"],
    ["TRUSTED_PROXIES", "10.0.0.5,,10.0.0.6"],
    ["CLIENT_ADDRESS_HEADER", "X-Real-IP"],
    ["COUNTRY_DATABASE_URL", "file:///x.mmdb"],
    ["PORTAL_NAME", "a\nb"],
    ["PORTAL_NAME", "<b>"],
    ["PORTAL_NAME", "x".repeat(61)],
    ["RETURN_ORIGINS", "portal.example.com"],
    ["RETURN_ORIGINS", "https://a.example.com/path"],
    ["RETURN_ORIGINS", "https://a.example.com,,https://b.example.com"],
    ["RETURN_ORIGINS", "https://*.example.com"],
    ["RETURN_ORIGINS", "https://a.example.com@evil.example.com"],
    ["SMTP_URL", "mail.example.com"],
    ["SMTP_URL", "http://mail.example.com"],
    ["SMTP_URL", "smtp://mail.example.com:0"],
    ["SMTP_URL", "smtp://mail.example.com:99999"],
    ["SMTP_URL", "smtp://mail.example.com/path"],
    ["SMTP_URL", "smtp://mail.example.com?secure=false"],
    ["SMTP_URL", "smtp://user@mail.example.com"],
    ["SMTP_URL", "smtp://user:%0d%0aRSET@mail.example.com"],
    ["SYSLOG_URL", "logs.example.com:514"],
    ["MAIL_FROM", "Postern"],
    ["MAIL_FROM", "a@example.com, b@example.com"],
    ["MAIL_FROM", "A <a@example.com> <b@example.com>"],
    ["MAIL_FROM", "A\r\nBcc: b@example.com <a@example.com>"],
    ["MAIL_FROM", '"a b"@example.com'],
    ["MAIL_FROM", "ä@example.com"],
    ["LOG_LEVEL", "loud"],
    ["JOURNAL_DAYS", "0"],
    ["JOURNAL_DAYS", "3651"],
    ["JOURNAL_DAYS", "1e2"],
    ["JOURNAL_DAYS", "-1"],
    ["JOURNAL_MAX_MEGABYTES", "15"],
    ["BLOB_URL", "/srv/recordings"],
    ["BLOB_URL", "file://host/srv/recordings"],
    ["BLOB_URL", "file:///"],
    ["BLOB_URL", "file:///srv/a%2Fb"],
    ["BLOB_URL", "file:///srv?x=1"],
    ["BLOB_URL", "s3://Bucket"],
    ["BLOB_URL", "s3://b"],
    ["BLOB_URL", "s3://bucket:80/x"],
    ["BLOB_URL", "s3://bucket/.hidden"],
    ["BLOB_URL", "s3://bucket/a%20b"],
    ["BLOB_URL", "s3://bucket?region=eu west"],
    ["BLOB_URL", "s3://bucket?endpoint=ftp://host"],
    ["BLOB_URL", "s3://bucket?endpoint=http://host/path"],
    ["BLOB_URL", "s3://bucket?endpoint=http://a&endpoint=http://b"],
    ["BLOB_URL", "s3://bucket?acl=public"],
    ["S3_ACCESS_KEY_ID", "two words"],
    ["S3_SECRET_ACCESS_KEY", "ä"],
    ["BLOB_ACCEL_PREFIX", "postern-files/"],
    ["BLOB_ACCEL_PREFIX", "/postern-files"],
    ["BLOB_ACCEL_PREFIX", "/"],
    ["BLOB_ACCEL_PREFIX", "/../"],
    ["BLOB_ACCEL_PREFIX", "/a%2e/"],
    ["RECORDING_MAX_MEGABYTES", "0"],
    ["RECORDING_MAX_MEGABYTES", "4097"],
  ])("refuses %s=%s and says what is accepted", (name, text) => {
    const errors = errorsOf({ [name]: text });
    expect(errors).toHaveLength(1);
    const row = describeConfig().find((description) => description.name === name);
    expect(errors[0]).toContain(name);
    expect(errors[0]).toContain(row?.accepts);
  });

  it.each([
    ["smtp://mail.example.com", "mail.example.com", 587, false],
    ["SMTPS://mail.example.com", "mail.example.com", 465, true],
    ["smtp://127.0.0.1:2525/", "127.0.0.1", 2525, false],
    ["smtps://[2001:db8::7]:4465", "2001:db8::7", 4465, true],
  ])("reads the server %s", (text, host, port, isTls) => {
    const { smtp } = configOf({ SMTP_URL: text });
    expect(smtp).toEqual({ host, port, isTls, user: null, password: null });
  });

  it("reads what is percent-encoded in a server's login, and hides it (attack row 78)", () => {
    const config = configOf({ SMTP_URL: "smtp://ada%40example.com:p%2Fs3cr3t@mail.example.com" });
    expect(config.smtp?.user).toBe("ada@example.com");
    expect(config.smtp?.password?.reveal()).toBe("p/s3cr3t");
    expect(JSON.stringify(config) + inspect(config, { depth: 5 })).not.toContain("s3cr3t");
    expect(errorsOf({ SMTP_URL: "smtp://u:s3cr3t@:x" }).join()).not.toContain("s3cr3t");
  });

  it("reads master keys in base64 and hex, and hides them", () => {
    const hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    const base64 = Buffer.from(hex, "hex").toString("base64");
    const config = configOf({ MASTER_KEY: hex, MASTER_KEY_PREVIOUS: `${base64} , ${hex}` });
    expect(config.masterKey?.reveal()).toBe(hex);
    expect(config.masterKeyPrevious.map((key) => key.reveal())).toEqual([base64, hex]);
    expect(JSON.stringify(config) + inspect(config, { depth: 5 })).not.toMatch(/0011|ABEi/);
    const errors = errorsOf({ MASTER_KEY: hex.slice(1), MASTER_KEY_PREVIOUS: `${hex},x` });
    expect(errors).toHaveLength(2);
    expect(errors.join()).not.toContain("2233");
  });

  it.each([
    ["s3://calls", "https://s3.us-east-1.amazonaws.com", "us-east-1", ""],
    ["s3://calls?region=eu-central-1", "https://s3.eu-central-1.amazonaws.com", "eu-central-1", ""],
    ["s3://calls/a/b?endpoint=http://[::1]:9000", "http://[::1]:9000", "us-east-1", "a/b/"],
    ["S3://calls/a/?endpoint=https%3A%2F%2Fs3.example.com/", "https://s3.example.com", null, "a/"],
  ])("reads the bucket %s, and hides its keys (attack row 78)", (url, endpoint, region, prefix) => {
    const keys = { S3_ACCESS_KEY_ID: "k3y1d", S3_SECRET_ACCESS_KEY: "s3cr3t/+" };
    const config = configOf({ BLOB_URL: url, ...keys });
    expect(config.blobStore).toMatchObject({
      kind: "s3",
      bucket: "calls",
      endpoint,
      region: region ?? "us-east-1",
      prefix,
    });
    const setting = config.blobStore as S3Setting;
    expect(setting.accessKeyId.reveal() + setting.secretAccessKey.reveal()).toBe("k3y1ds3cr3t/+");
    expect(JSON.stringify(config) + inspect(config, { depth: 5 })).not.toMatch(/k3y1d|s3cr3t/);
  });

  it("asks for the keys of a bucket, and for none of a directory", () => {
    const errors = errorsOf({ BLOB_URL: "s3://calls", S3_ACCESS_KEY_ID: "x" });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^S3_SECRET_ACCESS_KEY is not set, and BLOB_URL is a bucket: write /);
    expect(errorsOf({ BLOB_URL: "s3://calls" })).toHaveLength(2);
    expect(configOf({ S3_ACCESS_KEY_ID: "x" }).blobStore.kind).toBe("directory");
  });

  it.each([
    "s3://AKIA:s3cr3t/+s3cr3t@calls",
    "s3://calls?secretAccessKey=s3cr3t&region=x",
    "s3://calls?X-Amz-Signature=s3cr3t",
  ])("does not repeat what people write where no secret belongs: %s", (url) => {
    const errors = errorsOf({ BLOB_URL: url });
    expect(errors.join()).toContain("[secret]");
    expect(errors.join()).not.toContain("s3cr3t");
  });

  it("tells all mistakes at once and leaves unknown variables alone", () => {
    const errors = errorsOf({ LISTEN: "x", LOG_LEVEL: "y", JOURNAL_DAYS: "z", POSTERN_X: "1" });
    expect(errors.map((error) => error.split(" ")[0])).toEqual([
      "LISTEN",
      "LOG_LEVEL",
      "JOURNAL_DAYS",
    ]);
  });

  it("asks the given check about each trusted proxy", () => {
    const environment = { TRUSTED_PROXIES: "10.0.0.5,10.0.0.300" };
    const checks = { trustedProxy: (text: string) => (text.endsWith("300") ? "write x" : null) };
    const result = readConfig(environment, checks);
    expect(result).toEqual({ ok: false, errors: ['TRUSTED_PROXIES: "10.0.0.300": write x'] });
  });

  it("never shows a secret (attack row 78)", () => {
    const config = configOf({ DATABASE_URL: "postgres://u:s3cr3t@db/x" });
    expect(config.databaseUrl?.reveal()).toBe("postgres://u:s3cr3t@db/x");
    for (const shown of [JSON.stringify(config), inspect(config), String(config.databaseUrl)]) {
      expect(shown).toContain("[secret]");
      expect(shown).not.toContain("s3cr3t");
    }
    expect(errorsOf({ DATABASE_URL: "s3cr3t" }).join()).not.toContain("s3cr3t");
  });
});

it("describes every variable once", () => {
  const names = describeConfig().map((row) => row.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("TRUSTED_PROXIES");
  for (const row of describeConfig()) {
    expect(row.meaning).not.toBe("");
    expect(row.defaultText).not.toBe("");
  }
  expect(
    describeConfig()
      .filter((row) => row.isSecret)
      .map((row) => row.name),
  ).toEqual([
    "DATABASE_URL",
    "MASTER_KEY",
    "MASTER_KEY_PREVIOUS",
    "SMTP_URL",
    "S3_ACCESS_KEY_ID",
    "S3_SECRET_ACCESS_KEY",
  ]);
});

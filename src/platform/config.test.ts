// Checks what each variable accepts, that all mistakes are told at once, and that secrets hide.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { type Config, describeConfig, readConfig } from "./config.ts";

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
      trustedProxies: [],
      clientAddressHeader: "X-Forwarded-For",
      countryDatabaseUrl: null,
      logLevel: "info",
      journalDays: 30,
      journalMaxMegabytes: 512,
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
    ["LOG_LEVEL", "WARN", "logLevel", "warn"],
    ["JOURNAL_DAYS", "3650", "journalDays", 3650],
    ["JOURNAL_DAYS", "", "journalDays", 30],
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
    ["TRUSTED_PROXIES", "10.0.0.5,,10.0.0.6"],
    ["CLIENT_ADDRESS_HEADER", "X-Real-IP"],
    ["COUNTRY_DATABASE_URL", "file:///x.mmdb"],
    ["LOG_LEVEL", "loud"],
    ["JOURNAL_DAYS", "0"],
    ["JOURNAL_DAYS", "3651"],
    ["JOURNAL_DAYS", "1e2"],
    ["JOURNAL_DAYS", "-1"],
    ["JOURNAL_MAX_MEGABYTES", "15"],
  ])("refuses %s=%s and says what is accepted", (name, text) => {
    const errors = errorsOf({ [name]: text });
    expect(errors).toHaveLength(1);
    const row = describeConfig().find((description) => description.name === name);
    expect(errors[0]).toContain(name);
    expect(errors[0]).toContain(row?.accepts);
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
  ).toEqual(["DATABASE_URL"]);
});

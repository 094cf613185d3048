// The first lines a newcomer sees: what is running, and what to do next.

import { join } from "node:path";
import type { Config } from "../platform/config.ts";
import { describeCountries } from "./network/index.ts";
import type { Network } from "./network/index.ts";

export type Started = {
  readonly port: number;
  readonly network: Network;
  /** Null once there is an operator. */
  readonly setupUrl: string | null;
};

export function describeStart(
  config: Config,
  { port, network, setupUrl }: Started,
): readonly string[] {
  const countries = describeCountries(network.countries.status(), Date.now());
  const { host } = config.listen;
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const store = config.databaseUrl === null ? `embedded, in ${config.dataDir}` : "PostgreSQL";
  const proxies = config.trustedProxies.join(", ") || "none: the client is whoever connects";
  const mails = config.smtp === null ? `files in ${join(config.dataDir, "outbox")}` : "SMTP";
  return [
    `Postern is ready on ${origin}`,
    `  console            ${config.publicUrl}/postern/`,
    `  store              ${store}`,
    `  country database   ${describeDatabase(countries)}`,
    `  mails              ${mails}`,
    `  trusted proxies    ${proxies}`,
    ...warnOfPlainHttp(config.publicUrl),
    "",
    ...describeSetup(setupUrl),
    "What to do next:",
    "  1. Put it behind your proxy: copy a configuration from deploy/ (nginx, Caddy, Traefik,",
    "     HAProxy) and set TRUSTED_PROXIES to the addresses your proxy connects from.",
    "  2. Allow your own address first:  npx postern entry add 203.0.113.7 --action allow",
    "  3. Ask what would happen:         npx postern explain 203.0.113.7",
    `  4. Read the API, signed in:       ${origin}/api/docs`,
    "",
  ];
}

function describeSetup(setupUrl: string | null): readonly string[] {
  if (setupUrl === null) return [];
  return [
    "No operator has been set up yet. This link does it, once; each start prints a new one:",
    `  ${setupUrl}`,
    "",
  ];
}

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

function warnOfPlainHttp(publicUrl: string): readonly string[] {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "https:" || LOOPBACK_HOSTS.has(hostname)) return [];
  return ["  warning            PUBLIC_URL is http: passwords and sessions travel unencrypted"];
}

function describeDatabase(countries: ReturnType<typeof describeCountries>): string {
  if (countries.buildDate === null) return "missing: every address is of unknown location";
  const date = countries.buildDate.slice(0, 10);
  const hint = " (over 60 days old; newer: postern geo update --file FILE)";
  return `of ${date}${countries.isStale ? hint : ""}`;
}

// The first lines a newcomer sees: what is running, and what to do next.

import type { Config } from "../platform/config.ts";
import { describeCountries } from "./network/index.ts";
import type { Network } from "./network/index.ts";

export function describeStart(config: Config, port: number, network: Network): readonly string[] {
  const countries = describeCountries(network.countries.status(), Date.now());
  const { host } = config.listen;
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const store = config.databaseUrl === null ? `embedded, in ${config.dataDir}` : "PostgreSQL";
  const proxies = config.trustedProxies.join(", ") || "none: the client is whoever connects";
  return [
    `Postern is ready on ${origin}`,
    `  store              ${store}`,
    `  country database   ${describeDatabase(countries)}`,
    `  trusted proxies    ${proxies}`,
    "",
    "What to do next:",
    "  1. Put it behind your proxy: copy a configuration from deploy/ (nginx, Caddy, Traefik,",
    "     HAProxy) and set TRUSTED_PROXIES to the addresses your proxy connects from.",
    "  2. Allow your own address first:  npx postern entry add 203.0.113.7 --action allow",
    "  3. Ask what would happen:         npx postern explain 203.0.113.7",
    `  4. Read the API:                  ${origin}/api/docs`,
    "",
  ];
}

function describeDatabase(countries: ReturnType<typeof describeCountries>): string {
  if (countries.buildDate === null) return "missing: every address is of unknown location";
  const date = countries.buildDate.slice(0, 10);
  const hint = " (over 60 days old; newer: postern geo update --file FILE)";
  return `of ${date}${countries.isStale ? hint : ""}`;
}

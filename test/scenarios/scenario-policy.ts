// The policy that the proxies scenario is decided by, set through the REST API.

import type { RunningPostern } from "./start-postern.ts";

/**
 * Each check that gets a client banned has one of its own. The IPv4 addresses are documentation
 * ones (RFC 5737) but for the one whose country matters.
 */
export const CLIENT = {
  allowed: "198.51.100.10",
  allowedIpv6: "2a00:1450::10",
  otherAllowed: "198.51.100.11",
  denied: "203.0.113.66",
  deniedIpv6: "2a00:1450:66::1",
  onAllowList: "203.0.113.200",
  /** An address of a Japanese university, for a country database to know. */
  inDeniedCountry: "133.11.0.1",
  listener: "198.51.100.51",
  headListener: "198.51.100.54",
  briefly: "198.51.100.52",
  pathWalker: "198.51.100.53",
  counted: "198.51.100.55",
  speller: "198.51.100.57",
  smuggler: "198.51.100.56",
  /** Without a load balancer all clients are loopback ones. */
  localAllowed: "127.0.0.10",
  localDenied: "127.0.0.66",
} as const;

export const AUDIO_PREFIX = "/audio";
export const BRIEF_PREFIX = "/api";
export const AUDIO_LIMIT = {
  mode: "enforce",
  requestMaxCount: 50,
  requestMaxSeconds: 60,
  requestBanExpirySeconds: 3600,
} as const;
/** Over within the run; the window is shorter than the ban, so that the ban alone is seen. */
export const BRIEF_LIMIT = {
  mode: "enforce",
  requestMaxCount: 3,
  requestMaxSeconds: 1,
  requestBanExpirySeconds: 3,
} as const;

const ACCOUNT = "acme";

const ENTRIES = [
  { range: "203.0.113.0/25", action: "deny" },
  { range: "2a00:1450:66::/48", action: "deny" },
  { range: CLIENT.onAllowList, action: "allow" },
  { range: CLIENT.localDenied, action: "deny" },
] as const;

/** @throws Error with the API's answer when anything is refused. */
export async function setScenarioPolicy(postern: RunningPostern): Promise<void> {
  await expectSuccess(postern, "POST", "/api/v1/accounts", { code: ACCOUNT, name: "Acme" });
  for (const entry of ENTRIES) {
    await expectSuccess(postern, "POST", "/api/v1/entries", entry);
  }
  await setSection(postern, "country", {
    mode: "enforce",
    defaultAction: "allow",
    countries: { JP: "deny" },
    unknown: "allow",
    private: "allow",
  });
  await setSection(postern, "routes", {
    routes: [
      { host: "*", pathPrefix: "/", surface: "portal", account: null },
      { host: "*", pathPrefix: AUDIO_PREFIX, surface: "audio", account: ACCOUNT },
      { host: "*", pathPrefix: BRIEF_PREFIX, surface: "api", account: ACCOUNT },
    ],
  });
  await setSection(postern, `rate-limits?account=${ACCOUNT}`, {
    audio: AUDIO_LIMIT,
    portal: { ...AUDIO_LIMIT, mode: "off" },
    api: BRIEF_LIMIT,
  });
}

async function setSection(postern: RunningPostern, section: string, value: unknown): Promise<void> {
  await expectSuccess(postern, "PUT", `/api/v1/policy/${section}`, { value });
}

async function expectSuccess(
  postern: RunningPostern,
  ...[method, path, body]: readonly [string, string, unknown]
): Promise<void> {
  const { status, text } = await postern.ask(method, path, body);
  if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${status} ${text}`);
}

/** How many requests the gate let pass so far, by its own count. */
export async function countPassed(postern: RunningPostern): Promise<number> {
  const { status, text } = await postern.ask("GET", "/metrics");
  if (status !== 200) throw new Error(`GET /metrics: ${status} ${text}`);
  const lines = text.split("\n").filter((line) => line.startsWith("postern_decisions_total{"));
  if (lines.length === 0) throw new Error("no postern_decisions_total in /metrics");
  return lines
    .filter((line) => line.includes('verdict="pass"'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
}

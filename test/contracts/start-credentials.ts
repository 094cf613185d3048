// Starts sign-in, passwords and setup on a store of an engine, behind a real HTTP server.
import { request as sendRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { afterAll } from "vitest";
import { formatAddress, parseAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import type { OffenceKind } from "../../src/core/network/decide-offence.ts";
import type { KeyRing } from "../../src/platform/crypto/key-ring.ts";
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import type { PasswordHasher, PasswordWork } from "../../src/platform/crypto/password-hasher.ts";
import { createPasswordJudge } from "../../src/platform/crypto/password-judge.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { createFastify } from "../../src/platform/http/create-fastify.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createHttpServer } from "../../src/platform/http/create-http-server.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { createOpenIdClients } from "../../src/platform/oidc/open-id-clients.ts";
import { createAccounts, registerAccountsRoutes } from "../../src/server/accounts/index.ts";
import type { IdentityEvent, PersonPlace } from "../../src/server/identity/identity-parts.ts";
import { registerPasskeyRoutes } from "../../src/server/identity/passkeys/passkey-routes.ts";
import { registerPasswordRoutes } from "../../src/server/identity/passwords/password-routes.ts";
import { registerFactorRoutes } from "../../src/server/identity/second-factor/factor-routes.ts";
import { createSessions } from "../../src/server/identity/sessions/create-sessions.ts";
import { recordUserChange } from "../../src/server/identity/sessions/user-changes.ts";
import { addConnectionRoutes } from "../../src/server/identity/single-sign-on/connection-routes.ts";
import { registerSsoRoutes } from "../../src/server/identity/single-sign-on/sso-routes.ts";
import { registerSetupRoutes } from "../../src/server/identity/setup/setup-routes.ts";
import { createCredentials } from "../../src/server/identity/sign-in/create-credentials.ts";
import type { Credentials } from "../../src/server/identity/sign-in/create-credentials.ts";
import { registerSignInRoutes } from "../../src/server/identity/sign-in/sign-in-routes.ts";
import { registerTwoFactorRoutes } from "../../src/server/identity/two-factor/two-factor-routes.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { freeChanges } from "./free-changes.ts";
import type { createStandingClock } from "./open-store.ts";

export type CredentialsNode = Awaited<ReturnType<typeof startCredentials>>;

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every kind
  readonly json: any;
};

/** Thousands of attempts must not take an hour; what is tested is not the hash. */
const WEAK = { memoryCost: 64, timeCost: 1, parallelism: 1 };

export const PUBLIC_URL = "https://portal.example.com";
export const HOST_SHELL = { kind: "host-shell" } as const;
const judge = createPasswordJudge();
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.splice(0)) await stop();
  await judge.close();
});

export type StartCredentials = {
  readonly database: Database<Schema>;
  readonly clock: ReturnType<typeof createStandingClock>;
  readonly isClockTrusted?: () => boolean;
  readonly hasher?: PasswordHasher;
  readonly keyRing?: KeyRing;
};

/** One node. */
export async function startCredentials(wanted: StartCredentials) {
  const seen = {
    events: [] as IdentityEvent[],
    offences: [] as { kind: OffenceKind; attempt: string | null; address: string }[],
    errors: [] as string[],
    counts: { verified: 0, salted: 0, opened: 0 },
  };
  const domains = createDomains(wanted, seen);
  const port = await openDoor(domains);
  return { ...seen, ...domains, open: () => createBrowser(port), browse: createBrowser(port).send };
}

type Seen = {
  readonly events: IdentityEvent[];
  readonly offences: { kind: OffenceKind; attempt: string | null; address: string }[];
  readonly errors: string[];
  readonly counts: Counts;
};

/** How often a stored hash was looked at, a backup code hashed, and a sealed secret opened. */
type Counts = { verified: number; salted: number; opened: number };

function createDomains(wanted: StartCredentials, seen: Seen) {
  const { database, clock, isClockTrusted = () => true, keyRing = TEST_KEY_RING } = wanted;
  const parts = {
    database,
    clock,
    changes: freeChanges(database),
    keyRing: countingOpens(keyRing, seen.counts),
    publicUrl: PUBLIC_URL,
    portalName: "Example portal",
    openIdClients: createOpenIdClients({ outbound: createOutboundFetch({ isPublicAddress }) }),
    recordEvent: async (_trx: unknown, event: IdentityEvent) => void seen.events.push(event),
    onError: (error: unknown, doing: string) => void seen.errors.push(`${doing}: ${String(error)}`),
    isClockTrusted,
  };
  const sessions = createSessions(parts);
  const accounts = createAccounts({
    database,
    clock,
    readSession: sessions.readSession,
    onUserChanged: async (trx, userId) => {
      await credentials.onUserChanged(trx, userId);
      await recordUserChange(trx, userId, clock.nowMs());
    },
    onUserDeleted: (trx, userId) => credentials.onUserDeleted(trx, userId),
    readSignInStates: (ids) => credentials.readSignInStates(ids),
    readUserFactors: (ids) => credentials.readUserFactors(ids),
    inviteUser: (trx, user, invitedBy) => credentials.inviteUser(trx, user, invitedBy),
    followUserChanges: sessions.followUserChanges,
  });
  const hasher = wanted.hasher ?? createPasswordHasher({ threads: 2, parameters: WEAK });
  const credentials: Credentials = createCredentials({
    ...parts,
    reportOffence: async ({ kind, attempt, address }) => {
      seen.offences.push({ kind, attempt, address: formatAddress(address) });
    },
    hasher: counting(hasher, seen.counts),
    judge,
    cookies: sessions.cookies,
    assertSameSite: sessions.assertSameSite,
    followUserChanges: sessions.followUserChanges,
    openSessionOf: sessions.openSessionOf,
    placeOf,
    wakeMails: () => undefined,
    accounts,
    returnOrigins: ["https://chat.example.com"],
  });
  return { accounts, sessions, credentials };
}

/** The routes behind an HTTP server of their own, without the gate before it. */
async function openDoor(domains: ReturnType<typeof createDomains>): Promise<number> {
  const { accounts, sessions, credentials } = domains;
  const http = createHttpServer({ rawHandlers: [] });
  const app = createFastify({ http, logger: createLogger({ level: "silent" }) });
  await app.register(async () => {
    registerAccountsRoutes(app, accounts);
    registerSignInRoutes(app, credentials.signIn);
    registerFactorRoutes(app, credentials.secondFactor);
    registerTwoFactorRoutes(app, credentials.twoFactor);
    registerPasskeyRoutes(app, credentials.passkeys);
    registerSsoRoutes(app, credentials.singleSignOn);
    addConnectionRoutes(app, credentials.connections);
    registerPasswordRoutes(app, credentials.passwords);
    registerSetupRoutes(app, credentials.setup);
  });
  await app.ready();
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
  stops.push(async () => {
    await http.close(100);
    await app.close();
    await sessions.close();
  });
  return port;
}

/** Tests send X-Test-Address, as a trusted proxy would tell an address. */
function placeOf(request: IncomingMessage): PersonPlace {
  const addressText = String(request.headers["x-test-address"] ?? "198.51.100.7");
  const address = parseAddress(addressText);
  if (address === null) throw new Error(addressText);
  const userAgent = request.headers["user-agent"] ?? "";
  const key = addressKey(address);
  return { address, addressText, addressKey: key, country: "unknown", userAgent };
}

function counting(hasher: PasswordHasher, counts: Counts): PasswordHasher {
  const count = (work: PasswordWork): PasswordWork => ({
    ...work,
    verify: (hash, password) => {
      if (hash !== null) counts.verified += 1;
      return work.verify(hash, password);
    },
    hashWithSalt: (password, salt) => {
      counts.salted += 1;
      return work.hashWithSalt(password, salt);
    },
  });
  const withRoom: PasswordHasher["withRoom"] = (use) => hasher.withRoom((work) => use(count(work)));
  return { ...hasher, ...count(hasher), withRoom };
}

function countingOpens(keyRing: KeyRing, counts: Counts): KeyRing {
  return {
    ...keyRing,
    open: (sealed, row) => {
      counts.opened += 1;
      return keyRing.open(sealed, row);
    },
  };
}

export type Sent = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
};

/** A browser on our own pages: keeps cookies. */
function createBrowser(port: number) {
  const cookies = new Map<string, string>();

  async function send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      ...(cookie === "" ? {} : { cookie }),
      ...(sent.body === undefined ? {} : { "content-type": "application/json" }),
      origin: PUBLIC_URL,
      ...(sent.from === undefined ? {} : { "x-test-address": sent.from }),
      ...sent.headers,
    };
    const answer = await exchange({ port, method, path, headers }, sent.body);
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  return {
    cookies,
    send,
    signIn: (email: string, password: string, more: SignInMore = {}) =>
      send("POST", "/api/v1/sign-in", {
        body: { email, password, ...more.body },
        ...(more.from === undefined ? {} : { from: more.from }),
      }),
    /** Of the sign-in that waits for its second factor; an app's unless another one is named. */
    sendCode: (code: unknown, more: SignInMore = {}) =>
      send("POST", "/api/v1/sign-in/second-factor", {
        body: { method: "app", code, ...more.body },
        ...(more.from === undefined ? {} : { from: more.from }),
      }),
  };
}

type SignInMore = { readonly body?: object; readonly from?: string };

export type Browser = ReturnType<typeof createBrowser>;

function exchange(
  options: { port: number; method: string; path: string; headers: Record<string, string> },
  body: unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = sendRequest({ host: "127.0.0.1", agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("error", reject);
      response.on("end", () => {
        const { headers, statusCode = 0 } = response;
        const isJson = (headers["content-type"] ?? "").includes("json");
        const json: unknown = isJson && text !== "" ? JSON.parse(text) : null;
        resolve({ status: statusCode, headers, text, json });
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

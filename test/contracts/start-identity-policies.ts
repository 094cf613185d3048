// Starts the routes of the rules of sign-ins on an HTTP server, with people of every kind.
import { afterAll } from "vitest";
import type { Scope } from "../../src/api/scopes.ts";
import { createFastify } from "../../src/platform/http/create-fastify.ts";
import { createHttpServer } from "../../src/platform/http/create-http-server.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type { Accounts, UserPrincipal } from "../../src/server/accounts/index.ts";
import type { IdentityEvent } from "../../src/server/identity/identity-parts.ts";
import {
  registerIdentityPolicyRoutes,
  type IdentityPolicyRouteParts,
} from "../../src/server/identity/policies/identity-policy-routes.ts";
import { recordUserChange } from "../../src/server/identity/sessions/user-changes.ts";
import { freeChanges } from "./free-changes.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

export type IdentityPoliciesNode = Awaited<ReturnType<typeof startIdentityPolicies>>;

type Answer = { readonly status: number; readonly json: Record<string, unknown> };

const HOST_SHELL = { kind: "host-shell" } as const;

/** @returns their ids by their codes */
async function addAccounts(accounts: Accounts): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const code of ["acme", "beta"]) {
    const added = await accounts.addAccount({ code, name: code, createdBy: "test" });
    if (added.ok) ids.set(code, added.account.id);
  }
  return ids;
}

/** With the accounts acme and beta. Who asks says so in a header, in the place of a cookie. */
export async function startIdentityPolicies(harness: EngineHarness) {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const events: IdentityEvent[] = [];
  let failure: Error | null = null;
  let followedCount = 0;
  const http = createHttpServer({ rawHandlers: [] });
  const people = new Map<string, UserPrincipal>();
  const accounts = createAccounts({
    database,
    clock,
    isFromControlSocket: ({ headers }) => headers["x-as"] === "host shell",
    readSession: ({ raw }) => Promise.resolve(people.get(String(raw.headers["x-as"])) ?? null),
  });
  const parts: IdentityPolicyRouteParts = {
    accounts,
    database,
    clock,
    changes: freeChanges(database),
    recordUserChange,
    recordEvent: (_, event) => {
      if (failure !== null) return Promise.reject(failure);
      events.push(event);
      return Promise.resolve();
    },
    followUserChanges: async () => {
      followedCount += 1;
    },
  };

  const ids = await addAccounts(accounts);
  const idOf = (code: string) => ids.get(code) ?? `no account ${code}`;
  const acme = { accountId: idOf("acme"), code: "acme", name: "acme", isPrimary: true };
  people.set("operator", person({ isOperator: true, memberships: [] }));
  for (const role of ["admin", "agent"] as const) {
    const memberships = [{ ...acme, role }];
    people.set(`${role} of acme`, person({ isOperator: false, memberships }));
  }
  const tokens = new Map([
    ["token", await makeToken(accounts, "policy:read", "policy:write")],
    ["token of journals", await makeToken(accounts, "journal:read", "reports:write")],
  ]);

  const app = createFastify({ http, logger: createLogger({ level: "silent" }) });
  await app.register(async () => registerIdentityPolicyRoutes(app, parts));
  await app.ready();
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
  afterAll(async () => {
    await http.close(0);
    await app.close();
  });

  /** The first account is the primary one. Returns the id. */
  async function addUser(
    email: string,
    codes: readonly string[],
    more: { readonly isOperator?: boolean } = {},
  ): Promise<string> {
    const memberships = codes.map((account) => ({ account, role: "agent" as const }));
    const user = { email, name: "A B", memberships, invite: false, ...more };
    return (await accounts.users.create(HOST_SHELL, user)).id;
  }

  return {
    parts,
    clock,
    events,
    read: database.kysely,
    idOf,
    ask: createAsking(port, tokens),
    addUser,
    followed: () => followedCount,
    failEvents: () => {
      failure = new Error("no events");
    },
  };
}

async function makeToken(accounts: Accounts, ...scopes: readonly Scope[]): Promise<string> {
  const input = { name: "test", scopes, expiresAtMs: null, createdBy: "test" };
  const made = await accounts.createToken(input);
  if (!made.ok) throw new Error(made.why);
  return made.token;
}

function createAsking(port: number, tokens: ReadonlyMap<string, string>) {
  return async function ask(
    method: string,
    path: string,
    by: { readonly as: string | null; readonly body?: unknown },
  ): Promise<Answer> {
    const token = tokens.get(by.as ?? "");
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(by.as === null ? {} : { "x-as": by.as }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(by.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(by.body === undefined ? {} : { body: JSON.stringify(by.body) }),
    });
    return { status: response.status, json: (await response.json()) as Answer["json"] };
  };
}

function person(given: Pick<UserPrincipal, "isOperator" | "memberships">): UserPrincipal {
  return {
    kind: "user",
    userId: "a".repeat(20),
    email: "ada@example.com",
    name: "Ada Lovelace",
    sessionId: "b".repeat(20),
    ...given,
  };
}

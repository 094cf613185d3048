// Opens a store with users in it, and nodes of the sessions domain on it, for suites of sessions.
import type { IncomingMessage } from "node:http";
import { parseAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import type { Database } from "../../src/platform/database/database.ts";
import type { IdentityEvent, PersonPlace } from "../../src/server/identity/identity-parts.ts";
import { createSessions } from "../../src/server/identity/sessions/create-sessions.ts";
import type { Sessions } from "../../src/server/identity/sessions/create-sessions.ts";
import { openSession } from "../../src/server/identity/sessions/session-store.ts";
import { recordUserChange } from "../../src/server/identity/sessions/user-changes.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock, openStore } from "./open-store.ts";

const PUBLIC_URL = "https://portal.example.com";
const SESSION_COOKIE = "__Host-postern-session";

export type SessionNode = {
  readonly sessions: Sessions;
  /** How often the store was asked for rows so far. */
  readonly queries: () => number;
  /** From now on the store refuses, or answers again. */
  readonly setStoreAway: (isAway: boolean) => void;
  /** Moves the clock that nobody sets. */
  readonly passMs: (ms: number) => void;
};

export type SessionsWorld = {
  readonly database: Database<Schema>;
  readonly clock: ReturnType<typeof createStandingClock>;
  readonly events: IdentityEvent[];
  readonly errors: unknown[];
  readonly node: () => SessionNode;
  readonly addUser: (name: string, accountId?: string) => Promise<string>;
  readonly open: (userId: string, how?: OpenHow) => Promise<{ id: string; token: string }>;
  /** Commits a change and tells everybody's sessions of it. */
  readonly change: (
    userId: string | null,
    work: (trx: Transaction) => Promise<unknown>,
  ) => Promise<void>;
};

type Transaction = Parameters<Parameters<Database<Schema>["transaction"]>[0]>[0];
type OpenHow = {
  readonly stage?: "none" | "change-password";
  readonly address?: string;
  readonly browserId?: string;
};

export function placeAt(address: string, userAgent = "Firefox/151.0"): PersonPlace {
  const parsed = parseAddress(address)!;
  const texts = { addressText: address, addressKey: addressKey(parsed) };
  return { address: parsed, ...texts, country: "unknown", userAgent };
}

export async function startSessions(harness: EngineHarness): Promise<SessionsWorld> {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const events: IdentityEvent[] = [];
  const errors: unknown[] = [];
  let users = 0;

  async function addUser(name: string, accountId?: string): Promise<string> {
    users += 1;
    const id = `user-${users}`;
    const nowMs = clock.nowMs();
    const made = { created_at: nowMs, created_by: "test" };
    const email = `${name}@example.com`;
    await database.transaction(async (trx) => {
      await trx
        .insertInto("accounts_user")
        .values({
          id,
          email,
          email_key: email,
          name,
          search_text: name,
          is_operator: 0,
          is_disabled: 0,
          primary_account_id: accountId ?? null,
          ...made,
        })
        .execute();
      if (accountId !== undefined) {
        await trx
          .insertInto("accounts_membership")
          .values({ user_id: id, account_id: accountId, role: "agent", created_at: nowMs })
          .execute();
      }
      const none = { locked_at: null, lock_cause: null, last_signed_in_at: nowMs };
      await trx
        .insertInto("identity_sign_in")
        .values({ user_id: id, wrong_passwords: 0, active_since_at: nowMs, ...none })
        .execute();
      await trx
        .insertInto("identity_password")
        .values({ user_id: id, hash: "x", changed_at: nowMs, must_change: 0 })
        .execute();
    });
    return id;
  }

  return {
    database,
    clock,
    events,
    errors,
    node: () => startNode({ database, clock, events, errors }),
    addUser,
    open: (userId, how = {}) =>
      database.transaction((trx) =>
        openSession(trx, {
          userId,
          stage: how.stage ?? "none",
          browserId: how.browserId ?? null,
          place: placeAt(how.address ?? "203.0.113.7"),
          method: "password",
          nowMs: clock.nowMs(),
        }),
      ),
    change: (userId, work) =>
      database.transaction(async (trx) => {
        await work(trx);
        await recordUserChange(trx, userId, clock.nowMs());
      }),
  };
}

function startNode(
  world: Pick<SessionsWorld, "database" | "clock" | "events" | "errors">,
): SessionNode {
  const { database, clock, events, errors } = world;
  let queries = 0;
  let isAway = false;
  let steadyMs = 0;
  const asked = (): void => {
    queries += 1;
    if (isAway) throw new Error("the store is away");
  };
  // Counted on its way to the store, which stays the real one.
  const counted: Database<Schema> = {
    ...database,
    kysely: new Proxy(database.kysely, {
      get: (target, name) => {
        if (name === "selectFrom") asked();
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    }),
    transaction: async (work, options) => {
      asked();
      return database.transaction(work, options);
    },
  };
  const sessions = createSessions({
    database: counted,
    clock,
    publicUrl: PUBLIC_URL,
    recordEvent: async (_trx, event) => void events.push(event),
    onError: (error) => void errors.push(error),
    isClockTrusted: () => true,
    // Nothing waits to be confirmed.
    changes: { unconfirmed: { join: () => undefined, settle: () => Promise.resolve() } },
    steadyMs: () => steadyMs,
  });
  return {
    sessions,
    queries: () => queries,
    setStoreAway: (away) => {
      isAway = away;
    },
    passMs: (ms) => {
      steadyMs += ms;
    },
  };
}

/** A request as node:http hands it over. */
export function requestWith(
  token: string | null,
  more: { readonly method?: string; readonly url?: string; readonly isBackground?: boolean } = {},
): { readonly raw: IncomingMessage } {
  const lines = [
    ...(token === null ? [] : [["Cookie", `${SESSION_COOKIE}=${token}`]]),
    ["Origin", PUBLIC_URL],
    ...(more.isBackground === true ? [["X-Postern-Background", "1"]] : []),
  ];
  const headers = Object.fromEntries(lines.map(([name, value]) => [name!.toLowerCase(), value]));
  const { method = "GET", url = "/api/v1/me" } = more;
  const raw = { rawHeaders: lines.flat(), headers, method, url };
  return { raw: raw as unknown as IncomingMessage };
}

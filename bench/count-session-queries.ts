// Checks one known session many times inside this process, and counts what the store is asked.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAddress } from "../src/core/network/address.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { openDatabase } from "../src/platform/database/open-database.ts";
import type { Database } from "../src/platform/database/database.ts";
import { createSessions } from "../src/server/identity/sessions/create-sessions.ts";
import { openSession } from "../src/server/identity/sessions/session-store.ts";
import { MIGRATIONS } from "../src/server/migrations/migrations.ts";
import type { Schema } from "../src/server/migrations/schema.ts";

const CHECKS = 500_000;

export type SessionQueries = {
  readonly checks: number;
  readonly queries: number;
  readonly nanosecondsPerCheck: number;
};

export async function countSessionQueries(): Promise<SessionQueries> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "postern-bench-"));
  const where = { dataDirectory, databaseUrl: null, fileName: "postern.db" };
  const opened = await openDatabase<Schema>(where);
  if (!opened.ok) throw new Error(opened.problem.message);
  const { database } = opened;
  try {
    await migrate(database, MIGRATIONS, { nowMs: Date.now() });
    return await countChecks(database, await openOne(database));
  } finally {
    await database.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function countChecks(database: Database<Schema>, token: string): Promise<SessionQueries> {
  let queries = 0;
  const kysely = new Proxy(database.kysely, {
    get: (target, name) => {
      if (name === "selectFrom") queries += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const sessions = createSessions({
    database: { ...database, kysely },
    clock: { nowMs: () => Date.now() },
    publicUrl: "https://portal.example.com",
    recordEvent: () => Promise.resolve(),
    onError: (error) => {
      throw error;
    },
    // Nothing waits to be confirmed.
    changes: { unconfirmed: { join: () => undefined, settle: () => Promise.resolve() } },
    isClockTrusted: () => true,
    // Nothing follows the store meanwhile; the few seconds it may go without are not the matter.
    steadyMs: () => 0,
  });
  await sessions.followUserChanges();
  const at = () => ({ nowMs: Date.now(), isActivity: true });
  const first = await sessions.check(token, at());
  if (first.kind !== "open") throw new Error(`the session is ${first.kind}`);
  const before = queries;
  const startedAt = performance.now();
  for (let check = 0; check < CHECKS; check += 1) {
    if (sessions.checkNow(token, at())?.kind !== "open") throw new Error("not open any more");
  }
  const nanosecondsPerCheck = ((performance.now() - startedAt) * 1e6) / CHECKS;
  const asked = queries - before;
  await sessions.close();
  return { checks: CHECKS, queries: asked, nanosecondsPerCheck };
}

async function openOne(database: Database<Schema>): Promise<string> {
  const nowMs = Date.now();
  const userId = "a".repeat(20);
  const email = "ada@example.com";
  const rights = { is_operator: 0, is_disabled: 0, primary_account_id: null };
  const address = parseAddress("203.0.113.7")!;
  return database.transaction(async (trx) => {
    const made = { created_at: nowMs, created_by: "bench" };
    await trx
      .insertInto("accounts_user")
      .values({ id: userId, email, email_key: email, name: "Ada Example", ...rights, ...made })
      .execute();
    const never = { locked_at: null, lock_cause: null, last_signed_in_at: nowMs };
    await trx
      .insertInto("identity_sign_in")
      .values({ user_id: userId, wrong_passwords: 0, active_since_at: nowMs, ...never })
      .execute();
    await trx
      .insertInto("identity_password")
      .values({ user_id: userId, hash: "x", changed_at: nowMs, must_change: 0 })
      .execute();
    const texts = { addressText: "203.0.113.7", addressKey: "cb007107", country: "unknown" };
    const place = { address, ...texts, userAgent: "Firefox/151.0" };
    const session = { userId, browserId: null, place, nowMs, stage: "none" } as const;
    return (await openSession(trx, { ...session, method: "password" })).token;
  });
}

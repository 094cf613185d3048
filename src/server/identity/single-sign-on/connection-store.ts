// Keeps connections: which user a provider signs in, by issuer, subject and tenant.
import type { Transaction } from "kysely";
import type { Assertion } from "../../../core/identity/single-sign-on/provider.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { ConnectionTable } from "../../migrations/single-sign-on-tables.ts";

export type StoredConnection = {
  readonly id: string;
  readonly providerId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly tenant: string;
  readonly userId: string;
  /** As the provider calls the person: shown, never compared. */
  readonly accountShown: string;
  readonly connectedAtMs: number;
  readonly lastUsedAtMs: number | null;
};

/** INVARIANT: what says who somebody is at a provider; no address is part of it. */
export type AssertedIdentity = Pick<Assertion, "issuer" | "subject" | "tenant">;

/** Whom the provider signs in by this identity; null: nobody is connected with it. */
export async function findConnection(
  db: ReadDatabase<Schema>,
  providerId: string,
  { issuer, subject, tenant }: AssertedIdentity,
): Promise<StoredConnection | null> {
  const row = await db
    .selectFrom("identity_connection")
    .selectAll()
    .where("provider_id", "=", providerId)
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .where("tenant", "=", tenant)
    .executeTakeFirst();
  return row === undefined ? null : toConnection(row);
}

export async function findConnectionById(
  db: ReadDatabase<Schema>,
  id: string,
): Promise<StoredConnection | null> {
  const row = await db
    .selectFrom("identity_connection")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toConnection(row);
}

/** The oldest first. */
export async function listConnectionsOf(
  db: ReadDatabase<Schema>,
  userId: string,
): Promise<readonly StoredConnection[]> {
  const rows = await db
    .selectFrom("identity_connection")
    .selectAll()
    .where("user_id", "=", userId)
    .orderBy("connected_at")
    .orderBy("id")
    .execute();
  return rows.map(toConnection);
}

export type NewConnection = AssertedIdentity & {
  readonly providerId: string;
  readonly userId: string;
  readonly accountShown: string;
  readonly nowMs: number;
};

export type InsertedConnection =
  | { readonly kind: "made"; readonly id: string }
  /** The identity is connected with another user, or with this one already. */
  | { readonly kind: "taken"; readonly by: "another" | "this-user" }
  /** The user is connected with another identity of the same provider. */
  | { readonly kind: "exists" };

/**
 * INVARIANT: one user for an identity and one identity of a provider for a user, also of two that
 * are made at once: the unique keys decide.
 */
export async function insertConnection(
  trx: Transaction<Schema>,
  wanted: NewConnection,
): Promise<InsertedConnection> {
  const { providerId, issuer, subject, tenant, userId, accountShown, nowMs } = wanted;
  const id = randomId();
  const made = await trx
    .insertInto("identity_connection")
    .values({
      id,
      provider_id: providerId,
      issuer,
      subject,
      tenant,
      user_id: userId,
      account_shown: accountShown,
      connected_at: nowMs,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (made !== undefined) return { kind: "made", id };
  const connected = await findConnection(trx, providerId, wanted);
  if (connected === null) return { kind: "exists" };
  return { kind: "taken", by: connected.userId === userId ? "this-user" : "another" };
}

/** Also what the provider calls the person by now. False when it is gone. */
export async function noteConnectionUse(
  trx: Transaction<Schema>,
  use: { readonly id: string; readonly accountShown: string; readonly nowMs: number },
): Promise<boolean> {
  const noted = await trx
    .updateTable("identity_connection")
    .set({ last_used_at: use.nowMs, account_shown: use.accountShown })
    .where("id", "=", use.id)
    .returning("id")
    .executeTakeFirst();
  return noted !== undefined;
}

/** What was removed; null when the user has no such connection (any more). */
export async function deleteConnection(
  trx: Transaction<Schema>,
  connection: { readonly id: string; readonly userId: string },
): Promise<StoredConnection | null> {
  const row = await trx
    .deleteFrom("identity_connection")
    .where("id", "=", connection.id)
    .where("user_id", "=", connection.userId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toConnection(row);
}

/** With the user. */
export async function deleteConnectionsOf(trx: Transaction<Schema>, userId: string): Promise<void> {
  await trx.deleteFrom("identity_connection").where("user_id", "=", userId).execute();
}

function toConnection(row: ConnectionTable): StoredConnection {
  return {
    id: row.id,
    providerId: row.provider_id,
    issuer: row.issuer,
    subject: row.subject,
    tenant: row.tenant,
    userId: row.user_id,
    accountShown: row.account_shown,
    connectedAtMs: row.connected_at,
    lastUsedAtMs: row.last_used_at,
  };
}

// Takes away what came by a provider: connections whose issuer it has no more, and sessions.
import { sql } from "kysely";
import type { Expression, SqlBool, Transaction } from "kysely";
import {
  issuerOfTenant,
  PERSONAL_TENANT,
} from "../../../core/identity/single-sign-on/microsoft-tenant.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { ProviderSettings } from "./provider-store.ts";
import { isSharedTenant } from "./read-provider-settings.ts";

export type ProviderLosses = {
  readonly removedConnections: number;
  readonly endedSessions: number;
};

const NO_LOSSES: ProviderLosses = { removedConnections: 0, endedSessions: 0 };

/** Statements have places for so many values on both engines. */
const IDS_AT_ONCE = 500;

/**
 * When a provider is deleted. INVARIANT: its row is gone before; a sign-in under way holds that
 * row or the connection's, so that what it opens is seen here or is not opened.
 */
export async function endProvider(
  trx: Transaction<Schema>,
  providerId: string,
): Promise<ProviderLosses> {
  await trx.deleteFrom("identity_bind").where("provider_id", "=", providerId).execute();
  return removeConnections(trx, { providerId, where: sql<boolean>`1 = 1` });
}

/** After the provider's row was changed, in the same transaction. */
export async function endProviderAccess(
  trx: Transaction<Schema>,
  {
    providerId,
    before,
    after,
  }: {
    readonly providerId: string;
    readonly before: ProviderSettings;
    readonly after: ProviderSettings;
  },
): Promise<ProviderLosses> {
  const wasTurnedOff = before.isEnabled && !after.isEnabled;
  const isElsewhere = before.issuer !== after.issuer;
  if (wasTurnedOff || isElsewhere) {
    await trx.deleteFrom("identity_bind").where("provider_id", "=", providerId).execute();
  }
  const removed = isElsewhere
    ? await removeConnections(trx, { providerId, where: isForeignTo(after) })
    : NO_LOSSES;
  const shutOut = shutOutBy(after, wasTurnedOff);
  const endedSessions =
    shutOut === null ? 0 : await endSessionsWhere(trx, { providerId, where: shutOut });
  return { ...removed, endedSessions: removed.endedSessions + endedSessions };
}

/** Connections that no token of the provider will ever name again. */
function isForeignTo({ kind, issuer, tenant }: ProviderSettings): Expression<SqlBool> {
  const own = sql.ref("identity_connection.issuer");
  if (kind !== "microsoft") return sql<boolean>`${own} <> ${issuer}`;
  if (tenant === "common") return sql<boolean>`1 = 0`;
  if (isSharedTenant(tenant)) return sql<boolean>`${own} = ${issuerOfTenant(PERSONAL_TENANT)}`;
  // Of a domain only Microsoft knows the id that stands in the issuer of its tokens.
  return sql<boolean>`${own} <> ${issuer}`;
}

/** Whose connection stays, and signs nobody in. */
function shutOutBy(after: ProviderSettings, wasTurnedOff: boolean): Expression<SqlBool> | null {
  if (wasTurnedOff) return sql<boolean>`1 = 1`;
  if (after.tenants.length === 0) return null;
  const tenants = sql.join(after.tenants.map((tenant) => sql.val(tenant)));
  return sql<boolean>`identity_connection.tenant not in (${tenants})`;
}

type Which = {
  readonly providerId: string;
  readonly where: Expression<SqlBool>;
};

async function removeConnections(
  trx: Transaction<Schema>,
  { providerId, where }: Which,
): Promise<ProviderLosses> {
  // Before the sessions: whoever signs in by one of them in this moment holds it.
  const removed = await trx
    .deleteFrom("identity_connection")
    .where("provider_id", "=", providerId)
    .where(where)
    .returning("id")
    .execute();
  const endedSessions = await endSessionsBy(
    trx,
    removed.map(({ id }) => id),
  );
  return { removedConnections: removed.length, endedSessions };
}

async function endSessionsWhere(
  trx: Transaction<Schema>,
  { providerId, where }: Which,
): Promise<number> {
  const connections = await trx
    .selectFrom("identity_connection")
    .select("id")
    .where("provider_id", "=", providerId)
    .where(where)
    .execute();
  return endSessionsBy(
    trx,
    connections.map(({ id }) => id),
  );
}

async function endSessionsBy(
  trx: Transaction<Schema>,
  connectionIds: readonly string[],
): Promise<number> {
  let count = 0;
  for (let from = 0; from < connectionIds.length; from += IDS_AT_ONCE) {
    const ended = await trx
      .deleteFrom("identity_session")
      .where("connection_id", "in", connectionIds.slice(from, from + IDS_AT_ONCE))
      .executeTakeFirstOrThrow();
    count += Number(ended.numDeletedRows);
  }
  return count;
}

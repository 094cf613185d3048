// Takes away what came by a provider: connections whose issuer it has no more, and sessions.
import { sql } from "kysely";
import type { Expression, SqlBool, Transaction } from "kysely";
import {
  issuerOfTenant,
  PERSONAL_TENANT,
} from "../../../core/identity/single-sign-on/microsoft-tenant.ts";
import { isSameIssuer } from "../../../core/identity/single-sign-on/same-issuer.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { ProviderSettings } from "./provider-store.ts";
import { isSharedTenant } from "./read-provider-settings.ts";
import { recordRemovals } from "./record-removals.ts";
import type { RemovalParts, RemovedBy } from "./record-removals.ts";

export type ProviderLosses = {
  readonly removedConnections: number;
  readonly endedSessions: number;
};

const NO_LOSSES: ProviderLosses = { removedConnections: 0, endedSessions: 0 };

/** So many are in memory at a time, and statements have places for them on both engines. */
const IDS_AT_ONCE = 500;

/** Which provider it is, by the name its users know, and whose doing it is. */
export type EndingProvider = {
  readonly provider: { readonly id: string; readonly name: string };
  readonly by: RemovedBy;
};

/**
 * When a provider is deleted. INVARIANT: its row is gone before; a sign-in under way holds that
 * row or the connection's, so that what it opens is seen here or is not opened. After the commit
 * comes `wakeMails`.
 */
export async function endProvider(
  trx: Transaction<Schema>,
  parts: RemovalParts,
  ending: EndingProvider,
): Promise<ProviderLosses> {
  await trx.deleteFrom("identity_bind").where("provider_id", "=", ending.provider.id).execute();
  return removeConnections(trx, parts, { ...ending, where: sql<boolean>`1 = 1` });
}

/** After the provider's row was changed, in the same transaction. After the commit: `wakeMails`. */
export async function endProviderAccess(
  trx: Transaction<Schema>,
  parts: RemovalParts,
  {
    before,
    after,
    ...ending
  }: EndingProvider & { readonly before: ProviderSettings; readonly after: ProviderSettings },
): Promise<ProviderLosses> {
  const providerId = ending.provider.id;
  const wasTurnedOff = before.isEnabled && !after.isEnabled;
  const isElsewhere = !isSameIssuer(before.issuer, after.issuer);
  if (wasTurnedOff || isElsewhere) {
    await trx.deleteFrom("identity_bind").where("provider_id", "=", providerId).execute();
  }
  const removed = isElsewhere
    ? await removeConnections(trx, parts, { ...ending, where: isForeignTo(after) })
    : NO_LOSSES;
  const shutOut = shutOutBy(after, wasTurnedOff);
  const endedSessions =
    shutOut === null ? 0 : await endSessionsWhere(trx, { providerId, where: shutOut });
  return { ...removed, endedSessions: removed.endedSessions + endedSessions };
}

/** Connections that no token of the provider will ever name again. */
function isForeignTo({ kind, issuer, tenant }: ProviderSettings): Expression<SqlBool> {
  const own = sql.ref("identity_connection.issuer");
  if (kind !== "microsoft") return sql<boolean>`rtrim(${own}, '/') <> rtrim(${issuer}, '/')`;
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

async function removeConnections(
  trx: Transaction<Schema>,
  parts: RemovalParts,
  { provider, by, where }: EndingProvider & { readonly where: Expression<SqlBool> },
): Promise<ProviderLosses> {
  let removedConnections = 0;
  let endedSessions = 0;
  await forEachPage(trx, { providerId: provider.id, where }, async (ids) => {
    // Before the sessions: whoever signs in by one of them in this moment holds it.
    const removed = await trx
      .deleteFrom("identity_connection")
      .where("id", "in", ids)
      .returning(["user_id", "account_shown"])
      .execute();
    removedConnections += removed.length;
    endedSessions += await endSessionsBy(trx, ids);
    await recordRemovals(trx, parts, { provider, by, removed });
  });
  return { removedConnections, endedSessions };
}

type Which = {
  readonly providerId: string;
  readonly where: Expression<SqlBool>;
};

async function endSessionsWhere(trx: Transaction<Schema>, which: Which): Promise<number> {
  let count = 0;
  await forEachPage(trx, which, async (ids) => {
    count += await endSessionsBy(trx, ids);
  });
  return count;
}

async function forEachPage(
  trx: Transaction<Schema>,
  { providerId, where }: Which,
  act: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  for (let after = ""; ;) {
    const found = await trx
      .selectFrom("identity_connection")
      .select("id")
      .where("provider_id", "=", providerId)
      .where("id", ">", after)
      .where(where)
      .orderBy("id")
      .limit(IDS_AT_ONCE)
      .execute();
    const ids = found.map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return;
    await act(ids);
    after = last;
  }
}

async function endSessionsBy(
  trx: Transaction<Schema>,
  connectionIds: readonly string[],
): Promise<number> {
  const ended = await trx
    .deleteFrom("identity_session")
    .where("connection_id", "in", connectionIds)
    .executeTakeFirstOrThrow();
  return Number(ended.numDeletedRows);
}

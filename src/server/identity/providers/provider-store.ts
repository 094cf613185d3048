// Keeps OpenID providers in SQL: one row each, with its sealed secret and a version.
import { sql } from "kysely";
import type { Transaction } from "kysely";
import type { ProviderButton } from "../../../api/connection-api.ts";
import type { AccountId, PolicyOwner } from "../../../core/accounts/account.ts";
import type { Provider } from "../../../core/identity/single-sign-on/provider.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { ProviderTable } from "../../migrations/single-sign-on-tables.ts";
import { hasOtherWayIn } from "../single-sign-on/has-other-way-in.ts";

/** Of the platform, and of each account. */
export const PROVIDERS_MAX = 20;

export type ProviderSettings = Omit<Provider, "id" | "accountId"> & {
  readonly name: string;
  readonly clientId: string;
  /** May be in a private network and speak http. */
  readonly privateHosts: readonly string[];
  readonly signsOut: boolean;
};

export type StoredProvider = Provider &
  ProviderSettings & {
    readonly owner: PolicyOwner;
    /** What decides whom it signs in, without the rest. */
    readonly provider: Provider;
    /** Null: none is kept, and a new one has to be entered. */
    readonly sealedSecret: string | null;
    readonly version: number;
    readonly createdAtMs: number;
    readonly changedAtMs: number;
    readonly changedBy: string;
  };

/** What a provider's secret is sealed for. */
export function providerSecretRow(id: string): string {
  return `identity_provider/secret/${id}`;
}

export async function readProvider(
  db: ReadDatabase<Schema>,
  id: string,
): Promise<StoredProvider | null> {
  const row = await db
    .selectFrom("identity_provider")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? null : toStored(row);
}

/** In the order of their ids. */
export async function listProviders(
  db: ReadDatabase<Schema>,
  owner: PolicyOwner,
): Promise<readonly StoredProvider[]> {
  const rows = await db
    .selectFrom("identity_provider")
    .selectAll()
    .where("owner", "=", owner)
    .orderBy("id")
    .execute();
  return rows.map(toStored);
}

/** Those that are on: the platform's, then the account's own. */
export async function listButtons(
  db: ReadDatabase<Schema>,
  accountId: AccountId | null,
): Promise<ProviderButton[]> {
  const owners: readonly PolicyOwner[] = accountId === null ? [] : [accountId];
  const rows = await db
    .selectFrom("identity_provider")
    .select(["id", "kind", "name", "owner"])
    .where("is_enabled", "=", 1)
    .where("owner", "in", ["platform", ...owners])
    .orderBy("name")
    .orderBy("id")
    .execute();
  const buttonsOf = (isPlatform: boolean) =>
    rows
      .filter(({ owner }) => (owner === "platform") === isPlatform)
      .map(({ id, kind, name }) => ({ id, kind: kind as Provider["kind"], name }));
  return [...buttonsOf(true), ...buttonsOf(false)];
}

export type ConnectedUsers = {
  readonly connections: number;
  /** Those among them who have no password, no passkey and no other connection that opens. */
  readonly onlyWayIn: number;
};

/** How many users are connected with each; providers without any are not in it. */
export async function countConnected(
  db: ReadDatabase<Schema>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ConnectedUsers>> {
  if (ids.length === 0) return new Map();
  const isElsewhere = hasOtherWayIn(
    "identity_connection.user_id",
    "identity_connection.provider_id",
  );
  const rows = await db
    .selectFrom("identity_connection")
    .leftJoin("identity_password as password", "password.user_id", "identity_connection.user_id")
    .select((eb) => ["provider_id", eb.fn.countAll<number | string>().as("connections")] as const)
    .select(
      sql<number | string>`sum(case when password.user_id is null and ${isElsewhere} = 0
        then 1 else 0 end)`.as("only_way_in"),
    )
    .where("provider_id", "in", ids)
    .groupBy("provider_id")
    .execute();
  return new Map(
    rows.map((row) => [
      row.provider_id,
      { connections: Number(row.connections), onlyWayIn: Number(row.only_way_in) },
    ]),
  );
}

export type NewProvider = {
  readonly id: string;
  readonly owner: PolicyOwner;
  readonly settings: ProviderSettings;
  readonly sealedSecret: string;
  readonly changedBy: string;
  readonly nowMs: number;
};

/** False when the id is taken. */
export async function insertProvider(
  trx: Transaction<Schema>,
  { id, owner, settings, sealedSecret, changedBy, nowMs }: NewProvider,
): Promise<boolean> {
  const inserted = await trx
    .insertInto("identity_provider")
    .values({
      id,
      owner,
      ...columnsOf(settings),
      kind: settings.kind,
      sealed_secret: sealedSecret,
      version: 1,
      created_at: nowMs,
      changed_at: nowMs,
      changed_by: changedBy,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export type ProviderChange = {
  readonly id: string;
  readonly versionBefore: number;
  readonly settings: ProviderSettings;
  readonly sealedSecret: string | null;
  readonly changedBy: string;
  readonly nowMs: number;
};

/** False when the provider has moved on since it was read, or is gone. */
export async function updateProvider(
  trx: Transaction<Schema>,
  { id, versionBefore, settings, sealedSecret, changedBy, nowMs }: ProviderChange,
): Promise<boolean> {
  const updated = await trx
    .updateTable("identity_provider")
    .set({
      ...columnsOf(settings),
      sealed_secret: sealedSecret,
      version: versionBefore + 1,
      changed_at: nowMs,
      changed_by: changedBy,
    })
    .where("id", "=", id)
    .where("version", "=", versionBefore)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

export async function deleteProviderRow(trx: Transaction<Schema>, id: string): Promise<boolean> {
  const deleted = await trx
    .deleteFrom("identity_provider")
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return deleted !== undefined;
}

function columnsOf(settings: ProviderSettings) {
  return {
    name: settings.name,
    issuer: settings.issuer,
    tenant: settings.tenant,
    tenants_json: JSON.stringify(settings.tenants),
    client_id: settings.clientId,
    factor_acrs_json: JSON.stringify(settings.factorAcrs),
    private_hosts_json: JSON.stringify(settings.privateHosts),
    signs_out: settings.signsOut ? 1 : 0,
    is_enabled: settings.isEnabled ? 1 : 0,
  };
}

/** INVARIANT: only settings that were read by `readProviderSettings` were ever stored. */
function toStored(row: ProviderTable): StoredProvider {
  const provider: Provider = {
    id: row.id,
    accountId: row.owner === "platform" ? null : row.owner,
    kind: row.kind as Provider["kind"],
    isEnabled: row.is_enabled === 1,
    issuer: row.issuer,
    tenant: row.tenant,
    tenants: JSON.parse(row.tenants_json) as readonly string[],
    factorAcrs: JSON.parse(row.factor_acrs_json) as readonly string[],
  };
  return {
    ...provider,
    provider,
    owner: row.owner,
    name: row.name,
    clientId: row.client_id,
    privateHosts: JSON.parse(row.private_hosts_json) as readonly string[],
    signsOut: row.signs_out === 1,
    sealedSecret: row.sealed_secret,
    version: row.version,
    createdAtMs: row.created_at,
    changedAtMs: row.changed_at,
    changedBy: row.changed_by,
  };
}

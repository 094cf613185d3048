// Says what a provider is, to whoever manages it: never its secret.
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { redirectUriOf } from "./open-id-settings.ts";
import { countConnected } from "./provider-store.ts";
import type { StoredProvider } from "./provider-store.ts";

export async function describeProviders(
  db: ReadDatabase<Schema>,
  publicUrl: string,
  providers: readonly StoredProvider[],
): Promise<ProviderAnswer[]> {
  const connected = await countConnected(
    db,
    providers.map(({ id }) => id),
  );
  return providers.map((stored) => ({
    id: stored.id,
    account: accountCodeOf(stored.id),
    kind: stored.kind,
    name: stored.name,
    issuer: stored.issuer,
    tenant: stored.tenant,
    tenants: [...stored.tenants],
    clientId: stored.clientId,
    hasSecret: stored.sealedSecret !== null,
    factorAcrs: [...stored.factorAcrs],
    privateHosts: [...stored.privateHosts],
    signsOut: stored.signsOut,
    isEnabled: stored.isEnabled,
    redirectUri: redirectUriOf(publicUrl, stored.id),
    ...(connected.get(stored.id) ?? { connections: 0, onlyWayIn: 0 }),
    version: stored.version,
    createdAt: new Date(stored.createdAtMs).toISOString(),
    changedAt: new Date(stored.changedAtMs).toISOString(),
    changedBy: stored.changedBy,
  }));
}

/** Neither part of an id has a dot, and an account's code never changes. */
export function providerIdOf(accountCode: string | null, code: string): string {
  return accountCode === null ? code : `${accountCode}.${code}`;
}

export function accountCodeOf(id: string): string | null {
  const dotAt = id.indexOf(".");
  return dotAt === -1 ? null : id.slice(0, dotAt);
}

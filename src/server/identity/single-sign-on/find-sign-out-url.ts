// Finds where a provider signs somebody out whom it has signed in here.
import type { IdentityParts } from "../identity-parts.ts";
import { readProvider } from "../providers/provider-store.ts";
import { findConnectionById } from "./connection-store.ts";
import { openClient } from "./open-client.ts";

export type SignOutUrlParts = Pick<
  IdentityParts,
  "database" | "keyRing" | "publicUrl" | "openIdClients" | "onError"
>;

/** Whoever leaves is not kept waiting for a provider that does not answer. */
const WAIT_MS_MAX = 3000;

/**
 * Null where the provider is not to sign out, offers no such page (OpenID Connect RP-Initiated
 * Logout 1.0, 2.1), or does not say in time. Never rejects: the session here has ended already.
 */
export async function findSignOutUrl(
  parts: SignOutUrlParts,
  connectionId: string,
): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), WAIT_MS_MAX);
  });
  const url = ask(parts, connectionId).catch((error: unknown) => {
    parts.onError(error, "asking a provider where it signs people out");
    return null;
  });
  return Promise.race([url, timeout]).finally(() => clearTimeout(timer));
}

async function ask(parts: SignOutUrlParts, connectionId: string): Promise<string | null> {
  const { kysely } = parts.database;
  const connection = await findConnectionById(kysely, connectionId);
  const provider = connection && (await readProvider(kysely, connection.providerId));
  if (provider === null || !provider.isEnabled || !provider.signsOut) return null;
  const opened = openClient(parts, provider);
  if (!opened.ok) return null;
  return opened.client.endSessionUrl(`${parts.publicUrl}/postern/signed-out`);
}

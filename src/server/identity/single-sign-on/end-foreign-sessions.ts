// Ends the sessions that came by a provider which may not sign their user in any more.
import type { Transaction } from "kysely";
import { mayProviderSignIn } from "../../../core/identity/single-sign-on/may-provider-sign-in.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readProvider } from "../providers/provider-store.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { listConnectionsOf } from "./connection-store.ts";

/**
 * When a user was changed; whoever calls it records that. INVARIANT: nobody comes into another
 * account, or to the rights of an operator, with a session that an account's own provider opened
 * before (row 112).
 */
export async function endForeignSessions(trx: Transaction<Schema>, userId: string): Promise<void> {
  const connections = await listConnectionsOf(trx, userId);
  if (connections.length === 0) return;
  // A sign-in under way holds this row, and has written its session when it lets go.
  await lockCodeCount(trx, userId);
  const { person } = await readPersonById(trx, userId);
  if (person === null) return;
  const { accountIds, user } = person;
  for (const { id, providerId } of connections) {
    const stored = await readProvider(trx, providerId);
    const { isOperator } = user;
    if (stored !== null && mayProviderSignIn(stored.provider, { isOperator, accountIds })) continue;
    await trx.deleteFrom("identity_session").where("connection_id", "=", id).execute();
  }
}

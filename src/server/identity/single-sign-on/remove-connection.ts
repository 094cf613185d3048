// Removes one connection of a user, with what follows from it, unless it is the last way in.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { connectionProblem } from "./connection-problem.ts";
import { deleteConnection } from "./connection-store.ts";
import { assertWayInLeft } from "./read-ways-in.ts";
import type { OwnWaysIn } from "./read-ways-in.ts";
import { recordConnectionChange } from "./record-connection-change.ts";
import type { ChangedConnection } from "./record-connection-change.ts";

export type ConnectionRemoval = Pick<
  ChangedConnection,
  "change" | "actor" | "changedBy" | "place" | "nowMs"
> & {
  /** Read in this transaction, after the user's row was locked. */
  readonly ways: OwnWaysIn;
  readonly connectionId: string;
  /** The session that asks, and goes on. */
  readonly keptSessionId: string | null;
  /** What to do when it is the last way in; by default what its owner is told. */
  readonly lastWayDetail?: string;
};

/**
 * Throws `connection-not-found` (404) and `last-way-in` (409). After the commit come
 * `followUserChanges` and `wakeMails`.
 */
export async function removeConnection(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  removal: ConnectionRemoval,
): Promise<void> {
  const { ways, connectionId, lastWayDetail, nowMs } = removal;
  const { person } = ways;
  const userId = person.user.id;
  const way = ways.connections.find(({ connection }) => connection.id === connectionId);
  if (way === undefined) throw connectionProblem("connection-not-found");
  assertWayInLeft(
    ways,
    way.isUsable ? "connection" : "unusable-connection",
    lastWayDetail === undefined ? undefined : { detail: lastWayDetail },
  );
  const removed = await deleteConnection(trx, { id: connectionId, userId });
  if (removed === null) throw connectionProblem("connection-not-found");
  // After the row: a sign-in by it that was under way has written its session, or finds no row.
  await endSessionsBy(trx, connectionId, removal.keptSessionId);
  const { change, actor, changedBy = null, place } = removal;
  const { provider } = way;
  const { accountShown } = removed;
  const told = { person, change, provider, accountShown, actor, changedBy, place, nowMs };
  await recordConnectionChange(trx, parts, told);
  await recordUserChange(trx, userId, nowMs);
}

/** Whole sessions and half ones (row 114). The one that goes on came by nothing any more. */
async function endSessionsBy(
  trx: Transaction<Schema>,
  connectionId: string,
  keptSessionId: string | null,
): Promise<void> {
  if (keptSessionId !== null) {
    await trx
      .updateTable("identity_session")
      .set({ connection_id: null })
      .where("connection_id", "=", connectionId)
      .where("id", "=", keptSessionId)
      .execute();
  }
  await trx.deleteFrom("identity_session").where("connection_id", "=", connectionId).execute();
}

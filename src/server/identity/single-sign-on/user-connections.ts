// What operators and admins do with another user's connections: see them, and remove one.
import type { Transaction } from "kysely";
import type { UserConnectionsAnswer } from "../../../api/connection-api.ts";
import type { StateContext } from "../../../core/identity/user-state.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { describePrincipal, findManagedUser } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn } from "../sign-in/sign-in-store.ts";
import { connectionProblem } from "./connection-problem.ts";
import type { ConnectionManaging, ConnectionParts } from "./create-connections.ts";
import { holdProviderOf } from "./hold-provider.ts";
import { toConnectionAnswer } from "./own-connections.ts";
import { readWaysIn } from "./read-ways-in.ts";
import type { OwnWaysIn } from "./read-ways-in.ts";
import { removeConnection } from "./remove-connection.ts";

const LAST_WAY_DETAIL =
  "Without it the user could not sign in any more. First mail the user a link to choose a " +
  "password (POST /api/v1/users/:id/invitation), and remove the connection when one is chosen.";

export async function readUserConnections(
  parts: ConnectionParts,
  { principal, userId }: ConnectionManaging,
): Promise<UserConnectionsAnswer> {
  const { kysely } = parts.database;
  await findManagedUser(kysely, principal, userId);
  const { connections } = await waysOf(kysely, parts, userId);
  return { connections: connections.map(toConnectionAnswer) };
}

export async function disconnectUser(
  parts: ConnectionParts,
  managing: ConnectionManaging,
  connectionId: string,
): Promise<void> {
  const { principal, userId } = managing;
  await parts.database.transaction(async (trx) => {
    // 404 for a user out of the principal's sight, 403 for one that somebody else manages.
    await findManagedUser(trx, principal, userId);
    // A stolen session of an admin must not do here what its settings ask a proof for.
    const isOwn = principal.kind === "user" && principal.userId === userId;
    if (principal.kind === "token" || isOwn) throw connectionProblem("connections-not-managed");
    await remove(trx, parts, { ...managing, connectionId });
  });
  parts.wakeMails();
  await parts.followUserChanges();
}

async function remove(
  trx: Transaction<Schema>,
  parts: ConnectionParts,
  removing: ConnectionManaging & { readonly connectionId: string },
): Promise<void> {
  const { principal, request, userId, connectionId } = removing;
  const nowMs = parts.clock.nowMs();
  await holdProviderOf(trx, { id: connectionId, userId });
  await insertSignIn(trx, userId, nowMs);
  await lockCodeCount(trx, userId);
  await removeConnection(trx, parts, {
    ways: await waysOf(trx, parts, userId),
    connectionId,
    change: "disconnected-by-administrator",
    actor: describePrincipal(principal),
    changedBy: principal.kind === "user" ? principal.email : null,
    // The host's shell has no address.
    place: principal.kind === "host-shell" ? null : parts.placeOf(request.raw),
    keptSessionId: null,
    lastWayDetail: LAST_WAY_DETAIL,
    nowMs,
  });
}

async function waysOf(
  db: ReadDatabase<Schema>,
  parts: ConnectionParts,
  userId: string,
): Promise<OwnWaysIn> {
  const at: StateContext = {
    nowMs: parts.clock.nowMs(),
    isClockTrusted: parts.isClockTrusted(),
    isKnownBrowser: false,
  };
  const ways = await readWaysIn(db, userId, at);
  if (ways === null) throw signInProblem("user-not-found");
  return ways;
}

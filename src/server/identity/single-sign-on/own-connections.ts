// What people do with their own connections: see them, and remove one.
import type { ConnectionAnswer, OwnConnectionsAnswer } from "../../../api/connection-api.ts";
import { mayProviderSignIn } from "../../../core/identity/single-sign-on/may-provider-sign-in.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { listButtons } from "../providers/provider-store.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { holdProvedSession, requireProof } from "../two-factor/require-proof.ts";
import { assertStillOpen, contextOf } from "./assert-still-open.ts";
import type { ConnectionParts } from "./create-connections.ts";
import { holdProviderOf } from "./hold-provider.ts";
import { readWaysIn } from "./read-ways-in.ts";
import type { ConnectedWay, OwnWaysIn } from "./read-ways-in.ts";
import { removeConnection } from "./remove-connection.ts";

export async function readOwnConnections(
  parts: ConnectionParts,
  request: ApiRequest,
): Promise<OwnConnectionsAnswer> {
  const { kysely } = parts.database;
  const open = parts.openSessionOf(request);
  const ways = await readWaysIn(kysely, open.session.user.id, contextOf(parts, open));
  if (ways === null) throw sessionProblem("session-ended");
  const connected = new Set(ways.connections.map(({ provider }) => provider.id));
  const buttons = await listButtons(kysely, accountOf(ways));
  return {
    connections: ways.connections.map(toConnectionAnswer),
    available: buttons.filter(({ id }) => !connected.has(id)),
    hasPassword: ways.person.facts.hasPassword,
    passkeys: ways.passkeys,
  };
}

/** The account whose own providers may sign the user in; null: none is. */
function accountOf({ person }: OwnWaysIn): string | null {
  const { accountIds, user } = person;
  const [accountId = null] = accountIds;
  const { isOperator } = user;
  return mayProviderSignIn({ accountId }, { isOperator, accountIds }) ? accountId : null;
}

/** INVARIANT: of two that race for the last two ways in one is refused: the user's row decides. */
export async function disconnectOwn(
  parts: ConnectionParts,
  request: ApiRequest,
  connectionId: string,
): Promise<void> {
  const open = parts.openSessionOf(request);
  const nowMs = parts.clock.nowMs();
  requireProof(open, nowMs);
  const { session, user } = open.session;
  await parts.database.transaction(async (trx) => {
    await holdProviderOf(trx, { id: connectionId, userId: user.id });
    await lockCodeCount(trx, user.id);
    await holdProvedSession(trx, open, nowMs);
    const ways = await readWaysIn(trx, user.id, contextOf(parts, open));
    if (ways === null) throw sessionProblem("session-ended");
    assertStillOpen(parts, open, ways.reading);
    await removeConnection(trx, parts, {
      ways,
      connectionId,
      change: "disconnected",
      actor: ways.person.user.email,
      place: parts.placeOf(request.raw),
      keptSessionId: session.id,
      nowMs,
    });
  });
  parts.wakeMails();
  await parts.followUserChanges();
}

export function toConnectionAnswer(way: ConnectedWay): ConnectionAnswer {
  const { connection, provider, isUsable } = way;
  const { id, accountShown, connectedAtMs, lastUsedAtMs } = connection;
  return {
    id,
    provider,
    accountShown,
    connectedAt: toTimeText(connectedAtMs),
    lastUsedAt: lastUsedAtMs === null ? null : toTimeText(lastUsedAtMs),
    isUsable,
  };
}

// Lists a user's open sessions as they are shown.
import type { SessionAnswer } from "../../../api/sessions-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import type { IdentityPolicy } from "../../../core/identity/identity-policy.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findUserById, listMemberships } from "../../accounts/index.ts";
import { readEffectivePolicy } from "../policies/identity-policy-store.ts";
import type { StoredSession } from "./session-store.ts";
import { listSessionsOf } from "./session-store.ts";
import { toTimeText } from "./session-route-parts.ts";

const MINUTE_MS = 60_000;

/** The one active last first; without those that idleness has ended. */
export async function listOpenSessions(
  read: ReadDatabase<Schema>,
  wanted: {
    readonly userId: string;
    readonly nowMs: number;
    /** What is not written yet. */
    readonly lastActivityOf: (sessionId: string) => number;
  },
): Promise<readonly StoredSession[]> {
  const { userId, nowMs, lastActivityOf } = wanted;
  const { logOut } = await readPolicyOf(read, userId);
  const sessions = (await listSessionsOf(read, userId)).map((session) =>
    withActivity(session, lastActivityOf(session.id)),
  );
  return sessions
    .filter(
      ({ lastActivityAtMs }) =>
        !logOut.enabled || lastActivityAtMs + logOut.minutes * MINUTE_MS > nowMs,
    )
    .toSorted((a, b) => b.lastActivityAtMs - a.lastActivityAtMs);
}

function withActivity(session: StoredSession, atMs: number): StoredSession {
  return { ...session, lastActivityAtMs: Math.max(session.lastActivityAtMs, atMs) };
}

async function readPolicyOf(read: ReadDatabase<Schema>, userId: string): Promise<IdentityPolicy> {
  const user = await findUserById(read, userId);
  const accountIds = (await listMemberships(read, userId)).map(({ accountId }) => accountId);
  const primaryAccountId = user?.primaryAccountId ?? null;
  const isOperator = user?.isOperator ?? false;
  return (await readEffectivePolicy(read, { isOperator, primaryAccountId, accountIds })).policy;
}

export function toSessionAnswer(session: StoredSession, currentId: string | null): SessionAnswer {
  return {
    id: session.id,
    isCurrent: session.id === currentId,
    address: session.address,
    country: session.country,
    device: describeDevice(session.userAgent),
    createdAt: toTimeText(session.createdAtMs),
    lastActivityAt: toTimeText(session.lastActivityAtMs),
  };
}

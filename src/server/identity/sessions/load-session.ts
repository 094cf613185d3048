// Reads all that judging a session needs: the session, its user's state, memberships and rules.
import type { IdentityPolicy } from "../../../core/identity/identity-policy.ts";
import type { UserFacts } from "../../../core/identity/user-state.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { findUserById, listMemberships } from "../../accounts/index.ts";
import type { StoredMembership, StoredUser } from "../../accounts/index.ts";
import { readEffectivePolicy } from "../policies/identity-policy-store.ts";
import { hasOtherWayIn } from "../single-sign-on/has-other-way-in.ts";
import { toSession } from "./session-store.ts";
import type { StoredSession } from "./session-store.ts";

export type LoadedSession = {
  readonly session: StoredSession;
  /** Set when it was found by the token before the last elevation. */
  readonly graceEndsAtMs: number | null;
  readonly user: StoredUser;
  readonly memberships: readonly StoredMembership[];
  readonly facts: UserFacts;
  readonly isKnownBrowser: boolean;
  readonly policy: IdentityPolicy;
};

/** Null when no session has the token, or the user is gone. */
export async function loadSession(
  read: ReadDatabase<Schema>,
  tokenHash: string,
): Promise<LoadedSession | null> {
  const row = await readSessionRow(read, tokenHash);
  if (row === undefined) return null;
  const user = await findUserById(read, row.user_id);
  if (user === null) return null;
  const memberships = await listMemberships(read, user.id);
  const accountIds = memberships.map(({ accountId }) => accountId);
  const { isOperator, primaryAccountId } = user;
  const { policy } = await readEffectivePolicy(read, { isOperator, primaryAccountId, accountIds });
  return {
    session: toSession(row),
    graceEndsAtMs: row.token_hash === tokenHash ? null : (row.previous_until_at ?? 0),
    user,
    memberships,
    facts: {
      isDisabled: user.isDisabled,
      hasPassword: row.password_changed_at !== null,
      hasOtherWayIn: row.has_other_way_in === 1,
      lockedAtMs: row.locked_at,
      lastSignedInAtMs: row.last_signed_in_at,
      activeSinceAtMs: row.active_since_at ?? user.createdAtMs,
      passwordChangedAtMs: row.password_changed_at,
      mustChangePassword: row.must_change === 1,
    },
    isKnownBrowser: row.known_browser_id !== null,
    policy,
  };
}

function readSessionRow(read: ReadDatabase<Schema>, tokenHash: string) {
  return read
    .selectFrom("identity_session as session")
    .leftJoin("identity_sign_in as sign_in", "sign_in.user_id", "session.user_id")
    .leftJoin("identity_password as password", "password.user_id", "session.user_id")
    .leftJoin("identity_browser as browser", (join) =>
      join
        .onRef("browser.id", "=", "session.browser_id")
        .onRef("browser.user_id", "=", "session.user_id"),
    )
    .selectAll("session")
    .select([
      "sign_in.locked_at",
      "sign_in.last_signed_in_at",
      "sign_in.active_since_at",
      "password.changed_at as password_changed_at",
      "password.must_change",
      "browser.id as known_browser_id",
    ])
    .select(hasOtherWayIn("session.user_id").as("has_other_way_in"))
    .where((eb) =>
      eb.or([
        eb("session.token_hash", "=", tokenHash),
        eb("session.previous_token_hash", "=", tokenHash),
      ]),
    )
    .executeTakeFirst();
}

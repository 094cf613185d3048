// Reads the users whose sign-ins an owner's rules decide, page by page, with all that decides them.
import type { PolicyOwner } from "../../../core/accounts/account.ts";
import type { PreviewedUser } from "../../../core/identity/preview-identity-policy.ts";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { selectRuledUsers, selectUsersInMerge } from "../policies/select-ruled-users.ts";
import { hasOtherWayIn, hasUsableConnection } from "../single-sign-on/has-other-way-in.ts";

export type PreviewedPerson = PreviewedUser & {
  readonly id: string;
  readonly name: string;
  readonly email: string;
};

/** In the order of their e-mail addresses: all at once, as finding them looks at every user. */
export async function listPreviewedIds(
  read: ReadDatabase<Schema>,
  owners: readonly PolicyOwner[],
): Promise<readonly string[]> {
  const rows = await read
    .selectFrom("accounts_user as user")
    .select("user.id")
    .where((user) =>
      user.or(
        owners.flatMap((owner) => [
          user("user.id", "in", selectRuledUsers(read, owner)),
          ...(owner === "platform" ? [] : [user("user.id", "in", selectUsersInMerge(read, owner))]),
        ]),
      ),
    )
    .orderBy("user.email_key")
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * In the order of their e-mail addresses.
 * @param ids at most some hundreds: SQLite binds 32,766 parameters
 * @param unwrittenActivityOf when a session was last active, as far as it is not written yet
 */
export async function readPreviewedUsers(
  read: ReadDatabase<Schema>,
  ids: readonly string[],
  unwrittenActivityOf: (sessionId: string) => number,
): Promise<readonly PreviewedPerson[]> {
  const rows = await readUserRows(read, ids);
  const memberships = groupByUser(await readMemberships(read, ids));
  const factors = groupByUser(await readFactorRows(read, ids));
  const browsers = groupByUser(await readBrowserRows(read, ids));
  const trusts = groupByUser(await readTrustRows(read, ids));
  const sessions = groupByUser(await readSessionRows(read, ids));
  return rows.map((row): PreviewedPerson => {
    const [browser = null] = browsers(row.id);
    return {
      id: row.id,
      name: row.name,
      email: row.email,
      isOperator: row.is_operator === 1,
      primaryAccountId: row.primary_account_id,
      accountIds: memberships(row.id).map(({ account_id }) => account_id),
      facts: toFacts(row),
      wrongPasswords: row.wrong_passwords ?? 0,
      browser: browser === null ? null : { wrongPasswords: browser.wrong_passwords },
      methods: [
        ...factors(row.id).map(({ method }) => method as FactorMethod),
        ...(row.passkeys > 0 ? (["passkey"] as const) : []),
      ],
      hasConnection: row.has_connection === 1,
      trusts: trusts(row.id).map(({ expires_at }) => ({ expiresAtMs: expires_at })),
      sessions: sessions(row.id).map((session) => ({
        stage: session.stage as SignInStage,
        createdAtMs: session.created_at,
        lastActivityAtMs: Math.max(session.last_activity_at, unwrittenActivityOf(session.id)),
        isKnownBrowser: session.known_browser_id !== null,
      })),
    };
  });
}

type UserRow = Awaited<ReturnType<typeof readUserRows>>[number];

function readUserRows(read: ReadDatabase<Schema>, ids: readonly string[]) {
  return read
    .selectFrom("accounts_user as user")
    .leftJoin("identity_sign_in as sign_in", "sign_in.user_id", "user.id")
    .leftJoin("identity_password as password", "password.user_id", "user.id")
    .select([
      "user.id",
      "user.name",
      "user.email",
      "user.is_operator",
      "user.is_disabled",
      "user.primary_account_id",
      "user.created_at",
      "sign_in.wrong_passwords",
      "sign_in.locked_at",
      "sign_in.last_signed_in_at",
      "sign_in.active_since_at",
      "password.changed_at as password_changed_at",
      "password.must_change",
    ])
    .select((row) => [
      row
        .selectFrom("identity_passkey as passkey")
        .select((passkey) => passkey.fn.countAll<number>().as("count"))
        .whereRef("passkey.user_id", "=", "user.id")
        .$asScalar()
        .$notNull()
        .as("passkeys"),
      hasOtherWayIn("user.id").as("has_other_way_in"),
      hasUsableConnection("user.id").as("has_connection"),
    ])
    .where("user.id", "in", ids)
    .orderBy("user.email_key")
    .execute();
}

/** As `readPersonById` has them at a sign-in. */
function toFacts(row: UserRow): PreviewedUser["facts"] {
  return {
    isDisabled: row.is_disabled === 1,
    hasPassword: row.password_changed_at !== null,
    hasOtherWayIn: row.has_other_way_in === 1,
    lockedAtMs: row.locked_at,
    lastSignedInAtMs: row.last_signed_in_at,
    activeSinceAtMs: row.active_since_at ?? row.created_at,
    passwordChangedAtMs: row.password_changed_at,
    mustChangePassword: row.must_change === 1,
  };
}

function readMemberships(read: ReadDatabase<Schema>, ids: readonly string[]) {
  return read
    .selectFrom("accounts_membership")
    .select(["user_id", "account_id"])
    .where("user_id", "in", ids)
    .execute();
}

function readFactorRows(read: ReadDatabase<Schema>, ids: readonly string[]) {
  return read
    .selectFrom("identity_factor")
    .select(["user_id", "method"])
    .where("user_id", "in", ids)
    .execute();
}

/** The one seen last first. */
function readBrowserRows(read: ReadDatabase<Schema>, ids: readonly string[]) {
  return read
    .selectFrom("identity_browser")
    .select(["user_id", "wrong_passwords"])
    .where("user_id", "in", ids)
    .orderBy("last_seen_at", "desc")
    .orderBy("id")
    .execute();
}

function readTrustRows(read: ReadDatabase<Schema>, ids: readonly string[]) {
  return read
    .selectFrom("identity_trusted_browser")
    .select(["user_id", "expires_at"])
    .where("user_id", "in", ids)
    .execute();
}

function readSessionRows(read: ReadDatabase<Schema>, ids: readonly string[]) {
  return read
    .selectFrom("identity_session as session")
    .leftJoin("identity_browser as browser", (join) =>
      join
        .onRef("browser.id", "=", "session.browser_id")
        .onRef("browser.user_id", "=", "session.user_id"),
    )
    .select([
      "session.id",
      "session.user_id",
      "session.stage",
      "session.created_at",
      "session.last_activity_at",
      "browser.id as known_browser_id",
    ])
    .where("session.user_id", "in", ids)
    .execute();
}

function groupByUser<Row extends { readonly user_id: string }>(
  rows: readonly Row[],
): (userId: string) => readonly Row[] {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const known = grouped.get(row.user_id);
    if (known === undefined) grouped.set(row.user_id, [row]);
    else known.push(row);
  }
  return (userId) => grouped.get(userId) ?? [];
}

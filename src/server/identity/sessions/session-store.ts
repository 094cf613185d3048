// Keeps sessions: opening, finding by token, elevating, listing, ending.
import type { Transaction } from "kysely";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { SessionTable } from "../../migrations/identity-tables.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { createSessionToken } from "./session-token.ts";
import { recordUserChange } from "./user-changes.ts";

export type StoredSession = {
  readonly id: string;
  readonly userId: string;
  readonly stage: SignInStage;
  /** How its user proved who they are. */
  readonly method: SessionMethod;
  readonly browserId: string | null;
  readonly address: string;
  readonly country: string;
  readonly userAgent: string;
  readonly createdAtMs: number;
  readonly lastActivityAtMs: number;
  /** When password or factor was last asked for again in it; null: never. */
  readonly provedAtMs: number | null;
  /** By which a provider has opened it; null: by no provider. */
  readonly connectionId: string | null;
  /** What is connected once the sign-in is whole. */
  readonly bindId: string | null;
};

/**
 * What began the sign-in: a password, a `passkey`, which is both factors, or a provider, `vouched`
 * where it said that it asked for a second factor itself.
 */
export type FirstProof = "password" | "passkey" | "sso" | "sso-vouched";

/** With what came after it: `password+app`, `sso+trusted-browser`. */
export type SessionMethod = FirstProof | `${FirstProof}+${string}`;

/** Requests that were on their way with the old token are still answered for so long (row 87). */
const ROTATION_GRACE_MS = 3_000;

export type NewSession = {
  readonly userId: string;
  readonly stage: SignInStage;
  /** The known browser it is opened in. */
  readonly browserId: string | null;
  readonly place: PersonPlace;
  readonly method: SessionMethod;
  readonly connectionId?: string | null;
  readonly bindId?: string | null;
  readonly nowMs: number;
};

/** How long one lasts that is not whole yet, core's `stageLastsMs` says. */
export async function openSession(
  trx: Transaction<Schema>,
  wanted: NewSession,
): Promise<{ readonly id: string; readonly token: string }> {
  const { place, nowMs } = wanted;
  const { token, tokenHash } = createSessionToken();
  const id = randomId();
  await trx
    .insertInto("identity_session")
    .values({
      id,
      token_hash: tokenHash,
      previous_token_hash: null,
      previous_until_at: null,
      user_id: wanted.userId,
      stage: wanted.stage,
      method: wanted.method,
      browser_id: wanted.browserId,
      family: place.address.family,
      address_start: place.addressKey,
      address: place.addressText,
      country: place.country,
      user_agent: place.userAgent,
      created_at: nowMs,
      last_activity_at: nowMs,
      proved_at: null,
      connection_id: wanted.connectionId ?? null,
      bind_id: wanted.bindId ?? null,
    })
    .execute();
  return { id, token };
}

export type Elevation = {
  readonly sessionId: string;
  readonly stage: SignInStage;
  readonly nowMs: number;
  /** Only a session that is still at this stage: of two steps at once one is taken. */
  readonly fromStage?: SignInStage;
  readonly method?: SessionMethod;
  /** The known browser it turned out to be in. */
  readonly browserId?: string;
  /** Password or factor was asked for again just now. */
  readonly provedAtMs?: number;
  /** Nothing is left to be connected. */
  readonly clearsBind?: boolean;
};

/**
 * Gives the session a new token and stage, and returns the token. The token of a half sign-in stops
 * at once; a whole session's own is good for three seconds more. Null when the session has ended.
 */
export async function elevateSession(
  trx: Transaction<Schema>,
  wanted: Elevation,
): Promise<string | null> {
  const { sessionId, stage, nowMs, fromStage, method, browserId, provedAtMs } = wanted;
  const { clearsBind = false } = wanted;
  const { token, tokenHash } = createSessionToken();
  const changed = await trx
    .updateTable("identity_session")
    .set((eb) => {
      // Every right side sees the row as it was before.
      const isWhole = eb("stage", "=", "none");
      return {
        token_hash: tokenHash,
        previous_token_hash: eb.case().when(isWhole).then(eb.ref("token_hash")).else(null).end(),
        previous_until_at: nowMs + ROTATION_GRACE_MS,
        stage,
        last_activity_at: nowMs,
        // Of a half sign-in, when its stage began; of a whole one, since when it has been that.
        created_at: eb.case().when(isWhole).then(eb.ref("created_at")).else(nowMs).end(),
        ...(method === undefined ? {} : { method }),
        ...(browserId === undefined ? {} : { browser_id: browserId }),
        ...(provedAtMs === undefined ? {} : { proved_at: provedAtMs }),
        ...(clearsBind ? { bind_id: null } : {}),
      };
    })
    .where("id", "=", sessionId)
    .$if(fromStage !== undefined, (query) => query.where("stage", "=", fromStage!))
    .returning("user_id")
    .executeTakeFirst();
  if (changed === undefined) return null;
  await recordUserChange(trx, changed.user_id, nowMs);
  return token;
}

/** Whole ones only, the one active last first. What a log-out policy ended may be among them. */
export async function listSessionsOf(
  read: ReadDatabase<Schema>,
  userId: string,
): Promise<readonly StoredSession[]> {
  const rows = await read
    .selectFrom("identity_session")
    .selectAll()
    .where("user_id", "=", userId)
    .where("stage", "=", "none")
    .orderBy("last_activity_at", "desc")
    .orderBy("id")
    .limit(SESSIONS_LISTED_MAX)
    .execute();
  return rows.map(toSession);
}

const SESSIONS_LISTED_MAX = 200;

/** By their stage. */
export async function countSessions(
  db: ReadDatabase<Schema>,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("identity_session")
    .select((eb) => ["stage", eb.fn.countAll<number>().as("sessions")])
    .groupBy("stage")
    .execute();
  return new Map(rows.map((row) => [row.stage, row.sessions]));
}

export function toSession(row: SessionTable): StoredSession {
  return {
    id: row.id,
    userId: row.user_id,
    stage: row.stage as SignInStage,
    method: row.method as SessionMethod,
    browserId: row.browser_id,
    address: row.address,
    country: row.country,
    userAgent: row.user_agent,
    createdAtMs: row.created_at,
    lastActivityAtMs: row.last_activity_at,
    provedAtMs: row.proved_at,
    connectionId: row.connection_id,
    bindId: row.bind_id,
  };
}

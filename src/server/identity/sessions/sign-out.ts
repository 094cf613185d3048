// Signs a browser out: its session ends, its cookie goes, and where to sign out too is told.
import type { SignedOutAnswer } from "../../../api/connection-api.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { findUserById } from "../../accounts/index.ts";
import { deleteBind } from "../single-sign-on/bind-store.ts";
import { findSignOutUrl } from "../single-sign-on/find-sign-out-url.ts";
import type { CookieReply } from "./session-cookies.ts";
import type { SessionRouteParts } from "./session-route-parts.ts";
import { recordUserChange } from "./user-changes.ts";

/**
 * Also for a session that nothing else would let in (locked, disabled, half). Throws
 * `cross-site-refused`: another site cannot sign people out.
 */
export async function signOut(
  parts: SessionRouteParts,
  request: ApiRequest,
  reply: CookieReply,
): Promise<SignedOutAnswer> {
  const { sessions } = parts;
  sessions.assertSameSite(request);
  await endBind(parts, request, reply);
  const reading = sessions.cookies.read(request.raw.rawHeaders, "session");
  if (reading.kind === "absent") return { providerUrl: null };
  const connectionId =
    reading.kind === "token" ? await endByToken(parts, request, sha256Hex(reading.token)) : null;
  sessions.cookies.clear(reply, "session");
  // After the commit: a provider that is slow keeps nobody signed in.
  return { providerUrl: connectionId === null ? null : await findSignOutUrl(parts, connectionId) };
}

/** What was to be connected is nothing for whoever uses the browser next. */
async function endBind(
  { sessions, database }: SessionRouteParts,
  request: ApiRequest,
  reply: CookieReply,
): Promise<void> {
  const reading = sessions.cookies.read(request.raw.rawHeaders, "bind");
  if (reading.kind === "absent") return;
  sessions.cookies.clear(reply, "bind");
  if (reading.kind !== "token") return;
  await database.transaction((trx) => deleteBind(trx, reading.token));
}

/** Gives the connection by which the session was opened; null: by none, or there is no session. */
async function endByToken(
  parts: SessionRouteParts,
  request: ApiRequest,
  tokenHash: string,
): Promise<string | null> {
  const place = parts.placeOf(request.raw);
  const atMs = parts.clock.nowMs();
  const connectionId = await parts.database.transaction(async (trx) => {
    const ended = await trx
      .deleteFrom("identity_session")
      .where((eb) =>
        eb.or([eb("token_hash", "=", tokenHash), eb("previous_token_hash", "=", tokenHash)]),
      )
      .returning(["id", "user_id", "connection_id"])
      .executeTakeFirst();
    if (ended === undefined) return null;
    const userId = ended.user_id;
    const actor = (await findUserById(trx, userId))?.email ?? null;
    const detail = { session: ended.id };
    await parts.recordEvent(trx, { kind: "sign-out", atMs, userId, actor, place, detail });
    await recordUserChange(trx, userId, atMs);
    return ended.connection_id;
  });
  await parts.sessions.followUserChanges();
  return connectionId;
}

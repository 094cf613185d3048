// Signs a browser out: its session ends, its cookie goes.
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { findUserById } from "../../accounts/index.ts";
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
): Promise<void> {
  const { sessions, database, clock } = parts;
  sessions.assertSameSite(request);
  const reading = sessions.cookies.read(request.raw.rawHeaders, "session");
  if (reading.kind === "token") {
    const tokenHash = sha256Hex(reading.token);
    const place = parts.placeOf(request.raw);
    const atMs = clock.nowMs();
    await database.transaction(async (trx) => {
      const ended = await trx
        .deleteFrom("identity_session")
        .where((eb) =>
          eb.or([eb("token_hash", "=", tokenHash), eb("previous_token_hash", "=", tokenHash)]),
        )
        .returning(["id", "user_id"])
        .executeTakeFirst();
      if (ended === undefined) return;
      const userId = ended.user_id;
      const actor = (await findUserById(trx, userId))?.email ?? null;
      const detail = { session: ended.id };
      await parts.recordEvent(trx, { kind: "sign-out", atMs, userId, actor, place, detail });
      await recordUserChange(trx, userId, atMs);
    });
    await sessions.followUserChanges();
  }
  if (reading.kind !== "absent") sessions.cookies.clear(reply, "session");
}

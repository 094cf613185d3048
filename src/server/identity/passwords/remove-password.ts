// Removes somebody's own password, as long as there is another way in.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { rememberBrowser } from "../sessions/browser-store.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { elevateSession } from "../sessions/session-store.ts";
import { setAdvancedCookies } from "../sign-in/advance-sign-in.ts";
import type { AdvancedSignIn } from "../sign-in/advance-sign-in.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { assertStillOpen, contextOf } from "../single-sign-on/assert-still-open.ts";
import { assertWayInLeft, readWaysIn } from "../single-sign-on/read-ways-in.ts";
import { holdProvedSession, requireProof } from "../two-factor/require-proof.ts";
import type { Asking } from "../two-factor/two-factor-parts.ts";
import type { PasswordsParts } from "./create-passwords.ts";
import { endWhatCameBefore } from "./end-what-came-before.ts";
import { removePasswordRow } from "./password-store.ts";

/**
 * A mailed link gives a password again, as to everybody. INVARIANT: of two that race for the last
 * two ways in one is refused: the user's row decides.
 */
export async function removePassword(parts: PasswordsParts, asking: Asking): Promise<void> {
  const nowMs = parts.clock.nowMs();
  requireProof(parts.openSessionOf(asking.request), nowMs);
  const renewed = await parts.database.transaction((trx) => remove(trx, parts, { asking, nowMs }));
  parts.wakeMails();
  await parts.followUserChanges();
  setAdvancedCookies(parts.cookies, asking.reply, renewed);
}

async function remove(
  trx: Transaction<Schema>,
  parts: PasswordsParts,
  { asking, nowMs }: { readonly asking: Asking; readonly nowMs: number },
): Promise<Omit<AdvancedSignIn, "next">> {
  const open = parts.openSessionOf(asking.request);
  const { session, user } = open.session;
  const place = parts.placeOf(asking.request.raw);
  await lockCodeCount(trx, user.id);
  await holdProvedSession(trx, open, nowMs);
  const ways = await readWaysIn(trx, user.id, contextOf(parts, open));
  if (ways === null) throw sessionProblem("session-ended");
  assertStillOpen(parts, open, ways.reading);
  if (!ways.person.facts.hasPassword) throw signInProblem("password-none");
  assertWayInLeft(ways, "password");
  if (!(await removePasswordRow(trx, user.id, nowMs))) throw signInProblem("password-none");
  const { email } = ways.person.user;
  await parts.recordEvent(trx, {
    kind: "password-removed",
    atMs: nowMs,
    userId: user.id,
    actor: email,
    account: ways.person.accountCode,
    place,
    detail: { email },
  });
  const data = { changedAtMs: nowMs, place: toMailPlace(place) };
  await queueMail(trx, { kind: "password-removed", userId: user.id, to: email, data, nowMs });
  await endWhatCameBefore(trx, user.id, { keptSessionId: session.id, nowMs });
  // All known browsers were forgotten; this one has just been proved to be the user's.
  const browser = await rememberBrowser(trx, { userId: user.id, knownId: null, place, nowMs });
  const sessionToken = await elevateSession(trx, {
    sessionId: session.id,
    stage: "none",
    fromStage: "none",
    browserId: browser.id,
    nowMs,
  });
  if (sessionToken === null) throw sessionProblem("session-ended");
  const { logOut } = ways.reading;
  return { sessionToken, browserToken: browser.token, trustToken: null, logOut };
}

// Changes somebody's own password: the present one is asked for, and counted like a sign-in.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Transaction } from "kysely";
import type { Static } from "typebox";
import type { PasswordChangeSchema } from "../../../api/passwords-api.ts";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { countOfAttempt } from "../../../core/identity/decide-sign-in.ts";
import { preparePassword } from "../../../platform/crypto/prepare-password.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { rememberBrowser } from "../sessions/browser-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { elevateSession } from "../sessions/session-store.ts";
import type { StoredSession } from "../sessions/session-store.ts";
import { advanceSignIn, setAdvancedCookies } from "../sign-in/advance-sign-in.ts";
import type { AdvancedSignIn } from "../sign-in/advance-sign-in.ts";
import type { AttemptPassword, RightPassword } from "../sign-in/attempt-password.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { hasPassedFactor } from "../sign-in/method-facts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { passSignIn } from "../sign-in/sign-in-store.ts";
import { choosePassword } from "./choose-password.ts";
import { setPassword } from "./set-password.ts";

export type ChangeQuestion = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly body: Static<typeof PasswordChangeSchema>;
  /** The session that asks, half or whole. */
  readonly open: OpenCheck;
};

type Changing = {
  readonly right: RightPassword;
  readonly hash: string;
  readonly open: OpenCheck;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export function createChangePassword(
  parts: CredentialParts,
  attemptPassword: AttemptPassword,
): (question: ChangeQuestion) => Promise<SignInAnswer> {
  const { database, clock, cookies } = parts;

  return async function changePassword({ request, reply, body, open }) {
    const { user, facts } = open.session;
    if (!facts.hasPassword) throw signInProblem("password-none");
    const place = parts.placeOf(request.raw);
    const nowMs = clock.nowMs();
    const browser = cookies.read(request.raw.rawHeaders, "browser");
    const attempt = await attemptPassword({
      key: user.emailKey,
      email: user.email,
      password: body.currentPassword,
      place,
      browserToken: browser.kind === "token" ? browser.token : null,
      nowMs,
      readPerson: () => readPersonById(database.kysely, user.id),
      onRight: async (_trx, right) => right,
    });
    if (!attempt.ok) throw wrongPassword();
    const right = attempt.value;
    const hash = await chooseBy(parts, right, body);
    const changing = { right, hash, open, place, nowMs };
    const advanced = await database.transaction((trx) => write(trx, parts, changing));
    parts.wakeMails();
    await parts.followUserChanges();
    setAdvancedCookies(cookies, reply, advanced);
    return { next: advanced.next, returnTo: null };
  };
}

function chooseBy(
  parts: CredentialParts,
  { person, reading }: RightPassword,
  body: ChangeQuestion["body"],
): Promise<string> {
  const present = preparePassword(body.currentPassword);
  return choosePassword(parts, {
    typed: body.newPassword,
    path: "/newPassword",
    rules: reading.rules,
    words: [person.user.name, person.user.email],
    userId: person.user.id,
    presentHash: person.hash,
    ...(present.ok ? { presentPassword: present.text } : {}),
  });
}

/** A half sign-in goes on with it; the session that asked gets a new token either way. */
async function write(
  trx: Transaction<Schema>,
  parts: CredentialParts,
  { right, hash, open, place, nowMs }: Changing,
): Promise<AdvancedSignIn> {
  const { person, reading, browserId } = right;
  const { session } = open.session;
  const isOnBrowser = countOfAttempt(reading.rules, browserId !== null) === "browser";
  const hasPassed = await passSignIn(trx, {
    userId: person.user.id,
    // Locked while the new password was looked at: then a reset is the way back.
    onlyUnlocked: !isOnBrowser,
    clearsCount: false,
    signedInAtMs: null,
  });
  if (!hasPassed) throw wrongPassword();
  await setPassword(trx, parts, {
    person,
    hash,
    how: "change",
    actor: person.user.email,
    place,
    nowMs,
    keptSessionId: session.id,
  });
  return session.stage === "none"
    ? renew(trx, { right, session, place, nowMs })
    : goOn(trx, parts, { right, session, place, nowMs });
}

type Renewing = Pick<Changing, "right" | "place" | "nowMs"> & { readonly session: StoredSession };

/** A whole session stays whole: what a sign-in has to bring is asked for at the next one. */
async function renew(
  trx: Transaction<Schema>,
  { right, session, place, nowMs }: Renewing,
): Promise<AdvancedSignIn> {
  const userId = right.person.user.id;
  // All known browsers were forgotten; this one has just been proved to be the user's.
  const browser = await rememberBrowser(trx, { userId, knownId: null, place, nowMs });
  const sessionToken = await elevateSession(trx, {
    sessionId: session.id,
    stage: "none",
    fromStage: "none",
    browserId: browser.id,
    nowMs,
  });
  // Somebody ended it meanwhile: then nothing is changed either.
  if (sessionToken === null) throw signInProblem("sign-in-refused");
  const { logOut } = right.reading;
  return { next: "none", sessionToken, browserToken: browser.token, trustToken: null, logOut };
}

async function goOn(
  trx: Transaction<Schema>,
  parts: CredentialParts,
  { right, session, place, nowMs }: Renewing,
): Promise<AdvancedSignIn> {
  const reading = await readPersonById(trx, right.person.user.id);
  const { person } = reading;
  if (person === null) throw signInProblem("sign-in-refused");
  return advanceSignIn(trx, parts, {
    session,
    person,
    reading,
    factor: null,
    isFactorPassed: hasPassedFactor(session.method),
    trustBrowser: false,
    place,
    nowMs,
  });
}

function wrongPassword() {
  const message = "This is not your present password, or too many wrong ones were tried.";
  return signInProblem("password-wrong", { errors: [{ path: "/currentPassword", message }] });
}

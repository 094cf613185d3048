// Sets up the first operator: a link is printed at the start, works once, and never again.
import { domainToASCII } from "node:url";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Transaction } from "kysely";
import type { Static } from "typebox";
import type { SetupBodySchema, SignInAnswer } from "../../../api/sign-in-api.ts";
import { parseEmailAddress } from "../../../core/accounts/email-address.ts";
import { randomId, randomToken } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import { describeStoreError } from "../../../platform/database/describe-store-error.ts";
import { insertUser } from "../../accounts/index.ts";
import type { ApiRequest, StoredUser } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { choosePassword } from "../passwords/choose-password.ts";
import { replacePassword } from "../passwords/password-store.ts";
import { readEffectivePolicy } from "../policies/identity-policy-store.ts";
import { setSignedInCookies } from "../sessions/set-signed-in-cookies.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { openSignedIn } from "../sign-in/open-signed-in.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn, passSignIn } from "../sign-in/sign-in-store.ts";
import { completeSetup, hasOperator, isSetupTokenOpen, writeSetupToken } from "./setup-store.ts";

export type Setup = {
  /** At each start. The address to print, or null when there is nothing to set up. */
  readonly openSetup: () => Promise<string | null>;
  readonly isSetupOpen: () => Promise<boolean>;
  readonly refuseCrossSite: (request: ApiRequest) => Promise<void>;
  readonly answer: (question: {
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly body: Static<typeof SetupBodySchema>;
  }) => Promise<SignInAnswer>;
};

const TOKEN_BYTES = 32;
const FIRST = { isOperator: true, primaryAccountId: null, accountIds: [] } as const;

export function createSetup(parts: CredentialParts): Setup {
  const { database, clock, cookies } = parts;

  async function openSetup(): Promise<string | null> {
    const token = randomToken(TOKEN_BYTES);
    const isOpen = await database.transaction(async (trx) => {
      const isNeeded = !(await hasOperator(trx));
      // A link printed by an earlier start stops working either way.
      const tokenHash = isNeeded ? sha256Hex(token) : null;
      return (await writeSetupToken(trx, tokenHash, clock.nowMs())) && isNeeded;
    });
    // In the fragment, which browsers send to no server, so that no log has it.
    return isOpen ? `${parts.publicUrl}/postern/setup#token=${token}` : null;
  }

  async function refuseWrongToken(request: FastifyRequest, tokenHash: string): Promise<void> {
    if (await isSetupTokenOpen(database.kysely, tokenHash)) return;
    const { address } = parts.placeOf(request.raw);
    await parts.reportOffence({ address, kind: "reset-token", attempt: tokenHash });
    throw signInProblem("setup-closed");
  }

  const answer: Setup["answer"] = async ({ request, reply, body }) => {
    const tokenHash = sha256Hex(body.token);
    await refuseWrongToken(request, tokenHash);
    const nowMs = clock.nowMs();
    const user = operatorOf(body, nowMs);
    const { policy } = await readEffectivePolicy(database.kysely, FIRST);
    const hash = await choosePassword(parts, {
      typed: body.password,
      path: "/password",
      rules: policy.userAuthentication,
      words: [user.name, user.email],
      userId: null,
      presentHash: null,
    });
    const reading = cookies.read(request.raw.rawHeaders, "session");
    const opened = await refuseTaken(
      database.transaction((trx) =>
        write(trx, parts, {
          user,
          hash,
          tokenHash,
          replacedToken: reading.kind === "token" ? reading.token : null,
          place: parts.placeOf(request.raw),
          nowMs,
        }),
      ),
    );
    await parts.followUserChanges();
    setSignedInCookies(cookies, reply, { ...opened, logOut: policy.logOut });
    return { next: "none", returnTo: null };
  };

  return {
    openSetup,
    isSetupOpen: () => isSetupTokenOpen(database.kysely, null),
    refuseCrossSite: async (request) => parts.assertSameSite(request),
    answer,
  };
}

function operatorOf(body: Static<typeof SetupBodySchema>, nowMs: number): StoredUser {
  const parsed = parseEmailAddress(body.email, domainToASCII);
  if (!parsed.ok) {
    const errors = [{ path: "/email", message: parsed.reason }];
    throw signInProblem("setup-email-refused", { errors });
  }
  return {
    id: randomId(),
    email: parsed.email,
    emailKey: parsed.key,
    name: body.name,
    isOperator: true,
    isDisabled: false,
    primaryAccountId: null,
    createdAtMs: nowMs,
    createdBy: "setup",
  };
}

type FirstOperator = {
  readonly user: StoredUser;
  readonly hash: string;
  readonly tokenHash: string;
  readonly replacedToken: string | null;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

/** All of it or nothing: the token is used up exactly when the operator is there. */
async function write(
  trx: Transaction<Schema>,
  parts: CredentialParts,
  { user, hash, tokenHash, replacedToken, place, nowMs }: FirstOperator,
) {
  const { id: userId, email } = user;
  if (!(await completeSetup(trx, tokenHash, nowMs))) throw signInProblem("setup-closed");
  await insertUser(trx, user);
  await insertSignIn(trx, userId, nowMs);
  await replacePassword(trx, { userId, hash, replacing: null, nowMs, mustChange: false });
  const signed = { userId, onlyUnlocked: true, clearsCount: true, signedInAtMs: nowMs };
  await passSignIn(trx, signed);
  const what = { atMs: nowMs, userId, actor: email, place, reason: null };
  const detail = { email, name: user.name, isOperator: true };
  await parts.recordEvent(trx, { ...what, kind: "user-created", detail });
  await parts.recordEvent(trx, { ...what, kind: "setup-completed" });
  const opened = await openSignedIn(trx, parts, {
    userId,
    email,
    accountCode: null,
    next: "none",
    method: "password",
    reason: "setup",
    knownBrowserId: null,
    replacedToken,
    place,
    nowMs,
  });
  await recordUserChange(trx, userId, nowMs);
  return opened;
}

async function refuseTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const fault = describeStoreError(error);
    if (fault.kind !== "unique-violation" || fault.table !== "accounts_user") throw error;
    const message = "There is a user with this address; take another one.";
    throw signInProblem("setup-email-refused", { errors: [{ path: "/email", message }] });
  }
}

// Signs people in with e-mail address and password, and gives their browser its session.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Transaction } from "kysely";
import type { Static } from "typebox";
import type { SignInAnswer, SignInBodySchema, SignInPageSchema } from "../../../api/sign-in-api.ts";
import { decideNextStage } from "../../../core/identity/next-stage.ts";
import { isBrowserTrusted } from "../../../core/identity/trusted-browser.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { findTrustedBrowser, useTrustedBrowser } from "../second-factor/trusted-browser-store.ts";
import type { CookieKind } from "../sessions/session-cookies.ts";
import type { AttemptPassword, RightPassword } from "./attempt-password.ts";
import type { CredentialParts } from "./credential-parts.ts";
import { openSignedIn } from "./open-signed-in.ts";
import type { SignedIn } from "./open-signed-in.ts";
import { emailKeyOf, readPersonByEmail } from "./read-person.ts";
import { checkReturnAddress } from "./return-address.ts";
import { signInProblem } from "./sign-in-problem.ts";

export type SignInParts = CredentialParts & {
  readonly attemptPassword: AttemptPassword;
  /** Beside PUBLIC_URL's, where a sign-in may lead back to. */
  readonly returnOrigins: readonly string[];
  readonly isSetupOpen: () => Promise<boolean>;
};

type SignInQuestion = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly body: Static<typeof SignInBodySchema>;
};

export type SignIn = {
  readonly describePage: () => Promise<Static<typeof SignInPageSchema>>;
  /** Before the body is read: nobody is signed in as somebody else by a foreign page. */
  readonly refuseCrossSite: (request: ApiRequest) => Promise<void>;
  readonly answer: (question: SignInQuestion) => Promise<SignInAnswer>;
};

export function createSignIn(parts: SignInParts): SignIn {
  const { database, clock, cookies, attemptPassword } = parts;
  const origins = [new URL(parts.publicUrl).origin, ...parts.returnOrigins] as const;

  function cookieOf(request: FastifyRequest, kind: CookieKind): string | null {
    const reading = cookies.read(request.raw.rawHeaders, kind);
    return reading.kind === "token" ? reading.token : null;
  }

  async function answer({ request, reply, body }: SignInQuestion): Promise<SignInAnswer> {
    const place = parts.placeOf(request.raw);
    const nowMs = clock.nowMs();
    const emailKey = emailKeyOf(body.email);
    const replacedToken = cookieOf(request, "session");
    const outcome = await attemptPassword({
      key: emailKey ?? body.email,
      email: emailKey,
      password: body.password,
      place,
      browserToken: cookieOf(request, "browser"),
      nowMs,
      readPerson: () => readPersonByEmail(database.kysely, emailKey),
      onRight: async (trx, right) => {
        const { person, reading, reason, browserId } = right;
        const trustToken = cookieOf(request, "trust");
        const step = await nextStep(trx, right, { trustToken, nowMs });
        const opened = await openSignedIn(trx, parts, {
          ...step,
          userId: person.user.id,
          email: person.user.email,
          accountCode: person.accountCode,
          reason,
          knownBrowserId: browserId,
          replacedToken,
          place,
          nowMs,
        });
        return { ...opened, next: step.next, logOut: reading.logOut };
      },
    });
    if (!outcome.ok) throw signInProblem("sign-in-refused");
    const { sessionToken, browserToken, hasReplaced, next, logOut } = outcome.value;
    if (hasReplaced) await parts.followUserChanges();
    cookies.setSession(reply, sessionToken, logOut);
    if (browserToken !== null) cookies.setBrowser(reply, browserToken);
    return { next, returnTo: checkReturnAddress(body.returnTo, origins) };
  }

  return {
    describePage: async () => ({
      portalName: parts.portalName,
      isSetupOpen: await parts.isSetupOpen(),
    }),
    refuseCrossSite: async (request) => parts.assertSameSite(request),
    answer,
  };
}

/** What a right password leads to. A trusted browser is looked for only where it could matter. */
async function nextStep(
  trx: Transaction<Schema>,
  { person, reading, verdict }: RightPassword,
  asked: { readonly trustToken: string | null; readonly nowMs: number },
): Promise<Pick<SignedIn, "next" | "method">> {
  const { trustToken, nowMs } = asked;
  const userId = person.user.id;
  const rules = reading.policy.twoFactor;
  const methods = methodsOf(await readFactors(trx, userId));
  const trust =
    trustToken === null || methods.length === 0
      ? null
      : await findTrustedBrowser(trx, trustToken, userId);
  const isTrusted = isBrowserTrusted(trust, rules, nowMs);
  const decision = decideNextStage({
    methods,
    isFactorPassed: false,
    isBrowserTrusted: isTrusted,
    mustChangePassword: verdict === "change-password",
    rules,
  });
  if (trust === null || !isTrusted) return { next: decision.verdict, method: "password" };
  await useTrustedBrowser(trx, trust.id, nowMs);
  return { next: decision.verdict, method: "password+trusted-browser" };
}

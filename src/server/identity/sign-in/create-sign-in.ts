// Signs people in with e-mail address and password, and gives their browser its session.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import type { SignInAnswer, SignInBodySchema, SignInPageSchema } from "../../../api/sign-in-api.ts";
import type { Accounts, ApiRequest } from "../../accounts/index.ts";
import { listButtons } from "../providers/provider-store.ts";
import type { CookieKind } from "../sessions/session-cookies.ts";
import { setSignedInCookies } from "../sessions/set-signed-in-cookies.ts";
import type { AttemptPassword } from "./attempt-password.ts";
import type { CredentialParts } from "./credential-parts.ts";
import { nextStep } from "./next-step.ts";
import { openSignedIn } from "./open-signed-in.ts";
import { emailKeyOf, readPersonByEmail } from "./read-person.ts";
import { checkReturnAddress } from "./return-address.ts";
import { signInProblem } from "./sign-in-problem.ts";

export type SignInParts = CredentialParts & {
  readonly accounts: Pick<Accounts, "findAccount">;
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
  /** @param accountCode whose own providers are named too */
  readonly describePage: (accountCode: string | null) => Promise<Static<typeof SignInPageSchema>>;
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
        const step = await nextStep(trx, {
          userId: person.user.id,
          policy: reading.policy,
          proof: "password",
          mustChangePassword: right.verdict === "change-password",
          trustToken: cookieOf(request, "trust"),
          nowMs,
        });
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
    if (outcome.value.hasReplaced) await parts.followUserChanges();
    setSignedInCookies(cookies, reply, outcome.value);
    return { next: outcome.value.next, returnTo: checkReturnAddress(body.returnTo, origins) };
  }

  return {
    describePage: async (accountCode) => {
      const account = accountCode === null ? null : await parts.accounts.findAccount(accountCode);
      return {
        portalName: parts.portalName,
        isSetupOpen: await parts.isSetupOpen(),
        // INVARIANT: an unknown account answers like one without providers of its own.
        providers: await listButtons(database.kysely, account?.id ?? null),
      };
    },
    refuseCrossSite: async (request) => parts.assertSameSite(request),
    answer,
  };
}

// The first sign-in with an identity that nobody is connected with: prove once who you are here.
import type { FastifyRequest } from "fastify";
import type { Transaction } from "kysely";
import type { LogOutRule } from "../../../core/identity/identity-policy.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readProvider } from "../providers/provider-store.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import type { CookieKind } from "../sessions/session-cookies.ts";
import { setSignedInCookies } from "../sessions/set-signed-in-cookies.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import type { PasswordAttempt, RightPassword } from "../sign-in/attempt-password.ts";
import { nextStep } from "../sign-in/next-step.ts";
import { openSignedIn } from "../sign-in/open-signed-in.ts";
import type { OpenedSession } from "../sign-in/open-signed-in.ts";
import { emailKeyOf, readPersonByEmail } from "../sign-in/read-person.ts";
import { checkReturnAddress } from "../sign-in/return-address.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import { deleteBind, findBind } from "./bind-store.ts";
import type { StoredBind } from "./bind-store.ts";
import { listConnectionsOf } from "./connection-store.ts";
import type { SingleSignOn } from "./create-single-sign-on.ts";
import { decideForPerson } from "./decide-for-person.ts";
import { holdProvider } from "./hold-provider.ts";
import { singleSignOnProblem } from "./single-sign-on-problem.ts";
import type { SingleSignOnParts } from "./single-sign-on-parts.ts";

type Found = { readonly bind: StoredBind; readonly provider: StoredProvider };
type Unbindable = "bind-ended" | "user-not-theirs" | "connection-exists";

type Right =
  | {
      readonly ok: true;
      readonly opened: OpenedSession;
      readonly next: SignInStage;
      readonly logOut: LogOutRule;
    }
  | { readonly ok: false; readonly fault: Unbindable };

export function createBindSignIn(
  parts: SingleSignOnParts,
): Pick<SingleSignOn, "readBind" | "bind" | "dropBind"> {
  const { database, clock, cookies } = parts;
  const origins = [new URL(parts.publicUrl).origin, ...parts.returnOrigins] as const;

  function cookieOf(request: Pick<FastifyRequest, "raw">, kind: CookieKind): string | null {
    const reading = cookies.read(request.raw.rawHeaders, kind);
    return reading.kind === "token" ? reading.token : null;
  }

  async function find(request: Pick<FastifyRequest, "raw">, nowMs: number): Promise<Found> {
    const token = cookieOf(request, "bind");
    const bind = token === null ? null : await findBind(database.kysely, token, nowMs);
    const provider = bind === null ? null : await readProvider(database.kysely, bind.providerId);
    if (bind === null || provider === null || !provider.isEnabled) {
      throw singleSignOnProblem("bind-ended");
    }
    return { bind, provider };
  }

  /** By who has just shown the right password, before anything is opened. */
  async function faultFor(
    trx: Transaction<Schema>,
    bind: StoredBind,
    { person, reading, browserId }: RightPassword,
  ): Promise<Unbindable | null> {
    const { issuer, subject, tenant, accountShown } = bind;
    const assertion = { issuer, subject, tenant, accountShown, amr: [], acr: null };
    const isKnownBrowser = browserId !== null;
    const provider = await readProvider(trx, bind.providerId);
    const { verdict, reason } = decideForPerson(
      { provider, assertion, person, rules: reading.rules },
      { nowMs: clock.nowMs(), isClockTrusted: parts.isClockTrusted(), isKnownBrowser },
    );
    if (verdict === "refuse") return reason === "user-not-theirs" ? reason : "bind-ended";
    const connections = await listConnectionsOf(trx, person.user.id);
    const isConnected = connections.some(({ providerId }) => providerId === bind.providerId);
    return isConnected ? "connection-exists" : null;
  }

  const bind: SingleSignOn["bind"] = async ({ request, reply, body }) => {
    const nowMs = clock.nowMs();
    const found = await storeOrUnavailable(parts, () => find(request, nowMs), "reading a bind");
    const place = parts.placeOf(request.raw);
    const onRight: PasswordAttempt<Right>["onRight"] = async (trx, right) => {
      const fault = await faultFor(trx, found.bind, right);
      const { person, reading, reason, browserId, verdict } = right;
      if (fault !== null) {
        // INVARIANT: nobody finds out in silence that a password is right.
        await parts.recordEvent(trx, {
          kind: "sign-in-refused",
          atMs: nowMs,
          userId: person.user.id,
          actor: null,
          account: person.accountCode,
          place,
          reason: fault,
          detail: { email: person.user.email, method: "password", provider: found.provider.id },
        });
        return { ok: false, fault };
      }
      const step = await nextStep(trx, {
        userId: person.user.id,
        policy: reading.policy,
        proof: "password",
        mustChangePassword: verdict === "change-password",
        // INVARIANT: a browser's trust does not stand in for the second factor here (row 108).
        trustToken: null,
        nowMs,
      });
      const opened = await openSignedIn(trx, parts, {
        ...step,
        userId: person.user.id,
        email: person.user.email,
        accountCode: person.accountCode,
        reason,
        bind: { id: found.bind.id, person, rules: reading.rules },
        knownBrowserId: browserId,
        replacedToken: cookieOf(request, "session"),
        place,
        nowMs,
      });
      return { ok: true, opened, next: step.next, logOut: reading.logOut };
    };
    const emailKey = emailKeyOf(body.email);
    const outcome = await parts.attemptPassword({
      key: emailKey ?? body.email,
      email: emailKey,
      password: body.password,
      place,
      browserToken: cookieOf(request, "browser"),
      offenceKind: "bind",
      nowMs,
      readPerson: () => readPersonByEmail(database.kysely, emailKey),
      holdFirst: (trx) => holdProvider(trx, found.provider.id),
      onRight,
    });
    if (!outcome.ok) throw signInProblem("sign-in-refused");
    const right = outcome.value;
    if (!right.ok) throw singleSignOnProblem(right.fault);
    const { opened, logOut } = right;
    if (opened.hasReplaced) await parts.followUserChanges();
    setSignedInCookies(cookies, reply, { ...opened, logOut });
    if (opened.isBindDone) parts.wakeMails();
    return { next: right.next, returnTo: checkReturnAddress(body.returnTo, origins) };
  };

  return {
    readBind: (request) =>
      storeOrUnavailable(
        parts,
        async () => {
          const { bind: found, provider } = await find(request, clock.nowMs());
          const { id, kind, name } = provider;
          const expiresAt = toTimeText(found.expiresAtMs);
          return { provider: { id, kind, name }, accountShown: found.accountShown, expiresAt };
        },
        "reading a bind",
      ),
    bind,
    dropBind: ({ request, reply }) =>
      storeOrUnavailable(
        parts,
        async () => {
          const token = cookieOf(request, "bind");
          if (token !== null) await database.transaction((trx) => deleteBind(trx, token));
          cookies.clear(reply, "bind");
        },
        "dropping a bind",
      ),
  };
}

// Signs in whom a provider has named, or asks them once which user they are.
import type { Transaction } from "kysely";
import { countOfAttempt } from "../../../core/identity/decide-sign-in.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import { vouchesForFactor } from "../../../core/identity/single-sign-on/vouches-for-factor.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { StoredProvider } from "../providers/provider-store.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { findKnownBrowser } from "../sessions/browser-store.ts";
import type { CookieKind } from "../sessions/session-cookies.ts";
import { setSignedInCookies } from "../sessions/set-signed-in-cookies.ts";
import { nextStep } from "../sign-in/next-step.ts";
import { openSignedIn } from "../sign-in/open-signed-in.ts";
import type { OpenedSession } from "../sign-in/open-signed-in.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { passSignIn } from "../sign-in/sign-in-store.ts";
import { askedOf } from "./asked-of.ts";
import { insertBind } from "./bind-store.ts";
import { findConnection, noteConnectionUse } from "./connection-store.ts";
import type { StoredConnection } from "./connection-store.ts";
import { bindPath, pathAfterSignIn } from "./console-paths.ts";
import { decideForPerson } from "./decide-for-person.ts";
import type { ProviderReason } from "./decide-for-person.ts";
import type { FlowOutcome, SaidByProvider } from "./end-flow.ts";
import { holdProvider } from "./hold-provider.ts";
import { createRefuseProviderSignIn } from "./refuse-provider-sign-in.ts";
import type { SingleSignOnParts } from "./single-sign-on-parts.ts";

type Refused = {
  readonly kind: "refused";
  readonly reason: ProviderReason;
  readonly person: Person | null;
};

type Outcome =
  | {
      readonly kind: "opened";
      readonly opened: OpenedSession;
      readonly next: SignInStage;
      readonly logOut: PersonReading["logOut"];
    }
  | { readonly kind: "bind"; readonly token: string }
  /** It stands for somebody else by now. */
  | { readonly kind: "provider-changed" }
  | Refused;

type Known = {
  readonly provider: StoredProvider | null;
  readonly connection: StoredConnection | null;
  readonly reading: PersonReading | null;
  readonly browserId: string | null;
};

export function createSignInByProvider(
  parts: SingleSignOnParts,
): (said: SaidByProvider) => Promise<FlowOutcome> {
  const { database, cookies } = parts;
  const recordRefusal = createRefuseProviderSignIn(parts);

  function cookieOf({ asking }: SaidByProvider, kind: CookieKind): string | null {
    const reading = cookies.read(asking.request.raw.rawHeaders, kind);
    return reading.kind === "token" ? reading.token : null;
  }

  async function read(trx: Transaction<Schema>, said: SaidByProvider): Promise<Known> {
    const provider = await holdProvider(trx, said.providerId);
    const connection = await findConnection(trx, said.providerId, said.assertion);
    if (connection === null) return { provider, connection, reading: null, browserId: null };
    const { userId } = connection;
    // Held from here on: what the user may be signed in by does not change until the commit.
    await lockCodeCount(trx, userId);
    const browserToken = cookieOf(said, "browser");
    const browser =
      browserToken === null ? null : await findKnownBrowser(trx, browserToken, userId);
    const reading = await readPersonById(trx, userId);
    return { provider, connection, reading, browserId: browser?.id ?? null };
  }

  async function decide(trx: Transaction<Schema>, said: SaidByProvider): Promise<Outcome> {
    const { assertion, nowMs } = said;
    const known = await read(trx, said);
    const { provider, reading, browserId } = known;
    if (provider !== null && askedOf(provider) !== said.flow.asked) {
      return { kind: "provider-changed" };
    }
    const person = reading?.person ?? null;
    const rules = reading?.rules ?? IDENTITY_POLICY_DEFAULT.userAuthentication;
    const decision = decideForPerson(
      { provider, assertion, person, rules },
      { nowMs, isClockTrusted: parts.isClockTrusted(), isKnownBrowser: browserId !== null },
    );
    const { verdict, reason } = decision;
    if (verdict === "refuse") return { kind: "refused", reason, person };
    if (verdict === "bind") {
      const { providerId } = said;
      return { kind: "bind", token: await insertBind(trx, { ...assertion, providerId, nowMs }) };
    }
    const mustChangePassword = verdict === "change-password";
    return open(trx, said, { ...known, reason, mustChangePassword });
  }

  async function open(
    trx: Transaction<Schema>,
    said: SaidByProvider,
    decided: Known & {
      readonly reason: ProviderReason;
      readonly mustChangePassword: boolean;
    },
  ): Promise<Outcome> {
    const { provider, connection, reading, browserId, reason, mustChangePassword } = decided;
    const { assertion, place, nowMs } = said;
    const person = reading?.person ?? null;
    if (provider === null || connection === null || reading === null || person === null) {
      throw new Error("nobody is connected, and yet somebody was to be signed in");
    }
    const { id: userId, email } = person.user;
    const hasPassed = await passSignIn(trx, {
      userId,
      // Locked in this moment by another request.
      onlyUnlocked: countOfAttempt(reading.rules, browserId !== null) !== "browser",
      // It was no password: what somebody guesses at beside it goes on counting.
      clearsCount: false,
      signedInAtMs: null,
    });
    if (!hasPassed) return { kind: "refused", reason: "user-locked", person };
    const use = { id: connection.id, accountShown: assertion.accountShown, nowMs };
    // Somebody has disconnected them in this moment (row 114).
    if (!(await noteConnectionUse(trx, use))) {
      return { kind: "refused", reason: "identity-unknown", person };
    }
    const step = await nextStep(trx, {
      userId,
      policy: reading.policy,
      proof: vouchesForFactor(assertion, provider.provider.factorAcrs) ? "sso-vouched" : "sso",
      mustChangePassword,
      trustToken: cookieOf(said, "trust"),
      nowMs,
    });
    const opened = await openSignedIn(trx, parts, {
      ...step,
      userId,
      email,
      accountCode: person.accountCode,
      reason,
      connection: { id: connection.id, providerId: provider.id },
      knownBrowserId: browserId,
      replacedToken: cookieOf(said, "session"),
      place,
      nowMs,
    });
    return { kind: "opened", opened, next: step.next, logOut: reading.logOut };
  }

  return async function signInByProvider(said) {
    const { reply } = said.asking;
    const { returnTo } = said.flow;
    const outcome = await database.transaction((trx) => decide(trx, said));
    switch (outcome.kind) {
      case "refused":
        await recordRefusal(said, outcome);
        return { ok: false, fault: faultOfReason(outcome.reason) };
      case "provider-changed":
        return { ok: false, fault: "flow-ended" };
      case "bind":
        cookies.setBind(reply, outcome.token);
        return { ok: true, path: bindPath(returnTo) };
      case "opened": {
        const { opened, next, logOut } = outcome;
        if (opened.hasReplaced) await parts.followUserChanges();
        setSignedInCookies(cookies, reply, { ...opened, logOut });
        return { ok: true, path: pathAfterSignIn(next, returnTo) };
      }
      default:
        return outcome satisfies never;
    }
  };
}

/** Of somebody who is locked, disabled or dormant one word only, as for a password. */
export function faultOfReason(reason: ProviderReason): SignInFault {
  switch (reason) {
    case "provider-off":
    case "tenant-refused":
    case "user-not-theirs":
      return reason;
    case "issuer-differs":
      return "token-refused";
    default:
      return "sign-in-refused";
  }
}

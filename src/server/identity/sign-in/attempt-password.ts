// Takes one attempt with a password: counted first, verified then, and decided by the core.
import type { Transaction } from "kysely";
import { countOfAttempt, decideSignIn, mayVerify } from "../../../core/identity/decide-sign-in.ts";
import type { SignInOutcome, SignInReason } from "../../../core/identity/decide-sign-in.ts";
import type { PasswordWork } from "../../../platform/crypto/password-hasher.ts";
import { preparePassword } from "../../../platform/crypto/prepare-password.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { readPassword, rehashPassword } from "../passwords/password-store.ts";
import { findKnownBrowser } from "../sessions/browser-store.ts";
import type { CredentialParts } from "./credential-parts.ts";
import type { Person, PersonReading } from "./read-person.ts";
import { createAttemptRefusal } from "./refuse-attempt.ts";
import { storeOrUnavailable } from "./store-or-unavailable.ts";
import { clearBrowserCount, NOBODY_ID, passSignIn } from "./sign-in-store.ts";
import { raiseBrowserCount, raiseUserCount } from "./sign-in-store.ts";

export type PasswordAttempt<T> = {
  /** By whom turns are taken, and how the same wrong password is told: an e-mail key. */
  readonly key: string;
  /** Null when what was typed as the address is none. */
  readonly email: string | null;
  readonly password: string;
  readonly place: PersonPlace;
  /** Of the known-browser cookie. */
  readonly browserToken: string | null;
  /** As which a wrong one is reported; `password` unless it is asked for something else. */
  readonly offenceKind?: "password" | "bind";
  readonly nowMs: number;
  readonly readPerson: () => Promise<PersonReading>;
  /** What is locked before the user's row in it, as others do that lock both. */
  readonly holdFirst?: (trx: Transaction<Schema>) => Promise<unknown>;
  /** In the transaction that clears the count; a sign-in that is whole then is noted in it. */
  readonly onRight: (trx: Transaction<Schema>, right: RightPassword) => Promise<T>;
};

export type RightPassword = {
  readonly person: Person;
  readonly reading: PersonReading;
  readonly verdict: "sign-in" | "change-password";
  readonly reason: SignInReason;
  readonly browserId: string | null;
};

export type AttemptOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: SignInReason };

/** What is known of an attempt once it is written down. */
export type CountedAttempt<T> = {
  /** Has room for this attempt's work. */
  readonly work: PasswordWork;
  readonly attempt: PasswordAttempt<T>;
  readonly reading: PersonReading;
  readonly browser: { readonly id: string; readonly wrongPasswords: number } | null;
  /** The user's, with this attempt if it counts there. */
  readonly wrongPasswords: number;
  readonly mayVerify: boolean;
};

export type AttemptPassword = <T>(attempt: PasswordAttempt<T>) => Promise<AttemptOutcome<T>>;

/**
 * INVARIANT: an attempt is on disk before its password is looked at, so any number of parallel
 * guesses, also on several nodes, gets at most as many verifications as the lockout allows. When
 * the store fails nobody is let in, not even with the right password.
 */
export function createAttemptPassword(parts: CredentialParts): AttemptPassword {
  const { database, hasher } = parts;
  const refuse = createAttemptRefusal(parts);

  async function count<T>(
    attempt: PasswordAttempt<T>,
    work: PasswordWork,
  ): Promise<CountedAttempt<T>> {
    const reading = await attempt.readPerson();
    const { person, rules } = reading;
    const userId = person?.user.id ?? NOBODY_ID;
    const { browserToken } = attempt;
    const browser =
      browserToken === null ? null : await findKnownBrowser(database.kysely, browserToken, userId);
    const isOnBrowser = browser !== null && countOfAttempt(rules, true) === "browser";
    const raised = await database.transaction((trx) =>
      isOnBrowser ? raiseOnBrowser(trx, browser.id) : raiseUserCount(trx, userId),
    );
    const wrongPasswords = raised?.wrongPasswords ?? 0;
    return {
      work,
      attempt,
      reading,
      browser: isOnBrowser ? { id: browser.id, wrongPasswords } : browser,
      wrongPasswords: isOnBrowser ? 0 : wrongPasswords,
      // Without a row nothing was counted: the user, or the browser, went away this moment.
      mayVerify: person !== null && raised !== null && mayVerify(wrongPasswords, rules),
    };
  }

  async function conclude<T>(
    counted: CountedAttempt<T>,
    passwordMatches: boolean | null,
  ): Promise<AttemptOutcome<T>> {
    const { attempt, reading, browser } = counted;
    const { person, rules } = reading;
    const decision = decideSignIn(
      {
        user: person?.facts ?? null,
        passwordMatches,
        rules,
        wrongPasswords: counted.wrongPasswords,
        browser: { isKnown: browser !== null, wrongPasswords: browser?.wrongPasswords ?? 0 },
      },
      { nowMs: attempt.nowMs, isClockTrusted: parts.isClockTrusted() },
    );
    if (decision.verdict === "refuse" || person === null) return refuse(counted, decision);
    const { verdict } = decision;
    const passed = await pass(counted, { ...decision, verdict }, person);
    return passed ?? refuse(counted, { ...decision, reason: "user-locked", changes: [] });
  }

  /** Null: locked, or the password was changed, while this one was verified. */
  async function pass<T>(
    counted: CountedAttempt<T>,
    decision: SignInOutcome & { readonly verdict: "sign-in" | "change-password" },
    person: Person,
  ): Promise<AttemptOutcome<T> | null> {
    const { attempt, reading, browser } = counted;
    const userId = person.user.id;
    const clears = (of: string) =>
      decision.changes.some((change) => change.kind === "clear-count" && change.of === of);
    const isOnBrowser = countOfAttempt(reading.rules, browser !== null) === "browser";
    const rehashed = await rehashWhereNeeded(counted, person);
    return database.transaction(async (trx) => {
      await attempt.holdFirst?.(trx);
      const hasPassed = await passSignIn(trx, {
        userId,
        onlyUnlocked: !isOnBrowser,
        clearsCount: clears("user"),
        signedInAtMs: null,
      });
      if (!hasPassed || (await readPassword(trx, userId))?.hash !== person.hash) return null;
      if (browser !== null && clears("browser")) await clearBrowserCount(trx, browser.id);
      if (rehashed !== null) await rehashPassword(trx, { userId, ...rehashed });
      const value = await attempt.onRight(trx, {
        person: rehashed === null ? person : { ...person, hash: rehashed.to },
        reading,
        verdict: decision.verdict,
        reason: decision.reason,
        browserId: browser?.id ?? null,
      });
      return { ok: true, value };
    });
  }

  async function rehashWhereNeeded<T>({ work, attempt }: CountedAttempt<T>, person: Person) {
    const from = person.hash;
    if (from === null || !hasher.needsRehash(from)) return null;
    return { from, to: await work.hash(attempt.password) };
  }

  /** INVARIANT: all of it in the turn, or parallel attempts told who is locked or unknown. */
  function take<T>(attempt: PasswordAttempt<T>, work: PasswordWork): Promise<AttemptOutcome<T>> {
    return parts.turns.inTurn(attempt.key, async () => {
      const counted = await count(attempt, work);
      const hash = counted.mayVerify ? (counted.reading.person?.hash ?? null) : null;
      // Also without a hash, and then it takes as long.
      const matches = await work.verify(hash, attempt.password);
      return conclude(counted, counted.mayVerify ? matches : null);
    });
  }

  return function attemptPassword(attempt) {
    const prepared = preparePassword(attempt.password);
    // What cannot be a password is nobody's; it takes its turn and its time all the same.
    const password = prepared.ok ? prepared.text : "\u0000";
    // Room first: an attempt that is counted and then refused as one too many would lock for it.
    return hasher.withRoom((work) =>
      storeOrUnavailable(parts, () => take({ ...attempt, password }, work)),
    );
  };
}

async function raiseOnBrowser(trx: Transaction<Schema>, browserId: string) {
  const wrongPasswords = await raiseBrowserCount(trx, browserId);
  return wrongPasswords === null ? null : { wrongPasswords };
}

// Records a refused attempt with a password: its event, its offence, and the lock it brings.
import { createHmac, randomBytes } from "node:crypto";
import type { Transaction } from "kysely";
import type { SignInChange, SignInOutcome } from "../../../core/identity/decide-sign-in.ts";
import type { Schema } from "../../migrations/schema.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { forgetBrowser } from "../sessions/browser-store.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import type { AttemptOutcome, CountedAttempt } from "./attempt-password.ts";
import type { CredentialParts } from "./credential-parts.ts";
import { networkOf } from "./network-of.ts";
import type { Person } from "./read-person.ts";
import { createSeldom } from "./seldom.ts";
import { clearBrowserCount, clearUserCount, lockUser } from "./sign-in-store.ts";
import { NOBODY_ID, raiseUserCount } from "./sign-in-store.ts";

type Refused<T> = CountedAttempt<T> & {
  readonly decision: Pick<SignInOutcome, "reason" | "changes">;
};

/** Of one address within a minute, so that a flood cannot push everything else out. */
const UNKNOWN_EVENTS_MAX = 1;
const KNOWN_EVENTS_MAX = 10;

export function createAttemptRefusal(parts: CredentialParts) {
  // Nobody can find out from an offence which password was tried, nor compare it after a restart.
  const offenceKey = randomBytes(32);
  const noted = createSeldom();

  async function record<T>(trx: Transaction<Schema>, refused: Refused<T>): Promise<boolean> {
    const { attempt, reading, decision } = refused;
    const { place, nowMs } = attempt;
    const { person } = reading;
    const userId = person?.user.id ?? null;
    const key = `${userId ?? ""} ${networkOf(place)} ${decision.reason}`;
    const countMax = person === null ? UNKNOWN_EVENTS_MAX : KNOWN_EVENTS_MAX;
    if (noted.take(key, countMax, nowMs)) {
      await parts.recordEvent(trx, {
        kind: "sign-in-refused",
        atMs: nowMs,
        userId,
        actor: null,
        account: person?.accountCode ?? null,
        place,
        reason: decision.reason,
        detail: attempt.email === null ? {} : { email: attempt.email },
      });
    } else await raiseUserCount(trx, NOBODY_ID);
    if (person === null) return false;
    let isChanged = false;
    for (const change of decision.changes) {
      isChanged = (await apply(trx, change, { ...refused, person })) || isChanged;
    }
    return isChanged;
  }

  /** True when it changes what the user's sessions may do. */
  async function apply<T>(
    trx: Transaction<Schema>,
    change: SignInChange,
    refused: Refused<T> & { readonly person: Person },
  ): Promise<boolean> {
    const { person, browser, attempt } = refused;
    const { nowMs } = attempt;
    const userId = person.user.id;
    switch (change.kind) {
      case "report-offence":
        return false;
      case "clear-count":
        if (change.of === "user") await clearUserCount(trx, userId);
        else if (browser !== null) await clearBrowserCount(trx, browser.id);
        return false;
      case "forget-browser":
        if (browser === null) return false;
        return forgetBrowser(trx, { id: browser.id, userId }, nowMs);
      case "lock-user": {
        const isNew = await lockUser(trx, { userId, cause: change.cause, nowMs });
        if (isNew) await tellOfLock(trx, refused);
        return isNew;
      }
      default:
        return change satisfies never;
    }
  }

  async function tellOfLock<T>(
    trx: Transaction<Schema>,
    refused: Refused<T> & { readonly person: Person },
  ): Promise<void> {
    const { person, attempt, wrongPasswords } = refused;
    const { place, nowMs } = attempt;
    const userId = person.user.id;
    await parts.recordEvent(trx, {
      kind: "lockout",
      atMs: nowMs,
      userId,
      actor: null,
      account: person.accountCode,
      place,
      reason: "wrong-passwords",
      detail: { wrongPasswords },
    });
    const data = { lockedAtMs: nowMs, place: toMailPlace(place) };
    await queueMail(trx, { kind: "lockout", userId, to: person.user.email, data, nowMs });
    await recordUserChange(trx, userId, nowMs);
  }

  return async function refuseAttempt<T>(
    counted: CountedAttempt<T>,
    decision: Pick<SignInOutcome, "reason" | "changes">,
  ): Promise<AttemptOutcome<T>> {
    const { attempt } = counted;
    const refused = { ...counted, decision };
    const isChanged = await parts.database.transaction((trx) => record(trx, refused));
    if (isChanged) {
      parts.wakeMails();
      await parts.followUserChanges();
    }
    if (decision.changes.some(({ kind }) => kind === "report-offence")) {
      const hmac = createHmac("sha256", offenceKey);
      const tried = hmac.update(`${attempt.key}\n${attempt.password}`, "utf8").digest("hex");
      const { place, offenceKind: kind = "password" } = attempt;
      await parts.reportOffence({ address: place.address, kind, attempt: tried });
    }
    return { ok: false, reason: decision.reason };
  };
}

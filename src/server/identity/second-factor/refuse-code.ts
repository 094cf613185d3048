// Records a refused code: its event, its offence, and the lock that the fifth wrong one brings.
import { createHmac, randomBytes } from "node:crypto";
import type { Transaction } from "kysely";
import type { CodeChange, CodeOutcome } from "../../../core/identity/code-attempts.ts";
import type { CodeMethod } from "../../../core/identity/second-factor.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { IdentityParts, PersonPlace } from "../identity-parts.ts";
import { toMailPlace } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { endSession } from "../sessions/end-sessions.ts";
import { networkOf } from "../sign-in/network-of.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person } from "../sign-in/read-person.ts";
import { createSeldom } from "../sign-in/seldom.ts";

export type RefusedCode = {
  readonly userId: string;
  readonly sessionId: string;
  readonly purpose: "sign-in" | "proof";
  readonly method: CodeMethod;
  readonly code: string;
  readonly place: PersonPlace;
  readonly nowMs: number;
  readonly outcome: CodeOutcome;
};

export type CodeRefusal = {
  /** In the transaction that counts it. */
  readonly record: (trx: Transaction<Schema>, refused: RefusedCode) => Promise<void>;
  /** After the commit. */
  readonly report: (refused: RefusedCode) => Promise<void>;
};

/** Of one user, network and reason within a minute. */
const EVENTS_MAX = 10;

export function createCodeRefusal(
  parts: Pick<IdentityParts, "recordEvent" | "reportOffence">,
): CodeRefusal {
  // Nobody can find out from an offence which code was tried, nor compare it after a restart.
  const offenceKey = randomBytes(32);
  const noted = createSeldom();

  async function record(trx: Transaction<Schema>, refused: RefusedCode): Promise<void> {
    const { userId, outcome, place, nowMs, method, purpose } = refused;
    const { reason, count } = outcome;
    const isNoted = noted.take(`${userId} ${networkOf(place)} ${reason}`, EVENTS_MAX, nowMs);
    if (!isNoted && outcome.changes.length === 0) return;
    const { person } = await readPersonById(trx, userId);
    if (person === null) return;
    if (isNoted) {
      await parts.recordEvent(trx, {
        kind: "second-factor-refused",
        atMs: nowMs,
        userId,
        actor: null,
        account: person.accountCode,
        place,
        reason,
        detail: { email: person.user.email, method, purpose, wrongCodes: count.wrongCodes },
      });
    }
    for (const change of outcome.changes) await apply(trx, change, { ...refused, person });
  }

  async function apply(
    trx: Transaction<Schema>,
    change: CodeChange,
    refused: RefusedCode & { readonly person: Person },
  ): Promise<void> {
    const { userId, sessionId, nowMs } = refused;
    switch (change.kind) {
      case "report-offence":
      case "pause-codes":
        return;
      case "lock-codes":
        await tellOfLock(trx, refused);
        return;
      case "end-sign-in":
        await endSession(trx, { id: sessionId, userId }, nowMs);
        return;
      default:
        change satisfies never;
    }
  }

  async function tellOfLock(
    trx: Transaction<Schema>,
    refused: RefusedCode & { readonly person: Person },
  ): Promise<void> {
    const { person, sessionId, outcome, place, nowMs } = refused;
    const { id: userId, email } = person.user;
    const { wrongCodes, lockedUntilMs } = outcome.count;
    await parts.recordEvent(trx, {
      kind: "second-factor-locked",
      atMs: nowMs,
      userId,
      actor: null,
      account: person.accountCode,
      place,
      reason: "wrong-codes",
      detail: { email, wrongCodes, lockedUntilMs, session: sessionId },
    });
    const data = { lockedAtMs: nowMs, place: toMailPlace(place) };
    await queueMail(trx, { kind: "second-factor-locked", userId, to: email, data, nowMs });
  }

  return {
    record,
    report: async ({ userId, method, code, place, outcome }) => {
      if (!outcome.changes.some(({ kind }) => kind === "report-offence")) return;
      const hmac = createHmac("sha256", offenceKey);
      const attempt = hmac.update(`${userId}\n${method}\n${code}`, "utf8").digest("hex");
      const kind = method === "backup-code" ? "backup-code" : "second-factor";
      await parts.reportOffence({ address: place.address, kind, attempt });
    },
  };
}

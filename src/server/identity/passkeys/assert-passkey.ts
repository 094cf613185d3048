// Asks whether a passkey of somebody known has signed: as a second factor, or to prove oneself.
import type { Transaction } from "kysely";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import { judgePasskey } from "./judge-passkey.ts";
import type { PasskeyParts } from "./passkey-parts.ts";
import { passkeyProblem } from "./passkey-problem.ts";
import { notePasskeyUse } from "./passkey-store.ts";
import type { RefusePasskey } from "./refuse-passkey.ts";

export type PasskeyQuestion<T> = {
  readonly purpose: "second-factor" | "proof";
  readonly userId: string;
  /** The one that asked for the challenge. */
  readonly sessionId: string;
  /** As the browser gave it. */
  readonly response: Readonly<Record<string, unknown>>;
  readonly place: PersonPlace;
  readonly nowMs: number;
  /** In the transaction that raises the passkey's counter. */
  readonly onRight: (trx: Transaction<Schema>) => Promise<T>;
};

export type AssertPasskey = <T>(question: PasskeyQuestion<T>) => Promise<T>;

/**
 * Throws `passkey-refused` (403). A passkey cannot be guessed: a refused one raises no count of
 * codes, and one is looked at also while codes are paused or locked.
 */
export function createAssertPasskey(parts: PasskeyParts, refuse: RefusePasskey): AssertPasskey {
  async function take<T>(question: PasskeyQuestion<T>): Promise<T> {
    const { response, place, nowMs } = question;
    const judged = await judgePasskey(parts, question);
    const outcome = judged.ok
      ? await parts.database.transaction(async (trx) => {
          // First: whoever removes a passkey in the same moment holds this row before any other.
          await lockCodeCount(trx, question.userId);
          const use = { id: judged.passkey.id, ...judged.assertion, nowMs };
          if (!(await notePasskeyUse(trx, use))) return null;
          return { value: await question.onRight(trx) };
        })
      : null;
    if (outcome !== null) return outcome.value;
    await refuse({
      kind: "second-factor-refused",
      reason: judged.ok ? "passkey-counter" : judged.reason,
      userId: question.userId,
      response,
      place,
      nowMs,
    });
    throw passkeyProblem("passkey-refused");
  }

  return function assertPasskey(question) {
    return storeOrUnavailable(parts, () => take(question));
  };
}

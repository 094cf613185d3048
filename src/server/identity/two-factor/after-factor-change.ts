// What follows from every change of a second factor: backup codes, trust, record, mail, sign-in.
import type { Transaction } from "kysely";
import type { FactorChange } from "../../../core/identity/factor-change.ts";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { dropEmailCodesOf } from "../email-codes/email-code-store.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { distrustBrowsersOf } from "../second-factor/trusted-browser-store.ts";
import { endHalfSignInsOf } from "../sessions/end-sessions.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import { advanceSignIn } from "../sign-in/advance-sign-in.ts";
import type { AdvancedSignIn } from "../sign-in/advance-sign-in.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person } from "../sign-in/read-person.ts";
import {
  deleteBackupCodesOf,
  makeBackupCodes,
  prepareBackupCodes,
  readBackupSalt,
} from "./backup-code-store.ts";
import type { PreparedBackupCodes } from "./backup-code-store.ts";
import { deleteFactorSetup } from "./factor-setup-store.ts";
import { recordFactorChange } from "./record-factor-change.ts";
import { twoFactorProblem } from "./two-factor-problem.ts";

/** Before the transaction. Null when the user has backup codes, which then stay good. */
export async function prepareFirstBackupCodes(
  parts: Pick<CredentialParts, "database" | "hasher">,
  userId: string,
): Promise<PreparedBackupCodes | null> {
  const salt = await readBackupSalt(parts.database.kysely, userId);
  return salt === null ? prepareBackupCodes(parts.hasher) : null;
}

export type FactorSetUp = {
  readonly open: OpenCheck;
  readonly method: FactorMethod;
  readonly change: FactorChange;
  /** Of `prepareFirstBackupCodes`. */
  readonly prepared: PreparedBackupCodes | null;
  readonly place: PersonPlace;
  readonly nowMs: number;
};

export type AfterSetUp = {
  /** Null: those that there are stay good. */
  readonly backupCodes: string[] | null;
  readonly next: SignInStage;
  /** The sign-in that it completed, for `finishFactorChange`. */
  readonly advanced: AdvancedSignIn | null;
};

/** Call it after the method was put in place; after the commit comes `finishFactorChange`. */
export async function afterFactorSetUp(
  trx: Transaction<Schema>,
  parts: CredentialParts,
  setUp: FactorSetUp,
): Promise<AfterSetUp> {
  const { open, method, change, prepared, place, nowMs } = setUp;
  const userId = open.session.user.id;
  const reading = await readPersonById(trx, userId);
  const { person } = reading;
  if (person === null) throw sessionProblem("session-ended");
  const backupCodes = await makeFirstBackupCodes(trx, { userId, prepared, nowMs });
  if (change.endsWith("-reset")) {
    await dropEmailCodesOf(trx, userId);
    await distrustBrowsersOf(trx, userId);
  }
  const actor = person.user.email;
  await recordFactorChange(trx, parts, { person, change, actor, place, nowMs });
  const advanced =
    open.stage === "set-up-second-factor"
      ? await advanceSignIn(trx, parts, {
          session: open.session.session,
          person,
          reading,
          factor: method,
          // The method has just been proved by a code or a signature of its own.
          isFactorPassed: true,
          trustBrowser: false,
          place,
          nowMs,
        })
      : null;
  // INVARIANT: who began with the password alone, before there was this method, goes no further.
  const exceptId = open.session.session.id;
  await endHalfSignInsOf(trx, userId, { exceptId, nowMs });
  return { backupCodes, next: advanced?.next ?? "none", advanced };
}

/** After the commit. */
export async function finishFactorChange(
  parts: Pick<CredentialParts, "wakeMails" | "followUserChanges">,
): Promise<void> {
  parts.wakeMails();
  await parts.followUserChanges();
}

async function makeFirstBackupCodes(
  trx: Transaction<Schema>,
  wanted: Pick<FactorSetUp, "prepared" | "nowMs"> & { readonly userId: string },
): Promise<string[] | null> {
  const { userId, prepared, nowMs } = wanted;
  if ((await readBackupSalt(trx, userId)) !== null) return null;
  // They went with the last method, which was turned off in the same moment.
  if (prepared === null) throw twoFactorProblem("two-factor-changed-meanwhile");
  return makeBackupCodes(trx, userId, { prepared, nowMs });
}

export type FactorRemoval = {
  readonly person: Person;
  readonly change: FactorChange;
  /** As it is recorded. */
  readonly actor: string;
  /** Whom the mail names; null: the user. */
  readonly changedBy?: string | null;
  readonly place: PersonPlace | null;
  readonly nowMs: number;
};

/** Call it after the method was removed; after the commit comes `finishFactorChange`. */
export async function afterFactorRemoved(
  trx: Transaction<Schema>,
  parts: Pick<CredentialParts, "recordEvent">,
  removal: FactorRemoval,
): Promise<void> {
  const userId = removal.person.user.id;
  // What was being set up or asked for belongs to what there was.
  await deleteFactorSetup(trx, userId);
  await dropEmailCodesOf(trx, userId);
  await distrustBrowsersOf(trx, userId);
  if (methodsOf(await readFactors(trx, userId)).length === 0) {
    await deleteBackupCodesOf(trx, userId);
  }
  await recordFactorChange(trx, parts, removal);
  await endHalfSignInsOf(trx, userId, { nowMs: removal.nowMs });
  await recordUserChange(trx, userId, removal.nowMs);
}

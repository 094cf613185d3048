// What people do with their own passkeys: list, add, rename, remove.
import type { Transaction } from "kysely";
import type { PasskeyAnswer } from "../../../api/two-factor-api.ts";
import { describeDevice } from "../../../core/identity/describe-device.ts";
import { decideTurnOff } from "../../../core/identity/turn-off.ts";
import { creationOptions } from "../../../platform/webauthn/passkey-options.ts";
import { verifyCreation } from "../../../platform/webauthn/verify-creation.ts";
import type { CreatedPasskey } from "../../../platform/webauthn/verify-creation.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { lockCodeCount } from "../second-factor/code-count-store.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import type { OpenCheck } from "../sessions/read-session.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { toTimeText } from "../sessions/session-route-parts.ts";
import { setAdvancedCookies } from "../sign-in/advance-sign-in.ts";
import { storeOrUnavailable } from "../sign-in/store-or-unavailable.ts";
import { contextOf } from "../single-sign-on/assert-still-open.ts";
import { assertWayInLeft, readWaysIn } from "../single-sign-on/read-ways-in.ts";
import { afterFactorRemoved, afterFactorSetUp } from "../two-factor/after-factor-change.ts";
import { finishFactorChange, prepareFirstBackupCodes } from "../two-factor/after-factor-change.ts";
import type { AfterSetUp, FactorSetUp } from "../two-factor/after-factor-change.ts";
import { inSetupTurn } from "../two-factor/in-setup-turn.ts";
import { holdProvedSession, requireProof } from "../two-factor/require-proof.ts";
import { twoFactorProblem } from "../two-factor/two-factor-problem.ts";
import type { OwnPasskeys } from "./create-passkeys.ts";
import { relyingPartyOf, takeChallengeOf } from "./judge-passkey.ts";
import { issueChallenge } from "./passkey-challenge.ts";
import type { ChallengeUse } from "./passkey-challenge.ts";
import type { PasskeyParts } from "./passkey-parts.ts";
import { passkeyProblem } from "./passkey-problem.ts";
import { insertPasskey, listPasskeys, removePasskey, renamePasskey } from "./passkey-store.ts";
import type { StoredPasskey } from "./passkey-store.ts";
import { passkeysRefusal } from "./passkeys-refusal.ts";

const PASSKEYS_MAX = 20;

type Adding = Pick<FactorSetUp, "open" | "prepared" | "place" | "nowMs"> & {
  readonly created: CreatedPasskey;
  readonly name: string;
};

export function createOwnPasskeys(parts: PasskeyParts): OwnPasskeys {
  const { database, clock, keyRing } = parts;

  const addOptions: OwnPasskeys["creationOptions"] = async (request) => {
    const open = parts.openSessionOf(request);
    const nowMs = clock.nowMs();
    // Before anybody is asked for a finger.
    requireProof(open, nowMs);
    const party = relyingPartyOf(parts);
    const { id, email, name } = open.session.user;
    const present = await listPasskeys(database.kysely, id);
    if (present.length >= PASSKEYS_MAX) throw passkeyProblem("passkeys-too-many");
    const challenge = issueChallenge(keyRing, registeringIn(open), nowMs);
    const user = { id, email, name };
    return { options: await creationOptions({ party, challenge, user, present }) };
  };

  /** Throws `passkey-not-created` (422). */
  async function verify(
    open: OpenCheck,
    response: Readonly<Record<string, unknown>>,
    nowMs: number,
  ): Promise<CreatedPasskey> {
    const party = relyingPartyOf(parts);
    const taken = await takeChallengeOf(parts, response, { ...registeringIn(open), nowMs });
    const { challenge } = taken.ok ? taken : { challenge: null };
    const created =
      challenge === null ? null : await verifyCreation({ party, challenge, response });
    if (created === null) throw passkeyProblem("passkey-not-created");
    return created;
  }

  const add: OwnPasskeys["add"] = async ({ request, reply, body }) => {
    const open = parts.openSessionOf(request);
    const nowMs = clock.nowMs();
    requireProof(open, nowMs);
    const created = await storeOrUnavailable(parts, () => verify(open, body.response, nowMs));
    const userId = open.session.user.id;
    const place = parts.placeOf(request.raw);
    const name = body.name?.trim() ?? describeDevice(place.userAgent);
    const adding = { open, created, name, place, nowMs };
    const { backupCodes, next, advanced } = await inSetupTurn(parts, open, async () => {
      const prepared = await prepareFirstBackupCodes(parts, userId);
      return database.transaction((trx) => keep(trx, { ...adding, prepared }));
    });
    await finishFactorChange(parts);
    if (advanced !== null) setAdvancedCookies(parts.cookies, reply, advanced);
    return { backupCodes, next };
  };

  async function keep(trx: Transaction<Schema>, adding: Adding): Promise<AfterSetUp> {
    const { open, created, name, prepared, place, nowMs } = adding;
    const userId = open.session.user.id;
    await lockCodeCount(trx, userId);
    await holdProvedSession(trx, open, nowMs);
    await assertRoom(trx, userId);
    const id = await insertPasskey(trx, { userId, created, name, nowMs });
    if (id === null) throw passkeyProblem("passkey-exists");
    const setUp = {
      open,
      method: "passkey",
      change: "passkey-added",
      prepared,
      place,
      nowMs,
    } as const;
    return afterFactorSetUp(trx, parts, setUp);
  }

  async function rename(request: ApiRequest, id: string, name: string): Promise<PasskeyAnswer> {
    const { user } = parts.openSessionOf(request).session;
    const renamed = await database.transaction(async (trx) => {
      const passkey = await renamePasskey(trx, { id, userId: user.id }, name.trim());
      if (passkey === null) throw passkeyProblem("passkey-not-found");
      await parts.recordEvent(trx, {
        kind: "second-factor-changed",
        atMs: clock.nowMs(),
        userId: user.id,
        actor: user.email,
        place: parts.placeOf(request.raw),
        reason: "passkey-renamed",
        detail: { passkey: passkey.name },
      });
      return passkey;
    });
    return toPasskeyAnswer(renamed);
  }

  async function remove(request: ApiRequest, id: string): Promise<void> {
    const open = parts.openSessionOf(request);
    const nowMs = clock.nowMs();
    requireProof(open, nowMs);
    const userId = open.session.user.id;
    const place = parts.placeOf(request.raw);
    await database.transaction(async (trx) => {
      // First: of two that go at once, the second one sees that it is the last.
      await lockCodeCount(trx, userId);
      await holdProvedSession(trx, open, nowMs);
      const ways = await readWaysIn(trx, userId, contextOf(parts, open));
      if (ways === null) throw sessionProblem("session-ended");
      const { person, reading } = ways;
      const factors = await readFactors(trx, userId);
      const removed = await removePasskey(trx, { id, userId });
      if (removed === null) throw passkeyProblem("passkey-not-found");
      const { verdict } = decideTurnOff({
        methods: methodsOf(factors),
        leaving: "passkey",
        passkeys: factors.passkeys,
        rules: reading.policy.twoFactor,
      });
      if (verdict === "refuse") throw twoFactorProblem("second-factor-required-by-account");
      assertWayInLeft(ways, "passkey");
      const actor = person.user.email;
      const change = "passkey-removed" as const;
      await afterFactorRemoved(trx, parts, { person, change, actor, place, nowMs });
    });
    await finishFactorChange(parts);
  }

  return {
    refusal: passkeysRefusal(parts.publicUrl),
    describe: async (userId) => {
      return (await listPasskeys(database.kysely, userId)).map(toPasskeyAnswer);
    },
    creationOptions: addOptions,
    add,
    rename,
    remove,
  };
}

function registeringIn({ session }: OpenCheck): ChallengeUse {
  return { purpose: "register", sessionId: session.session.id };
}

async function assertRoom(trx: Transaction<Schema>, userId: string): Promise<void> {
  const present = await listPasskeys(trx, userId);
  if (present.length >= PASSKEYS_MAX) throw passkeyProblem("passkeys-too-many");
}

function toPasskeyAnswer(passkey: StoredPasskey): PasskeyAnswer {
  const { id, name, isSynced, createdAtMs, lastUsedAtMs } = passkey;
  return {
    id,
    name,
    isSynced,
    createdAt: toTimeText(createdAtMs),
    lastUsedAt: lastUsedAtMs === null ? null : toTimeText(lastUsedAtMs),
  };
}

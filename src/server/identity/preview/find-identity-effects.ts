// Finds what proposed rules of sign-ins would do to the users they are for; stores nothing.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { PreviewEffect } from "../../../api/preview-api.ts";
import type { AccountId, PolicyOwner } from "../../../core/accounts/account.ts";
import { isRuledBy } from "../../../core/identity/effective-policy.ts";
import type { IdentityPolicies } from "../../../core/identity/effective-policy.ts";
import { IDENTITY_EFFECTS } from "../../../core/identity/identity-effect.ts";
import type { IdentityEffect } from "../../../core/identity/identity-effect.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import type { IdentityPolicy, IdentitySection } from "../../../core/identity/identity-policy.ts";
import { previewIdentityPolicy } from "../../../core/identity/preview-identity-policy.ts";
import type { IdentityMove } from "../../../core/identity/preview-identity-policy.ts";
import { endsTrust } from "../../../core/identity/trusted-browser.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, ReadDatabase } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { checkSectionValue } from "../policies/edit-identity-policy.ts";
import { readIdentityPolicy, withSection } from "../policies/identity-policy-store.ts";
import { listPreviewedIds, readPreviewedUsers } from "./read-previewed-users.ts";
import type { PreviewedPerson } from "./read-previewed-users.ts";

export type IdentityEffectsParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly isClockTrusted: () => boolean;
  readonly sessions: {
    readonly flush: () => Promise<void>;
    readonly unwrittenActivityOf: (sessionId: string) => number;
  };
};

export type ProposedIdentityChange = {
  /** Null: the platform's own rules. */
  readonly account: { readonly id: AccountId; readonly code: string } | null;
  readonly section: IdentitySection;
  readonly value: unknown;
};

const NAMES_MAX = 10;
const USERS_PER_PAGE = 500;
/** Some milliseconds of this thread; other requests are answered in between. */
const USERS_PER_TURN = 50;

/**
 * All changes at once. Of a later change of the same section the value counts. Throws
 * `policy-refused`, as saving would; rejects with the signal's reason when nobody waits any more.
 */
export async function findIdentityEffects(
  parts: IdentityEffectsParts,
  changes: readonly ProposedIdentityChange[],
  signal?: AbortSignal,
): Promise<readonly PreviewEffect[]> {
  if (changes.length === 0) return [];
  const checked = changes.map(({ account, section, value }) => ({
    owner: account?.id ?? "platform",
    section,
    value: checkSectionValue(section, value),
  }));
  const owners = [...new Set(checked.map(({ owner }) => owner))];
  await parts.sessions.flush();
  const now = { nowMs: parts.clock.nowMs(), isClockTrusted: parts.isClockTrusted() };
  const { unwrittenActivityOf } = parts.sessions;
  const tally = createTally(owners);
  await parts.database.snapshot(async (read) => {
    const policies = createPolicies(read, checked);
    const distrusting = await policies.distrusting(owners);
    const ids = await listPreviewedIds(read, owners);
    for (let at = 0; at < ids.length; at += USERS_PER_PAGE) {
      const page = ids.slice(at, at + USERS_PER_PAGE);
      const users = await readPreviewedUsers(read, page, unwrittenActivityOf);
      const move = { ...(await policies.readFor(users, owners)), distrusting };
      for (let begin = 0; begin < users.length; begin += USERS_PER_TURN) {
        signal?.throwIfAborted();
        for (const user of users.slice(begin, begin + USERS_PER_TURN)) {
          tally.count(user, previewIdentityPolicy(user, move, now));
        }
        await nextTurn();
      }
    }
  });
  const codes = new Map(changes.map(({ account }) => [account?.id ?? "platform", account?.code]));
  return tally.told((owner) => codes.get(owner) ?? null);
}

type CheckedChange = {
  readonly owner: PolicyOwner;
  readonly section: IdentitySection;
  readonly value: ReturnType<typeof checkSectionValue>;
};

/** Rules before and after, each owner's read once. */
export function createPolicies(read: ReadDatabase<Schema>, changes: readonly CheckedChange[]) {
  const before = new Map<PolicyOwner, IdentityPolicy>();
  const after = new Map<PolicyOwner, IdentityPolicy>();

  async function readOf(owners: readonly PolicyOwner[]): Promise<void> {
    for (const owner of owners) {
      if (before.has(owner)) continue;
      const standing = await readIdentityPolicy(read, owner);
      const own = changes.filter((change) => change.owner === owner);
      before.set(owner, standing);
      after.set(
        owner,
        own.reduce((policy, { section, value }) => withSection(policy, section, value), standing),
      );
    }
  }

  const toPolicies = (of: ReadonlyMap<PolicyOwner, IdentityPolicy>): IdentityPolicies => ({
    platform: of.get("platform") ?? IDENTITY_POLICY_DEFAULT,
    accounts: of,
  });

  return {
    distrusting: async (owners: readonly PolicyOwner[]): Promise<readonly PolicyOwner[]> => {
      await readOf(owners);
      return owners.filter((owner) => {
        const [old, proposed] = [before.get(owner), after.get(owner)];
        if (old === undefined || proposed === undefined) return false;
        return endsTrust(old.twoFactor, proposed.twoFactor);
      });
    },
    /** Of users without a primary account the rules of all their accounts count. */
    readFor: async (
      users: readonly PreviewedPerson[],
      owners: readonly PolicyOwner[],
    ): Promise<Pick<IdentityMove, "before" | "after">> => {
      const merged = users.flatMap((user) =>
        user.accountIds.filter((id) => isRuledBy(user, id) && id !== user.primaryAccountId),
      );
      await readOf([...owners, ...merged]);
      return { before: toPolicies(before), after: toPolicies(after) };
    },
  };
}

type Told = { count: number; users: number; names: PreviewEffect["users"]["names"] };

/** A user counts once, for the first of the owners whose rules are theirs. */
function createTally(owners: readonly PolicyOwner[]) {
  const found = new Map<PolicyOwner, Map<IdentityEffect, Told>>();

  function count(user: PreviewedPerson, effects: ReadonlyMap<IdentityEffect, number>): void {
    const owner = owners.find((candidate) => isRuledBy(user, candidate));
    if (owner === undefined) return;
    const ofOwner = found.get(owner) ?? new Map<IdentityEffect, Told>();
    found.set(owner, ofOwner);
    for (const [effect, counted] of effects) {
      const told = ofOwner.get(effect) ?? { count: 0, users: 0, names: [] };
      ofOwner.set(effect, told);
      told.count += counted;
      told.users += 1;
      const { id, name, email } = user;
      if (told.names.length < NAMES_MAX) told.names.push({ id, name, email });
    }
  }

  return {
    count,
    told: (codeOf: (owner: PolicyOwner) => string | null): readonly PreviewEffect[] =>
      owners.flatMap((owner) =>
        IDENTITY_EFFECTS.flatMap((code) => {
          const told = found.get(owner)?.get(code);
          if (told === undefined) return [];
          const users = { count: told.users, names: told.names };
          return [{ code, account: codeOf(owner), count: told.count, users }];
        }),
      ),
  };
}

// Gives the door each account's audio policy, compiled, from memory where that is fresh.
import type { AccountId } from "../../../core/accounts/account.ts";
import { compileAudioPolicy } from "../../../core/recordings/compile-whitelist.ts";
import type { CompiledAudioPolicy } from "../../../core/recordings/compile-whitelist.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { PolicyChanges } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readAudioPolicy, readAudioPolicyVersion } from "./audio-policy-store.ts";

export type AudioPolicies = {
  /** Rejects with the store's error where it is not in memory and the store is away. */
  readonly policyOf: (accountId: AccountId) => Promise<CompiledAudioPolicy>;
  /** From the next call on it is read again. */
  readonly forget: (accountId: AccountId) => void;
};

type Remembered = {
  readonly policy: CompiledAudioPolicy;
  readonly version: number;
  readonly readAtMs: number;
};

/** A whitelist of 5,000 ranges takes about 1 MB; most have a handful. */
const REMEMBERED_MAX = 1000;

/** `maxAgeMs`: how old what other processes wrote may be here; null: there are none. */
export function createAudioPolicies(parts: {
  readonly read: ReadDatabase<Schema>;
  readonly clock: Clock;
  readonly maxAgeMs: number | null;
  readonly unconfirmed: Pick<PolicyChanges["unconfirmed"], "join" | "settle">;
}): AudioPolicies {
  const { read, clock, unconfirmed } = parts;
  const maxAgeMs = parts.maxAgeMs ?? Number.POSITIVE_INFINITY;
  const remembered = new Map<AccountId, Remembered>();
  /** Compiling a long whitelist is done once for all who wait for it. */
  const underWay = new Map<AccountId, Promise<CompiledAudioPolicy>>();
  let forgettings = 0;

  unconfirmed.join({
    prepare: () => Promise.resolve({ goBack: forgetAll, settle: forgetAll }),
    readAgain: () => Promise.resolve(forgetAll()),
  });

  async function policyOf(accountId: AccountId): Promise<CompiledAudioPolicy> {
    const known = remembered.get(accountId);
    if (known !== undefined && isFresh(known)) return known.policy;
    const begun = underWay.get(accountId);
    if (begun !== undefined) return begun;
    const reading = readAgain(accountId, known).finally(() => {
      if (underWay.get(accountId) === reading) underWay.delete(accountId);
    });
    underWay.set(accountId, reading);
    return reading;
  }

  function isFresh({ readAtMs }: Remembered): boolean {
    const ageMs = clock.nowMs() - readAtMs;
    // A clock that was turned back must not make it young again.
    return ageMs >= 0 && ageMs <= maxAgeMs;
  }

  async function readAgain(
    accountId: AccountId,
    known: Remembered | undefined,
  ): Promise<CompiledAudioPolicy> {
    // Of a change that has gone back the store has the old policy from then on.
    await unconfirmed.settle();
    const [readAtMs, before] = [clock.nowMs(), forgettings];
    // INVARIANT: what was read before a change is not remembered after it.
    const keep = (what: Remembered): CompiledAudioPolicy => {
      if (before === forgettings) remember(accountId, what);
      return what.policy;
    };
    if (known !== undefined && known.version === (await readAudioPolicyVersion(read, accountId))) {
      return keep({ ...known, readAtMs });
    }
    const { value, version } = await readAudioPolicy(read, accountId);
    return keep({ policy: compileAudioPolicy(value), version, readAtMs });
  }

  function remember(accountId: AccountId, what: Remembered): void {
    remembered.delete(accountId);
    if (remembered.size >= REMEMBERED_MAX) {
      const [oldest] = remembered.keys();
      if (oldest !== undefined) remembered.delete(oldest);
    }
    remembered.set(accountId, what);
  }

  function forget(accountId: AccountId): void {
    forgettings += 1;
    remembered.delete(accountId);
    underWay.delete(accountId);
  }

  function forgetAll(): void {
    forgettings += 1;
    remembered.clear();
    underWay.clear();
  }

  return { policyOf, forget };
}

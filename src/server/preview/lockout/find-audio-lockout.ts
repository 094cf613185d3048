// Finds whether a changed audio policy would keep whoever makes it from their account's recordings.
import type { ProposedChange } from "../../../api/proposed-change-api.ts";
import {
  formatAddress,
  maskAddress,
  fillAddress,
  parseAddress,
} from "../../../core/network/address.ts";
import type { Address } from "../../../core/network/address.ts";
import { formatRange } from "../../../core/network/address-range.ts";
import { roleTowards } from "../../../core/accounts/role-towards.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { compileAudioPolicy, isWhitelisted } from "../../../core/recordings/compile-whitelist.ts";
import { decideRecording } from "../../../core/recordings/decide-recording.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import type { Accounts } from "../../accounts/index.ts";
import type { ChangeMaker } from "../../journal/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { readAudioPolicy } from "../../recordings/index.ts";
import type { FoundLockout } from "./found-lockout.ts";

type AudioChange = Extract<ProposedChange, { kind: "audio-policy" }>;

/** INVARIANT: the value was checked. Operators and programs listen to no account's recordings. */
export async function findAudioLockout(
  parts: {
    readonly read: ReadDatabase<Schema>;
    readonly accounts: Pick<Accounts, "findAccount">;
  },
  change: AudioChange,
  { principal, address: from }: ChangeMaker,
): Promise<FoundLockout | null> {
  const address = from === null ? null : parseAddress(from);
  if (principal?.kind !== "user" || address === null || principal.isOperator) return null;
  const account = await parts.accounts.findAccount(change.account);
  const role = roleTowards(principal, change.account);
  if (account === null || role === null) return null;
  const listener = { kind: "user", role, hasGrant: true } as const;
  const decide = (policy: AudioPolicy) =>
    decideRecording({
      recording: { isNumberShareable: true },
      mode: policy.mode,
      onlyShareable: policy.onlyShareable,
      isWhitelisted: isWhitelisted(compileAudioPolicy(policy), address),
      listener,
    });
  const { value: before } = await readAudioPolicy(parts.read, account.id);
  const after = decide(change.value as AudioPolicy);
  if (after.verdict === "play" || decide(before).verdict !== "play") return null;
  return {
    who: "you",
    address: formatAddress(address),
    surface: "audio",
    account: change.account,
    atMs: null,
    reason: after.reason,
    steps: after.steps,
    remedy: { code: "add-to-whitelist", range: rangeOf(address), account: change.account },
  };
}

function rangeOf(address: Address): string {
  const { family } = address;
  if (family === 4) return formatAddress(address);
  return formatRange({ family, start: maskAddress(address, 64), end: fillAddress(address, 64) });
}

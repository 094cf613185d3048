// Writes the rules of the platform and of accounts as a policy file, as they are read.
import type { Account } from "../../core/accounts/account.ts";
import { sectionsOf } from "../../core/policy/policy-file.ts";
import type { WaitingAbout } from "../journal/index.ts";
import type { Network } from "../network/index.ts";
import { isListTooLong, readStandingRules, streamFileEntries } from "./standing-rules.ts";
import { writePolicyFile } from "./write-policy-file.ts";
import type { WrittenOwner } from "./write-policy-file.ts";

type Exported = {
  /** Null: the platform. */
  readonly owners: readonly (Account | null)[];
  /** What waits to be confirmed of these owners. */
  readonly waiting: readonly WaitingAbout[];
};

export function exportPolicyFile(
  network: Pick<Network, "database" | "clock">,
  exported: Exported,
): AsyncIterable<string> {
  const hasWaiting = exported.waiting.length > 0;
  return writePolicyFile(readOwners(network, exported), { hasWaiting });
}

async function* readOwners(
  network: Pick<Network, "database" | "clock">,
  { owners, waiting }: Exported,
): AsyncIterable<WrittenOwner> {
  const read = network.database.kysely;
  const nowMs = network.clock.nowMs();
  for (const account of owners) {
    const sections = sectionsOf(account?.code ?? null);
    const rules = await readStandingRules(read, account, { sections, withEntries: false, nowMs });
    const isTooLong = await isListTooLong(read, account);
    const entries = isTooLong ? null : streamFileEntries(read, account, nowMs);
    yield { ...rules, goesBackAt: timesOf(waiting, account), entries };
  }
}

/** By section, or `entries`. */
function timesOf(
  waiting: readonly WaitingAbout[],
  account: Account | null,
): ReadonlyMap<string, string> {
  const owner = account?.id ?? "platform";
  const times = new Map<string, string>();
  for (const { goesBackAt, parts } of waiting) {
    for (const part of parts) {
      // Of a list several may wait: the next to go back comes first.
      if (part.owner === owner && !times.has(part.subject)) times.set(part.subject, goesBackAt);
    }
  }
  return times;
}

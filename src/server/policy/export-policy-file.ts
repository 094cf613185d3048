// Writes the rules of the platform and of accounts as a policy file, as they are read.
import type { Account } from "../../core/accounts/account.ts";
import { sectionsOf } from "../../core/policy/policy-file.ts";
import type { Network } from "../network/index.ts";
import { isListTooLong, readStandingRules, streamFileEntries } from "./standing-rules.ts";
import { writePolicyFile } from "./write-policy-file.ts";
import type { WrittenOwner } from "./write-policy-file.ts";

/** @param owners null: the platform */
export function exportPolicyFile(
  network: Pick<Network, "database" | "clock">,
  owners: readonly (Account | null)[],
): AsyncIterable<string> {
  return writePolicyFile(readOwners(network, owners));
}

async function* readOwners(
  network: Pick<Network, "database" | "clock">,
  owners: readonly (Account | null)[],
): AsyncIterable<WrittenOwner> {
  const read = network.database.kysely;
  const nowMs = network.clock.nowMs();
  for (const account of owners) {
    const sections = sectionsOf(account?.code ?? null);
    const rules = await readStandingRules(read, account, { sections, withEntries: false, nowMs });
    const isTooLong = await isListTooLong(read, account);
    yield { ...rules, entries: isTooLong ? null : streamFileEntries(read, account, nowMs) };
  }
}

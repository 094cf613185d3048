// Reads proposed changes of the network rules as the core takes them: checked, ranges read.

import { accountOfPreviewed } from "../../api/preview-api.ts";
import type { PreviewedChange } from "../../api/preview-api.ts";
import type { ProposedChange } from "../../api/proposed-change-api.ts";
import type { Mode } from "../../core/network/network-policy.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { rangeFromKeys } from "../../core/network/address-range.ts";
import type { AddressRange } from "../../core/network/address-range.ts";
import type { CandidateChange, CandidateEntry } from "../../core/preview/candidate.ts";
import { checkPolicyEdits, entryNotFound, findEntries, readRule } from "../network/index.ts";
import { loadListsInModes, readFutureExpiry } from "../network/index.ts";
import type { Network } from "../network/index.ts";

type ListChange = Extract<ProposedChange, { kind: "address-list" }>;

/** One statement names so many entries. */
const IDS_MAX = 500;

/**
 * Changes of other rules are left out. Throws what saving them would throw: `section-unknown`,
 * `policy-refused`, `address-refused`, `expiry-refused`, `entry-not-found`, `account-not-found`,
 * `subscription-not-found`.
 */
export async function readCandidateChanges(
  network: Network,
  changes: readonly PreviewedChange[],
): Promise<readonly CandidateChange[]> {
  const read: CandidateChange[] = [];
  const modes = new Map<number, Mode>();
  for (const change of changes) {
    const account = accountOfPreviewed(change);
    switch (change.kind) {
      case "network-policy": {
        const owner = network.ownerOf(account);
        const edits = change.sections.map(({ section, value }) => {
          return { owner, section, value, version: null };
        });
        checkPolicyEdits(network, edits);
        read.push({ kind: "network-policy", account, sections: change.sections });
        break;
      }
      case "address-list": {
        const remove = await findRanges(network, network.ownerOf(account), change.remove);
        read.push({ kind: "address-list", account, add: readEntries(network, change), remove });
        break;
      }
      case "subscription-mode":
        modes.set(change.id, change.mode);
        break;
      case "identity-policy":
      case "audio-policy":
        break;
      default:
        change satisfies never;
    }
  }
  if (modes.size > 0) {
    read.push({ kind: "subscribed-lists", lists: await loadListsInModes(network, modes) });
  }
  return read;
}

function readEntries(network: Network, change: ListChange): readonly CandidateEntry[] {
  const nowMs = network.clock.nowMs();
  return change.add.map(({ range, action, expiresAt = null }) => ({
    range: readRule(range).range,
    action,
    expiresAtMs: readFutureExpiry(expiresAt, nowMs),
  }));
}

async function findRanges(
  network: Network,
  owner: PolicyOwner,
  ids: readonly number[],
): Promise<readonly { readonly id: number; readonly range: AddressRange }[]> {
  const found: { id: number; range: AddressRange }[] = [];
  for (let at = 0; at < ids.length; at += IDS_MAX) {
    const asked = ids.slice(at, at + IDS_MAX);
    const entries = await findEntries(network.database.kysely, owner, asked);
    const known = new Set(entries.map(({ id }) => id));
    const missing = asked.find((id) => !known.has(id));
    if (missing !== undefined) throw entryNotFound(missing);
    for (const { id, family, range_start: start, range_end: end } of entries) {
      found.push({ id, range: rangeFromKeys(family, start, end) });
    }
  }
  return found;
}

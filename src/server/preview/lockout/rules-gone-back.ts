// The rules as they will be for some addresses when what waits to be confirmed has gone back.
import type { Address } from "../../../core/network/address.ts";
import { rangeCovers } from "../../../core/network/address-range.ts";
import type { NetworkState } from "../../../core/network/network-state.ts";
import { createCandidate } from "../../../core/preview/candidate.ts";
import type { CandidateChange } from "../../../core/preview/candidate.ts";
import type { WaitingChange } from "../../journal/index.ts";
import { readWhatGoesBack } from "../../network/index.ts";
import type { GoingBack, Network } from "../../network/index.ts";

/** Null: nothing waits. `atMs`: when the last of it goes back. @param waiting all without it */
export async function readRulesGoneBack(
  network: Network,
  addresses: readonly Address[],
  waiting?: readonly WaitingChange[],
): Promise<{ readonly standing: NetworkState; readonly atMs: number } | null> {
  const back = await readWhatGoesBack(network, waiting);
  if (back === null) return null;
  const changes = back.rules.flatMap((rules) => toCandidateChanges(rules, addresses));
  return { standing: createCandidate(network.state, changes), atMs: back.atMs };
}

function toCandidateChanges(
  { account, sections, add, remove }: GoingBack,
  addresses: readonly Address[],
): readonly CandidateChange[] {
  const whose = account === null ? {} : { account };
  return [
    { kind: "network-policy", ...whose, sections },
    narrowToAddresses({ kind: "address-list", ...whose, add, remove }, addresses),
  ];
}

/** Of a long list only what is about somebody concerned. */
export function narrowToAddresses(
  change: CandidateChange,
  addresses: readonly Address[],
): CandidateChange {
  if (change.kind !== "address-list") return change;
  const isAbout = ({ range }: { readonly range: Parameters<typeof rangeCovers>[0] }): boolean =>
    addresses.some((address) => rangeCovers(range, address));
  return { ...change, add: change.add.filter(isAbout), remove: change.remove.filter(isAbout) };
}

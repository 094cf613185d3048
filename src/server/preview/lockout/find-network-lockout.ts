// Finds whom changed network rules and lists would refuse of those who need to get in.
import type { Step } from "../../../core/decision.ts";
import type { Address } from "../../../core/network/address.ts";
import { formatAddress, parseAddress } from "../../../core/network/address.ts";
import { formatRange, rangeCovers } from "../../../core/network/address-range.ts";
import { findCoveringEntry } from "../../../core/network/address-set.ts";
import type { LayerState, NetworkState } from "../../../core/network/network-state.ts";
import { spellSteps } from "../../../core/network/spell-steps.ts";
import { nameSubscription } from "../../../core/network/subscribed-lists.ts";
import { SURFACES } from "../../../core/network/surface.ts";
import { createCandidate, isProposedEntry } from "../../../core/preview/candidate.ts";
import type { CandidateChange } from "../../../core/preview/candidate.ts";
import { judgeLockout } from "../../../core/preview/judge-lockout.ts";
import type { Concerned, Lockout } from "../../../core/preview/judge-lockout.ts";
import type { ChangeContext, GuardedChange, Journal } from "../../journal/index.ts";
import { findEntries, rangeTextOf, readWhatGoesBack } from "../../network/index.ts";
import type { GoingBack, Network } from "../../network/index.ts";
import { readCandidateChanges } from "../read-candidate-changes.ts";
import { consoleDoors, doorsOfMaker } from "./find-doors.ts";
import { findSeenOperators } from "./find-seen-operators.ts";
import type { FoundLockout } from "./found-lockout.ts";
import { readRecentRequests } from "./read-recent-requests.ts";

export type NetworkLockoutParts = {
  readonly network: Network;
  readonly journal: Pick<Journal, "heldVisits">;
  readonly publicUrl: string;
};

type ImportChange = Extract<GuardedChange, { kind: "entry-import" }>;

/** Null: nobody. Throws what saving the changes would throw of their values. */
export async function findNetworkLockout(
  parts: NetworkLockoutParts,
  changes: readonly GuardedChange[],
  context: ChangeContext,
): Promise<FoundLockout | null> {
  const imports = changes.filter((change) => change.kind === "entry-import");
  const proposed = changes.filter((change) => change.kind !== "entry-import");
  const read = await readCandidateChanges(parts.network, proposed);
  if (imports.length + read.length === 0) return null;
  const concerned = await findConcerned(parts, read, context);
  const addresses = [concerned.you ?? [], concerned.operators.flat()]
    .flat()
    .map(({ address }) => address);
  if (addresses.length === 0) return null;
  const relevant = [
    ...read.map((change) => narrow(change, addresses)),
    ...(await Promise.all(imports.map((change) => toEntries(change, addresses)))),
  ];
  const { state, clock } = parts.network;
  const candidate = createCandidate(state, relevant);
  const found = judgeLockout({ standing: state, candidate }, concerned, clock.nowMs());
  if (found !== null) return tell(parts.network, candidate, found);
  return findLaterLockout(parts.network, { relevant, concerned, addresses });
}

/** By the rules as they will be when what waits to be confirmed has gone back. */
async function findLaterLockout(
  network: Network,
  asked: {
    readonly relevant: readonly CandidateChange[];
    readonly concerned: Concerned;
    readonly addresses: readonly Address[];
  },
): Promise<FoundLockout | null> {
  const back = await readWhatGoesBack(network);
  if (back === null) return null;
  const { relevant, concerned, addresses } = asked;
  const standing = createCandidate(
    network.state,
    back.rules.flatMap((rules) => toCandidateChanges(rules, addresses)),
  );
  const candidate = createCandidate(standing, relevant);
  const found = judgeLockout({ standing, candidate }, concerned, network.clock.nowMs());
  if (found === null) return null;
  return tell(network, candidate, { ...found, atMs: Math.max(found.atMs, back.atMs) });
}

function toCandidateChanges(
  { account, sections, add, remove }: GoingBack,
  addresses: readonly Address[],
): readonly CandidateChange[] {
  const whose = account === null ? {} : { account };
  return [
    { kind: "network-policy", ...whose, sections },
    narrow({ kind: "address-list", ...whose, add, remove }, addresses),
  ];
}

async function findConcerned(
  parts: NetworkLockoutParts,
  changes: readonly CandidateChange[],
  { principal, address: from }: ChangeContext,
): Promise<Concerned> {
  const { network, journal, publicUrl } = parts;
  const context = { publicUrl, routes: network.routes(), changes };
  const nowMs = network.clock.nowMs();
  const read = network.database.kysely;
  const address = from === null ? null : parseAddress(from);
  const isAsked = principal !== null && address !== null;
  const you = !isAsked
    ? null
    : {
        address,
        doors: doorsOfMaker(principal, context),
        recent: changesPace(changes)
          ? await readRecentRequests(read, journal.heldVisits, { address, nowMs })
          : [],
      };
  // An operator who gets in is one of them; what an account's admin may change shuts none out.
  if (principal?.kind === "user") return { you, operators: [] };
  const doors = consoleDoors(context);
  const seen = await findSeenOperators(read, nowMs);
  const operators = seen.map((addresses) =>
    addresses.map((seenAt) => ({ address: seenAt, doors, recent: [] })),
  );
  return { you, operators };
}

/** Of other changes the counters alone say enough. */
function changesPace(changes: readonly CandidateChange[]): boolean {
  return changes.some(
    (change) =>
      change.kind === "network-policy" &&
      change.sections.some(({ section }) => section === "rate-limits" || section === "routes"),
  );
}

/** Of a long list only what is about somebody concerned. */
function narrow(change: CandidateChange, addresses: readonly Address[]): CandidateChange {
  if (change.kind !== "address-list") return change;
  const isAbout = ({ range }: { readonly range: Parameters<typeof rangeCovers>[0] }): boolean =>
    addresses.some((address) => rangeCovers(range, address));
  return { ...change, add: change.add.filter(isAbout), remove: change.remove.filter(isAbout) };
}

/** What an import does to each of the addresses, as entries of their own. */
async function toEntries(
  { account, listedAs }: ImportChange,
  addresses: readonly Address[],
): Promise<CandidateChange> {
  const asked = addresses.map(async (address) => {
    const range = { family: address.family, start: address, end: address };
    const listed = await listedAs(formatAddress(address));
    return listed.map(({ action, expiresAtMs }) => ({ range, action, expiresAtMs }));
  });
  const add = (await Promise.all(asked)).flat();
  return { kind: "address-list", account, add, remove: [] };
}

async function tell(
  network: Network,
  candidate: NetworkState,
  found: Lockout,
): Promise<FoundLockout> {
  const { outcome, facts, place, allow, atMs } = found;
  const account = place.account === null ? null : (candidate.accounts.get(place.account) ?? null);
  const spelled = spellSteps(outcome, {
    facts,
    policy: candidate.policy,
    account: account?.compiled ?? null,
  });
  const steps = spelled.map(async (step) => {
    const layer = step.layer === "account" ? account! : candidate.platform;
    const named = nameSubscription(step, candidate.subscribed);
    return named ?? (await nameEntry(network, layer, { step, ...found }));
  });
  return {
    who: found.who,
    address: formatAddress(found.address),
    surface: SURFACES[place.surface]!,
    account: account === null ? null : place.account,
    atMs: atMs > network.clock.nowMs() ? atMs : null,
    reason: outcome.reason,
    steps: await Promise.all(steps),
    remedy:
      allow === null
        ? { code: "set-otherwise" }
        : { code: "allow-address", range: formatRange(allow.range), account: allow.account },
  };
}

/** An entry that nobody has saved yet has no number to be shown; its range says which it is. */
async function nameEntry(
  network: Network,
  layer: LayerState,
  { step, address, atMs }: Pick<Lockout, "address" | "atMs"> & { readonly step: Step },
): Promise<Step> {
  const { entryId, ...detail } = step.detail ?? {};
  if (typeof entryId !== "number") return step;
  if (isProposedEntry(entryId)) {
    const set = step.step === "on-allow-list" ? layer.allow : layer.deny;
    const entry = findCoveringEntry(set, address, atMs);
    return {
      ...step,
      detail: { ...detail, entry: entry === null ? "" : formatRange(entry.range) },
    };
  }
  const [entry] = await findEntries(network.database.kysely, layer.owner, [entryId]);
  if (entry === undefined) return step;
  return { ...step, detail: { ...step.detail, entry: rangeTextOf(entry), note: entry.note } };
}

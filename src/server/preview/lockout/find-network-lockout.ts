// Finds whom changed network rules and lists would refuse of those who need to get in.
import type { Step } from "../../../core/decision.ts";
import type { Address } from "../../../core/network/address.ts";
import { formatAddress, parseAddress } from "../../../core/network/address.ts";
import { addressKey, formatRange } from "../../../core/network/address-range.ts";
import { findCoveringEntry } from "../../../core/network/address-set.ts";
import type { LayerState, NetworkState } from "../../../core/network/network-state.ts";
import { spellSteps } from "../../../core/network/spell-steps.ts";
import { nameSubscription } from "../../../core/network/subscribed-lists.ts";
import { SURFACES } from "../../../core/network/surface.ts";
import { createCandidate, isProposedEntry } from "../../../core/preview/candidate.ts";
import type { CandidateChange } from "../../../core/preview/candidate.ts";
import { judgeLockout, whosePaceDecides } from "../../../core/preview/judge-lockout.ts";
import type {
  Concerned,
  ConcernedVisitor,
  Lockout,
  RuleSides,
} from "../../../core/preview/judge-lockout.ts";
import type { ChangeMaker, GuardedChange, Journal } from "../../journal/index.ts";
import { findEntries, rangeTextOf } from "../../network/index.ts";
import type { Network } from "../../network/index.ts";
import { readCandidateChanges } from "../read-candidate-changes.ts";
import { consoleDoors, doorsOfMaker } from "./find-doors.ts";
import { findSeenOperators } from "./find-seen-operators.ts";
import type { FoundLockout } from "./found-lockout.ts";
import { readRecentRequests } from "./read-recent-requests.ts";
import { narrowToAddresses, readRulesGoneBack } from "./rules-gone-back.ts";

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
  maker: ChangeMaker,
): Promise<FoundLockout | null> {
  const imports = changes.filter((change) => change.kind === "entry-import");
  const proposed = changes.filter((change) => change.kind !== "entry-import");
  const read = await readCandidateChanges(parts.network, proposed);
  if (imports.length + read.length === 0) return null;
  const concerned = await findConcerned(parts, read, maker);
  const addresses = [concerned.you ?? [], concerned.operators.flat()]
    .flat()
    .map(({ address }) => address);
  if (addresses.length === 0) return null;
  const imported = await Promise.all(imports.map((change) => toEntries(change, addresses)));
  const relevant = [
    ...read.map((change) => narrowToAddresses(change, addresses)),
    ...imported.map(({ whole }) => whole),
  ];
  const named = [...read, ...imported.map(({ ofThemselves }) => ofThemselves)];
  const judgings = await listJudgings(parts.network, relevant, addresses);
  const byCounters = findAmong(parts.network, judgings, concerned);
  if (byCounters !== null) return tell(parts.network, named, byCounters);
  const nowMs = parts.network.clock.nowMs();
  const byPace = judgings.flatMap(({ sides }) => whosePaceDecides(sides, concerned, nowMs));
  if (byPace.length === 0) return null;
  const atTheirPace = await addRecent(parts, concerned, byPace);
  const found = findAmong(parts.network, judgings, atTheirPace);
  return found === null ? null : tell(parts.network, named, found);
}

type Judging = {
  readonly sides: RuleSides;
  /** Since when it may be so. */
  readonly fromMs: number;
};

/** By the rules as they are, and as they will be when what waits to be confirmed has gone back. */
async function listJudgings(
  network: Network,
  relevant: readonly CandidateChange[],
  addresses: readonly Address[],
): Promise<readonly Judging[]> {
  const { state, clock } = network;
  const now = {
    sides: { standing: state, candidate: createCandidate(state, relevant) },
    fromMs: clock.nowMs(),
  };
  const back = await readRulesGoneBack(network, addresses);
  if (back === null) return [now];
  const { standing, atMs } = back;
  const candidate = createCandidate(standing, relevant);
  return [now, { sides: { standing, candidate }, fromMs: atMs }];
}

type FoundAmong = Lockout & { readonly candidate: NetworkState };

function findAmong(
  network: Network,
  judgings: readonly Judging[],
  concerned: Concerned,
): FoundAmong | null {
  for (const { sides, fromMs } of judgings) {
    const found = judgeLockout(sides, concerned, network.clock.nowMs());
    if (found === null) continue;
    return { ...found, atMs: Math.max(found.atMs, fromMs), candidate: sides.candidate };
  }
  return null;
}

/** With what these of them asked for in the last hour. */
async function addRecent(
  { network, journal }: NetworkLockoutParts,
  { you, operators }: Concerned,
  addresses: readonly Address[],
): Promise<Concerned> {
  const asked = { addresses, nowMs: network.clock.nowMs() };
  const recent = await readRecentRequests(network.database.kysely, journal.heldVisits, asked);
  const withRecent = (visitor: ConcernedVisitor): ConcernedVisitor => ({
    ...visitor,
    recent: recent.get(addressKey(visitor.address)) ?? [],
  });
  return {
    you: you === null ? null : withRecent(you),
    operators: operators.map((visitors) => visitors.map(withRecent)),
  };
}

async function findConcerned(
  { network, publicUrl }: NetworkLockoutParts,
  changes: readonly CandidateChange[],
  { principal, address: from }: ChangeMaker,
): Promise<Concerned> {
  const context = { publicUrl, routes: network.routes(), changes };
  const address = from === null ? null : parseAddress(from);
  const you =
    principal === null || address === null
      ? null
      : { address, doors: doorsOfMaker(principal, context), recent: [] };
  // An operator who gets in is one of them; what an account's admin may change shuts none out.
  if (principal?.kind === "user") return { you, operators: [] };
  const doors = consoleDoors(context);
  const seen = await findSeenOperators(network.database.kysely, network.clock.nowMs());
  const operators = seen.map((addresses) =>
    addresses.map((seenAt) => ({ address: seenAt, doors, recent: [] })),
  );
  return { you, operators };
}

/**
 * What an import does to each of the addresses, as entries of their own; and those of them that are
 * such entries in the import too.
 */
async function toEntries(
  { account, listedAs }: ImportChange,
  addresses: readonly Address[],
): Promise<{ readonly whole: CandidateChange; readonly ofThemselves: CandidateChange }> {
  const asked = addresses.map(async (address) => {
    const range = { family: address.family, start: address, end: address };
    const listed = await listedAs(formatAddress(address));
    return listed.map((entry) => Object.assign({ range }, entry));
  });
  const all = (await Promise.all(asked)).flat();
  const toChange = (entries: typeof all): CandidateChange => {
    const add = entries.map(({ range, action, expiresAtMs }) => ({ range, action, expiresAtMs }));
    return { kind: "address-list", account, add, remove: [] };
  };
  return { whole: toChange(all), ofThemselves: toChange(all.filter(({ isItself }) => isItself)) };
}

async function tell(
  network: Network,
  changes: readonly CandidateChange[],
  found: FoundAmong,
): Promise<FoundLockout> {
  const { outcome, facts, place, allow, atMs, candidate } = found;
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
      allow === null || isListed(network, changes, allow)
        ? { code: "set-otherwise" }
        : { code: "allow-address", range: formatRange(allow.range), account: allow.account },
  };
}

/** A range stands on a list once: what is there, or would be, keeps another entry of it out. */
function isListed(
  { state, clock }: Network,
  changes: readonly CandidateChange[],
  { range, account }: NonNullable<Lockout["allow"]>,
): boolean {
  const text = formatRange(range);
  const layer = account === null ? state.platform : state.accounts.get(account);
  const isStanding = [layer?.allow, layer?.deny].some((set) => {
    const entry = set && findCoveringEntry(set, range.start, clock.nowMs());
    return entry && formatRange(entry.range) === text;
  });
  const isProposed = changes.some(
    (change) =>
      change.kind === "address-list" &&
      (change.account ?? null) === account &&
      change.add.some((entry) => formatRange(entry.range) === text),
  );
  return isStanding || isProposed;
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

// Says what a policy file would change: reads it, finds its owners, compares, and stores nothing.
import { createHash } from "node:crypto";
import { ENTRIES_SUBJECT } from "../../api/revision-api.ts";
import type { Account } from "../../core/accounts/account.ts";
import { canReach } from "../../core/accounts/reach.ts";
import { compareRules, isSame } from "../../core/policy/compare-rules.ts";
import type { OwnerDifference } from "../../core/policy/compare-rules.ts";
import type { OwnerRules } from "../../core/policy/policy-file.ts";
import type { AudioPolicy } from "../../core/recordings/audio-policy.ts";
import { accountsProblem, reachOf } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";
import type { PolicyChanges, RuleSubject, WaitingAbout } from "../journal/index.ts";
import type { Network } from "../network/index.ts";
import { refuseFaults } from "./read-policy-file.ts";
import type { FileFault, PolicyFileReading, WideMention } from "./policy-file-reading.ts";
import { readStandingRules, rulesOfNobody } from "./standing-rules.ts";
import type { StandingEntry, StandingRules } from "./standing-rules.ts";

export type PlanOrder = {
  readonly principal: Principal;
  readonly createAccounts: boolean;
  readonly confirmWide: boolean;
};

export type PlannedChange = {
  /** Null: the platform, or an account that is not there yet. */
  readonly account: Account | null;
  readonly isNew: boolean;
  readonly wanted: OwnerRules;
  readonly standing: StandingRules;
  readonly difference: OwnerDifference<StandingEntry>;
};

export type Plan = {
  /** Only those for whom something changes. */
  readonly changes: readonly PlannedChange[];
  /** Of the rules as they stand and of what would change. */
  readonly fingerprint: string;
  /** Of what the file names, also where nothing differs: it differs when they have gone back. */
  readonly waiting: readonly WaitingAbout[];
};

export type PlanParts = {
  readonly changes: { readonly unconfirmed: Pick<PolicyChanges["unconfirmed"], "about"> };
  readonly network: Pick<Network, "database" | "clock">;
  readonly accounts: Pick<Accounts, "findAccount">;
};

type AcceptedReading = Extract<PolicyFileReading, { ok: true }>;

/**
 * To an admin only their accounts are there. Throws `operator-required`, `policy-file-refused`,
 * `policy-list-too-long`.
 */
export async function planPolicyFile(
  parts: PlanParts,
  reading: AcceptedReading,
  order: PlanOrder,
): Promise<Plan> {
  const isOperator = reachOf(order.principal).kind === "platform";
  const namesPlatform = reading.file.owners.some(({ account }) => account === null);
  if (!isOperator && (namesPlatform || order.createAccounts)) {
    throw accountsProblem("operator-required");
  }
  const known = await findAccounts(parts, reading, order.principal);
  refuseFaults(missingAccounts(reading, known, order));
  const isNamed = namedBy(reading, known);
  const askWaiting = () => parts.changes.unconfirmed.about(isNamed, order.principal);
  const waitingBefore = await askWaiting();
  const all: PlannedChange[] = [];
  for (const wanted of reading.file.owners) {
    const account = wanted.account === null ? null : (known.get(wanted.account) ?? null);
    all.push(await compareOwner(parts, wanted, account));
  }
  if (!order.confirmWide) refuseFaults(unconfirmedRanges(reading.wide, all));
  const changes = all.filter(({ isNew, difference }) => isNew || !isSame(difference));
  // INVARIANT: rules that were read while a change of them waited are never taken to stay.
  const waiting = waitingBefore.length > 0 ? waitingBefore : await askWaiting();
  return { changes, fingerprint: fingerprintOf(changes), waiting };
}

/** Says whether the file names a section or list. */
function namedBy(
  { file }: AcceptedReading,
  known: ReadonlyMap<string, Account>,
): (subject: RuleSubject) => boolean {
  const named = new Set<string>();
  const keyOf = ({ owner, subject }: RuleSubject): string => `${subject} ${owner}`;
  for (const { account, sections, entries } of file.owners) {
    const owner = account === null ? "platform" : known.get(account)?.id;
    // Nothing waits of an account that is not there yet.
    if (owner === undefined) continue;
    for (const subject of sections.keys()) named.add(keyOf({ owner, subject }));
    if (entries !== null) named.add(keyOf({ owner, subject: ENTRIES_SUBJECT }));
  }
  return (subject) => named.has(keyOf(subject));
}

async function findAccounts(
  { accounts }: PlanParts,
  reading: AcceptedReading,
  principal: Principal,
): Promise<ReadonlyMap<string, Account>> {
  const reach = reachOf(principal);
  const found = new Map<string, Account>();
  for (const code of new Set(reading.accounts.map((mention) => mention.code))) {
    const account = await accounts.findAccount(code);
    if (account !== null && canReach(reach, account.id)) found.set(code, account);
  }
  return found;
}

function missingAccounts(
  { accounts }: AcceptedReading,
  known: ReadonlyMap<string, Account>,
  { createAccounts }: PlanOrder,
): readonly FileFault[] {
  const made = new Set(accounts.filter(({ isOwner }) => isOwner).map(({ code }) => code));
  return accounts.flatMap(({ code, isOwner, ...place }) => {
    if (known.has(code) || (createAccounts && made.has(code))) return [];
    const help = isOwner ? " Add it first, or apply the file with createAccounts." : "";
    return [{ ...place, message: `No account has the code ${JSON.stringify(code)}.${help}` }];
  });
}

async function compareOwner(
  { network }: PlanParts,
  wanted: OwnerRules,
  account: Account | null,
): Promise<PlannedChange> {
  const nowMs = network.clock.nowMs();
  const sections = [...wanted.sections.keys()];
  const asked = { sections, withEntries: wanted.entries !== null, nowMs };
  const standing =
    wanted.account !== null && account === null
      ? rulesOfNobody(wanted.account, sections)
      : await readStandingRules(network.database.kysely, account, asked);
  const difference = compareRules(standing, wanted, nowMs);
  return {
    account,
    isNew: wanted.account !== null && account === null,
    wanted,
    standing,
    difference,
  };
}

/** What stands already was confirmed when it was made. */
function unconfirmedRanges(
  mentions: readonly WideMention[],
  planned: readonly PlannedChange[],
): readonly FileFault[] {
  return mentions.flatMap(({ account, section, range, ...place }) => {
    const owner = planned.find(({ wanted }) => wanted.account === account);
    if (owner === undefined || standsIn(owner.standing, section, range)) return [];
    const message = `${range} holds very many addresses; apply the file with confirmWide.`;
    return [{ ...place, message }];
  });
}

function standsIn(
  standing: StandingRules,
  section: WideMention["section"],
  range: string,
): boolean {
  if (section === "entries")
    return standing.entries?.some((entry) => entry.range === range) === true;
  const policy = standing.sections.get(section) as AudioPolicy | undefined;
  return policy?.whitelist.includes(range) === true;
}

/**
 * Of versions as well: a rule that was changed and changed back has moved on. An owner of whom
 * nothing changes does not count: their rules may change between plan and change.
 */
function fingerprintOf(changes: readonly PlannedChange[]): string {
  const hash = createHash("sha256");
  for (const { wanted, isNew, standing, difference } of changes) {
    const { sections, entries } = difference;
    const versions = sections.map(({ section }) => standing.versions.get(section));
    const values = sections.map(({ section }) => [section, wanted.sections.get(section)]);
    hash.update(JSON.stringify([wanted.account, isNew, versions, values, sections]));
    for (const list of [entries.added, entries.removed, entries.changed]) {
      for (const item of list) hash.update(JSON.stringify(item));
      hash.update("|");
    }
  }
  return hash.digest("hex");
}

// Lets a change that nobody confirmed go back: all of it in one step, as it was before.
import type { Transaction } from "kysely";
import { Problem } from "../../platform/problem/problem.ts";
import type { Account } from "../../core/accounts/account.ts";
import type { RoutesRule } from "../../core/network/network-policy.ts";
import type { GoBack, StoredRevision, WaitingChange } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { applyWith, checkChanges } from "./apply-changes.ts";
import type { AppliedChange, ApplyParts } from "./apply-changes.ts";
import { findChangesBack } from "./changes-back.ts";

export type GoBackParts = ApplyParts & {
  /** What was before cannot be any more: an operator has to look at it. */
  readonly recordKept: (
    trx: Transaction<Schema>,
    change: WaitingChange,
    kept: readonly KeptPart[],
  ) => Promise<void>;
};

export type KeptPart = { readonly subject: string; readonly why: string };

/** Entries that end so soon do not come back: they could end before they are stored. */
const ENDING_MS = [0, 1_000, 10_000] as const;

/** Throws a `Problem` only to somebody who takes it back; then it goes on waiting. */
export function createGoBack(parts: GoBackParts): GoBack {
  async function attempt(
    change: WaitingChange,
    { context, claim }: Parameters<GoBack>[1],
    endingMs: number,
  ): Promise<void> {
    const { back, kept } = await findAllBack(parts, change, endingMs);
    await applyWith(parts, back, {
      context,
      first: async (trx) => {
        await claim(trx);
        if (kept.length > 0) await parts.recordKept(trx, change, kept);
      },
    });
  }

  /** Null: it went back. Otherwise why it did not, also without entries that end soon. */
  async function attemptAll(...asked: Parameters<GoBack>): Promise<Problem | null> {
    let refused: Problem | null = null;
    for (const endingMs of ENDING_MS) {
      try {
        await attempt(...asked, endingMs);
        return null;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused = error;
      }
    }
    return refused;
  }

  return async (change, made) => {
    const refused = await attemptAll(change, made);
    if (refused === null) return;
    if (made.context.way !== "went-back") throw refused;
    // INVARIANT: nothing waits for ever.
    const why = refused.message;
    const kept = change.revisions.map(({ subject }) => ({ subject, why }));
    await parts.network.database.transaction(async (trx) => {
      await made.claim(trx);
      await parts.recordKept(trx, change, kept);
    });
  };
}

type AllBack = { readonly back: readonly AppliedChange[]; readonly kept: readonly KeptPart[] };

/** What is refused by itself is kept, and everything else goes back without it. */
async function findAllBack(
  parts: GoBackParts,
  { revisions }: WaitingChange,
  endingMs: number,
): Promise<AllBack> {
  const { accounts, network } = parts;
  const read = network.database.kysely;
  const nowMs = network.clock.nowMs() + endingMs;
  const back: AppliedChange[] = [];
  const kept: KeptPart[] = [];
  // The last that was done is undone first.
  for (const revision of revisions.toReversed()) {
    let account: Account | null = null;
    if (revision.owner !== "platform") {
      const code = network.accountCodeOf(revision.owner);
      account = code === null ? null : await accounts.findAccount(code);
      // With the account went its rules.
      if (account === null) continue;
    }
    if (isSaidBefore(revisions, revision)) continue;
    const at = { revision, to: "before", account, nowMs, isAlone: true } as const;
    const changes = (await findChangesBack(read, at)).map((one) => withRoutesOfNow(parts, one));
    const why = await whyRefused(parts, changes);
    if (why === null) back.push(...changes);
    else kept.push({ subject: revision.subject, why });
  }
  return { back: mergeSections(back), kept };
}

/** Of a list the first revision says all that the change did to it. */
function isSaidBefore(
  revisions: WaitingChange["revisions"],
  { number, owner, subject }: StoredRevision,
): boolean {
  return revisions.some(
    (other) => other.number < number && other.owner === owner && other.subject === subject,
  );
}

async function whyRefused(
  parts: GoBackParts,
  changes: readonly AppliedChange[],
): Promise<string | null> {
  try {
    await checkChanges(parts, changes);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

/** With an account went the routes that led to it. */
function withRoutesOfNow({ network }: GoBackParts, change: AppliedChange): AppliedChange {
  if (change.kind !== "network-policy") return change;
  const sections = change.sections.map(({ section, value }) => {
    if (section !== "routes") return { section, value };
    // INVARIANT: only values that passed the section's schema were ever stored.
    const { routes } = value as RoutesRule;
    const isThere = ({ account }: RoutesRule["routes"][number]): boolean =>
      account === null || network.state.accounts.has(account);
    return { section, value: { routes: routes.filter(isThere) } };
  });
  return { ...change, sections };
}

type SectionsChange = Extract<AppliedChange, { readonly kind: "network-policy" }>;

/** One change of each owner: each of them is followed on every node. */
function mergeSections(changes: readonly AppliedChange[]): readonly AppliedChange[] {
  const merged = new Map<string | undefined, SectionsChange>();
  const others: AppliedChange[] = [];
  for (const change of changes) {
    if (change.kind !== "network-policy") {
      others.push(change);
      continue;
    }
    const known = merged.get(change.account);
    merged.set(change.account, {
      ...change,
      sections: [...(known?.sections ?? []), ...change.sections],
      versions: [...(known?.versions ?? []), ...(change.versions ?? [])],
    });
  }
  return [...merged.values(), ...others];
}

// Changes that are in force until a time: confirmed they stay, else they go back by themselves.
import type { Transaction } from "kysely";
import type { UnconfirmedChange, WentBack } from "../../../api/unconfirmed-api.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import { describePrincipal, reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { ChangeContext, ChangeRequest, GuardedChange } from "../change-context.ts";
import { journalProblem } from "../journal-problem.ts";
import type { EventWriter } from "../record-event.ts";
import { readRevisionsOf } from "../revision-store.ts";
import { describeWaiting } from "./describe-waiting.ts";
import { createWaitingHolder } from "./hold-waiting.ts";
import type { GoBack, HeldChange, WaitingHolder } from "./hold-waiting.ts";
import { listWentBack } from "./list-went-back.ts";
import {
  claimUnconfirmed,
  findWaitingUnder,
  insertUnconfirmed,
  isWithinReach,
  readWaiting,
} from "./unconfirmed-store.ts";
import type { WaitingChange } from "./unconfirmed-store.ts";
import { changeWaits, findAbout, toChangeWaits } from "./waiting-about.ts";
import type { RuleSubject, WaitingAbout } from "./waiting-about.ts";

export type UnconfirmedChanges = Omit<WaitingHolder, "held" | "undo"> & {
  /**
   * Part of a change's transaction, when all of it is stored. Throws `change-waits` where another
   * is about the same, `cannot-go-back` where this one is too much to undo.
   */
  readonly note: (trx: Trx, context: ChangeContext) => Promise<void>;
  /**
   * For a change that was refused because the rules had moved on: throws `change-waits` where they
   * did so by one that waits, over which nothing is saved whatever version was read.
   */
  readonly refuseOverWaiting: (
    changes: readonly GuardedChange[],
    context: ChangeContext,
  ) => Promise<void>;
  readonly list: (principal: Principal) => Promise<readonly UnconfirmedChange[]>;
  /** Those in force that changed some of these rules, whoever may confirm them. */
  readonly about: (
    isMeant: (subject: RuleSubject) => boolean,
    principal: Principal,
  ) => Promise<readonly WaitingAbout[]>;
  /** What went back by itself of late, of what this one made. */
  readonly wentBack: (principal: Principal) => Promise<readonly WentBack[]>;
  /** Throws `unconfirmed-not-found`, `confirm-from-outside`, and what judging it throws. */
  readonly confirm: (changeId: string, asking: Asking) => Promise<void>;
  /**
   * Resolves with the revisions that were made. Throws `unconfirmed-not-found`, and what the guard
   * and a change throw; then it goes on waiting.
   */
  readonly takeBack: (changeId: string, asking: ChangeRequest) => Promise<readonly number[]>;
};

type Trx = Transaction<Schema>;
type Asking = Pick<ChangeRequest, "principal" | "request">;

/** Throws where whoever confirms a change from this address would prove nothing. */
export type JudgeConfirming = (change: WaitingChange, address: string) => Promise<void>;

export type UnconfirmedParts = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly recordEvent: EventWriter["recordEvent"];
  readonly goBack: GoBack;
  readonly contextOf: (asking: ChangeRequest) => ChangeContext;
  readonly judgeConfirming: JudgeConfirming;
  readonly onError: (error: unknown) => void;
};

/** More is brought in by an import, and taken back by one. */
const ENTRIES_MAX = 10_000;

export function createUnconfirmedChanges(parts: UnconfirmedParts): UnconfirmedChanges {
  const { database, clock } = parts;
  const read = database.kysely;
  const { held, undo, ...holder } = createWaitingHolder(parts);

  async function note(trx: Trx, context: ChangeContext): Promise<void> {
    const { changeId, confirmWithinMs } = context;
    const other = await findWaitingUnder(trx, changeId);
    if (other !== null) {
      const change = await readWaiting(trx, other);
      throw changeWaits(toChangeWaits(change, context.principal));
    }
    if (confirmWithinMs === null) return;
    const revisions = await readRevisionsOf(trx, changeId);
    // Nothing was other than it was: there is nothing to go back from.
    if (revisions.length === 0) return;
    refuseTooMany(revisions.reduce((sum, { entries }) => sum + entries, 0));
    const { actor, address } = context;
    const madeAtMs = clock.nowMs();
    const reverts_at = madeAtMs + confirmWithinMs;
    await insertUnconfirmed(trx, {
      change_id: changeId,
      made_at: madeAtMs,
      reverts_at,
      actor,
      address,
    });
  }

  /** As it was loaded last. */
  function inForce(): readonly WaitingChange[] {
    const nowMs = clock.nowMs();
    return holder.waiting().filter(({ goesBackAtMs }) => goesBackAtMs > nowMs);
  }

  async function refuseOverWaiting(
    changes: readonly GuardedChange[],
    { principal }: ChangeContext,
  ): Promise<void> {
    await holder.load();
    const names = new Set(changes.flatMap(sectionNames));
    const found = inForce().find(({ revisions }) =>
      revisions.some((one) => names.has(nameOf(one))),
    );
    if (found !== undefined) throw changeWaits(toChangeWaits(found, principal));
  }

  /** To others than those who may change all of it, it is not there. */
  async function findOwn(changeId: string, principal: Principal): Promise<HeldChange> {
    await holder.load();
    const found = held().find(({ change }) => change.changeId === changeId);
    const nowMs = clock.nowMs();
    if (found === undefined || found.isBack || found.change.goesBackAtMs <= nowMs) {
      throw journalProblem("unconfirmed-not-found");
    }
    if (!isWithinReach(found.change, principal)) throw journalProblem("unconfirmed-not-found");
    return found;
  }

  async function confirm(changeId: string, { principal, request }: Asking): Promise<void> {
    const { address } = parts.contextOf({ principal, request, safety: {} });
    if (address === null) throw journalProblem("confirm-from-outside");
    const { change } = await findOwn(changeId, principal);
    await parts.judgeConfirming(change, address);
    const [first] = change.revisions;
    // Events of an account are told to its admins, and from where operators come is not theirs.
    const isTold = first?.owner === "platform" || reachOf(principal).kind !== "platform";
    await database.transaction(async (trx) => {
      const nowMs = clock.nowMs();
      if (!(await claimUnconfirmed(trx, changeId, nowMs))) {
        throw journalProblem("unconfirmed-not-found");
      }
      await parts.recordEvent(trx, {
        kind: "change-confirmed",
        atMs: nowMs,
        owner: first?.owner ?? "platform",
        account: first?.account ?? null,
        actor: describePrincipal(principal),
        detail: {
          changeId,
          madeBy: change.actor,
          confirmedFrom: isTold ? address : null,
          subjects: change.revisions.map(({ subject }) => subject),
          revisions: change.revisions.map(({ number }) => number),
        },
      });
    });
    await holder.load();
  }

  async function takeBack(changeId: string, asking: ChangeRequest): Promise<readonly number[]> {
    const found = await findOwn(changeId, asking.principal);
    const restores = found.change.revisions.at(-1)?.number ?? null;
    const made = { ...parts.contextOf(asking), way: "restore", restores } as const;
    if (!(await undo(found, made))) throw journalProblem("unconfirmed-not-found");
    return (await readRevisionsOf(read, made.changeId)).map(({ number }) => number);
  }

  async function list(principal: Principal): Promise<readonly UnconfirmedChange[]> {
    await holder.load();
    const nowMs = clock.nowMs();
    const isOperator = reachOf(principal).kind === "platform";
    return inForce()
      .filter((change) => isWithinReach(change, principal))
      .map((change) => describeWaiting(change, { nowMs, isOperator }));
  }

  async function about(
    isMeant: (subject: RuleSubject) => boolean,
    principal: Principal,
  ): Promise<readonly WaitingAbout[]> {
    await holder.load();
    return findAbout(inForce(), isMeant, principal);
  }

  const wentBack = (principal: Principal): Promise<readonly WentBack[]> =>
    listWentBack(read, { principal, nowMs: clock.nowMs() });

  return { ...holder, note, refuseOverWaiting, list, about, wentBack, confirm, takeBack };
}

type Named = { readonly account?: string | null; readonly subject: string };

function nameOf({ account, subject }: Named): string {
  return `${account ?? "*"} ${subject}`;
}

/** The sections that it is about; of a list's entries each has a history of its own. */
function sectionNames(change: GuardedChange): readonly string[] {
  switch (change.kind) {
    case "network-policy":
      return change.sections.map(({ section: subject }) => nameOf({ ...change, subject }));
    case "identity-policy":
      return [nameOf({ ...change, subject: change.section })];
    case "audio-policy":
      return [nameOf({ ...change, subject: "audio-download" })];
    case "address-list":
    case "entry-import":
      return [];
    default:
      return change satisfies never;
  }
}

function refuseTooMany(entries: number): void {
  if (entries <= ENTRIES_MAX) return;
  throw journalProblem("cannot-go-back", {
    detail:
      `It changes ${entries} entries; at most ${ENTRIES_MAX} can go back by themselves. ` +
      "Save it for good, or bring in fewer.",
  });
}

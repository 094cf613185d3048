// Changes that are in force until a time: confirmed they stay, else they go back by themselves.
import type { Transaction } from "kysely";
import type { UnconfirmedChange } from "../../../api/unconfirmed-api.ts";
import { canReach } from "../../../core/accounts/reach.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database } from "../../../platform/database/database.ts";
import { describePrincipal, reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import type { ChangeContext, ChangeRequest } from "../change-context.ts";
import { journalProblem } from "../journal-problem.ts";
import type { EventWriter } from "../record-event.ts";
import { readRevisionsOf } from "../revision-store.ts";
import { describeWaiting } from "./describe-waiting.ts";
import { createWaitingHolder } from "./hold-waiting.ts";
import type { GoBack, HeldChange, WaitingHolder } from "./hold-waiting.ts";
import {
  claimUnconfirmed,
  findWaitingUnder,
  insertUnconfirmed,
  readWaiting,
} from "./unconfirmed-store.ts";
import type { WaitingChange } from "./unconfirmed-store.ts";

export type UnconfirmedChanges = Omit<WaitingHolder, "held" | "undo"> & {
  /**
   * Part of a change's transaction, when all of it is stored. Throws `change-waits` where another
   * is about the same, `cannot-go-back` where this one is too much to undo.
   */
  readonly note: (trx: Trx, context: ChangeContext) => Promise<void>;
  readonly list: (principal: Principal) => Promise<readonly UnconfirmedChange[]>;
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
export type JudgeConfirming = (change: WaitingChange, address: string) => void;

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
      const { principal } = context;
      throw changeWaits(change, principal === null || isWithinReach(change, principal));
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
    parts.judgeConfirming(change, address);
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
    return held()
      .filter(({ change, isBack }) => !isBack && change.goesBackAtMs > nowMs)
      .filter(({ change }) => isWithinReach(change, principal))
      .map(({ change }) => describeWaiting(change, { nowMs, isOperator }));
  }

  return { ...holder, note, list, confirm, takeBack };
}

function changeWaits(change: WaitingChange, isTheirs: boolean): Problem {
  const { changeId, actor, goesBackAtMs } = change;
  const goesBackAt = new Date(goesBackAtMs).toISOString();
  return journalProblem("change-waits", {
    detail: isTheirs
      ? `A change that ${actor} made of it waits to be confirmed; it goes back at ${goesBackAt}. ` +
        "Confirm it or take it back first."
      : "A change of it, with others that are not yours, waits to be confirmed by an operator. " +
        `It goes back at ${goesBackAt} unless it is.`,
    members: { changeId, goesBackAt, actor: isTheirs ? actor : null },
  });
}

function refuseTooMany(entries: number): void {
  if (entries <= ENTRIES_MAX) return;
  throw journalProblem("cannot-go-back", {
    detail:
      `It changes ${entries} entries; at most ${ENTRIES_MAX} can go back by themselves. ` +
      "Save it for good, or bring in fewer.",
  });
}

function isWithinReach({ revisions }: WaitingChange, principal: Principal): boolean {
  const reach = reachOf(principal);
  return reach.kind === "platform" || revisions.every(({ owner }) => canReach(reach, owner));
}

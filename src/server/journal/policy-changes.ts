// The one way in which policies are changed: guarded, then stored in one step, then in force.
import type { IncomingMessage } from "node:http";
import type { ChangeWay } from "../../api/revision-api.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import { describePrincipal } from "../accounts/index.ts";
import type { Principal } from "../accounts/index.ts";
import type { Schema } from "../migrations/schema.ts";
import type {
  ChangeContext,
  ChangeMaker,
  ChangeRequest,
  GuardChanges,
  GuardedChange,
  PreparedChange,
} from "./change-context.ts";
import { Problem } from "../../platform/problem/problem.ts";
import { journalProblem } from "./journal-problem.ts";
import type { EventWriter } from "./record-event.ts";
import { haveRulesMovedOn, readRulesMark } from "./rules-mark.ts";
import { createUnconfirmedChanges } from "./unconfirmed/unconfirmed-changes.ts";
import type { GoBack } from "./unconfirmed/hold-waiting.ts";
import type { JudgeConfirming, UnconfirmedChanges } from "./unconfirmed/unconfirmed-changes.ts";

export type PolicyChanges = {
  readonly contextOf: (made: ChangeRequest) => ChangeContext;
  /** Of a change that is only looked at. */
  readonly makerOf: (asked: Omit<ChangeRequest, "safety">) => ChangeMaker;
  /** Of what a request was for; null: for no change. */
  readonly changeIdOf: (request: IncomingMessage) => string | null;
  /** Those that go back by themselves unless they are confirmed. */
  readonly unconfirmed: UnconfirmedChanges;
  /** For what is changed otherwise, such as lists that others keep. */
  readonly guard: GuardChanges;
  /**
   * One after the other, from the guard until this node goes by what was stored: two changes that
   * lock out only together must not be judged side by side. Within `work`, `make` would wait for
   * itself.
   */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /**
   * In turn; all of it or nothing. `prepare` is told what the guard let through on purpose, null:
   * nothing; it is asked again where another node has changed rules after the guard was asked.
   * Throws what the guard and the changes throw, and `rules-moved-on`.
   */
  readonly make: (step: {
    readonly changes: readonly GuardedChange[];
    readonly context: ChangeContext;
    readonly prepare: (overrode: string | null) => readonly PreparedChange[];
  }) => Promise<void>;
};

const WAY_OF = {
  user: "console",
  token: "token",
  "host-shell": "host-shell",
} as const satisfies Record<Principal["kind"], ChangeWay>;

/** As often as that, and each time rules were changed elsewhere: then whoever asks is told. */
const JUDGED_TURNS_MAX = 5;

/** By each domain's own word: what was read has another version by now. */
const MOVED_ON = 412;

class RulesMovedOnError extends Error {}

export function createPolicyChanges(parts: {
  readonly database: Database<Schema>;
  /** Canonical text. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly guard: GuardChanges;
  readonly clock: Clock;
  readonly recordEvent: EventWriter["recordEvent"];
  readonly goBack: GoBack;
  readonly judgeConfirming: JudgeConfirming;
  /** Resolves when this node goes by everything that was committed before the call. */
  readonly followRules: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}): PolicyChanges {
  const { database, addressOf, guard, clock, recordEvent, goBack, onError } = parts;
  const unconfirmed = createUnconfirmedChanges({
    database,
    clock,
    recordEvent,
    goBack,
    contextOf,
    judgeConfirming: parts.judgeConfirming,
    onError,
  });

  const changeIds = new WeakMap<IncomingMessage, string>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    // One that failed is told to whoever asked for it; the next has its turn all the same.
    last = turn.catch(() => undefined);
    return turn;
  }

  function make(step: Step): Promise<void> {
    return inTurn(async () => {
      const prepared = await storeJudged(step).catch((error: unknown) => tellWhy(error, step));
      for (const { follow } of prepared) await follow();
      if (step.context.confirmWithinMs !== null) await unconfirmed.load();
    });
  }

  /**
   * Who reads the rules again and looks at the difference is refused all the same while what was
   * changed meanwhile waits to be confirmed, and may go back: they are told that at once.
   */
  async function tellWhy(error: unknown, { changes, context }: Step): Promise<never> {
    const hasMovedOn = error instanceof Problem && error.status === MOVED_ON;
    if (hasMovedOn) await unconfirmed.refuseOverWaiting(changes, context);
    throw error;
  }

  /** Judged again where another node has changed rules meanwhile. */
  async function storeJudged(step: Step): Promise<readonly PreparedChange[]> {
    const { changes, context, prepare } = step;
    for (let turn = 1; turn <= JUDGED_TURNS_MAX; turn += 1) {
      const mark = await readRulesMark(database.kysely);
      await parts.followRules();
      const prepared = prepare(await guard(changes, context));
      if (await storeAll(prepared, { context, mark })) return prepared;
    }
    throw journalProblem("rules-moved-on");
  }

  /** False, and nothing stored: the rules are others than those that were judged by. */
  async function storeAll(
    prepared: readonly PreparedChange[],
    judged: { readonly context: ChangeContext; readonly mark: number },
  ): Promise<boolean> {
    try {
      await database.transaction(async (trx) => {
        // Before that of the audit, which is done in the order of asking.
        database.beforeCommit(trx, async () => {
          if (await haveRulesMovedOn(trx, judged.mark)) throw new RulesMovedOnError();
        });
        for (const { store } of prepared) await store(trx);
        await unconfirmed.note(trx, judged.context);
      });
      return true;
    } catch (error) {
      if (error instanceof RulesMovedOnError) return false;
      throw error;
    }
  }

  function contextOf({ principal, request, safety }: ChangeRequest): ChangeContext {
    const changeId = randomId();
    changeIds.set(request, changeId);
    return {
      changeId,
      ...makerOf({ principal, request }),
      actor: describePrincipal(principal),
      way: WAY_OF[principal.kind],
      overrides: safety.lockoutOverride !== undefined,
      restores: null,
      confirmWithinMs: safety.confirmMinutes === undefined ? null : safety.confirmMinutes * 60_000,
    };
  }

  function makerOf({ principal, request }: Omit<ChangeRequest, "safety">): ChangeMaker {
    return { principal, address: principal.kind === "host-shell" ? null : addressOf(request) };
  }

  const changeIdOf = (request: IncomingMessage): string | null => changeIds.get(request) ?? null;

  return { make, inTurn, guard, contextOf, makerOf, changeIdOf, unconfirmed };
}

type Step = Parameters<PolicyChanges["make"]>[0];

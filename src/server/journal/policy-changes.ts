// The one way in which policies are changed: guarded, then stored in one step, then in force.
import type { IncomingMessage } from "node:http";
import type { ChangeSafety } from "../../api/change-safety-api.ts";
import type { ChangeWay } from "../../api/revision-api.ts";
import { randomId } from "../../platform/crypto/random.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import { describePrincipal } from "../accounts/index.ts";
import type { Principal } from "../accounts/index.ts";
import type { Schema } from "../migrations/schema.ts";
import type {
  ChangeContext,
  GuardChanges,
  GuardedChange,
  PreparedChange,
} from "./change-context.ts";
import type { EventWriter } from "./record-event.ts";
import { createUnconfirmedChanges } from "./unconfirmed/unconfirmed-changes.ts";
import type { GoBack } from "./unconfirmed/hold-waiting.ts";
import type { UnconfirmedChanges } from "./unconfirmed/unconfirmed-changes.ts";

export type ChangeRequest = {
  readonly principal: Principal;
  readonly request: IncomingMessage;
  readonly safety: ChangeSafety;
};

export type PolicyChanges = {
  readonly contextOf: (made: ChangeRequest) => ChangeContext;
  /** Those that go back by themselves unless they are confirmed. */
  readonly unconfirmed: UnconfirmedChanges;
  /** For what is changed otherwise, such as lists that others keep. */
  readonly guard: GuardChanges;
  /**
   * One after the other, from the guard until this node goes by what was stored: two changes that
   * lock out only together must not be judged side by side. Several nodes on PostgreSQL are not
   * kept apart: what two of them are asked for in the same moment is judged by each alone.
   * Within `work`, `make` would wait for itself.
   */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /**
   * In turn; all of it or nothing. `prepare` is told what the guard let through on purpose, null:
   * nothing. Throws what the guard and the changes throw.
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

export function createPolicyChanges(parts: {
  readonly database: Database<Schema>;
  /** Canonical text. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly guard: GuardChanges;
  readonly clock: Clock;
  readonly recordEvent: EventWriter["recordEvent"];
  readonly goBack: GoBack;
  readonly onError: (error: unknown) => void;
}): PolicyChanges {
  const { database, addressOf, guard, clock, recordEvent, goBack, onError } = parts;
  const unconfirmed = createUnconfirmedChanges({
    database,
    clock,
    recordEvent,
    goBack,
    contextOf: (asking) => contextOf({ ...asking, safety: {} }),
    onError,
  });

  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    // One that failed is told to whoever asked for it; the next has its turn all the same.
    last = turn.catch(() => undefined);
    return turn;
  }

  function make({ changes, context, prepare }: Step): Promise<void> {
    return inTurn(async () => {
      const prepared = prepare(await guard(changes, context));
      await database.transaction(async (trx) => {
        for (const { store } of prepared) await store(trx);
        await unconfirmed.note(trx, context);
      });
      for (const { follow } of prepared) await follow();
      if (context.confirmWithinMs !== null) await unconfirmed.load();
    });
  }

  function contextOf({ principal, request, safety }: ChangeRequest): ChangeContext {
    return {
      changeId: randomId(),
      principal,
      actor: describePrincipal(principal),
      address: principal.kind === "host-shell" ? null : addressOf(request),
      way: WAY_OF[principal.kind],
      overrides: safety.lockoutOverride !== undefined,
      restores: null,
      confirmWithinMs: safety.confirmMinutes === undefined ? null : safety.confirmMinutes * 60_000,
    };
  }

  return { make, inTurn, guard, contextOf, unconfirmed };
}

type Step = Parameters<PolicyChanges["make"]>[0];

// Counts what visitors were answered, by themselves and not by the gate's own word.
import type { DemoAnswer } from "./create-demo-proxy.ts";
import type { DemoRole, DemoVisitor } from "./demo-visitors.ts";

export type DemoTally = {
  readonly onVisitor: (visitor: DemoVisitor) => void;
  readonly onAnswer: (visitor: DemoVisitor, answer: DemoAnswer) => void;
  readonly total: () => DemoTotals;
  /** Requests that passed since the last call, by country, most first. */
  readonly takePassed: () => readonly (readonly [country: string, requests: number])[];
};

export type DemoTotals = {
  readonly visitors: number;
  readonly requests: number;
  readonly allowed: number;
  /** By status: 403, 429. */
  readonly refused: Readonly<Record<string, number>>;
  readonly byRole: readonly DemoRoleTotals[];
};

export type DemoRoleTotals = {
  readonly role: DemoRole;
  readonly visitors: number;
  readonly allowed: number;
  readonly refused: number;
};

type Counts = { visitors: number; allowed: number; refused: number };

export function createDemoTally(): DemoTally {
  const roles = new Map<DemoRole, Counts>();
  const statuses = new Map<string, number>();
  let passed = new Map<string, number>();

  function countsOf(role: DemoRole): Counts {
    const known = roles.get(role) ?? { visitors: 0, allowed: 0, refused: 0 };
    roles.set(role, known);
    return known;
  }

  function total(): DemoTotals {
    const byRole = [...roles].map(([role, { visitors, allowed, refused }]) => {
      return { role, visitors, allowed, refused };
    });
    const sum = (pick: (counts: Counts) => number): number =>
      byRole.reduce((so, counts) => so + pick(counts), 0);
    return {
      visitors: sum(({ visitors }) => visitors),
      requests: sum(({ allowed, refused }) => allowed + refused),
      allowed: sum(({ allowed }) => allowed),
      refused: Object.fromEntries(statuses),
      byRole,
    };
  }

  return {
    onVisitor: ({ role }) => void (countsOf(role).visitors += 1),
    onAnswer: ({ role, country }, { passedGate, status }) => {
      countsOf(role)[passedGate ? "allowed" : "refused"] += 1;
      if (passedGate) passed.set(country, (passed.get(country) ?? 0) + 1);
      else statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
    },
    total,
    takePassed: () => {
      const taken = [...passed].toSorted(([, a], [, b]) => b - a);
      passed = new Map();
      return taken;
    },
  };
}

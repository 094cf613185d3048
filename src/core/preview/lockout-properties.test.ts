// Checks for any rules and any change that the guard against lock-outs lets nothing through.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  addressOf,
  exampleState,
  list,
  NOW_MS,
  rangeOf,
  surfaceIndex,
  visit,
} from "../../../test/network/example-network.ts";
import type { Surface } from "../network/surface.ts";
import { createCandidate } from "./candidate.ts";
import type { CandidateChange } from "./candidate.ts";
import { judgeLockout } from "./judge-lockout.ts";

const HOUR_MS = 3_600_000;
const STANDARD = accountPolicy()["rate-limits"];

function door(surface: Surface) {
  const place = { surface: surfaceIndex(surface), account: null };
  return { before: place, after: place };
}

const DOORS = [door("sign-in"), door("api"), door("portal")];

const anyAddress = fc.constantFrom("8.8.8.8", "5.1.2.3", "203.0.113.9", "10.1.2.3", "2600::1");
type AnyEntry = { readonly text: string; readonly endsInHours: number | null };

const anyEntry: fc.Arbitrary<AnyEntry> = fc.record({
  text: fc
    .tuple(
      fc.constantFrom("allow", "deny"),
      fc.constantFrom("8.8.8.8", "8.0.0.0/8", "0.0.0.0/1", "5.1.2.0/24", "10.0.0.0/8", "2600::/16"),
    )
    .map((words) => words.join(" ")),
  endsInHours: fc.option(fc.integer({ min: 1, max: 100 })),
});
const anyMode = fc.constantFrom("off" as const, "monitor" as const, "enforce" as const);
const anyAction = fc.constantFrom("allow" as const, "deny" as const);
const anyCountry = fc.record({
  mode: anyMode,
  defaultAction: anyAction,
  countries: fc.record({ US: anyAction, DE: anyAction }, { requiredKeys: [] }),
  unknown: anyAction,
  private: anyAction,
});
const anyRules = fc.record(
  { "address-lists": fc.record({ mode: anyMode }), country: anyCountry },
  { requiredKeys: [] },
);

function endOf({ endsInHours }: AnyEntry): number | null {
  return endsInHours === null ? null : NOW_MS + endsInHours * HOUR_MS;
}

function toChange(added: readonly AnyEntry[]): CandidateChange {
  const add = added.map((entry) => {
    const [action, range] = entry.text.split(" ");
    const expiresAtMs = endOf(entry);
    return { range: rangeOf(range!), action: action as "allow" | "deny", expiresAtMs };
  });
  return { kind: "address-list", add, remove: [] };
}

function toRules(sections: object): CandidateChange {
  const named = Object.entries(sections).map(([section, value]) => ({ section, value }));
  return { kind: "network-policy", sections: named as never };
}

describe("for any rules and any change", () => {
  it("what passes the guard never refuses its maker's next request", () => {
    const outcomes = { passed: 0, refused: 0 };
    const anything = fc.record({
      from: anyAddress,
      platform: anyRules,
      standing: fc.array(anyEntry, { maxLength: 3 }),
      added: fc.array(anyEntry, { maxLength: 3 }),
      changed: anyRules,
      requests: fc.nat({ max: 30 }),
      countMax: fc.option(fc.integer({ min: 1, max: 40 })),
    });
    fc.assert(
      fc.property(anything, ({ from, platform, standing, requests, ...change }) => {
        const state = exampleState({ platform });
        for (const [index, entry] of standing.entries()) {
          const expiresAtMs = endOf(entry);
          const ends = expiresAtMs === null ? {} : { expiresAtMs };
          list(state, "platform", { text: entry.text, id: index + 1, ...ends });
        }
        for (let index = 0; index < requests; index += 1) visit(state, from, { surface: "api" });
        const candidate = createCandidate(state, [
          toRules(change.changed),
          toChange(change.added),
          ...limitTo(change.countMax),
        ]);
        const recent = [{ surface: surfaceIndex("api"), account: null, minutesAgo: 0, requests }];
        const you = { address: addressOf(from), doors: DOORS, recent };
        const sides = { standing: state, candidate };
        const found = judgeLockout(sides, { you, operators: [] }, NOW_MS);
        const before = visit(state, from, { surface: "api", counting: "peek" });
        const next = visit(candidate, from, { surface: "api", counting: "peek" });
        if (before.network.verdict === "refuse") return;
        outcomes[found === null ? "passed" : "refused"] += 1;
        if (found === null) expect(next.network.verdict).toBe("pass");
      }),
      { numRuns: 250 },
    );
    expect(Math.min(outcomes.passed, outcomes.refused)).toBeGreaterThan(20);
  });
});

function limitTo(countMax: number | null): readonly CandidateChange[] {
  if (countMax === null) return [];
  const api = { ...STANDARD.api, mode: "enforce", requestMaxCount: countMax };
  return [toRules({ "rate-limits": { ...STANDARD, api } })];
}

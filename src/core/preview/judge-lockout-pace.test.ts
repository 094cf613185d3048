// Checks whom the guard takes for over a limit by what they asked for, and whom it need not ask.
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
import { formatAddress } from "../network/address.ts";
import type { NetworkState } from "../network/network-state.ts";
import { createCandidate } from "./candidate.ts";
import type { CandidateChange } from "./candidate.ts";
import { judgeLockout, whosePaceDecides } from "./judge-lockout.ts";
import type { ConcernedVisitor } from "./judge-lockout.ts";

const [YOU, OTHER] = ["8.8.8.8", "5.1.2.3"];
const HOUR_MS = 3_600_000;
const PLACE = { surface: surfaceIndex("api"), account: null };
const STANDARD = accountPolicy()["rate-limits"];

function visitor(text: string, requests = 0, surface = PLACE.surface): ConcernedVisitor {
  const recent = requests === 0 ? [] : [{ surface, account: null, minutesAgo: 0, requests }];
  return { address: addressOf(text), doors: [{ before: PLACE, after: PLACE }], recent };
}

function section(name: string, value: unknown): CandidateChange {
  return { kind: "network-policy", sections: [{ section: name, value }] as never };
}

function limitOf(requestMaxCount: number, mode = "enforce") {
  const api = { mode, requestMaxCount, requestMaxSeconds: 3600, requestBanExpirySeconds: 60 };
  return section("rate-limits", { ...STANDARD, api });
}

/** A limit of so many an hour, and you on the allow list. */
function exempt(requestMaxCount: number, endsInMs?: number): NetworkState {
  const state = createCandidate(exampleState(), [limitOf(requestMaxCount)]);
  const ends = endsInMs === undefined ? {} : { expiresAtMs: NOW_MS + endsInMs };
  list(state, "platform", { text: `allow ${YOU}`, id: 1, ...ends });
  return state;
}

const NO_ENTRY: CandidateChange = {
  kind: "address-list",
  add: [],
  remove: [{ id: 1, range: rangeOf(YOU) }],
};
const ENTRY_THAT_ENDS: CandidateChange = {
  ...NO_ENTRY,
  add: [{ range: rangeOf(YOU), action: "allow", expiresAtMs: NOW_MS + HOUR_MS }],
};
const LISTS_OFF = section("address-lists", { mode: "off" });

function judge(standing: NetworkState, change: CandidateChange, you = visitor(YOU, 20)) {
  const sides = { standing, candidate: createCandidate(standing, [change]) };
  return judgeLockout(sides, { you, operators: [] }, NOW_MS);
}

describe("whoever was not counted by a limit is locked out by what makes it count them", () => {
  it.each([
    ["their entry gone", NO_ENTRY, NOW_MS],
    ["lists that are off", LISTS_OFF, NOW_MS],
    ["an end of their entry", ENTRY_THAT_ENDS, NOW_MS + HOUR_MS],
  ])("%s", (_, change, atMs) => {
    const found = judge(exempt(20), change);
    expect(found).toMatchObject({ outcome: { reason: "over-rate-limit" }, atMs });
    expect(judge(exempt(21), change)).toBeNull();
    expect(judge(exempt(20), change, visitor(YOU))).toBeNull();
  });

  it("also while a minute has just begun, by what is in the window of the one before", () => {
    const perMinute = { requestMaxSeconds: 60, requestBanExpirySeconds: 60, mode: "enforce" };
    const limited = (requestMaxCount: number) => {
      const api = { ...perMinute, requestMaxCount };
      const change = section("rate-limits", { ...STANDARD, api });
      const sides = {
        standing: exampleState(),
        candidate: createCandidate(exampleState(), [change]),
      };
      const recent = [
        { surface: PLACE.surface, account: null, minutesAgo: 0, requests: 5 },
        { surface: PLACE.surface, account: null, minutesAgo: 1, requests: 300 },
      ];
      const you = { ...visitor(YOU), recent };
      return judgeLockout(sides, { you, operators: [] }, NOW_MS + 15_000);
    };
    // Three quarters of the minute before, five since, and the next one.
    expect(limited(230)).toMatchObject({ outcome: { reason: "over-rate-limit" } });
    expect(limited(231)).toBeNull();
  });

  it("the hard limit by all that they asked for, wherever", () => {
    const standing = createCandidate(exempt(5000), [
      section("hard-limit", { exemptAllowEntries: true }),
    ]);
    const change = section("hard-limit", { exemptAllowEntries: false });
    const ofPortal = surfaceIndex("portal");
    const found = judge(standing, change, visitor(YOU, 600, ofPortal));
    expect(found).toMatchObject({ outcome: { reason: "over-hard-limit" } });
    expect(judge(standing, change, visitor(YOU, 599, ofPortal))).toBeNull();
  });

  it("but not by a change that leaves them over it as they were", () => {
    const limited = createCandidate(exampleState(), [limitOf(20)]);
    expect(judge(limited, LISTS_OFF)).toBeNull();
    expect(judge(exempt(20, HOUR_MS), limitOf(20))).toBeNull();
  });

  it("nor do they escape the guard by being over a limit that has not counted them yet", () => {
    const limited = createCandidate(exampleState(), [limitOf(20)]);
    visit(limited, YOU, { surface: "api" });
    const add = [{ range: rangeOf(YOU), action: "deny" as const, expiresAtMs: null }];
    const found = judge(limited, { kind: "address-list", add, remove: [] });
    expect(found).toMatchObject({ outcome: { reason: "on-deny-list" } });
  });
});

describe("what people asked for is looked up", () => {
  const asked = (
    standing: NetworkState,
    change: CandidateChange,
    operators: readonly (readonly ConcernedVisitor[])[] = [],
  ) => {
    const sides = { standing, candidate: createCandidate(standing, [change]) };
    const you = operators.length === 0 ? visitor(YOU) : null;
    return whosePaceDecides(sides, { you, operators }, NOW_MS).map(formatAddress);
  };

  it.each([
    ["a limit that is new", exampleState(), limitOf(1)],
    ["an entry that exempts no more", exempt(20), NO_ENTRY],
    ["an entry that will not", exempt(20), ENTRY_THAT_ENDS],
  ])("for %s", (_, standing, change) => {
    expect(asked(standing, change)).toEqual([YOU]);
  });

  it.each([
    ["a limit that monitors", exampleState(), limitOf(1, "monitor")],
    ["a limit that stays as it is", exempt(20), limitOf(20)],
    ["another rule", createCandidate(exampleState(), [limitOf(20)]), LISTS_OFF],
  ])("not for %s", (_, standing, change) => {
    expect(asked(standing, change)).toEqual([]);
  });

  it("of no operator where one gets in whatever they asked for", () => {
    const both = [[visitor(OTHER)], [visitor(YOU)]];
    expect(asked(exampleState(), limitOf(1), both)).toEqual([OTHER, YOU]);
    expect(asked(exempt(20), limitOf(1), both)).toEqual([]);
  });
});

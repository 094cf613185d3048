// Checks what is offered for each refusal, in which order, and nothing twice.

import { describe, expect, it } from "vitest";
import type { NetworkReason } from "../../core/network/network-steps.ts";
import type { CounterRule } from "../../core/network/read-counters.ts";
import type { AddressRefusal, BanningRule, RescueFinding, UserTrouble } from "./rescue-finding.ts";
import { describeFinding, isRefusal, USER_STATES } from "./rescue-finding.ts";
import { offersFor } from "./rescue-offers.ts";

const REFUSED: AddressRefusal = {
  kind: "address",
  address: "203.0.113.7",
  surface: "sign-in",
  account: null,
  reason: "country-denied",
  ruledBy: null,
  ownEntryId: null,
};

function wordsFor(...findings: readonly RescueFinding[]): readonly string[] {
  return offersFor(findings).map(({ words }) => words);
}

describe("offers for an address", () => {
  const hour = "allow 203.0.113.7 for an hour";

  it.each([
    ["banned", ["release all bans of 203.0.113.7"]],
    ["on-deny-list", [hour, "set the rule address-lists to monitor, for everybody"]],
    ["on-subscribed-list", [hour]],
    ["country-denied", [hour, "set the rule country to monitor, for everybody"]],
    ["over-webchat-limit", [hour, "set the rule webchat-requests to monitor, for everybody"]],
    ["over-rate-limit", [hour, "set the rule rate-limits to monitor, for everybody"]],
    ["over-hard-limit", []],
  ] satisfies [NetworkReason, string[]][])("refused as %s are %j", (reason, words) => {
    expect(wordsFor({ ...REFUSED, reason })).toEqual(words);
  });

  it("take away an entry for just this address, beside which none can be put", () => {
    const refusal = { ...REFUSED, reason: "on-deny-list", ownEntryId: 7 };
    expect(offersFor([refusal])).toEqual([
      {
        words: "remove the deny entry 203.0.113.7",
        isForOthersToo: false,
        act: { kind: "remove-entry", entryId: 7, account: null },
      },
    ]);
  });

  it("are for the rules of the owner that refuses", () => {
    const refusal = { ...REFUSED, surface: "portal", account: "acme", ruledBy: "acme" };
    expect(offersFor([refusal]).map(({ act }) => act)).toEqual([
      { kind: "allow", range: "203.0.113.7", account: "acme" },
      { kind: "monitor", section: "country", account: "acme" },
    ]);
  });

  it("come once for many surfaces, and what helps others too comes last", () => {
    const findings: readonly RescueFinding[] = [
      REFUSED,
      { ...REFUSED, surface: "api" },
      { kind: "bans", address: "203.0.113.7", count: 2 },
      { ...REFUSED, surface: "audio", reason: "banned" },
    ];
    expect(wordsFor(...findings)).toEqual([
      hour,
      "release all bans of 203.0.113.7",
      "set the rule country to monitor, for everybody",
    ]);
  });
});

describe("a rule that has banned, and will again,", () => {
  const rule: BanningRule = {
    kind: "banning-rule",
    address: "203.0.113.7",
    rule: "rate-limit",
    surface: "portal",
    account: null,
    max: 1,
    windowSeconds: 3600,
    hasEntry: false,
  };
  const hour = "allow 203.0.113.7 for an hour";
  const set = (section: string) => `set the rule ${section} to monitor, for everybody`;

  it.each([
    ["rate-limit", [hour, set("rate-limits")]],
    ["webchat-requests", [hour, set("webchat-requests")]],
    ["failed-authentication", [hour, set("failed-authentication")]],
    ["hard-limit", [hour]],
  ] satisfies [CounterRule, string[]][])("%s, leaves %j", (name, words) => {
    expect(wordsFor({ ...rule, rule: name })).toEqual(words);
  });

  it("is of its owner, and allows nothing beside an entry for the address", () => {
    const offers = offersFor([{ ...rule, account: "acme", hasEntry: true }]);
    expect(offers.map(({ act }) => act)).toEqual([
      { kind: "monitor", section: "rate-limits", account: "acme" },
    ]);
  });

  it("refuses nobody by itself, and is named with its pace", () => {
    expect(isRefusal(rule)).toBe(false);
    expect(describeFinding(rule)).toBe(
      "203.0.113.7 was banned by the rule rate-limits of the platform: more than 1 request in " +
        "3600 seconds at portal. It is enforced, and will ban again at the same pace",
    );
  });
});

describe("offers for a user", () => {
  function trouble(state: UserTrouble): RescueFinding {
    const until = state === "factor-locked" ? "2027-01-15T08:30:00.000Z" : null;
    return { kind: "user", userId: "u", email: "ada@example.com", trouble: state, until };
  }

  it.each(USER_STATES)("who is %s are what opens that", (state) => {
    const expected: Readonly<Record<UserTrouble, string | undefined>> = {
      disabled: "enable-user",
      locked: "release-user",
      dormant: "release-user",
      invited: undefined,
      "factor-locked": "release-user",
      "factor-paused": "release-user",
    };
    expect(offersFor([trouble(state)])[0]?.act.kind).toBe(expected[state]);
  });

  it("release locked passwords and codes at once", () => {
    expect(wordsFor(trouble("locked"), trouble("factor-locked"))).toEqual([
      "release ada@example.com: wrong passwords and codes count anew",
    ]);
  });

  it("say until when it lasts", () => {
    expect(describeFinding(trouble("factor-locked"))).toBe(
      "ada@example.com may give no second-factor codes after five wrong ones until " +
        "2027-01-15T08:30:00.000Z",
    );
  });
});

describe("a change that waits to be confirmed", () => {
  const waiting: RescueFinding = {
    kind: "waiting",
    changeId: "c",
    what: "country of the platform",
    actor: "host shell",
    goesBackAt: "2027-01-15T08:30:00.000Z",
  };

  it("is offered to be taken back before anything else, and never for the one alone", () => {
    const bans: RescueFinding = { kind: "bans", address: "203.0.113.7", count: 1 };
    const offers = offersFor([{ ...REFUSED, surface: "api" }, bans, waiting]);
    expect(offers.map(({ words }) => words)).toEqual([
      "take back the change of country of the platform",
      "allow 203.0.113.7 for an hour",
      "release all bans of 203.0.113.7",
      "set the rule country to monitor, for everybody",
    ]);
    expect(offers[0]).toMatchObject({ isForOthersToo: true, act: { changeId: "c" } });
  });

  it("refuses nobody by itself, and says when it goes back", () => {
    expect([waiting, REFUSED].filter(isRefusal)).toEqual([REFUSED]);
    expect(describeFinding(waiting)).toBe(
      "country of the platform: changed by host shell; goes back at " +
        "2027-01-15T08:30:00.000Z unless it is confirmed",
    );
  });
});

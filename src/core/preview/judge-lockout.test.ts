// Checks the guard's judgement: what locks out whoever makes it, and what only looks like it.
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  addressOf,
  exampleState,
  list,
  NOW_MS,
  putExampleBan,
  rangeOf,
  surfaceIndex,
  visitTimes,
} from "../../../test/network/example-network.ts";
import type { Example } from "../../../test/network/example-network.ts";
import { formatAddress } from "../network/address.ts";
import { formatRange } from "../network/address-range.ts";
import type { CountryRule, PlatformPolicy } from "../network/network-policy.ts";
import type { NetworkState } from "../network/network-state.ts";
import type { Surface } from "../network/surface.ts";
import { createCandidate } from "./candidate.ts";
import type { CandidateChange } from "./candidate.ts";
import { judgeLockout } from "./judge-lockout.ts";
import type { ConcernedVisitor } from "./judge-lockout.ts";

const YOU = "8.8.8.8";
const HOUR_MS = 3_600_000;

function door(surface: Surface, account: "acme" | null = null): ConcernedVisitor["doors"][number] {
  const place = { surface: surfaceIndex(surface), account };
  return { before: place, after: place };
}

const CONSOLE = [door("sign-in"), door("api"), door("portal")];

function visitor(text = YOU, more: Partial<ConcernedVisitor> = {}): ConcernedVisitor {
  return { address: addressOf(text), doors: CONSOLE, recent: [], ...more };
}

type Words = { readonly text: string; readonly endsInMs?: number };

function entries(...words: readonly (string | Words)[]): CandidateChange {
  const add = words.map((word) => {
    const { text, endsInMs } = typeof word === "string" ? { text: word, endsInMs: null } : word;
    const [action, range] = text.split(" ");
    return {
      range: rangeOf(range!),
      action: action as "allow" | "deny",
      expiresAtMs: endsInMs === null || endsInMs === undefined ? null : NOW_MS + endsInMs,
    };
  });
  return { kind: "address-list", add, remove: [] };
}

function removal(id: number, range: string): CandidateChange {
  return { kind: "address-list", add: [], remove: [{ id, range: rangeOf(range) }] };
}

function rules(sections: Partial<PlatformPolicy>): CandidateChange {
  const named = Object.entries(sections).map(([section, value]) => ({ section, value }));
  return { kind: "network-policy", sections: named as never };
}

const ALLOW_ALL: CountryRule = {
  mode: "enforce",
  defaultAction: "allow",
  countries: {},
  unknown: "allow",
  private: "allow",
};
const ONLY_DE: CountryRule = { ...ALLOW_ALL, defaultAction: "deny", countries: { DE: "allow" } };

const STANDARD = accountPolicy()["rate-limits"];

/** Of the surface `api`. */
function limit(requestMaxCount: number, requestMaxSeconds = 60) {
  const api = { mode: "enforce", requestMaxCount, requestMaxSeconds, requestBanExpirySeconds: 60 };
  return rules({ "rate-limits": { ...STANDARD, api: api as typeof STANDARD.api } });
}

function recent(requests: number, minutesAgo = 0): ConcernedVisitor["recent"][number] {
  return { surface: surfaceIndex("api"), account: null, minutesAgo, requests };
}

function judge(
  standing: NetworkState,
  changes: readonly CandidateChange[],
  you: ConcernedVisitor = visitor(),
) {
  const sides = { standing, candidate: createCandidate(standing, changes) };
  return judgeLockout(sides, { you, operators: [] }, NOW_MS);
}

type Case = readonly [
  name: string,
  standing: { readonly example?: Example; readonly lists?: readonly Words[] },
  changes: readonly CandidateChange[],
  you?: ConcernedVisitor,
];

function stateOf({ example = {}, lists = [] }: Case[1]): NetworkState {
  const state = exampleState(example);
  lists.forEach(({ text, endsInMs }, index) => {
    const ends = endsInMs === undefined ? {} : { expiresAtMs: NOW_MS + endsInMs };
    list(state, "platform", { text, id: index + 1, ...ends });
  });
  return state;
}

const DENIED_LISTS_OFF = {
  example: { platform: { "address-lists": { mode: "off" as const } } },
  lists: [{ text: `deny ${YOU}` }],
};
const ALLOWED_ABROAD = {
  example: { platform: { country: ONLY_DE } },
  lists: [{ text: `allow ${YOU}` }],
};

type Refused = readonly [
  name: string,
  standing: Case[1],
  changes: Case[2],
  you: ConcernedVisitor,
  reason: string,
];

describe("locks its maker out", () => {
  it.each<Refused>([
    ["own address denied", {}, [entries(`deny ${YOU}`)], visitor(), "on-deny-list"],
    ["a block around it", {}, [entries("deny 8.0.0.0/9")], visitor(), "on-deny-list"],
    ["a first-last range", {}, [entries("deny 8.8.8.0-8.8.9.0")], visitor(), "on-deny-list"],
    [
      "the whole world in two halves",
      {},
      [entries("deny 0.0.0.0/1", "deny 128.0.0.0/1")],
      visitor(),
      "on-deny-list",
    ],
    ["an IPv6 /64", {}, [entries("deny 2600::/64")], visitor("2600::1"), "on-deny-list"],
    [
      "an entry that ends soon",
      {},
      [entries({ text: `deny ${YOU}`, endsInMs: HOUR_MS })],
      visitor(),
      "on-deny-list",
    ],
    [
      "lists switched on",
      DENIED_LISTS_OFF,
      [rules({ "address-lists": { mode: "enforce" } })],
      visitor(),
      "on-deny-list",
    ],
    ["its country denied", {}, [rules({ country: ONLY_DE })], visitor(), "country-denied"],
    [
      "unknown locations denied",
      {},
      [rules({ country: { ...ALLOW_ALL, unknown: "deny" } })],
      visitor("203.0.113.9"),
      "country-denied",
    ],
    [
      "private addresses denied",
      {},
      [rules({ country: { ...ALLOW_ALL, private: "deny" } })],
      visitor("10.1.2.3"),
      "country-denied",
    ],
    [
      "the last allow entry removed",
      ALLOWED_ABROAD,
      [removal(1, YOU)],
      visitor(),
      "country-denied",
    ],
    [
      "the last allow entry turned",
      ALLOWED_ABROAD,
      [removal(1, YOU), entries(`deny ${YOU}`)],
      visitor(),
      "on-deny-list",
    ],
    [
      "lists switched off that let it in",
      ALLOWED_ABROAD,
      [rules({ "address-lists": { mode: "off" } })],
      visitor(),
      "country-denied",
    ],
    [
      "a country denied beside an allow entry that ends today",
      { lists: [{ text: `allow ${YOU}`, endsInMs: HOUR_MS }] },
      [rules({ country: ONLY_DE })],
      visitor(),
      "country-denied",
    ],
    [
      "a limit below the pace",
      {},
      [limit(20)],
      visitor(YOU, { recent: [recent(20)] }),
      "over-rate-limit",
    ],
    [
      "an hour's limit below the pace",
      {},
      [limit(50, 3600)],
      visitor(YOU, { recent: [recent(30, 5), recent(20, 40)] }),
      "over-rate-limit",
    ],
    [
      "a second's limit below the pace",
      {},
      [limit(1, 1)],
      visitor(YOU, { recent: [recent(90)] }),
      "over-rate-limit",
    ],
  ])("%s", (_, standing, changes, you, reason) => {
    const found = judge(stateOf(standing), changes, you);
    expect(found).toMatchObject({ who: "you", outcome: { verdict: "refuse", reason } });
    expect(formatAddress(found!.address)).toBe(formatAddress(you.address));
  });

  it("by an account's layer, at the account's own doors", () => {
    const own = visitor(YOU, { doors: [door("portal", "acme"), door("audio", "acme")] });
    const change = { ...entries(`deny ${YOU}`), account: "acme" };
    const found = judge(exampleState({ acme: {} }), [change], own);
    expect(found?.allow?.account).toBe("acme");
    expect(judge(exampleState({ acme: {} }), [change])).toBeNull();
  });

  it("by routes that lead the console to another layer", () => {
    const state = exampleState({ acme: {} });
    list(state, "acme", { text: `deny ${YOU}`, id: 1 });
    const moved = {
      before: { surface: surfaceIndex("portal"), account: null },
      after: { surface: surfaceIndex("portal"), account: "acme" },
    };
    const found = judge(state, [], visitor(YOU, { doors: [moved] }));
    expect(found).toMatchObject({ outcome: { reason: "on-deny-list" }, place: moved.after });
  });

  it("later, and says when", () => {
    const state = stateOf({ lists: [{ text: `allow ${YOU}`, endsInMs: HOUR_MS }] });
    expect(judge(state, [rules({ country: ONLY_DE })])?.atMs).toBe(NOW_MS + HOUR_MS);
  });
});

const HARMLESS: readonly Case[] = [
  ["another address", {}, [entries("deny 8.8.8.9")]],
  ["the IPv4 address of a visitor by IPv6", {}, [entries("deny ::/0")]],
  ["another /64", {}, [entries("deny 2600:0:0:1::/64")], visitor("2600::1")],
  [
    "a denied block around an allowed address",
    { lists: [{ text: `allow ${YOU}` }] },
    [entries("deny 8.0.0.0/8")],
  ],
  ["denied and allowed in one change", {}, [entries("deny 8.0.0.0/8", `allow ${YOU}`)]],
  [
    "lists in monitor mode",
    { example: { platform: { "address-lists": { mode: "monitor" } } } },
    [entries(`deny ${YOU}`)],
  ],
  [
    "lists that are off",
    { example: { platform: { "address-lists": { mode: "off" } } } },
    [entries(`deny ${YOU}`)],
  ],
  ["a country in monitor mode", {}, [rules({ country: { ...ONLY_DE, mode: "monitor" } })]],
  ["its own country allowed", {}, [rules({ country: ONLY_DE })], visitor("5.1.2.3")],
  [
    "a country denied beside an allow entry that stays for days",
    { lists: [{ text: `allow ${YOU}`, endsInMs: 72 * HOUR_MS }] },
    [rules({ country: ONLY_DE })],
  ],
  ["a deny entry removed", { lists: [{ text: `deny ${YOU}` }] }, [removal(1, YOU)]],
  [
    "one of two allow entries removed",
    { ...ALLOWED_ABROAD, lists: [...ALLOWED_ABROAD.lists, { text: "allow 8.0.0.0/8" }] },
    [removal(1, YOU)],
  ],
  [
    "whoever is denied already",
    { lists: [{ text: `deny ${YOU}` }] },
    [rules({ country: ONLY_DE })],
  ],
  ["a limit above the pace", {}, [limit(21)], visitor(YOU, { recent: [recent(20)] })],
  [
    "a limit of a minute after an hour's work",
    {},
    [limit(20)],
    visitor(YOU, { recent: [recent(500, 3)] }),
  ],
  [
    "a limit that monitors",
    {},
    [
      rules({
        "rate-limits": {
          ...STANDARD,
          api: { ...STANDARD.api, mode: "monitor", requestMaxCount: 1 },
        },
      }),
    ],
    visitor(YOU, { recent: [recent(20)] }),
  ],
];

describe("locks nobody out", () => {
  it.each(HARMLESS.map(([name, ...change]) => ({ name, change })))("$name", ({ change }) => {
    const [standing, changes, you] = change;
    expect(judge(stateOf(standing), changes, you)).toBeNull();
  });

  it("a ban that stands is nothing of the change's", () => {
    const state = exampleState();
    putExampleBan(state, YOU, { id: 1, endsAtMs: NOW_MS + HOUR_MS });
    expect(judge(state, [rules({ country: ONLY_DE })])).toBeNull();
  });
});

describe("the way out", () => {
  const rangeToAllow = (changes: readonly CandidateChange[], from = YOU, example: Example = {}) => {
    const allow = judge(exampleState(example), changes, visitor(from))?.allow;
    return allow === null || allow === undefined ? null : formatRange(allow.range);
  };

  it.each([
    ["the address", YOU, "8.8.8.8"],
    ["an IPv6 client's /64", "2600::1", "2600::/64"],
    ["an IPv4 address that came as IPv6", "::ffff:8.8.8.8", "8.8.8.8"],
  ])("is to allow %s", (_, from, range) => {
    expect(rangeToAllow([rules({ country: ONLY_DE })], from)).toBe(range);
  });

  it("is none where allow entries are not looked at", () => {
    const off = { platform: { "address-lists": { mode: "off" } } } as const;
    expect(rangeToAllow([rules({ country: ONLY_DE })], YOU, off)).toBeNull();
  });

  it("is none for who is over the hard limit by it", () => {
    const state = exampleState({ platform: { "hard-limit": { exemptAllowEntries: true } } });
    list(state, "platform", { text: "allow 8.0.0.0/8", id: 1 });
    visitTimes(stateWithout(state), YOU, { times: 700 });
    const change = rules({ "hard-limit": { exemptAllowEntries: false } });
    expect(judge(state, [change])).toMatchObject({
      outcome: { reason: "over-hard-limit" },
      allow: null,
    });
  });
});

/** The same counters, under rules that count those who are allowed. */
function stateWithout(state: NetworkState): NetworkState {
  return createCandidate(state, [rules({ "hard-limit": { exemptAllowEntries: false } })]);
}

describe("operators", () => {
  const state = exampleState();
  const atHome = visitor("5.1.2.3");
  const abroad = visitor(YOU);
  const judgeAll = (operators: readonly (readonly ConcernedVisitor[])[], ...words: string[]) =>
    judgeLockout(
      { standing: state, candidate: createCandidate(state, [entries(...words)]) },
      { you: null, operators },
      NOW_MS,
    );

  it("are locked out where every one of them would be refused", () => {
    const found = judgeAll([[atHome], [abroad]], "deny 8.0.0.0/8", "deny 5.0.0.0/8");
    expect(found).toMatchObject({ who: "operators", outcome: { reason: "on-deny-list" } });
  });

  it.each([
    ["one of them gets in", [[atHome], [abroad]]],
    ["one gets in from another address of theirs", [[atHome, abroad]]],
    ["none was seen", []],
  ])("are not where %s", (_, operators) => {
    expect(judgeAll(operators, "deny 8.0.0.0/8")).toBeNull();
  });

  it("are not by what refused them all before", () => {
    const denied = exampleState();
    list(denied, "platform", { text: "deny 8.8.8.8", id: 1 });
    const candidate = createCandidate(denied, [entries("deny 8.0.0.0/8")]);
    const sides = { standing: denied, candidate };
    expect(judgeLockout(sides, { you: null, operators: [[abroad]] }, NOW_MS)).toBeNull();
  });
});

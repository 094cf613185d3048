// Checks that what a preview predicts is what is decided: request by request, for each section.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  addressOf,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  rangeOf,
} from "../../../test/network/example-network.ts";
import {
  decideLive,
  FIRST_MINUTE,
  lineOf,
  pageOf,
  requestsOf,
  sampleTraffic,
} from "../../../test/network/recorded-traffic.ts";
import type { SampleVisits, TimedVisit } from "../../../test/network/recorded-traffic.ts";
import type { NetworkState } from "../network/network-state.ts";
import { SURFACES } from "../network/surface.ts";
import { createCandidate } from "./candidate.ts";
import type { CandidateChange } from "./candidate.ts";
import { previewVisits } from "./preview-visits.ts";
import type { PreviewRun } from "./preview-visits.ts";
import { createRecordedVisits, readVisitPage } from "./read-visit-page.ts";
import { createReplayState } from "./replay-state.ts";
import { applyBanEvent } from "./standing-bans.ts";
import type { RecordedBan } from "./standing-bans.ts";

const MINUTES = 30;
const TRAFFIC = [
  ...sampleTraffic({ seed: 7, minutes: MINUTES, neighbours: 4 }),
  // On the allow list, and over the hard limit.
  { ...ofVisitor("8.8.8.9"), minute: FIRST_MINUTE + 9, requests: 700 },
  { ...ofVisitor("2a00:1::1"), minute: FIRST_MINUTE + 3, requests: 900 },
];
const REQUESTS = requestsOf(TRAFFIC);

function ofVisitor(text: string) {
  return { address: addressOf(text), surface: "portal", account: null } as const;
}

const LIMIT = { mode: "enforce", requestMaxCount: 20, requestMaxSeconds: 60 } as const;
const RATES = {
  audio: { ...LIMIT, mode: "off", requestBanExpirySeconds: 600 },
  portal: { ...LIMIT, requestBanExpirySeconds: 600 },
  api: { ...LIMIT, requestMaxSeconds: 90, requestBanExpirySeconds: 120 },
} as const;

/** The rules as they are: something of everything is in force. */
function rulesOfToday(): NetworkState {
  const state = exampleState({
    platform: {
      country: { ...platformPolicy().country, mode: "enforce", countries: { HK: "deny" } },
      "rate-limits": RATES,
      "webchat-requests": { mode: "enforce", requestsMax: 30, windowSeconds: 120 },
    },
    acme: { "rate-limits": { ...RATES, api: { ...RATES.api, mode: "monitor" } } },
  });
  list(state, "platform", { text: "allow 8.8.8.9", id: 1 });
  list(state, "platform", { text: "deny 203.0.113.8/29", id: 2 });
  list(state, "acme", { text: "deny 5.1.2.0/24", id: 3 });
  return state;
}

function section(name: string, value: object, account?: string): CandidateChange {
  const sections = [{ section: name, value }] as never;
  return { kind: "network-policy", account, sections };
}

function entries(
  add: readonly string[],
  how: { readonly account?: string; readonly expiresAtMs?: number; readonly remove?: number } = {},
): CandidateChange {
  const { account, expiresAtMs = null, remove } = how;
  return {
    kind: "address-list",
    account,
    add: add.map((text) => {
      const [action, range] = text.split(" ");
      return { action: action as "allow" | "deny", range: rangeOf(range!), expiresAtMs };
    }),
    remove: remove === undefined ? [] : [{ id: remove, range: rangeOf("203.0.113.8/29") }],
  };
}

const BAN = platformPolicy().ban;

const CHANGES: Readonly<Record<string, readonly CandidateChange[]>> = {
  "lists off": [section("address-lists", { mode: "off" })],
  "lists in monitor mode": [section("address-lists", { mode: "monitor" })],
  "an account's lists in monitor mode": [section("address-lists", { mode: "monitor" }, "acme")],
  "more denied and allowed": [entries(["deny 10.0.0.0/8", "deny 2600::/16", "allow 1.64.0.0/16"])],
  "a denial that ends": [
    entries(["deny 8.0.0.0/8"], { expiresAtMs: NOW_MS + MINUTES * 30_000 + 1234 }),
  ],
  "an entry less": [entries([], { remove: 2 })],
  "an entry that is edited": [entries(["deny 203.0.113.0/29"], { remove: 2 })],
  "an account's entries": [entries(["allow 5.1.2.3", "deny 8.8.8.8"], { account: "acme" })],
  "other countries": [
    section("country", {
      ...platformPolicy().country,
      mode: "enforce",
      defaultAction: "deny",
      countries: { DE: "allow" },
    }),
  ],
  "countries in monitor mode": [
    section("country", { ...platformPolicy().country, mode: "monitor", unknown: "deny" }),
  ],
  "an account's countries": [
    section("country", { ...accountPolicy().country, mode: "enforce", unknown: "deny" }, "acme"),
  ],
  "tighter rate limits": [
    section("rate-limits", {
      ...RATES,
      portal: { ...RATES.portal, requestMaxCount: 5, requestBanExpirySeconds: 60 },
    }),
  ],
  "looser rate limits of an account": [
    section("rate-limits", { ...RATES, portal: { ...RATES.portal, mode: "off" } }, "acme"),
  ],
  "limits of audio, each request taken for a play": [
    section("rate-limits", { ...RATES, audio: { ...RATES.audio, mode: "enforce" } }),
  ],
  "web chat": [
    section("webchat-requests", { mode: "enforce", requestsMax: 5, windowSeconds: 600 }),
  ],
  "allow entries without the hard limit": [section("hard-limit", { exemptAllowEntries: true })],
  "shorter bans on the surface": [
    section("ban", { ...BAN, durationSeconds: 60, scope: "surface" }),
  ],
  "bans that grow": [
    section("ban", {
      ...BAN,
      durationSeconds: 60,
      escalation: { enabled: true, durationSecondsMax: 600 },
    }),
  ],
  "another IPv6 prefix": [section("ban", { ...BAN, ipv6PrefixLength: 128 })],
  "all at once": [
    section("address-lists", { mode: "monitor" }),
    entries(["allow 5.1.2.3"], { account: "acme", expiresAtMs: NOW_MS + 600_000 }),
    section("rate-limits", { ...RATES, api: { ...RATES.api, requestMaxCount: 2 } }),
    section("ban", { ...BAN, ipv6PrefixLength: 48, durationSeconds: 90 }),
  ],
};

type Lines = Map<string, number>;

function count(lines: Lines, line: string, requests: number): void {
  lines.set(line, (lines.get(line) ?? 0) + requests);
}

function sorted(lines: Lines): readonly string[] {
  return [...lines].map(([line, requests]) => `${line} | ${requests}`).toSorted();
}

function predict(
  state: NetworkState,
  changes: readonly CandidateChange[],
  recorded: { readonly visits: readonly SampleVisits[]; readonly bans?: readonly RecordedBan[] },
): { readonly lines: Lines; readonly run: PreviewRun; readonly requests: number } {
  const visits = createRecordedVisits(null);
  readVisitPage(visits, pageOf(recorded.visits));
  const lines: Lines = new Map();
  let requests = 0;
  const run = previewVisits(
    {
      visits,
      state,
      changes,
      bans: recorded.bans ?? [],
      fromMs: FIRST_MINUTE * 60_000,
      seed: 5,
    },
    (decided) => {
      for (const item of decided) {
        requests += item.requests;
        if (item.before === item.after) continue;
        const { place } = visits.places.list[item.place]!;
        const surface = SURFACES[place.surface]!;
        count(lines, lineOf({ ...item, surface, account: place.account }), item.requests);
      }
    },
  );
  return { lines, run, requests };
}

/** What the gate decides by the rules, by which nobody was decided before. */
function decideAll(
  state: NetworkState,
  requests: readonly TimedVisit[],
  bans: readonly RecordedBan[] = [],
): readonly number[] {
  const own = createReplayState(state, 11);
  for (const ban of bans) applyBanEvent(own, { kind: "held", atMs: ban.createdAtMs, ban });
  return requests.map((request) => decideLive(own, request));
}

/** Only of those that are decided differently. */
function compare(
  requests: readonly TimedVisit[],
  before: readonly number[],
  after: readonly number[],
): Lines {
  const lines: Lines = new Map();
  requests.forEach((request, index) => {
    if (before[index] === after[index]) return;
    count(lines, lineOf({ ...request, before: before[index]!, after: after[index]! }), 1);
  });
  return lines;
}

describe("the preview of a change", () => {
  const today = rulesOfToday();
  const before = decideAll(today, REQUESTS);

  it("looks at more than a hundred thousand requests in all, of which many are refused", () => {
    expect(REQUESTS.length * Object.keys(CHANGES).length).toBeGreaterThan(100_000);
    expect(new Set(before).size).toBeGreaterThan(8);
  });

  it.each(Object.entries(CHANGES))("predicts every decision: %s", (_name, changes) => {
    const after = decideAll(createCandidate(today, changes), REQUESTS);
    const { lines, run, requests } = predict(today, changes, { visits: TRAFFIC });
    expect(requests).toBe(REQUESTS.length);
    expect(sorted(lines)).toEqual(sorted(compare(REQUESTS, before, after)));
    expect(run.replayed).toBeGreaterThan(0);
    expect(after.some((code, index) => code !== before[index])).toBe(true);
  });

  it("finds nothing different where nothing is changed", () => {
    const { lines, requests } = predict(today, [], { visits: TRAFFIC });
    expect(requests).toBe(REQUESTS.length);
    expect(sorted(lines)).toEqual([]);
  });

  it("lets bans for offences stand, whatever the rules would be", () => {
    const at = "1.64.0.1";
    const bans: readonly RecordedBan[] = [
      {
        owner: "platform",
        range: rangeOf(at),
        holds: "everywhere",
        cause: "failed-authentication",
        createdAtMs: NOW_MS - 1000,
        endsAtMs: NOW_MS + 600_000,
        releasedAtMs: NOW_MS + 300_000,
      },
    ];
    const changes = [section("country", { ...platformPolicy().country, mode: "off" })];
    const after = decideAll(createCandidate(today, changes), REQUESTS, bans);
    const { lines } = predict(today, changes, { visits: TRAFFIC, bans });
    const actual = compare(REQUESTS, decideAll(today, REQUESTS, bans), after);
    expect(sorted(lines)).toEqual(sorted(actual));
    const withoutBan = predict(today, changes, { visits: TRAFFIC }).lines;
    expect(sorted(lines)).not.toEqual(sorted(withoutBan));
  });
});

describe("for every traffic", () => {
  const visits = fc.array(
    fc.record({
      address: fc.constantFrom("8.8.8.8", "5.1.2.3", "203.0.113.9", "2600::1", "2600::2:0:0:1"),
      minute: fc.integer({ min: 0, max: 4 }).map((minute) => FIRST_MINUTE + minute),
      surface: fc.constantFrom(...SURFACES),
      account: fc.constantFrom(null, "acme"),
      requests: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 12 },
  );

  function holds(
    changes: readonly CandidateChange[],
    check: (was: string, will: string) => void,
  ): void {
    const today = rulesOfToday();
    fc.assert(
      fc.property(visits, (traffic) => {
        const sample = traffic.map((visit) => ({ ...visit, address: addressOf(visit.address) }));
        for (const line of predict(today, changes, { visits: sample }).lines.keys()) {
          const [, , , was = "", will = ""] = line.split(" | ");
          check(was, will);
        }
      }),
      { numRuns: 60 },
    );
  }

  it("what is predicted is what is decided, and of no change nothing", () => {
    const today = rulesOfToday();
    const changes = CHANGES["all at once"]!;
    fc.assert(
      fc.property(visits, (traffic) => {
        const sample = traffic.map((visit) => ({ ...visit, address: addressOf(visit.address) }));
        const requests = requestsOf(sample);
        const before = decideAll(today, requests);
        const after = decideAll(createCandidate(today, changes), requests);
        const { lines } = predict(today, changes, { visits: sample });
        expect(sorted(lines)).toEqual(sorted(compare(requests, before, after)));
        expect(sorted(predict(today, [], { visits: sample }).lines)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("denying everybody lets nobody pass but by an allow entry", () => {
    holds([entries(["deny 0.0.0.0/0", "deny ::/0"])], (_was, will) => {
      expect(will).toMatch(/^(?:pass on-allow-list|refuse .*)$/);
    });
  });

  it("an allow entry for everybody refuses nobody but over the hard limit", () => {
    holds([entries(["allow 0.0.0.0/0", "allow ::/0"])], (_was, will) => {
      expect(will).toMatch(/^(?:pass on-allow-list|refuse over-hard-limit)$/);
    });
  });
});

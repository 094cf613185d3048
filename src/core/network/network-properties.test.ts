// Checks properties of the network rules that hold for every policy, list and traffic.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressOf,
  EXAMPLE_PLACES,
  exampleState,
  list,
  NOW_MS,
  platformPolicy,
  putExampleBan,
  rangeOf,
  stepsOf,
  visit,
} from "../../../test/network/example-network.ts";
import type { Visit } from "../../../test/network/example-network.ts";
import { addEntry } from "./address-set.ts";
import { setPlatformPolicy } from "./network-state.ts";
import type { NetworkState } from "./network-state.ts";
import { SURFACES } from "./surface.ts";

const mode = fc.constantFrom("off", "monitor", "enforce");
const action = fc.constantFrom("allow", "deny");
const client = fc.constantFrom(...Object.values(EXAMPLE_PLACES));
const rule = fc.oneof(
  client,
  fc.constantFrom("8.0.0.0/8", "5.0.0.0-6.0.0.0", "2600::/32", "0.0.0.0/0", "::/0", "10.0.0.0/8"),
);
const country = fc.record({
  mode,
  defaultAction: action,
  countries: fc.dictionary(fc.constantFrom("US", "DE", "HK"), action),
  unknown: action,
  private: action,
});
const limit = fc.record({
  mode,
  requestMaxCount: fc.integer({ min: 1, max: 3 }),
  requestMaxSeconds: fc.constant(60),
  requestBanExpirySeconds: fc.constant(3600),
});
const layer = {
  "address-lists": fc.record({ mode }),
  country,
  "rate-limits": fc.record({ audio: limit, portal: limit, api: limit }),
};
const webchat = fc.record({
  mode,
  requestsMax: fc.integer({ min: 1, max: 3 }),
  windowSeconds: fc.constant(60),
});
const entry = fc.record({ owner: fc.constantFrom("platform", "acme"), action, rule });
const world = fc.record({
  platform: fc.record({ ...layer, "webchat-requests": webchat }),
  acme: fc.record(layer),
  entries: fc.array(entry, { maxLength: 4 }),
  bans: fc.array(client, { maxLength: 2 }),
});
const asked = fc.record({
  client,
  surface: fc.constantFrom(...SURFACES),
  account: fc.constantFrom(null, "acme"),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function build(from: World): NetworkState {
  const state = exampleState({ platform: from.platform, acme: from.acme });
  from.entries.forEach(({ owner, action: does, rule: text }, index) =>
    list(state, owner, { text: `${does} ${text}`, id: index + 1 }),
  );
  from.bans.forEach((banned, index) =>
    putExampleBan(state, banned, { id: index + 1, endsAtMs: NOW_MS + 1000 }),
  );
  return state;
}

function ask(state: NetworkState, { client: from, ...how }: Asked, more: Visit = {}) {
  return visit(state, from, { ...(how as Visit), ...more });
}

function holds(check: (from: World, traffic: Asked[], last: Asked) => void): void {
  const traffic = fc.array(asked, { maxLength: 5 });
  fc.assert(fc.property(world, traffic, asked, check), { numRuns: 30 });
}

/** The same policy with every mode set to monitor. */
function monitorAll<T>(policy: T): T {
  return JSON.parse(JSON.stringify(policy).replaceAll(/"(off|enforce)"/g, '"monitor"')) as T;
}

describe("for every policy, list and traffic", () => {
  it("an allow entry of the platform wins", () => {
    holds((from, traffic, last) => {
      const state = build(from);
      setPlatformPolicy(
        state,
        platformPolicy({ ...from.platform, "address-lists": { mode: "enforce" } } as never),
      );
      list(state, "platform", { text: `allow ${last.client}`, id: 99 });
      for (const each of traffic) ask(state, each);
      const { network } = ask(state, last);
      expect(network).toMatchObject({ verdict: "pass", reason: "on-allow-list", change: null });
    });
  });

  it("one more deny entry never widens access", () => {
    holds((from, traffic, last) => {
      const [before, after] = [build(from), build(from)];
      const { w3 } = addressOf(last.client);
      const owner = w3 % 2 === 0 ? "platform" : "acme";
      list(after, owner, { text: `deny ${last.client}`, id: 99 });
      for (const each of traffic) {
        if (each.client === last.client) continue;
        ask(before, each);
        ask(after, each);
      }
      if (ask(before, last).network.verdict === "refuse") {
        expect(ask(after, last).network.verdict).toBe("refuse");
      }
    });
  });

  it("peeking answers what raising would, and changes nothing", () => {
    holds((from, traffic, last) => {
      const state = build(from);
      for (const each of traffic) ask(state, each);
      const peeked = ask(state, last, { counting: "peek" });
      expect(ask(state, last, { counting: "peek" })).toEqual(peeked);
      expect(ask(state, last)).toEqual(peeked);
    });
  });

  it("the same policy set again decides the same", () => {
    holds((from, traffic, last) => {
      const state = build(from);
      for (const each of traffic) ask(state, each);
      const before = ask(state, last, { counting: "peek" });
      setPlatformPolicy(state, platformPolicy(from.platform));
      expect(ask(state, last, { counting: "peek" })).toEqual(before);
    });
  });

  it("monitoring everything refuses nobody but for bans and the hard limit", () => {
    holds((from, traffic, last) => {
      const state = build({
        ...from,
        bans: [],
        platform: monitorAll(from.platform),
        acme: monitorAll(from.acme),
      });
      for (const each of [...traffic, last]) {
        expect(ask(state, each).network).toMatchObject({ verdict: "pass", change: null });
      }
    });
  });

  it("a rule that is off is not applicable, never passed", () => {
    holds((from, traffic, last) => {
      const state = build(from);
      for (const each of traffic) ask(state, each);
      const steps = stepsOf(state, ask(state, last));
      const surface = last.surface as "audio";
      const { platform, acme } = from;
      const modes = {
        "platform on-allow-list": platform["address-lists"].mode,
        "platform on-deny-list": platform["address-lists"].mode,
        "platform country-denied": platform.country.mode,
        "platform over-webchat-limit": platform["webchat-requests"].mode,
        "platform over-rate-limit": platform["rate-limits"][surface]?.mode,
        "account on-allow-list": acme["address-lists"].mode,
        "account on-deny-list": acme["address-lists"].mode,
        "account country-denied": acme.country.mode,
        "account over-rate-limit": acme["rate-limits"][surface]?.mode,
      };
      const off = Object.entries(modes).filter(([, its]) => its === "off");
      const spelled = off.flatMap(([name]) => steps.filter((step) => step.startsWith(`${name} `)));
      expect(spelled.filter((step) => !step.endsWith(" not-applicable"))).toEqual([]);
    });
  });

  // attack row 6: one address, however it is written
  it("an IPv4 address equals its mapped forms", () => {
    fc.assert(
      fc.property(fc.ipV4(), world, (plain, from) => {
        const hex = addressOf(plain).w3.toString(16).padStart(8, "0");
        const forms = [`::ffff:${plain}`, `::FFFF:${hex.slice(0, 4)}:${hex.slice(4)}`];
        const state = build(from);
        const expected = visit(state, plain, { counting: "peek" });
        addEntry(state.platform.deny, { range: rangeOf(plain), id: 77, expiresAtMs: null });
        const denied = visit(state, plain, { counting: "peek" });
        const other = build(from);
        for (const form of forms) {
          expect(visit(other, form, { counting: "peek" })).toEqual(expected);
          expect(visit(state, form, { counting: "peek" })).toEqual(denied);
          expect(rangeOf(form)).toEqual(rangeOf(plain));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("no IPv4 rule matches an IPv6 client, nor the reverse", () => {
    holds((from, _, last) => {
      const [without, withOther] = [{ ...from, entries: [] }, from].map((each) =>
        build({
          ...each,
          entries: each.entries.filter((e) => e.rule.includes(":") !== last.client.includes(":")),
        }),
      );
      const seen = [without!, withOther!].map((state) => ask(state, last, { counting: "peek" }));
      expect(seen[1]).toEqual(seen[0]);
    });
  });
});

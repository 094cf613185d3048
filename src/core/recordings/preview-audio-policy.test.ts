// Checks who a preview says would lose or gain, by examples and for all policies and visitors.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../network/address.ts";
import { ACCESS_MODES } from "./audio-policy.ts";
import type { AudioPolicy } from "./audio-policy.ts";
import { compileAudioPolicy } from "./compile-whitelist.ts";
import type { Listener } from "./decide-recording.ts";
import { isPlayReason } from "./play-reason.ts";
import { busiestVisits, countVisits, previewAudioPolicy } from "./preview-audio-policy.ts";
import type { RecordingVisitor } from "./preview-audio-policy.ts";

const OPEN: AudioPolicy = { mode: "no-restrictions", whitelist: [], onlyShareable: false };
const OFFICE: AudioPolicy = { ...OPEN, mode: "ip-whitelist", whitelist: ["10.0.0.0/24"] };
const SIGN_IN: AudioPolicy = { ...OPEN, mode: "user-authentication" };

const NOBODY: Listener = { kind: "nobody" };
const AGENT: Listener = { kind: "user", role: "agent", hasGrant: true };
const STRANGER: Listener = { kind: "user", role: null, hasGrant: false };

function visitor(given: Partial<RecordingVisitor> & { readonly at?: string }): RecordingVisitor {
  const { at = "10.0.0.1", ...more } = given;
  const address = parseAddress(at);
  if (address === null) throw new Error(`no address: ${at}`);
  return {
    userId: more.listener === undefined || more.listener.kind !== "user" ? null : "u",
    address,
    addressText: at,
    trackingNumberId: "n",
    listener: NOBODY,
    isNumberShareable: false,
    requests: 1,
    lastAtMs: 0,
    ...more,
  };
}

function preview(before: AudioPolicy, after: AudioPolicy, visitors: readonly RecordingVisitor[]) {
  const policies = { before: compileAudioPolicy(before), after: compileAudioPolicy(after) };
  const { lose, gain } = previewAudioPolicy(visitors, policies);
  const tell = (visits: typeof lose) =>
    visits.map((visit) => [visit.visitor.addressText, visit.before, visit.after]);
  return { lose: tell(lose), gain: tell(gain) };
}

describe("a preview", () => {
  const here = visitor({ at: "10.0.0.1" });
  const away = visitor({ at: "192.0.2.1" });
  const agent = visitor({ at: "192.0.2.2", listener: AGENT });
  const stranger = visitor({ at: "192.0.2.3", listener: STRANGER });
  const all = [here, away, agent, stranger];

  it("tells who played and would not any more", () => {
    expect(preview(OPEN, OFFICE, all)).toEqual({
      lose: [
        ["192.0.2.1", "access-unrestricted", "address-not-whitelisted"],
        ["192.0.2.2", "access-unrestricted", "address-not-whitelisted"],
        ["192.0.2.3", "access-unrestricted", "address-not-whitelisted"],
      ],
      gain: [],
    });
    expect(preview(OPEN, SIGN_IN, all).lose).toEqual([
      ["10.0.0.1", "access-unrestricted", "session-missing"],
      ["192.0.2.1", "access-unrestricted", "session-missing"],
      ["192.0.2.3", "access-unrestricted", "account-not-theirs"],
    ]);
  });

  it("tells who did not play and would", () => {
    expect(preview(SIGN_IN, { ...OFFICE, mode: "whitelist-or-user" }, all)).toEqual({
      lose: [],
      gain: [["10.0.0.1", "session-missing", "address-whitelisted"]],
    });
  });

  it("says nothing of those who are refused for another reason only", () => {
    expect(preview(SIGN_IN, OFFICE, [away, stranger])).toEqual({ lose: [], gain: [] });
  });

  it("knows which numbers are shareable", () => {
    const shared = visitor({ at: "10.0.0.9", isNumberShareable: true });
    expect(preview(OFFICE, { ...OFFICE, onlyShareable: true }, [here, shared])).toEqual({
      lose: [["10.0.0.1", "address-whitelisted", "number-not-shareable"]],
      gain: [],
    });
  });

  it("counts people at addresses, and shows the busiest", () => {
    const many = [
      visitor({ at: "10.0.0.1", requests: 2, lastAtMs: 5 }),
      visitor({ at: "10.0.0.1", requests: 3, trackingNumberId: "m" }),
      visitor({ at: "10.0.0.1", listener: AGENT, requests: 2, lastAtMs: 9 }),
      visitor({ at: "10.0.0.2", listener: AGENT, requests: 1 }),
    ];
    expect(countVisits(many)).toEqual({ visitors: 3, users: 1, addresses: 2, requests: 8 });
    expect(countVisits([])).toEqual({ visitors: 0, users: 0, addresses: 0, requests: 0 });
    const { gain } = previewAudioPolicy(many, {
      before: compileAudioPolicy({ ...OFFICE, whitelist: ["192.0.2.1"] }),
      after: compileAudioPolicy(OPEN),
    });
    const shown = busiestVisits(gain, 3).map(({ visitor: { requests, lastAtMs } }) => {
      return [requests, lastAtMs];
    });
    expect(shown).toEqual([
      [3, 0],
      [2, 9],
      [2, 5],
    ]);
  });
});

describe("every preview", () => {
  const addresses = ["10.0.0.1", "10.0.0.9", "192.0.2.1", "2001:db8::1"];
  const policy = fc.record({
    mode: fc.constantFrom(...ACCESS_MODES),
    whitelist: fc.uniqueArray(fc.constantFrom("10.0.0.0/24", "10.0.0.1", "192.0.2.1", "::/0")),
    onlyShareable: fc.boolean(),
  });
  const listener = fc.oneof(
    fc.constant<Listener>({ kind: "nobody" }),
    fc.record({
      kind: fc.constant("user" as const),
      role: fc.constantFrom("operator" as const, "admin" as const, "agent" as const, null),
      hasGrant: fc.boolean(),
    }),
  );
  const visitors = fc.array(
    fc
      .record({ at: fc.constantFrom(...addresses), listener, isNumberShareable: fc.boolean() })
      .map(visitor),
    { maxLength: 8 },
  );

  it("of the policy that stands changes nothing", () => {
    fc.assert(
      fc.property(policy, visitors, (standing, seen) => {
        expect(preview(standing, standing, seen)).toEqual({ lose: [], gain: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("back again swaps who loses and who gains, and reasons tell who played", () => {
    fc.assert(
      fc.property(policy, policy, visitors, (before, after, seen) => {
        const there = preview(before, after, seen);
        const back = preview(after, before, seen);
        const turned = (visits: typeof there.lose) =>
          visits.map(([address, from, to]) => [address, to, from]);
        expect(back).toEqual({ lose: turned(there.gain), gain: turned(there.lose) });
        for (const [, from, to] of there.lose) {
          expect([isPlayReason(from as never), isPlayReason(to as never)]).toEqual([true, false]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("of a longer whitelist takes nothing from anybody", () => {
    fc.assert(
      fc.property(
        policy,
        fc.constantFrom("10.0.0.0/8", "2001:db8::1"),
        visitors,
        (p, more, seen) => {
          const wider = { ...p, whitelist: [...p.whitelist, more] };
          expect(preview(p, wider, seen).lose).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

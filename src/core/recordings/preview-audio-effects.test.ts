// Checks what a preview says of listeners and recordings, by examples and against what then plays.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Role } from "../accounts/role.ts";
import { parseAddress } from "../network/address.ts";
import type { Address } from "../network/address.ts";
import { AUDIO_EFFECTS } from "./audio-effect.ts";
import { ACCESS_MODES, AUDIO_POLICY_DEFAULT } from "./audio-policy.ts";
import type { AudioPolicy } from "./audio-policy.ts";
import { compileAudioPolicy, isWhitelisted } from "./compile-whitelist.ts";
import { decideRecording } from "./decide-recording.ts";
import type { Listener } from "./decide-recording.ts";
import { previewAudioEffects } from "./preview-audio-effects.ts";
import type { AudioPreviewFacts, PossibleListener } from "./preview-audio-effects.ts";
import type { RecordingVisitor } from "./preview-audio-policy.ts";

const SIGN_IN = AUDIO_POLICY_DEFAULT;
const OPEN: AudioPolicy = { ...SIGN_IN, mode: "no-restrictions" };
const OFFICE: AudioPolicy = { ...SIGN_IN, mode: "ip-whitelist", whitelist: ["10.0.0.0/24"] };
const BOTH: AudioPolicy = { ...OFFICE, mode: "whitelist-and-user" };
const EITHER: AudioPolicy = { ...OFFICE, mode: "whitelist-or-user" };

/** Twelve recordings, five of them on a shareable number. */
const NUMBERS: AudioPreviewFacts["numbers"] = new Map([
  ["sydney", { isShareable: false, recordings: 7 }],
  ["perth", { isShareable: true, recordings: 5 }],
  ["empty", { isShareable: false, recordings: 0 }],
]);

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`no address: ${text}`);
  return address;
}

function listener(userId: string, given: Partial<PossibleListener> = {}): PossibleListener {
  return {
    userId,
    role: "agent",
    grantedIds: new Set(["sydney", "empty"]),
    visitedIds: new Set(),
    addresses: [],
    ...given,
  };
}

function visitor(at: string, who: Listener = { kind: "nobody" }): RecordingVisitor {
  return {
    userId: who.kind === "user" ? "ada" : null,
    address: addressOf(at),
    addressText: at,
    trackingNumberId: "sydney",
    listener: who,
    isNumberShareable: false,
    requests: 1,
    lastAtMs: 0,
  };
}

function tell(before: AudioPolicy, after: AudioPolicy, facts: Partial<AudioPreviewFacts>) {
  const found = previewAudioEffects(
    { numbers: NUMBERS, visitors: [], listeners: [], ...facts },
    { before: compileAudioPolicy(before), after: compileAudioPolicy(after) },
  );
  return Object.fromEntries(
    [...found].map(([code, { count, userIds }]) => [code, [count, userIds]]),
  );
}

const GRANTED: Listener = { kind: "user", role: "agent", hasGrant: true };
const HERE = [addressOf("10.0.0.7")];
const AWAY = [addressOf("192.0.2.7")];

describe("a preview of an audio policy", () => {
  it("says whom the link opens, and whom it does not any more", () => {
    expect(tell(SIGN_IN, OPEN, {})).toEqual({ "recordings-open-to-anyone": [12, []] });
    expect(tell(OPEN, SIGN_IN, {})).toEqual({ "recordings-closed-to-anyone": [12, []] });
    expect(tell(SIGN_IN, EITHER, {})).toEqual({ "recordings-open-by-address": [12, []] });
    expect(tell(EITHER, { ...EITHER, onlyShareable: true }, {})).toEqual({
      "recordings-closed-by-address": [7, []],
    });
    expect(tell(OPEN, OFFICE, {})).toEqual({ "recordings-closed-to-anyone": [12, []] });
    expect(tell(SIGN_IN, { ...EITHER, whitelist: [] }, {})).toEqual({});
  });

  it("counts recordings that nobody, or somebody, could hear any more", () => {
    const listeners = [
      listener("ada", { addresses: AWAY }),
      listener("grace", { addresses: [...AWAY, ...HERE] }),
      listener("alan", { addresses: AWAY, grantedIds: new Set(["empty"]) }),
      listener("root", { role: "admin", grantedIds: new Set(), addresses: AWAY }),
    ];
    expect(tell(SIGN_IN, BOTH, { listeners })).toEqual({
      "recordings-unheard": [12, ["ada", "root"]],
    });
    expect(tell(BOTH, SIGN_IN, { listeners })).toEqual({
      "recordings-opened": [12, ["ada", "root"]],
    });
    expect(tell(SIGN_IN, BOTH, { listeners: listeners.slice(0, 3) })).toEqual({
      "recordings-unheard": [7, ["ada"]],
    });
  });

  it("leaves open what depends on where somebody will be", () => {
    const listeners = [listener("ada"), listener("alan", { grantedIds: new Set() })];
    expect(tell(SIGN_IN, BOTH, { listeners })).toEqual({
      "listeners-depend-on-address": [1, ["ada"]],
    });
    expect(tell(SIGN_IN, EITHER, { listeners })).toEqual({
      "recordings-open-by-address": [12, []],
    });
    const other = { ...BOTH, whitelist: ["192.0.2.0/24"] };
    expect(tell(BOTH, other, { listeners })).toEqual({
      "listeners-depend-on-address": [1, ["ada"]],
    });
    // Off every list: then nobody hears by it, wherever they are.
    const nowhere = { ...BOTH, whitelist: [] };
    expect(tell(SIGN_IN, nowhere, { listeners })).toEqual({ "recordings-unheard": [7, ["ada"]] });
  });

  it("knows who asked without a right and heard it as anyone could", () => {
    const stranger = listener("bob", {
      role: null,
      grantedIds: new Set(),
      visitedIds: new Set(["perth"]),
      addresses: AWAY,
    });
    expect(tell(OPEN, SIGN_IN, { listeners: [stranger] })).toEqual({
      "recordings-unheard": [5, ["bob"]],
      "recordings-closed-to-anyone": [12, []],
    });
  });

  it("counts people at addresses by what becomes of them", () => {
    const visitors = [visitor("10.0.0.1"), visitor("192.0.2.1"), visitor("192.0.2.1")];
    const asked = [...visitors, visitor("192.0.2.1", GRANTED)];
    const of = (before: AudioPolicy, after: AudioPolicy) =>
      Object.entries(tell(before, after, { visitors: asked })).filter(([code]) =>
        code.startsWith("listeners-"),
      );
    expect(of(OPEN, OFFICE)).toEqual([["listeners-refused", [2, ["ada"]]]]);
    expect(of(OPEN, SIGN_IN)).toEqual([["listeners-asked-to-sign-in", [2, []]]]);
    expect(of(SIGN_IN, BOTH)).toEqual([["listeners-refused", [2, ["ada"]]]]);
    expect(of(BOTH, SIGN_IN)).toEqual([
      ["listeners-may-sign-in", [1, []]],
      ["listeners-let-in", [1, ["ada"]]],
    ]);
  });
});

const PLACES = ["10.0.0.1", "10.0.0.9", "192.0.2.1", "2001:db8::1"].map(addressOf);
const RANGES = ["10.0.0.0/24", "10.0.0.1", "192.0.2.1", "::/0"];
const anyPolicy = fc.record({
  mode: fc.constantFrom(...ACCESS_MODES),
  whitelist: fc.subarray(RANGES),
  onlyShareable: fc.boolean(),
});
const anyRole = fc.constantFrom<Role | null>("operator", "admin", "agent", "agent", null);
const NUMBER_IDS = ["a", "b", "c", "d"];
const numbers: AudioPreviewFacts["numbers"] = new Map(
  NUMBER_IDS.map((id, index) => [id, { isShareable: index % 2 === 0, recordings: index }]),
);
const anyListeners = fc.array(
  fc
    .record({
      role: anyRole,
      granted: fc.subarray(NUMBER_IDS),
      visited: fc.subarray(NUMBER_IDS),
      addresses: fc.subarray(PLACES, { minLength: 1 }),
    })
    .map(({ role, addresses, granted, visited }) => {
      return { role, addresses, grantedIds: new Set(granted), visitedIds: new Set(visited) };
    }),
  { maxLength: 8 },
);

/** Somebody asks for a recording of a number, and is decided about. */
function plays(
  policy: ReturnType<typeof compileAudioPolicy>,
  asking: { readonly who: Listener; readonly id: string; readonly from: Address },
): "play" | "sign-in" | "refused" {
  const { verdict } = decideRecording({
    recording: { isNumberShareable: numbers.get(asking.id)?.isShareable === true },
    mode: policy.mode,
    onlyShareable: policy.onlyShareable,
    isWhitelisted: isWhitelisted(policy, asking.from),
    listener: asking.who,
  });
  return verdict === "refuse" || verdict === "absent" ? "refused" : verdict;
}

const POLICIES = fc.sample(anyPolicy, { numRuns: 60, seed: 9 }).map(compileAudioPolicy);
const GROUPS = fc.sample(anyListeners, { numRuns: 40, seed: 10 });

describe("every preview of an audio policy", () => {
  it("of the one that stands is empty", () => {
    for (const policy of POLICIES) {
      for (const group of GROUPS) {
        const facts = { numbers, visitors: visitsOf(group), listeners: named(group) };
        expect([...previewAudioEffects(facts, { before: policy, after: policy })]).toEqual([]);
      }
    }
  });

  it("tells what then plays, and what does not", () => {
    let asked = 0;
    const met = new Set<string>();
    const wrong: unknown[] = [];
    for (const [index, before] of POLICIES.entries()) {
      for (const after of POLICIES.slice(index % 7, (index % 7) + 12)) {
        for (const group of GROUPS.slice(index % 20, (index % 20) + 6)) {
          const facts = { numbers, visitors: visitsOf(group), listeners: named(group) };
          const found = previewAudioEffects(facts, { before, after });
          const happened = happenedTo(facts, { before, after });
          asked += happened.asked;
          for (const code of found.keys()) met.add(code);
          for (const code of AUDIO_EFFECTS) {
            const told = found.get(code)?.count ?? 0;
            if (told !== (happened.counts.get(code) ?? 0)) {
              wrong.push({ code, told, before, after, group });
            }
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(100_000);
    // Of people whose addresses are known nothing is left open.
    const left = AUDIO_EFFECTS.filter((code) => !met.has(code));
    expect(left).toEqual(["listeners-depend-on-address", "listeners-not-recorded"]);
  });
});

type Group = (typeof GROUPS)[number];

function named(group: Group): readonly PossibleListener[] {
  return group.map((given, index) => ({ ...given, userId: `u${index}` }));
}

function visitsOf(group: Group): readonly RecordingVisitor[] {
  return group.flatMap(({ role, grantedIds, visitedIds, addresses }, index) =>
    [...visitedIds].map((id, at): RecordingVisitor => {
      const isNobody = (index + at) % 3 === 0;
      const address = addresses[at % addresses.length] ?? PLACES[0]!;
      return {
        userId: isNobody ? null : `u${index}`,
        address,
        addressText: `${PLACES.indexOf(address)}`,
        trackingNumberId: id,
        listener: isNobody
          ? { kind: "nobody" }
          : { kind: "user", role, hasGrant: grantedIds.has(id) },
        isNumberShareable: numbers.get(id)?.isShareable === true,
        requests: 1,
        lastAtMs: 0,
      };
    }),
  );
}

/** Everybody asks for everything from everywhere they were, before and after. */
function happenedTo(
  { visitors, listeners }: AudioPreviewFacts,
  { before, after }: Record<"before" | "after", ReturnType<typeof compileAudioPolicy>>,
) {
  let asked = 0;
  const found = new Map<string, Set<string>>();
  const note = (code: string, what: string) => {
    found.set(code, (found.get(code) ?? new Set()).add(what));
  };
  const both = (asking: Parameters<typeof plays>[1]) => {
    asked += 2;
    return [plays(before, asking), plays(after, asking)] as const;
  };
  for (const { userId, address: from, addressText, listener: who, trackingNumberId } of visitors) {
    const [old, now] = both({ who, id: trackingNumberId, from });
    if (old === now) continue;
    const person = `${userId ?? ""} ${addressText}`;
    if (now === "play") note("listeners-let-in", person);
    else if (now === "refused") note("listeners-refused", person);
    else note(old === "play" ? "listeners-asked-to-sign-in" : "listeners-may-sign-in", person);
  }
  for (const { role, grantedIds, visitedIds, addresses } of listeners) {
    const isOverAll = role === "admin" || role === "operator";
    for (const id of isOverAll ? NUMBER_IDS : new Set([...grantedIds, ...visitedIds])) {
      const who = { kind: "user", role, hasGrant: grantedIds.has(id) } as const;
      const ends = addresses.map((from) => both({ who, id, from }));
      const [old, now] = [0, 1].map((side) => ends.some((end) => end[side] === "play"));
      if (old !== now) note(now === true ? "recordings-opened" : "recordings-unheard", id);
    }
  }
  for (const id of NUMBER_IDS) noteLinks(id, { before, after, note });
  const recordings = (ids: ReadonlySet<string>) =>
    [...ids].reduce((sum, id) => sum + (numbers.get(id)?.recordings ?? 0), 0);
  const counts = new Map(
    [...found].map(([code, whats]) => [
      code,
      code.startsWith("recordings-") ? recordings(whats) : whats.size,
    ]),
  );
  return { asked, counts };
}

/** From an address of the list, where there is one, and from one that is on none. */
function noteLinks(
  id: string,
  given: Record<"before" | "after", ReturnType<typeof compileAudioPolicy>> & {
    readonly note: (code: string, id: string) => void;
  },
): void {
  const nowhere = addressOf("198.51.100.1");
  const listed = ({ whitelist }: AudioPolicy) =>
    addressOf(
      whitelist.includes("10.0.0.0/24")
        ? "10.0.0.1"
        : (whitelist[0] ?? "198.51.100.1").replace("::/0", "::1"),
    );
  const hears = (policy: ReturnType<typeof compileAudioPolicy>, from: Address) =>
    plays(policy, { who: { kind: "nobody" }, id, from }) === "play";
  const [old, now] = [given.before, given.after].map((policy) => ({
    anyone: hears(policy, nowhere),
    listed: hears(policy, listed(policy)),
  }));
  if (old === undefined || now === undefined) return;
  if (now.anyone && !old.anyone) given.note("recordings-open-to-anyone", id);
  if (old.anyone && !now.anyone) given.note("recordings-closed-to-anyone", id);
  if (now.listed && !now.anyone && !old.listed) given.note("recordings-open-by-address", id);
  if (old.listed && !old.anyone && !now.listed) given.note("recordings-closed-by-address", id);
}

// Checks the five access modes of guide "Audio Download", and the number-level security after them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACCESS_MODES } from "./audio-policy.ts";
import type { AccessMode } from "./audio-policy.ts";
import { decideRecording } from "./decide-recording.ts";
import type { Listener, RecordingFacts } from "./decide-recording.ts";

const NOBODY: Listener = { kind: "nobody" };
const HALF: Listener = { kind: "unfinished" };
const GRANTED: Listener = { kind: "user", role: "agent", hasGrant: true };
const NOT_GRANTED: Listener = { kind: "user", role: "agent", hasGrant: false };
const ADMIN: Listener = { kind: "user", role: "admin", hasGrant: false };
const OPERATOR: Listener = { kind: "user", role: "operator", hasGrant: false };
const STRANGER: Listener = { kind: "user", role: null, hasGrant: true };

const PLAIN = { recording: { isNumberShareable: false }, onlyShareable: false } as const;
const IN = true;
const OFF = false;

type Row = readonly [AccessMode, boolean, Listener, string];

const ROWS: readonly Row[] = [
  // Anyone with a link, whoever they are, and number-level security is not asked.
  ["no-restrictions", OFF, NOBODY, "play: access-unrestricted"],
  ["no-restrictions", OFF, HALF, "play: access-unrestricted"],
  ["no-restrictions", OFF, STRANGER, "play: access-unrestricted"],
  ["no-restrictions", OFF, NOT_GRANTED, "play: access-unrestricted"],

  ["ip-whitelist", OFF, NOBODY, "refuse: address-not-whitelisted"],
  ["ip-whitelist", OFF, OPERATOR, "refuse: address-not-whitelisted"],
  ["ip-whitelist", IN, NOBODY, "play: address-whitelisted"],
  ["ip-whitelist", IN, HALF, "play: address-whitelisted"],
  // Whoever is known is checked: the whitelist lets nobody hear more than without a session.
  ["ip-whitelist", IN, GRANTED, "play: number-open-to-user"],
  ["ip-whitelist", IN, NOT_GRANTED, "absent: number-not-granted"],
  ["ip-whitelist", IN, STRANGER, "absent: account-not-theirs"],

  ["user-authentication", IN, NOBODY, "sign-in: session-missing"],
  ["user-authentication", OFF, HALF, "sign-in: sign-in-unfinished"],
  ["user-authentication", OFF, GRANTED, "play: number-open-to-user"],
  ["user-authentication", OFF, ADMIN, "play: number-open-to-user"],
  ["user-authentication", OFF, OPERATOR, "play: number-open-to-user"],
  ["user-authentication", IN, NOT_GRANTED, "absent: number-not-granted"],
  ["user-authentication", IN, STRANGER, "absent: account-not-theirs"],

  // Off the list: refused before any sign-in page.
  ["whitelist-and-user", OFF, NOBODY, "refuse: address-not-whitelisted"],
  ["whitelist-and-user", OFF, GRANTED, "refuse: address-not-whitelisted"],
  ["whitelist-and-user", IN, NOBODY, "sign-in: session-missing"],
  ["whitelist-and-user", IN, HALF, "sign-in: sign-in-unfinished"],
  ["whitelist-and-user", IN, GRANTED, "play: number-open-to-user"],
  ["whitelist-and-user", IN, NOT_GRANTED, "absent: number-not-granted"],

  ["whitelist-or-user", OFF, NOBODY, "sign-in: session-missing"],
  ["whitelist-or-user", OFF, HALF, "sign-in: sign-in-unfinished"],
  ["whitelist-or-user", OFF, GRANTED, "play: number-open-to-user"],
  ["whitelist-or-user", OFF, NOT_GRANTED, "absent: number-not-granted"],
  ["whitelist-or-user", IN, NOBODY, "play: address-whitelisted"],
  ["whitelist-or-user", IN, NOT_GRANTED, "absent: number-not-granted"],
  ["whitelist-or-user", IN, STRANGER, "absent: account-not-theirs"],
];

function decided(facts: RecordingFacts): string {
  const { verdict, reason } = decideRecording(facts);
  return `${verdict}: ${reason}`;
}

describe("who may hear a recording", () => {
  it.each(ROWS)("%s, whitelisted %s, %j: %s", (mode, isWhitelisted, listener, expected) => {
    expect(decided({ ...PLAIN, mode, isWhitelisted, listener })).toBe(expected);
  });

  it.each([
    ["ip-whitelist", NOBODY, false, "sign-in: number-not-shareable"],
    ["ip-whitelist", HALF, false, "sign-in: number-not-shareable"],
    ["ip-whitelist", NOBODY, true, "play: address-whitelisted"],
    ["whitelist-or-user", NOBODY, false, "sign-in: number-not-shareable"],
    ["whitelist-or-user", NOBODY, true, "play: address-whitelisted"],
    // It narrows the whitelist alone: whoever is known has a number to be granted.
    ["ip-whitelist", GRANTED, false, "play: number-open-to-user"],
    ["ip-whitelist", NOT_GRANTED, true, "absent: number-not-granted"],
    ["whitelist-and-user", NOBODY, false, "sign-in: session-missing"],
    ["whitelist-and-user", GRANTED, false, "play: number-open-to-user"],
    ["no-restrictions", NOBODY, false, "play: access-unrestricted"],
  ] as const)(
    "%s, %j, only shareable numbers, this one shareable %s: %s",
    (mode, listener, isNumberShareable, expected) => {
      const facts = { recording: { isNumberShareable }, onlyShareable: true, mode, listener };
      expect(decided({ ...facts, isWhitelisted: IN })).toBe(expected);
    },
  );

  it.each(ACCESS_MODES.flatMap((mode) => [[mode, IN] as const, [mode, OFF] as const]))(
    "an unknown link is answered alike in every mode (%s, whitelisted %s)",
    (mode, isWhitelisted) => {
      const unknown = { ...PLAIN, recording: null, mode, isWhitelisted };
      expect(decided({ ...unknown, listener: NOBODY })).toBe("sign-in: session-missing");
      expect(decided({ ...unknown, listener: HALF })).toBe("sign-in: sign-in-unfinished");
      expect(decided({ ...unknown, listener: GRANTED })).toBe("absent: recording-unknown");
      expect(decided({ ...unknown, listener: OPERATOR })).toBe("absent: recording-unknown");
    },
  );

  it("tells each step up to the one that decided, and what did not concern the request", () => {
    const facts = { ...PLAIN, mode: "whitelist-and-user", isWhitelisted: IN } as const;
    expect(decideRecording({ ...facts, listener: NOT_GRANTED }).steps).toEqual([
      {
        step: "access-unrestricted",
        layer: "account",
        result: "not-matched",
        detail: { mode: "whitelist-and-user" },
      },
      { step: "address-not-whitelisted", layer: "account", result: "not-matched" },
      { step: "sign-in-unfinished", layer: "account", result: "not-matched" },
      { step: "session-missing", layer: "account", result: "not-matched" },
      { step: "number-not-shareable", layer: "account", result: "not-applicable" },
      { step: "recording-unknown", layer: "account", result: "not-matched" },
      { step: "account-not-theirs", layer: "account", result: "not-matched" },
      { step: "number-not-granted", layer: "account", result: "matched" },
    ]);
  });
});

const users = fc.record({
  kind: fc.constant("user" as const),
  role: fc.constantFrom(null, "agent", "admin", "operator"),
  hasGrant: fc.boolean(),
});
const listeners: fc.Arbitrary<Listener> = fc.oneof(fc.constantFrom(NOBODY, HALF), users);
const modes = fc.constantFrom(...ACCESS_MODES);
const everything = fc.record({
  recording: fc.option(fc.record({ isNumberShareable: fc.boolean() })),
  mode: modes,
  onlyShareable: fc.boolean(),
  isWhitelisted: fc.boolean(),
  listener: listeners,
});

function doesPlay(facts: RecordingFacts): boolean {
  return decideRecording(facts).verdict === "play";
}

describe("whatever the facts", () => {
  it("nobody hears what is not there", () => {
    fc.assert(
      fc.property(everything, (facts) => {
        expect(doesPlay({ ...facts, recording: null })).toBe(false);
      }),
    );
  });

  it("but for no restrictions, a user hears nothing of an account or number not theirs", () => {
    fc.assert(
      fc.property(everything, users, (facts, listener) => {
        const isTheirs =
          listener.role === "operator" ||
          listener.role === "admin" ||
          (listener.role === "agent" && listener.hasGrant);
        fc.pre(facts.mode !== "no-restrictions" && !isTheirs);
        expect(doesPlay({ ...facts, listener })).toBe(false);
      }),
    );
  });

  it("a grant, a whitelisted address or a shareable number never takes the recording away", () => {
    fc.assert(
      fc.property(everything, (facts) => {
        fc.pre(doesPlay(facts));
        const { listener } = facts;
        const granted = listener.kind === "user" ? { ...listener, hasGrant: true } : listener;
        expect(doesPlay({ ...facts, listener: granted })).toBe(true);
        expect(doesPlay({ ...facts, isWhitelisted: true })).toBe(true);
        expect(doesPlay({ ...facts, recording: { isNumberShareable: true } })).toBe(true);
      }),
    );
  });

  it("narrowing to shareable numbers never opens anything", () => {
    fc.assert(
      fc.property(everything, (facts) => {
        fc.pre(!doesPlay({ ...facts, onlyShareable: false }));
        expect(doesPlay({ ...facts, onlyShareable: true })).toBe(false);
      }),
    );
  });

  it("both lets in whom each condition lets in, either whom one of them does", () => {
    fc.assert(
      fc.property(everything, (facts) => {
        const plays = (mode: AccessMode): boolean =>
          doesPlay({ ...facts, onlyShareable: false, mode });
        const [byAddress, byUser] = [plays("ip-whitelist"), plays("user-authentication")];
        expect(plays("whitelist-and-user")).toBe(byAddress && byUser);
        expect(plays("whitelist-or-user")).toBe(byAddress || byUser);
      }),
    );
  });
});

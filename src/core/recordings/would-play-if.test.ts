// Checks what is told to whoever asks why a recording does not play for somebody.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACCESS_MODES } from "./audio-policy.ts";
import { decideRecording } from "./decide-recording.ts";
import type { Listener, RecordingFacts } from "./decide-recording.ts";
import { wouldPlayIf } from "./would-play-if.ts";
import type { RecordingChange } from "./would-play-if.ts";

const NOBODY: Listener = { kind: "nobody" };
const AGENT: Listener = { kind: "user", role: "agent", hasGrant: false };
const STRANGER: Listener = { kind: "user", role: null, hasGrant: false };

const FACTS: RecordingFacts = {
  recording: { isNumberShareable: false },
  mode: "user-authentication",
  onlyShareable: false,
  isWhitelisted: false,
  listener: NOBODY,
};

describe("would play if", () => {
  it.each<readonly [Partial<RecordingFacts>, readonly (readonly RecordingChange[])[]]>([
    [{}, [["sign-in"]]],
    [{ listener: { kind: "unfinished" } }, [["sign-in"]]],
    [{ listener: AGENT }, [["grant-number"]]],
    [{ listener: STRANGER }, [["make-member", "grant-number"]]],
    [{ listener: { ...STRANGER, hasGrant: true } }, [["make-member"]]],
    [{ listener: { ...AGENT, hasGrant: true } }, []],
    [{ mode: "no-restrictions" }, []],
    [{ mode: "ip-whitelist" }, [["add-to-whitelist"]]],
    [{ mode: "ip-whitelist", listener: AGENT }, [["grant-number", "add-to-whitelist"]]],
    [{ mode: "whitelist-and-user" }, [["sign-in", "add-to-whitelist"]]],
    [{ mode: "whitelist-or-user" }, [["sign-in"], ["add-to-whitelist"]]],
    [
      { mode: "whitelist-or-user", onlyShareable: true },
      [["sign-in"], ["add-to-whitelist", "mark-number-shareable"]],
    ],
    [
      { mode: "ip-whitelist", onlyShareable: true, isWhitelisted: true },
      [["sign-in"], ["mark-number-shareable"]],
    ],
    [{ recording: null, listener: AGENT }, []],
    [{ recording: null }, []],
  ])("%j: %j", (facts, ways) => {
    expect(wouldPlayIf({ ...FACTS, ...facts })).toEqual(ways);
  });

  const listeners = fc.oneof(
    fc.constant<Listener>(NOBODY),
    fc.constant<Listener>({ kind: "unfinished" }),
    fc.record({
      kind: fc.constant("user" as const),
      role: fc.constantFrom(null, "agent", "admin", "operator"),
      hasGrant: fc.boolean(),
    }),
  );
  const facts = fc.record({
    recording: fc.record({ isNumberShareable: fc.boolean() }),
    mode: fc.constantFrom(...ACCESS_MODES),
    onlyShareable: fc.boolean(),
    isWhitelisted: fc.boolean(),
    listener: listeners,
  });

  it("names a way in to everybody who does not hear it, and to nobody else", () => {
    fc.assert(
      fc.property(facts, (seen) => {
        const plays = decideRecording(seen).verdict === "play";
        expect(wouldPlayIf(seen).length > 0).toBe(!plays);
      }),
    );
  });
});

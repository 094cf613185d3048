// Checks that a challenge is good for what, whom and as long as it was made for, and for no other.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TEST_KEY_RING as keyRing } from "../../../../test/identity/test-key-ring.ts";
import { CHALLENGE_MS, issueChallenge, judgeChallenge } from "./passkey-challenge.ts";
import type { ChallengeUse } from "./passkey-challenge.ts";

const NOW_MS = 1_700_000_000_000;
const USE: ChallengeUse = { purpose: "second-factor", sessionId: "aaaaaaaaaaaaaaaaaaaa" };

describe("a challenge", () => {
  it("is good for five minutes, for its purpose and session", () => {
    const challenge = issueChallenge(keyRing, USE, NOW_MS);
    const judge = (use: ChallengeUse, nowMs: number) =>
      judgeChallenge(keyRing, challenge, { ...use, nowMs });
    expect(judge(USE, NOW_MS)).toBe(NOW_MS + CHALLENGE_MS);
    expect(judge(USE, NOW_MS + CHALLENGE_MS - 1)).toBe(NOW_MS + CHALLENGE_MS);
    expect(judge(USE, NOW_MS + CHALLENGE_MS)).toBeNull();
    expect(judge({ ...USE, purpose: "proof" }, NOW_MS)).toBeNull();
    expect(judge({ ...USE, sessionId: "" }, NOW_MS)).toBeNull();
  });

  it("is another one each time", () => {
    const made = Array.from({ length: 100 }, () => issueChallenge(keyRing, USE, NOW_MS));
    expect(new Set(made).size).toBe(100);
  });

  it("is good in no other spelling", () => {
    const challenge = issueChallenge(keyRing, USE, NOW_MS);
    const [random = "", expiry = "", ...mac] = challenge.split(".");
    const later = [random, String(Number(expiry) + 1), ...mac].join(".");
    const padded = [random, `0${expiry}`, ...mac].join(".");
    for (const text of ["", ".", "..", later, padded, `${challenge} `, challenge.toUpperCase()]) {
      expect(judgeChallenge(keyRing, text, { ...USE, nowMs: NOW_MS })).toBeNull();
    }
    const at = fc.nat({ max: challenge.length - 1 });
    const other = fc.string({ minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(at, other, (index, letter) => {
        fc.pre(challenge[index] !== letter);
        const changed = challenge.slice(0, index) + letter + challenge.slice(index + 1);
        expect(judgeChallenge(keyRing, changed, { ...USE, nowMs: NOW_MS })).toBeNull();
      }),
    );
  });
});

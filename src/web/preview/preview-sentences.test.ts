// What people are told of a preview.
import { describe, expect, it } from "vitest";
import { PREVIEW_NOTES } from "../../api/preview-api.ts";
import type { PreviewAnswer } from "../../api/preview-api.ts";
import { tellDifferences, tellNote, tellPreview } from "./preview-sentences.ts";
import { tellVerdict, toneOfVerdict } from "./preview-sentences.ts";

function answer(requests: number, different: Partial<PreviewAnswer["differences"]>): PreviewAnswer {
  const none = {
    verdicts: [],
    reasons: [],
    surfaces: [],
    accounts: [],
    countries: [],
    examples: [],
  };
  const differences = { requests: 0, addresses: 0, users: 0, ...none, ...different };
  const at = "2027-03-04T09:30:00.000Z";
  return {
    period: "24h",
    from: at,
    until: at,
    requests,
    addresses: 9,
    notes: [],
    differences,
    effects: [],
    lockout: null,
  };
}

describe("tellDifferences", () => {
  it.each([
    [0, {}, "Nobody is recorded for the last 24 hours, so there is nothing to compare."],
    [1200, {}, "None of the 1,200 requests of the last 24 hours would be decided differently."],
    [
      10_406,
      { requests: 212, addresses: 41, users: 3 },
      "212 of 10,406 requests of the last 24 hours would be decided differently: " +
        "from 41 addresses, with 3 users signed in there.",
    ],
    [
      3,
      { requests: 1, addresses: 1 },
      "1 of 3 requests of the last 24 hours would be decided differently: from 1 address.",
    ],
  ])("of %i requests", (requests, different, sentence) => {
    expect(tellDifferences(answer(requests, different))).toBe(sentence);
  });
});

describe("tellPreview", () => {
  const effect: PreviewAnswer["effects"][number] = {
    code: "sessions-end",
    account: null,
    count: 1,
    users: { count: 1, names: [] },
  };

  it("counts no requests where no rule of the gate is changed", () => {
    const nobody = answer(0, {});
    const changes = [{ kind: "identity-policy" }] as const;
    expect(tellPreview(nobody, changes)).toBe(
      "It would change nothing for any user, session or recording there is now.",
    );
    const somebody = { ...nobody, effects: [effect] };
    expect(tellPreview(somebody, changes)).toBe("From the moment it is saved:");
  });

  it("tells of both where both are changed", () => {
    const both = [{ kind: "address-list" }, { kind: "audio-policy" }] as const;
    expect(tellPreview(answer(12, {}), both)).toMatch(/^None of the 12 requests .* recording /);
  });
});

describe("tellVerdict", () => {
  it.each([
    ["pass", "refuse", 198, "198 requests that are let through would be refused.", "loss"],
    ["refuse", "pass", 1, "1 request that is refused would be let through.", "gain"],
    [
      "pass",
      "monitor",
      2,
      "2 requests that are let through would be let through and recorded.",
      "note",
    ],
  ] as const)("from %s to %s", (before, after, requests, sentence, tone) => {
    const verdict = { before, after, requests, addresses: 1 };
    expect(tellVerdict(verdict)).toBe(sentence);
    expect(toneOfVerdict(verdict)).toBe(tone);
  });
});

it("tellNote says something else of each, in one sentence", () => {
  const notes = PREVIEW_NOTES.map((code) => tellNote({ code, requests: 7 }));
  expect(new Set(notes).size).toBe(PREVIEW_NOTES.length);
  for (const note of notes) expect(note).toMatch(/^(7|[A-Z]).*\.$/);
});

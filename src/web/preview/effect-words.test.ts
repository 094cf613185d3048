// What people are told of a change of sign-in or audio rules.
import { describe, expect, it } from "vitest";
import { PREVIEW_EFFECTS } from "../../api/preview-api.ts";
import type { PreviewEffect } from "../../api/preview-api.ts";
import { tellEffect, toneOfEffect } from "./effect-words.ts";

function effect(code: PreviewEffect["code"], count: number, users: number): PreviewEffect {
  return { code, account: null, count, users: { count: users, names: [] } };
}

describe("tellEffect", () => {
  it.each([
    ["recordings-unheard", 12, 3, "12 recordings would become unheard by 3 users."],
    ["sessions-end", 1, 1, "1 open session of 1 user would end at once."],
    [
      "users-must-change-password",
      2400,
      2400,
      "2,400 users would have to choose a new password at the next sign-in.",
    ],
    [
      "users-no-longer-locked",
      1,
      1,
      "1 user who is locked out for wrong passwords could sign in again.",
    ],
  ] as const)("%s", (code, count, users, sentence) => {
    expect(tellEffect(effect(code, count, users))).toBe(sentence);
  });

  it("says something else of each, in one sentence", () => {
    const sentences = PREVIEW_EFFECTS.map((code) => tellEffect(effect(code, 5, 4)));
    expect(new Set(sentences).size).toBe(PREVIEW_EFFECTS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^(For )?5 [a-z].*[^.]\.$/);
    const tones = new Set(PREVIEW_EFFECTS.map((code) => toneOfEffect({ code })));
    expect([...tones].toSorted()).toEqual(["gain", "loss", "note"]);
  });
});

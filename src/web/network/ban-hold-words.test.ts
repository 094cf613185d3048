// Checks what people are told about what a ban holds for, and about making it permanent.

import { describe, expect, it } from "vitest";
import { describeHold, describeKeeping } from "./ban-hold-words.ts";

describe("describeHold", () => {
  it.each([
    ["audio", "acme", "Audio of acme"],
    ["sign-in", null, "Sign-in"],
    ["everywhere", null, "Everywhere"],
    ["everywhere", "acme", "Everywhere, by rules of acme"],
  ])("%s, %s", (holds, account, words) => expect(describeHold({ holds, account })).toBe(words));
});

describe("describeKeeping", () => {
  it.each([
    ["audio", "acme", "of the account acme.", "It widens: from audio to everything of acme."],
    ["api", null, "of the platform.", "It widens: from the API to everything, of every account."],
    ["everywhere", null, "of the platform.", undefined],
    ["everywhere", "acme", "of the account acme.", "It narrows: the ban holds everywhere, the"],
  ])("of a ban that holds for %s, of %s", (holds, account, list, change) => {
    const [becomes, changes] = describeKeeping({ holds, account });
    expect(becomes).toContain(list);
    if (change === undefined) expect(changes).toBeUndefined();
    else expect(changes).toContain(change);
  });
});

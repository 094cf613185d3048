// Checks what people are told about who a range of addresses touches.

import { describe, expect, it } from "vitest";
import {
  describeEffect,
  describeTouches,
  isUntouched,
  summariseTouches,
} from "./address-touch-words.ts";
import type { Touches } from "./address-touch-words.ts";

const NOBODY: Touches = {
  requests: 0,
  addresses: 0,
  accounts: [],
  users: { count: 0, names: [] },
  sessions: 0,
  includesYou: false,
};
const names = ["Ada Lovelace", "Joan Clarke", "Mary Jackson", "Grace Hopper"].map((name) => ({
  id: name,
  name,
}));

describe("describeTouches", () => {
  it("names users, sessions and requests, each where there are any", () => {
    const touches = {
      ...NOBODY,
      requests: 1204,
      addresses: 14,
      accounts: ["acme", "globex"],
      users: { count: 14, names },
      sessions: 1,
    };
    expect(describeTouches(touches)).toEqual([
      "14 users were signed in from here: Ada Lovelace, Joan Clarke, Mary Jackson and 11 more.",
      "1 session is open from here.",
      "1,204 requests from 14 addresses; accounts seen among them: acme and globex.",
    ]);
    expect(isUntouched(touches)).toBe(false);
  });

  it("does not say that every request was for the accounts that some were for", () => {
    const asked = { ...NOBODY, requests: 2224, addresses: 37 };
    expect(describeTouches({ ...asked, accounts: ["acme"] })).toEqual([
      "2,224 requests from 37 addresses; account seen among them: acme.",
    ]);
    expect(describeTouches(asked)).toEqual(["2,224 requests from 37 addresses."]);
  });

  it("says nothing of nobody", () => {
    expect(describeTouches(NOBODY)).toEqual([]);
    expect(isUntouched(NOBODY)).toBe(true);
    expect(isUntouched({ ...NOBODY, includesYou: true })).toBe(false);
  });
});

describe("summariseTouches", () => {
  it.each([
    [NOBODY, "nobody came from there"],
    [{ ...NOBODY, includesYou: true }, "you are in it"],
    [
      { ...NOBODY, requests: 2, addresses: 1, users: { count: 1, names: names.slice(0, 1) } },
      "1 user, 2 requests",
    ],
  ])("%#", (touches, words) => expect(summariseTouches(touches)).toBe(words));
});

describe("describeEffect", () => {
  const BUT = "except where an allow entry covers it";

  it.each([
    [false, "enforce", `Denied: refused everywhere, ${BUT}, from the next request.`],
    [true, "enforce", `Denied: refused on everything of this account, ${BUT}, from the next`],
    [false, null, `Denied: refused everywhere, ${BUT}, while the lists are enforced.`],
    [false, "monitor", `Denied: only recorded while the lists are in monitor mode, ${BUT}.`],
    [true, "monitor", `Denied: only recorded while the lists are in monitor mode, ${BUT}.`],
    [false, "off", "Denied: nothing happens while the lists are off."],
  ] as const)("of a deny entry, of an account: %s, lists on %s", (isAccount, mode, words) => {
    const said = describeEffect("deny", isAccount, mode);
    expect(said.slice(0, words.length)).toBe(words);
  });

  it("exempts by an allow entry in every mode but off", () => {
    for (const mode of ["enforce", "monitor"] as const) {
      expect(describeEffect("allow", false, mode)).toMatch(/^Allowed: exempt from every network/);
      expect(describeEffect("allow", true, mode)).toMatch(/^Allowed: exempt from this account's/);
    }
    expect(describeEffect("allow", true, "off")).toBe(
      "Allowed: nothing happens while the lists are off.",
    );
  });
});

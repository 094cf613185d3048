// Checks what counts as a difference between a policy file and the rules as they stand.
import { describe, expect, it } from "vitest";
import { compareRules, isSame } from "./compare-rules.ts";
import { compareValues } from "./compare-values.ts";
import type { FileEntry, OwnerRules } from "./policy-file.ts";

const NOW_MS = 1_000_000;

describe("compareValues", () => {
  it.each([
    ["nothing", { a: 1, b: { c: true } }, { b: { c: true }, a: 1 }, []],
    ["a value", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "a.b", before: 1, after: 2 }]],
    [
      "a key that came or went",
      { countries: { DE: "allow" } },
      { countries: { NO: "deny" } },
      [
        { path: "countries.NO", before: null, after: "deny" },
        { path: "countries.DE", before: "allow", after: null },
      ],
    ],
    ["the order of a list", { list: ["a", "b"] }, { list: ["b", "a"] }, []],
    [
      "items of a list",
      { list: ["a", "b"] },
      { list: ["b", "c"] },
      [{ path: "list", added: ["c"], removed: ["a"] }],
    ],
    [
      "objects in a list, whatever the order of their keys",
      {
        routes: [
          { host: "a", account: null },
          { host: "b", account: "x" },
        ],
      },
      {
        routes: [
          { account: null, host: "a" },
          { account: "y", host: "b" },
        ],
      },
      [{ path: "routes", added: ["account: y, host: b"], removed: ["account: x, host: b"] }],
    ],
    ["a value that was never set", undefined, { a: 1 }, [{ path: "a", before: null, after: 1 }]],
  ])("tells %s", (_name, before, after, differences) => {
    expect(compareValues(before, after)).toEqual(differences);
  });
});

describe("compareRules", () => {
  const entry = (range: string, more: Partial<FileEntry> = {}): FileEntry => {
    return { range, action: "deny", note: "", expiresAtMs: null, ...more };
  };
  const rules = (more: Partial<OwnerRules>): OwnerRules => {
    return { account: null, name: null, sections: new Map(), entries: null, ...more };
  };

  it("leaves alone what the file does not name", () => {
    const standing = rules({
      sections: new Map([["address-lists", { mode: "off" }]]),
      entries: [entry("10.0.0.1")],
    });
    expect(isSame(compareRules(standing, rules({}), NOW_MS))).toBe(true);
    const emptied = compareRules(standing, rules({ entries: [] }), NOW_MS);
    expect(emptied.entries.removed).toEqual([entry("10.0.0.1")]);
  });

  it("tells added, removed and changed entries apart, by their ranges", () => {
    const standing = rules({
      entries: [entry("10.0.0.1"), entry("10.0.0.2"), entry("10.0.0.3"), entry("10.0.0.4")],
    });
    const wanted = rules({
      entries: [
        entry("10.0.0.2", { note: "n" }),
        entry("10.0.0.3", { action: "allow" }),
        entry("10.0.0.4", { expiresAtMs: NOW_MS + 1 }),
        entry("10.0.0.5"),
      ],
    });
    const { entries } = compareRules(standing, wanted, NOW_MS);
    expect(entries.added).toEqual([entry("10.0.0.5")]);
    expect(entries.removed).toEqual([entry("10.0.0.1")]);
    expect(entries.changed.map(({ after }) => after)).toEqual(wanted.entries?.slice(0, 3));
  });

  it("takes an entry of the file that has ended by now for none", () => {
    const ended = entry("10.0.0.1", { expiresAtMs: NOW_MS });
    const wanted = rules({ entries: [ended] });
    expect(isSame(compareRules(rules({ entries: [] }), wanted, NOW_MS))).toBe(true);
    expect(isSame(compareRules(rules({ entries: [] }), wanted, NOW_MS - 1))).toBe(false);
  });

  it("names only sections that differ", () => {
    const standing = rules({
      sections: new Map<never, unknown>([
        ["address-lists" as never, { mode: "off" }],
        ["log-out" as never, { enabled: true, minutes: 30 }],
      ]),
    });
    const wanted = rules({
      sections: new Map<never, unknown>([
        ["address-lists" as never, { mode: "off" }],
        ["log-out" as never, { enabled: true, minutes: 60 }],
      ]),
    });
    expect(compareRules(standing, wanted, NOW_MS).sections).toEqual([
      { section: "log-out", differences: [{ path: "minutes", before: 30, after: 60 }] },
    ]);
  });
});

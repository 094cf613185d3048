// Checks that a policy file is read strictly, and that every fault is told with its place.
import { describe, expect, it } from "vitest";
import { checkPolicyFile } from "./check-policy-file.ts";
import { wordsOfYamlFault } from "./yaml-fault-words.ts";

function faultsOf(...lines: readonly string[]): readonly string[] {
  const reading = checkPolicyFile(lines.join("\n"));
  if (reading.ok) return [];
  expect(reading.faultCount).toBe(reading.faults.length);
  return reading.faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const HEAD = "version: 1";

describe("a policy file is refused", () => {
  it.each([
    ["without a version", ["platform: {}"], ["1:1 version must be there and be 1"]],
    ["when empty", [""], ["1:1 The file must begin with version: 1"]],
    ["of another version", ["version: 2"], ["1:1 version must be there and be 1"]],
    [
      "with an unknown key",
      [HEAD, "plattform: {}"],
      ["2:1 plattform is an unknown key; accepted are version, platform, accounts"],
    ],
    [
      "with a misspelt key in a section",
      [HEAD, "platform:", "  hard-limit:", "    exemptAllowEntrys: true"],
      [
        "3:3 platform.hard-limit.exemptAllowEntries is missing: it must be true or false",
        expect.stringMatching(/^4:5 platform\.hard-limit\.exemptAllowEntrys is an unknown field;/),
      ],
    ],
    [
      "with a value out of bounds",
      [HEAD, "accounts:", "  acme:", "    log-out: { enabled: true, minutes: 5 }"],
      ["4:31 accounts.acme.log-out.minutes must be a whole number from 15 to 999"],
    ],
    [
      "with a section that only the platform has",
      [HEAD, "accounts:", "  acme: { hard-limit: { exemptAllowEntries: true } }"],
      [
        expect.stringMatching(
          /^3:11 accounts\.acme\.hard-limit is an unknown key; accepted are name/,
        ),
      ],
    ],
    [
      "with limits looser than the hard limit",
      [
        HEAD,
        "platform:",
        "  webchat-requests: { mode: on, requestsMax: 1, windowSeconds: 1 }",
        "  ban:",
        "    durationSeconds: 3600",
        "    escalation: { enabled: true, durationSecondsMax: 60 }",
        "    scope: everywhere",
        "    ipv6PrefixLength: 64",
      ],
      [
        expect.stringMatching(/^3:23 platform\.webchat-requests\.mode must be one of off, monitor/),
        expect.stringMatching(/^6:34 platform\.ban\.escalation\.durationSecondsMax The longest/),
      ],
    ],
    [
      "with bad, wrong and doubled entries, all told",
      [
        HEAD,
        "platform:",
        "  entries:",
        "    - { range: 010.0.0.1, action: block }",
        "    - { range: 10.0.0.0/24, action: deny }",
        "    - { range: 10.0.0.0-10.0.0.255, action: allow, note: twice }",
        "    - { action: deny, expiresAt: tomorrow }",
        "    - 10.0.0.9",
      ],
      [
        expect.stringMatching(/^4:9 platform\.entries\.0\.range is not accepted: /),
        "4:27 platform.entries.0.action must be one of allow, deny",
        "6:9 platform.entries.2.range gives 10.0.0.0/24 a second time; each range may stand once",
        expect.stringMatching(/^7:7 platform\.entries\.3\.range is missing/),
        expect.stringMatching(/^7:23 platform\.entries\.3\.expiresAt must be /),
        "8:7 platform.entries.4 must be an object",
      ],
    ],
    [
      "with a whitelist that nobody is on",
      [
        HEAD,
        "accounts:",
        "  acme:",
        "    audio-download: { mode: ip-whitelist, whitelist: [], onlyShareable: false }",
      ],
      [expect.stringMatching(/^4:43 accounts\.acme\.audio-download\.whitelist needs an address/)],
    ],
    [
      "with what is no account's code",
      [HEAD, "accounts: { platform: {}, A_b: {} }"],
      [
        expect.stringMatching(/^2:13 accounts\.platform is no account's code/),
        expect.stringMatching(/^2:27 accounts\.A_b is no account's code/),
      ],
    ],
    [
      "with a key twice",
      [HEAD, HEAD],
      ['2:1 The key "version" stands twice; each may stand once.'],
    ],
    ["with __proto__", [HEAD, "__proto__: { a: 1 }"], [expect.stringMatching(/^2:1 __proto__ is/)]],
    [
      "with aliases, which make a small text a large value",
      [HEAD, "platform: &all {}", "accounts: { a: *all }"],
      ["3:16 Aliases such as *name are not read; write the value out."],
    ],
    [
      "with a tag",
      [HEAD, "platform: !!map {}"],
      ["2:17 Tags such as !!str are not read; put a text in quotes instead."],
    ],
    [
      "in two documents",
      [HEAD, "---", HEAD],
      [expect.stringMatching(/^2:1 A file holds one document; leave out the line ---/)],
    ],
    [
      "in YAML 1.1",
      ["%YAML 1.1", "---", HEAD],
      ["1:1 Only YAML 1.2 is read; leave the %YAML line out."],
    ],
    [
      "that is not YAML",
      [HEAD, "platform: [", "a"],
      ["2:11 The [ is never closed; write ] after its last item."],
    ],
    [
      "nested beyond sense",
      [HEAD, `platform: ${"[".repeat(30)}${"]".repeat(30)}`],
      ["2:31 At most 20 levels are read."],
    ],
    [
      "nested so deep that the library would end the process",
      [HEAD, "platform:", "[{".repeat(50_000)],
      ["3:21 At most 20 levels are read."],
    ],
    [
      "nested so deep by keys on one line",
      [HEAD, "a: ".repeat(50_000)],
      ["2:122 At most 20 levels are read."],
    ],
    [
      "nested so deep by keys within a bracket",
      [HEAD, "[", "a:\n".repeat(50_000)],
      ["43:2 At most 20 levels are read."],
    ],
    [
      "nested so deep by blanks or dashes",
      [HEAD, "platform:", "- ".repeat(50_000)],
      ["3:1 At most 20 levels are read."],
    ],
  ])("%s", (_name, lines, faults) => {
    expect(faultsOf(...lines)).toEqual(faults);
  });
});

describe("a text that is no YAML is told in plain words, where the fault begins:", () => {
  const BRACKET = "is never closed; write";
  it.each([
    ["a list", ["a:", "  - mode: [enforce", "  - b: 1"], [`3:11 The [ ${BRACKET} ]`]],
    ["a map", ["a: {b: 1", "c: [2]"], [`2:4 The { ${BRACKET} }`]],
    ["a list in a list", ["a: [[1]"], [`2:4 The [ ${BRACKET} ]`]],
    ["a list in a map", ["a: { b: [1, 2 }", "c: 1"], [`2:9 The [ ${BRACKET} ]`]],
    ["both", ["a: [{ b: 1", "c: 2"], [`2:4 The [ ${BRACKET} ]`, `2:5 The { ${BRACKET} }`]],
    ["a quote", ['a: "foo', "b: [1"], [`2:4 The quote " ${BRACKET} "`]],
    ["a single quote", ["a: 'it''", "b: 1"], [`2:4 The quote ' ${BRACKET} '`]],
    ["a key in a value", ["a: b: c"], ["2:4 A key or list begins where none can; put each"]],
    ["a line too far in", ["a: 1", " b: 2"], ["2:4 A key or list begins where none can; put each"]],
    [
      "a key without a colon",
      ["a", "b: 1"],
      ["2:1 Something is missing here: a colon and a space"],
    ],
    ["a tab", ["a:", "\tb: 1"], ["3:1 A tab indents here; indent with spaces."]],
    ["an @", ["a: @b"], ["2:4 A text that begins with this character must stand in quotes."]],
    ["an escape", ['a: "\\q"'], ["2:5 In double quotes a backslash begins an escape"]],
    ["a bracket too many", ["a: 1", "}"], ["3:1 This cannot stand here; write key: value"]],
    ["items without a comma", ['a: ["x" "y"]'], ["2:9 Something is missing here: a colon"]],
    ["a directive", ["...", "%FOO bar", "---"], [expect.stringMatching(/^\d:\d /)]],
    ["two faults", ["a: @b", "c: [1"], ["2:4 A text that begins", `3:4 The [ ${BRACKET} ]`]],
  ])("%s", (_name, lines, faults) => {
    const found = faultsOf(HEAD, ...lines);
    expect(found).toEqual(
      faults.map((fault) => (typeof fault === "string" ? expect.stringContaining(fault) : fault)),
    );
    expect(found.join(" ")).not.toMatch(
      /flow|sequence|implicit|mapping|scalar|parseAll|indicator/i,
    );
  });

  it("one that no other library had", () => {
    expect(wordsOfYamlFault("NEW_CODE")).toContain("no YAML 1.2; write key: value");
  });
});

describe("a policy file is read", () => {
  it("as YAML 1.2: NO is Norway and off a mode, 010.0.0.1 no address", () => {
    const reading = checkPolicyFile(
      [
        HEAD,
        "platform:",
        "  country:",
        "    { mode: off, defaultAction: allow, countries: { NO: deny },",
        "      unknown: allow, private: allow }",
        "accounts:",
        "  acme:",
      ].join("\n"),
    );
    expect(reading).toMatchObject({ ok: true, accounts: [{ code: "acme", line: 7, column: 3 }] });
    if (!reading.ok) return;
    const [platform, acme] = reading.file.owners;
    expect(platform?.sections.get("country")).toMatchObject({
      mode: "off",
      countries: { NO: "deny" },
    });
    expect(acme).toEqual({ account: "acme", name: null, sections: new Map(), entries: null });
  });

  it("with ranges in their canonical form, and those that are very wide named", () => {
    const reading = checkPolicyFile(
      [
        HEAD,
        "platform:",
        "  entries:",
        "    - { range: 0.0.0.0/4, action: deny }",
        '    - { range: "::ffff:192.0.2.0/120", action: allow, expiresAt: 2030-01-01T00:00:00Z }',
      ].join("\n"),
    );
    expect(reading).toMatchObject({
      ok: true,
      wide: [{ account: null, section: "entries", range: "0.0.0.0/4", line: 4, column: 9 }],
      file: {
        owners: [
          {
            entries: [
              { range: "0.0.0.0/4", action: "deny", note: "", expiresAtMs: null },
              { range: "192.0.2.0/24", expiresAtMs: Date.UTC(2030, 0, 1) },
            ],
          },
        ],
      },
    });
  });
});

// Attack row 154: no text makes a regular expression of ours take steps out of all proportion.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findSuperlinear } from "./regex/find-superlinear.ts";
import { regexesOf } from "./regex/regexes-of.ts";
import { parseSource } from "./tidy/parse-source.ts";
import { isTestFile, readSourceFiles } from "./tidy/source-file.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const found = readSourceFiles(root, "src")
  .filter(({ path }) => !isTestFile(path))
  .map(parseSource)
  .flatMap(regexesOf);

/** Ten milliseconds at the most. */
const STEPS_MAX = 2_000_000;

/** What takes longer the longer a text is, and why none is long: the number of its letters. */
const LIMITED: Readonly<Record<string, number>> = {
  // A User-Agent is cut to that length where a request is read.
  "src/core/identity/describe-device.ts \\bVersion\\/[0-9.]+ .*\\bSafari\\/": 300,
  // A bound of a password policy.
  "src/core/identity/password-rules.ts \\B(?=(?:[0-9]{3})+$)": 20,
  // Callers and numbers that were read from a recording.
  "src/core/recordings/safe-file-name.ts [\\s.-]+$": 500,
  // Settings are the operator's own words.
  "src/platform/blob/blob-setting.ts \\/+$": 500,
  "src/platform/config.ts \\/\\/.*@": 500,
  "src/platform/config.ts ((?:key|secret|password|token|signature)[^=&]*=)[^&]*": 500,
  // A search has 200 characters at the most.
  "src/server/accounts/search-text.ts ^[+\\d .()-]*\\d[+\\d .()-]*$": 200,
  // Asked for JSON only that has been parsed: there every string ends. The best attack is none.
  'src/platform/http/strict-json.ts "(?:[^"\\\\]|\\\\.)*"(\\s*:)?|[{}[\\]]|-?\\d[\\d.eE+-]*': 500,
};

describe("the regular expressions of the source", () => {
  it("are all known before the program runs", () => {
    const unknown = found.filter(({ source }) => source === null).map(({ path }) => path);
    // The notes of entries, whose pattern the API's description has.
    expect(unknown).toEqual(["src/server/network/import-entries.ts"]);
    expect(found.length).toBeGreaterThan(300);
  });

  it("take steps in proportion to the text, or are asked for short ones only", () => {
    const wrong: unknown[] = [];
    const seen = new Set<string>();
    for (const { path, source, flags } of found) {
      if (source === null) continue;
      const attack = findSuperlinear(source, flags);
      if (attack === null) continue;
      const name = `${path} ${source}`;
      seen.add(name);
      const { before, pump, after, stepsOf } = attack;
      const letters = LIMITED[name] ?? 100_000;
      if (stepsOf(letters, STEPS_MAX + 1) > STEPS_MAX) wrong.push([name, before, pump, after]);
    }
    expect(wrong).toEqual([]);
    expect(Object.keys(LIMITED).filter((name) => !seen.has(name))).toEqual([]);
  });
});

describe("the search for attacks", () => {
  it.each([
    "^(a+)+$",
    "(a|a)*b",
    "^(?:a|aa)+$",
    "\\s+$",
    "^(\\w+\\s?)*$",
    "(.*)*x",
    "^a*a*b",
    "x.*y.*z",
    "(\\d+)(\\d+)$",
    "key[^=]*=",
    "^(?:.*,)+$",
  ])("finds one of %s", (source) => {
    expect(findSuperlinear(source, "")).not.toBeNull();
  });

  it.each([
    "^a+$",
    "^[a-z]+\\.[a-z]+$",
    "a+b?",
    "^(?:ab)+$",
    "^(?:a{1,3}b)*$",
    "^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$",
    "[a-z]{1,20}x",
  ])("finds none of %s", (source) => {
    expect(findSuperlinear(source, "")).toBeNull();
  });
});

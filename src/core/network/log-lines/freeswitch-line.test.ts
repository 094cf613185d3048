// Reads FreeSWITCH's lines as strangers would like them to be read.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFreeswitchLine } from "./freeswitch-line.ts";

const TIME = "2027-02-13 17:39:54.767815";
const PREFIX = `${TIME} [WARNING] sofia_reg.c:1533 `;
const VICTIM = "10.0.0.1";

const OWN_WORDS = [
  "] from ip ",
  "] from ",
  VICTIM,
  "[",
  "]",
  "' for [",
  "Can't find user [",
  "@",
  "\r",
  PREFIX,
  " ",
  "'",
] as const;

function failure(user: string): string {
  const what = "SIP auth failure (REGISTER) on sofia profile 'internal'";
  return `${PREFIX}${what} for [${user}@192.0.2.51] from ip 203.0.113.9`;
}

it("warns of a log that holds what callers sent", () => {
  const line = `${TIME} [DEBUG] sofia.c:7954 Remote SDP:`;
  expect(readFreeswitchLine(line)).toMatchObject({ kind: "unclear" });
});

it("leaves out a line so long that its end may be missing", () => {
  expect(readFreeswitchLine(failure("x".repeat(1_000)))).toBeNull();
});

describe("attack row 59: what a stranger calls himself bans nobody else", () => {
  it("holds for every name made of the log's own words", () => {
    const word = fc.constantFrom(...OWN_WORDS);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 10 }), (parts) => {
        expect(readFreeswitchLine(failure(parts.join("")))).toMatchObject({
          kind: "failed",
          address: "203.0.113.9",
        });
        const unknown = `${PREFIX}Can't find user [${parts.join("")}@h] from 203.0.113.9`;
        expect(readFreeswitchLine(unknown)).toMatchObject({ address: "203.0.113.9" });
      }),
      { numRuns: 1_000 },
    );
  });
});

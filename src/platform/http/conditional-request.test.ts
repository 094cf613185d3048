// Tables of conditions against one entity tag.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRangeCurrent, judgeConditions } from "./conditional-request.ts";
import type { ConditionVerdict } from "./conditional-request.ts";

const TAG = '"abc"';

function judge(ifMatch: string | undefined, ifNoneMatch?: string): ConditionVerdict {
  return judgeConditions({ ifMatch, ifNoneMatch }, TAG);
}

describe("judgeConditions", () => {
  it("goes on where nothing is asked", () => {
    expect(judge(undefined)).toBe("go-on");
  });

  it.each<[string, ConditionVerdict]>([
    ['"abc"', "go-on"],
    ["*", "go-on"],
    [" * ", "go-on"],
    ['"x", "abc"', "go-on"],
    ['"x","abc"', "go-on"],
    ['"x,y", "abc"', "go-on"],
    ['"x"', "precondition-failed"],
    ['"ABC"', "precondition-failed"],
    ['W/"abc"', "precondition-failed"],
    ["abc", "precondition-failed"],
    ['"x,"abc', "precondition-failed"],
    ["", "precondition-failed"],
    ['"*"', "precondition-failed"],
  ])("If-Match %j", (header, expected) => {
    expect(judge(header)).toBe(expected);
  });

  it.each<[string, ConditionVerdict]>([
    ['"abc"', "not-modified"],
    ['W/"abc"', "not-modified"],
    ["*", "not-modified"],
    ['"x", W/"abc"', "not-modified"],
    ['"x"', "go-on"],
    ['w/"abc"', "not-modified"],
    ["abc", "go-on"],
    ["", "go-on"],
  ])("If-None-Match %j", (header, expected) => {
    expect(judge(undefined, header)).toBe(expected);
  });

  it("looks at If-Match first", () => {
    expect(judge('"x"', '"abc"')).toBe("precondition-failed");
    expect(judge('"abc"', '"abc"')).toBe("not-modified");
  });

  it("finds the tag in any list that holds it", () => {
    const other = fc.stringMatching(/^[!#-~]{0,8}$/).map((text) => `"${text}"`);
    fc.assert(
      fc.property(fc.array(other), fc.array(other), (before, after) => {
        expect(judge([...before, TAG, ...after].join(", "))).toBe("go-on");
        expect(judge(undefined, [...before, TAG, ...after].join(","))).toBe("not-modified");
      }),
    );
  });
});

describe("isRangeCurrent", () => {
  it.each<[string | undefined, boolean]>([
    [undefined, true],
    ['"abc"', true],
    ['W/"abc"', false],
    ['"x"', false],
    ['"abc", "x"', false],
    ["*", false],
    ["Wed, 21 Oct 2026 07:28:00 GMT", false],
    ["", false],
  ])("If-Range %j", (header, expected) => {
    expect(isRangeCurrent(header, TAG)).toBe(expected);
  });
});

// Checks the strict reading of one cookie: exact names, one value, nothing decoded.
import { describe, expect, it } from "vitest";
import { readCookie } from "./read-cookie.ts";

const NAME = "__Host-sid";

describe("readCookie", () => {
  it.each([
    [[], null],
    [[""], null],
    [["a=1; b=2"], null],
    [["__Host-sid=x"], "x"],
    [["__Host-sid="], ""],
    [["a=1;__Host-sid=x;b=2"], "x"],
    [["a=1; \t__Host-sid = x y \t; b=2"], "x y"],
    [["a=1", "__Host-sid=x", "b=2"], "x"],
    [['__Host-sid="x"'], '"x"'],
    [["__Host-sid=%41=="], "%41=="],
    [["__Host-sid"], null],
    [["__Host-sid;=x"], null],
    [["__Host-sidx=x; x__Host-sid=x"], null],
    [["__host-sid=x"], null],
    [["\u00a0__Host-sid=x"], null],
    [["=__Host-sid=x"], null],
  ])("%j has %j", (lines, value) => {
    const rawHeaders = lines.flatMap((line) => ["Cookie", line]);
    const expected = value === null ? { kind: "absent" } : { kind: "value", value };
    expect(readCookie(rawHeaders, NAME)).toEqual(expected);
  });

  it.each([
    [["__Host-sid=x; __Host-sid=x"]],
    [["__Host-sid=x; a=1; __Host-sid=y"]],
    [["__Host-sid=x", "__Host-sid=y"]],
    [["__Host-sid=; __Host-sid=x"]],
  ])("%j is there twice", (lines) => {
    const rawHeaders = lines.flatMap((line) => ["COOKIE", line]);
    expect(readCookie(rawHeaders, NAME)).toEqual({ kind: "repeated" });
  });

  it("looks at lines of that name only", () => {
    const rawHeaders = ["Accept", "__Host-sid=x", "Set-Cookie", "__Host-sid=x", "Host", "h"];
    expect(readCookie(rawHeaders, NAME)).toEqual({ kind: "absent" });
  });
});

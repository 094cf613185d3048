// What counts as a page of the console, and what must never be led to.
import { describe, expect, it } from "vitest";
import { consolePath } from "./console-path.ts";

describe("consolePath", () => {
  it.each([
    ["/postern/users", "/postern/users"],
    ["/postern/users?after=abc#row", "/postern/users?after=abc"],
    ["/postern/", "/postern/"],
  ])("takes %s", (wanted, path) => {
    expect(consolePath(wanted)).toBe(path);
  });

  it.each([
    "//evil.example/postern/",
    "/\\evil.example/postern/",
    "/\t/evil.example/postern/",
    "https://evil.example/postern/",
    "javascript:alert(1)",
    "/postern/../admin",
    "/postern/%2e%2e/admin",
    "/posternish",
    "postern/users",
    "",
    undefined,
    7,
    ["/postern/"],
  ])("refuses %j", (wanted) => {
    expect(consolePath(wanted)).toBeNull();
  });
});

// Checks the strict reading of Host values.
import { describe, expect, it } from "vitest";
import { readHost } from "./request-host.ts";

describe("a host", () => {
  // attack row 17: port, final dot and case make no other host
  it.each([
    ["portal.example", "portal.example"],
    ["PORTAL.Example", "portal.example"],
    ["portal.example:443", "portal.example"],
    ["portal.example.", "portal.example"],
    ["portal.example.:65535", "portal.example"],
    ["localhost", "localhost"],
    ["a_b-c.example", "a_b-c.example"],
    ["203.0.113.7:80", "203.0.113.7"],
    ["[2001:DB8::1]", "[2001:db8::1]"],
    ["[2001:db8::1]:8080", "[2001:db8::1]"],
  ])("%s is %s", (text, host) => {
    expect(readHost(text)).toBe(host);
  });

  it.each([
    "",
    ".",
    ".portal.example",
    "portal..example",
    "portal.example:",
    "portal.example:65536",
    "portal.example:-1",
    "portal.example:80:80",
    "portal.example:080000",
    "user@portal.example",
    "portal.example/",
    "portal.example,evil.example",
    "portal.example evil.example",
    "portal.example\n",
    "http://portal.example",
    "2001:db8::1",
    "[2001:db8::1",
    "[2001:db8::1]x",
    "[evil.example]",
    "*",
    "pörtal.example",
    "portal%2eexample",
    "portal.example\0",
    "a".repeat(261),
  ])("is not %j", (text) => {
    expect(readHost(text)).toBeNull();
  });
});

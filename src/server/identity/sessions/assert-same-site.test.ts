// Attack row 86: which requests that change something are taken for another site's.
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createSameSiteCheck } from "./assert-same-site.ts";
import { createSessionCookies } from "./session-cookies.ts";

const OWN = "https://portal.example.com";
const check = createSameSiteCheck(OWN, createSessionCookies(OWN));
const COOKIE = "__Host-postern-session=x";
const BROWSER = "__Host-postern-browser=x";
const BIND = "__Host-postern-bind=x";
const TRUST = "__Host-postern-trust=x";

function isRefused(lines: readonly (readonly [string, string])[]): boolean {
  const headers = Object.fromEntries(lines.map(([name, value]) => [name.toLowerCase(), value]));
  const raw = { rawHeaders: lines.flat(), headers } as unknown as IncomingMessage;
  try {
    check({ raw });
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: "cross-site-refused", status: 403 });
    return true;
  }
}

describe("attack row 86", () => {
  it.each([
    [[["Origin", OWN]]],
    [[["Sec-Fetch-Site", "same-origin"]]],
    [
      [
        ["Origin", OWN],
        ["Sec-Fetch-Site", "same-origin"],
      ],
    ],
    [[]],
    [[["Cookie", "theme=dark"]]],
    [
      [
        ["Cookie", COOKIE],
        ["Origin", OWN],
      ],
    ],
  ] as const)("%j is ours or a program's", (lines) => {
    expect(isRefused(lines)).toBe(false);
  });

  it.each([
    [[["Origin", "https://evil.example"]]],
    [[["Origin", "null"]]],
    [[["Origin", ""]]],
    [[["Origin", "http://portal.example.com"]]],
    [[["Origin", "https://sub.portal.example.com"]]],
    [[["Origin", `${OWN}, https://evil.example`]]],
    [[["Sec-Fetch-Site", "cross-site"]]],
    [[["Sec-Fetch-Site", "same-site"]]],
    [[["Sec-Fetch-Site", "none"]]],
    [
      [
        ["Origin", OWN],
        ["Sec-Fetch-Site", "cross-site"],
      ],
    ],
    [
      [
        ["Origin", "https://evil.example"],
        ["Sec-Fetch-Site", "same-origin"],
      ],
    ],
    [[["Cookie", COOKIE]]],
    [[["Cookie", BROWSER]]],
    [[["Cookie", TRUST]]],
    [[["Cookie", BIND]]],
    [[["Cookie", `${COOKIE}; ${COOKIE}`]]],
    [
      [
        ["Origin", OWN],
        ["Content-Type", "application/json"],
        ["content-type", "text/plain"],
      ],
    ],
  ] as const)("%j is refused", (lines) => {
    expect(isRefused(lines)).toBe(true);
  });
});

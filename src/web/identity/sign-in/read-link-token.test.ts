// Which fragments hold the secret of a link.
import { expect, it } from "vitest";
import { readLinkToken } from "./read-link-token.ts";

const TOKEN = `${"aB3_-".repeat(8)}xyz`;

it.each([
  [`token=${TOKEN}`, TOKEN],
  [`#token=${TOKEN}`, TOKEN],
  [`token=${TOKEN.slice(1)}`, null],
  [`token=${TOKEN}x`, null],
  [`token=${TOKEN.slice(1)}!`, null],
  ["", null],
])("%s", (fragment, token) => {
  expect(readLinkToken(fragment)).toBe(token);
});

// Which texts name the same issuer.
import { expect, it } from "vitest";
import { isSameIssuer } from "./same-issuer.ts";

it.each([
  ["https://id.example.com", "https://id.example.com", true],
  ["https://id.example.com/", "https://id.example.com", true],
  ["https://id.example.com/a", "https://id.example.com/a/", true],
  ["https://id.example.com/a", "https://id.example.com/b", false],
  ["https://ID.example.com", "https://id.example.com", false],
  ["https://id.example.com:443", "https://id.example.com", false],
  ["http://id.example.com", "https://id.example.com", false],
])("%s and %s: %s", (some, other, isSame) => {
  expect(isSameIssuer(some, other)).toBe(isSame);
  expect(isSameIssuer(other, some)).toBe(isSame);
});

// Checks which origins are taken for our own.
import { expect, it } from "vitest";
import { isOwnOrigin } from "./own-origin.ts";

it.each([
  ["https://portal.example.com", "https://portal.example.com", true],
  ["https://portal.example.com", "http://portal.example.com", false],
  ["https://portal.example.com", "https://portal.example.com:8443", false],
  ["https://portal.example.com", "https://portal.example.com/", false],
  ["https://portal.example.com", "https://portal.example.com.evil.example", false],
  ["https://portal.example.com", "https://sub.portal.example.com", false],
  ["https://portal.example.com", "https://portal.example.com, https://evil.example", false],
  ["https://portal.example.com", "null", false],
  ["https://portal.example.com", "", false],
  ["https://portal.example.com", "http://localhost", false],
  ["http://localhost:8080", "http://127.0.0.1:8080", true],
  ["http://127.0.0.1:8080", "http://localhost:8080", true],
  ["http://[::1]:8080", "http://127.0.0.2:8080", true],
  ["http://localhost:8080", "http://localhost:8081", false],
  ["http://localhost:8080", "https://localhost:8080", false],
  ["http://localhost:8080", "http://127.evil.example:8080", false],
  ["http://localhost:8080", "http://user@localhost:8080", false],
  ["http://localhost:8080", "http://localhost.evil.example:8080", false],
  ["http://localhost:8080", "null", false],
])("for %s, %j is ours: %j", (publicUrl, origin, isOwn) => {
  expect(isOwnOrigin(publicUrl, origin)).toBe(isOwn);
});

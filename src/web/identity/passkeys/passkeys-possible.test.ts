// Checks which hosts are names: browsers keep passkeys for no others.
import { expect, it } from "vitest";
import { isHostName } from "./passkeys-possible.ts";

it.each([
  ["localhost", true],
  ["portal.example.com", true],
  ["127.0.0.1.example.com", true],
  ["127.0.0.1", false],
  ["192.0.2.1", false],
  ["[::1]", false],
  ["[2001:db8::1]", false],
])("takes %s for a name: %s", (host, isName) => {
  expect(isHostName(host)).toBe(isName);
});

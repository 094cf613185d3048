// Checks what is said of the ways in that somebody has.
import { describe, expect, it } from "vitest";
import type { ConnectionAnswer } from "../../../api/connection-api.ts";
import { describeWaysLeft, isLastWayIn } from "./ways-in-words.ts";

function connection(name: string, isUsable = true): ConnectionAnswer {
  return {
    id: name.toLowerCase(),
    provider: { id: name.toLowerCase(), kind: "oidc", name },
    accountShown: "ada@example.com",
    connectedAt: "2027-03-04T09:30:00.000Z",
    lastUsedAt: null,
    isUsable,
  };
}

const GOOGLE = connection("Google");
const HARBOUR = connection("Harbour");
const OFF = connection("Off", false);

const google = { kind: "connection", id: "google" } as const;
const password = { kind: "password" } as const;

describe("describeWaysLeft", () => {
  it.each([
    [{ hasPassword: true, passkeys: 0, connections: [GOOGLE] }, google, "your password"],
    [{ hasPassword: true, passkeys: 0, connections: [GOOGLE] }, password, "Google"],
    [
      { hasPassword: true, passkeys: 2, connections: [GOOGLE, HARBOUR] },
      google,
      "your password, a passkey or Harbour",
    ],
    [{ hasPassword: true, passkeys: 1, connections: [GOOGLE] }, password, "a passkey or Google"],
    // What opens nothing is no way in.
    [{ hasPassword: false, passkeys: 0, connections: [GOOGLE, OFF] }, google, null],
    [{ hasPassword: true, passkeys: 0, connections: [] }, password, null],
  ] as const)("%o without %o: %s", (own, leaving, words) => {
    expect(describeWaysLeft({ ...own, connections: [...own.connections] }, leaving)).toBe(words);
  });
});

describe("isLastWayIn", () => {
  it.each([
    [{ hasPassword: true, passkeys: 0, connections: [] }, "password", true],
    [{ hasPassword: true, passkeys: 0, connections: [OFF] }, "password", true],
    [{ hasPassword: true, passkeys: 0, connections: [GOOGLE] }, "password", false],
    [{ hasPassword: false, passkeys: 0, connections: [GOOGLE] }, "connection", true],
    [{ hasPassword: false, passkeys: 0, connections: [GOOGLE, OFF] }, "connection", true],
    [{ hasPassword: false, passkeys: 0, connections: [GOOGLE, OFF] }, "unusable-connection", false],
    [{ hasPassword: false, passkeys: 1, connections: [GOOGLE] }, "connection", false],
  ] as const)("%o, %s: %s", (own, leaving, isLast) => {
    expect(isLastWayIn({ ...own, connections: [...own.connections] }, leaving)).toBe(isLast);
  });
});

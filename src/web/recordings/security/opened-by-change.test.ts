// Holds which changes are said to open recordings, and when a manager would be shut out.
import { describe, expect, it } from "vitest";
import { ACCESS_MODES } from "../../../core/recordings/audio-policy.ts";
import type { AccessMode, AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { describeOpened, shutsOutManager } from "./opened-by-change.ts";

const policy = (mode: AccessMode, given: Partial<AudioPolicy> = {}): AudioPolicy => ({
  mode,
  whitelist: ["203.0.113.0/24"],
  onlyShareable: false,
  ...given,
});

const EVERYBODY = "Anyone who has a link can listen, from anywhere, without signing in.";
const AT_OFFICE = "Whoever is at an address of the whitelist can listen without signing in.";
const SHAREABLE_AT_OFFICE =
  "Whoever is at an address of the whitelist can listen to numbers that are marked shareable " +
  "without signing in.";
const USERS = "Users who are signed in can listen from any address.";

describe("what a change opens", () => {
  it.each([
    ["no-restrictions", "user-authentication", []],
    ["user-authentication", "no-restrictions", [EVERYBODY]],
    ["whitelist-and-user", "no-restrictions", [EVERYBODY]],
    ["user-authentication", "ip-whitelist", [AT_OFFICE]],
    ["user-authentication", "whitelist-or-user", [AT_OFFICE]],
    ["user-authentication", "whitelist-and-user", []],
    ["ip-whitelist", "user-authentication", [USERS]],
    ["ip-whitelist", "whitelist-and-user", []],
    ["ip-whitelist", "whitelist-or-user", [USERS]],
    ["whitelist-and-user", "user-authentication", [USERS]],
    ["whitelist-and-user", "whitelist-or-user", [AT_OFFICE, USERS]],
    ["whitelist-or-user", "ip-whitelist", []],
  ] as const)("from %s to %s", (from, to, sentences) => {
    expect(describeOpened(policy(from), policy(to))).toEqual(sentences);
  });

  it.each(ACCESS_MODES)("is nothing where the mode stays %s", (mode) => {
    expect(describeOpened(policy(mode), policy(mode))).toEqual([]);
  });

  it("knows the switch for shareable numbers", () => {
    const narrow = policy("ip-whitelist", { onlyShareable: true });
    expect(describeOpened(narrow, policy("ip-whitelist"))).toEqual([AT_OFFICE]);
    expect(describeOpened(policy("ip-whitelist"), narrow)).toEqual([]);
    expect(describeOpened(policy("user-authentication"), narrow)).toEqual([SHAREABLE_AT_OFFICE]);
  });
});

describe("a manager", () => {
  it.each([
    ["ip-whitelist", "198.51.100.1", true],
    ["whitelist-and-user", "198.51.100.1", true],
    ["whitelist-or-user", "198.51.100.1", false],
    ["no-restrictions", "198.51.100.1", false],
    ["ip-whitelist", "203.0.113.77", false],
    ["ip-whitelist", "2001:db8::1", true],
    ["ip-whitelist", "no address", false],
  ] as const)("under %s at %s is shut out: %s", (mode, address, isShutOut) => {
    expect(shutsOutManager(policy("user-authentication"), policy(mode), address)).toBe(isShutOut);
  });

  it("who hears nothing today loses nothing", () => {
    expect(
      shutsOutManager(policy("ip-whitelist"), policy("whitelist-and-user"), "198.51.100.1"),
    ).toBe(false);
  });
});

// Checks what a refused visitor's operator is told to change.
import { describe, expect, it } from "vitest";
import { wouldBeHeardIf, wouldPassIf } from "./would-pass-if.ts";
import type { RefusedFor } from "./would-pass-if.ts";

const NOTHING = { layer: "platform", entryId: 0, banId: 0, banEndsAtMs: 0, retryAfterSeconds: 0 };

describe("would pass if", () => {
  const allow = { code: "allow-address" };
  const mend = { code: "mend-proxy-headers" };
  it.each([
    ["on-deny-list", { entryId: 7 }, [{ code: "remove-entry", entryId: 7 }, allow]],
    [
      "banned",
      { banId: 3, banEndsAtMs: 99 },
      [{ code: "release-ban", banId: 3, endsAtMs: 99 }, allow],
    ],
    ["country-denied", {}, [{ code: "allow-country" }, allow]],
    ["over-hard-limit", { retryAfterSeconds: 5 }, [{ code: "wait", seconds: 5 }]],
    ["over-webchat-limit", { retryAfterSeconds: 5 }, [{ code: "wait", seconds: 5 }, allow]],
    ["over-rate-limit", { retryAfterSeconds: 9 }, [{ code: "wait", seconds: 9 }, allow]],
    ["client-address-unresolvable", {}, [mend]],
    ["request-malformed", {}, [mend]],
    ["facts-unavailable", {}, []],
    ["on-allow-list", {}, []],
    ["no-rule-matched", {}, []],
  ] as const)("%s", (reason, facts, remedies) => {
    expect(wouldPassIf({ ...NOTHING, ...facts, reason } as RefusedFor)).toEqual(remedies);
  });
});

describe("would be heard if", () => {
  const facts = {
    recording: { isNumberShareable: false },
    mode: "whitelist-and-user",
    onlyShareable: false,
    isWhitelisted: false,
    listener: { kind: "nobody" },
  } as const;
  it("tells what has to change together, and alternatives apart", () => {
    expect(wouldBeHeardIf(facts)).toEqual([{ code: "sign-in", with: ["add-to-whitelist"] }]);
    expect(wouldBeHeardIf({ ...facts, mode: "whitelist-or-user" })).toEqual([
      { code: "sign-in", with: [] },
      { code: "add-to-whitelist", with: [] },
    ]);
  });

  it("has nothing to tell where it is heard", () => {
    expect(wouldBeHeardIf({ ...facts, mode: "no-restrictions" })).toEqual([]);
  });
});

// Checks which combinations of values are refused, and that the refusal says what is accepted.
import { describe, expect, it } from "vitest";
import { accountPolicy, platformPolicy } from "../../../test/network/example-network.ts";
import { checkBanRule, checkRateLimits, checkRoutes } from "./check-policy.ts";
import { LIMITED_SURFACES } from "./network-policy.ts";
import type { SurfaceRoute } from "./network-policy.ts";

const LIMITS = accountPolicy()["rate-limits"];

describe("a rate limit against the hard limit", () => {
  it.each([
    [600, 60, true],
    [601, 60, false],
    [10, 1, true],
    [11, 1, false],
    [50, 60, true],
    [50, 5, true],
    [51, 5, false],
    [60_000, 6000, true],
    [60_000, 5999, false],
    [1, 1, true],
  ])("%i requests in %i s: %s", (requestMaxCount, requestMaxSeconds, isAccepted) => {
    for (const surface of LIMITED_SURFACES) {
      const limit = { ...LIMITS[surface], requestMaxCount, requestMaxSeconds };
      const faults = checkRateLimits({ ...LIMITS, [surface]: limit });
      expect(faults.map(({ path }) => path)).toEqual(
        isAccepted ? [] : [`/${surface}/requestMaxCount`],
      );
    }
  });

  it("is refused with the hard limit, what it is and what is accepted", () => {
    const audio = { ...LIMITS.audio, requestMaxCount: 700, requestMaxSeconds: 30 };
    const [fault] = checkRateLimits({ ...LIMITS, audio });
    expect(fault?.message).toContain("hard limit is 600 requests in 60 seconds (10 a second)");
    expect(fault?.message).toContain("In 30 seconds at most 300 requests");
    const quick = { ...LIMITS.audio, requestMaxCount: 700, requestMaxSeconds: 1 };
    const [second] = checkRateLimits({ ...LIMITS, audio: quick });
    expect(second?.message).toContain("In 1 second at most 10 requests may be allowed");
  });

  it("is judged on every surface, switched on or not", () => {
    const loose = { ...LIMITS.portal, mode: "off", requestMaxCount: 5000 } as const;
    expect(checkRateLimits({ audio: loose, portal: loose, api: loose })).toHaveLength(3);
  });
});

describe("the ban rule", () => {
  const rule = platformPolicy().ban;
  const longest = (enabled: boolean, durationSeconds: number) => ({
    ...rule,
    durationSeconds,
    escalation: { enabled, durationSecondsMax: 604_800 },
  });

  it("accepts every interval while escalation is off", () => {
    for (const seconds of [60, 604_801, 31_536_000]) {
      expect(checkBanRule(longest(false, seconds))).toEqual([]);
    }
  });

  it("wants an escalated ban to be no shorter than the first", () => {
    expect(checkBanRule(longest(true, 604_800))).toEqual([]);
    expect(checkBanRule(longest(true, 604_801))).toMatchObject([
      { path: "/escalation/durationSecondsMax", message: expect.stringContaining("604801") },
    ]);
  });
});

describe("routes", () => {
  const route = (host: string, pathPrefix: string): SurfaceRoute => ({
    host,
    pathPrefix,
    surface: "audio",
    account: null,
  });
  const pathsOf = (...routes: SurfaceRoute[]) => checkRoutes({ routes }).map(({ path }) => path);

  it.each(["*", "portal.example.com", "localhost", "a-b.c_d.example", "10.0.0.1"])(
    "accept the host %s",
    (host) => expect(pathsOf(route(host, "/"))).toEqual([]),
  );

  it.each([
    "",
    "Portal.example",
    "portal.example.",
    "portal.example:443",
    "https://portal.example",
    "*.example",
    "a..b",
    ".a",
    "a b",
    "a".repeat(254),
  ])("refuse the host %j", (host) => {
    expect(pathsOf(route(host, "/"))).toEqual(["/routes/0/host"]);
  });

  it.each(["/", "/audio", "/audio/", "/a.b/~c", "/.well-known", "/..a"])(
    "accept the prefix %s",
    (prefix) => expect(pathsOf(route("*", prefix))).toEqual([]),
  );

  it.each([
    "audio",
    "",
    "/a/../b",
    "/..",
    "/a/./b",
    "/a//b",
    "/%61",
    "/a?b",
    "/a#b",
    "/a;b",
    "/a\\b",
  ])("refuse the prefix %j", (prefix) =>
    expect(pathsOf(route("*", prefix))).toEqual(["/routes/0/pathPrefix"]),
  );

  it("may name a host and prefix once, also where only case or a final slash differ", () => {
    expect(pathsOf(route("*", "/a"), route("a", "/a"), route("*", "/ab"))).toEqual([]);
    for (const same of ["/a", "/a/", "/A"]) {
      expect(pathsOf(route("*", "/b"), route("*", "/a"), route("*", same))).toEqual(["/routes/2"]);
    }
  });
});

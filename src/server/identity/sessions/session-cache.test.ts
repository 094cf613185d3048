// Checks that nothing older than a change stays remembered, and that memory is bounded.
import { describe, expect, it } from "vitest";
import { createSessionCache } from "./session-cache.ts";
import type { RememberedSession, SessionCache } from "./session-cache.ts";

function sessionOf(userId: string): RememberedSession {
  return { user: { id: userId }, lastActivityAtMs: 0 } as unknown as RememberedSession;
}

function put(cache: SessionCache, tokenHash: string, userId: string): void {
  const reading = cache.beginReading();
  cache.put(tokenHash, sessionOf(userId), reading);
  reading.end();
}

describe("createSessionCache", () => {
  it("forgets all sessions of one user, or of everybody", () => {
    const cache = createSessionCache();
    for (const [hash, userId] of [
      ["a1", "ada"],
      ["a2", "ada"],
      ["g1", "grace"],
    ] as const) {
      put(cache, hash, userId);
    }
    cache.forget("ada");
    expect(["a1", "a2", "g1"].map((hash) => cache.get(hash)?.user.id)).toEqual([
      undefined,
      undefined,
      "grace",
    ]);
    cache.forget(null);
    expect(cache.size()).toBe(0);
  });

  it.each(["ada", null])("does not keep what was read before %s was forgotten", (forgotten) => {
    const cache = createSessionCache();
    const reading = cache.beginReading();
    cache.forget(forgotten);
    expect(reading.isOutdated("ada")).toBe(true);
    cache.put("a1", sessionOf("ada"), reading);
    reading.end();
    expect(cache.get("a1")).toBeUndefined();
    put(cache, "a1", "ada");
    expect(cache.get("a1")?.user.id).toBe("ada");
  });

  it("keeps what was read while another user was forgotten", () => {
    const cache = createSessionCache();
    const reading = cache.beginReading();
    cache.forget("grace");
    cache.put("a1", sessionOf("ada"), reading);
    reading.end();
    expect(cache.get("a1")?.user.id).toBe("ada");
  });

  it("holds no more than it may; the one put longest ago goes", () => {
    const cache = createSessionCache(2);
    for (const hash of ["a1", "a2", "a3"]) put(cache, hash, "ada");
    expect(["a1", "a2", "a3"].map((hash) => cache.get(hash) !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
    cache.forget("ada");
    expect(cache.size()).toBe(0);
  });
});

// Holds for any course of time and failures: how seldom is asked, and what is served meanwhile.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDocumentCache } from "./document-cache.ts";

const rules = { freshForMs: 300, pauseMs: 60, pauseWithoutMs: 10, documentsMax: 3 };
const GOOD_FOR_MS = 1_000;

function open() {
  let nowMs = 0;
  const cache = createDocumentCache<number>({ nowMs: () => nowMs }, rules);
  return { cache, advance: (ms: number) => (nowMs += ms), now: () => nowMs };
}

const good = (value: number) => () => Promise.resolve({ value, goodForMs: GOOD_FOR_MS });
const bad = (word: string) => () => Promise.reject(new Error(word));

describe("createDocumentCache", () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 400 }),
    isDown: fc.boolean(),
    isWanted: fc.boolean(),
  });

  it("asks no sooner than after the pause, and serves nothing that is no longer good", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { cache, advance, now } = open();
        let askedAtMs = -Infinity;
        let loadedAtMs = -Infinity;
        for (const { waitMs, isDown, isWanted } of steps) {
          advance(waitMs);
          const pauseMs = loadedAtMs === -Infinity ? rules.pauseWithoutMs : rules.pauseMs;
          const load = () => {
            expect(now() - askedAtMs).toBeGreaterThanOrEqual(pauseMs);
            askedAtMs = now();
            return isDown ? bad("down")() : good((loadedAtMs = now()))();
          };
          const outcome = await cache
            .read({ key: "a", load, isWanted: () => isWanted })
            .catch(() => null);
          const isGood = now() - loadedAtMs < GOOD_FOR_MS;
          expect(outcome).toBe(isGood ? loadedAtMs : null);
        }
      }),
    );
  });

  it("asks once for all who wait, and tells all of a failure", async () => {
    const { cache } = open();
    let asked = 0;
    const load = async () => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error("down");
    };
    const many = Array.from({ length: 20 }, () => cache.read({ key: "a", load }));
    for (const outcome of await Promise.allSettled(many)) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { message: "down" } });
    }
    expect(asked).toBe(1);
  });

  it("asks out of turn for a refresh, which tells of its own failure", async () => {
    const { cache } = open();
    await cache.read({ key: "a", load: good(1) });
    expect(await cache.refresh({ key: "a", load: good(2) })).toBe(2);
    await expect(cache.refresh({ key: "a", load: bad("down") })).rejects.toThrow("down");
    expect(await cache.read({ key: "a", load: good(3) })).toBe(2);
  });

  it("forgets the oldest when there are too many", async () => {
    const { cache } = open();
    for (const key of ["a", "b", "c", "d"]) await cache.read({ key, load: good(1) });
    expect(await cache.read({ key: "d", load: good(2) })).toBe(1);
    expect(await cache.read({ key: "a", load: good(2) })).toBe(2);
  });
});

// Checks that work runs so many at once, waits so long, and is refused beyond that.
import { describe, expect, it } from "vitest";
import { Problem } from "../problem/problem.ts";
import { createWorkPlaces } from "./work-places.ts";

const LIMITS = { placesMax: 2, queueMax: 3, retryAfterSeconds: 2, busyDetail: "Too many." };

/** Work that ends when it is told to. */
function createWork() {
  const ends: (() => void)[] = [];
  const state = { running: 0, runningMax: 0, order: [] as number[] };
  const work = (number: number) => async () => {
    state.order.push(number);
    state.running += 1;
    state.runningMax = Math.max(state.runningMax, state.running);
    await new Promise<void>((resolve) => ends.push(resolve));
    state.running -= 1;
    return number;
  };
  const endAll = async () => {
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { state, work, endAll };
}

describe("work places", () => {
  it("run as many as there are places, in order, and refuse what exceeds the queue", async () => {
    const places = createWorkPlaces(LIMITS);
    const { state, work, endAll } = createWork();
    const running = [1, 2, 3, 4, 5].map((number) => places.run(work(number)));
    const refused = await places.run(work(6)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ code: "busy", status: 503, extra: { retryAfterSeconds: 2 } });
    expect(refused).toMatchObject({ message: "Too many." });
    await endAll();
    expect(await Promise.all(running)).toEqual([1, 2, 3, 4, 5]);
    expect(state).toMatchObject({ runningMax: 2, order: [1, 2, 3, 4, 5], running: 0 });
    const again = places.run(work(7));
    await endAll();
    expect(await again).toBe(7);
  });

  it("never refuse half-way what was given room", async () => {
    const places = createWorkPlaces(LIMITS);
    const { work, endAll } = createWork();
    let begin = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const roomy = places.withRoom(async (run) => {
      await waiting;
      return [await run(work(1)), await run(work(2))];
    });
    const others = [3, 4, 5, 6].map((number) => places.run(work(number)));
    await expect(places.run(work(7))).rejects.toMatchObject({ code: "busy" });
    begin();
    await new Promise(setImmediate);
    await endAll();
    expect(await roomy).toEqual([1, 2]);
    expect(await Promise.all(others)).toEqual([3, 4, 5, 6]);
  });

  it("give one owner one place at most while others wait, and both while nobody does", async () => {
    const places = createWorkPlaces({ ...LIMITS, queueMax: 10, ofOneMax: 5 });
    const { state, work, endAll } = createWork();
    const all = [1, 2, 3, 4, 5].map((number) => places.run(work(number), "loud"));
    await expect(places.run(work(6), "loud")).rejects.toMatchObject({ code: "busy", status: 503 });
    all.push(places.run(work(7), "quiet"), places.run(work(8), "quiet"));
    all.push(places.run(work(9), "third"));
    await endAll();
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5, 7, 8, 9]);
    expect(state).toMatchObject({ runningMax: 2, running: 0 });
    // 1 ends while the loud one has another place: that goes to 7, and 2's own to 3.
    expect(state.order).toEqual([1, 2, 7, 3, 8, 4, 9, 5]);
    const again = [1, 2, 3, 4, 5].map((number) => places.run(work(number), "loud"));
    await endAll();
    expect(await Promise.all(again)).toEqual([1, 2, 3, 4, 5]);
  });

  it("free the place of work that fails", async () => {
    const places = createWorkPlaces({ ...LIMITS, placesMax: 1, queueMax: 0 });
    const fail = () => places.run(() => Promise.reject(new Error("broken")));
    await expect(fail()).rejects.toThrow("broken");
    await expect(fail()).rejects.toThrow("broken");
    expect(await places.run(() => Promise.resolve(1))).toBe(1);
  });
});

// The list of events while new ones come: their order, and lines that do not move.
import { describe, expect, it } from "vitest";
import type { EventAnswer } from "../../api/journal-api.ts";
import {
  isOverfull,
  LIVE_MAX,
  mergeEvents,
  NO_LIVE_EVENTS,
  showWaiting,
  takeEvents,
  waitingCount,
} from "./live-events.ts";

function eventOf(id: string, count = 1): EventAnswer {
  return { id, count } as EventAnswer;
}

const READ = [eventOf("c"), eventOf("b"), eventOf("a")];
const known = new Set(["a", "b", "c"]);
const shown = { known, isHeld: false };
const held = { known, isHeld: true };

function idsOf(events: readonly EventAnswer[]): string {
  return events.map(({ id, count }) => (count === 1 ? id : `${id}${count}`)).join(" ");
}

describe("the list with what came live", () => {
  it("puts new events above, the last one first", () => {
    const live = takeEvents(NO_LIVE_EVENTS, [eventOf("d"), eventOf("e")], shown);
    expect(idsOf(mergeEvents(live, READ))).toBe("e d c b a");
    const more = takeEvents(live, [eventOf("f")], shown);
    expect(idsOf(mergeEvents(more, READ))).toBe("f e d c b a");
  });

  it("changes a row that counts on where it stands", () => {
    const live = takeEvents(NO_LIVE_EVENTS, [eventOf("b", 5), eventOf("d")], shown);
    expect(idsOf(mergeEvents(live, READ))).toBe("d c b5 a");
    const more = takeEvents(live, [eventOf("d", 9)], shown);
    expect(idsOf(mergeEvents(more, READ))).toBe("d9 c b5 a");
  });

  it("keeps new ones back while somebody reads, and counts on those that are there", () => {
    const live = takeEvents(NO_LIVE_EVENTS, [eventOf("d"), eventOf("a", 3)], held);
    expect(live.waiting).toEqual(["d"]);
    expect(idsOf(mergeEvents(live, READ))).toBe("c b a3");
    expect(idsOf(mergeEvents(showWaiting(live), READ))).toBe("d c b a3");
    const moved = takeEvents(live, [eventOf("e")], shown);
    expect(moved.waiting).toEqual([]);
    expect(idsOf(mergeEvents(moved, READ))).toBe("e d c b a3");
  });

  it("shows each event once, also when the list was read anew meanwhile", () => {
    const live = takeEvents(NO_LIVE_EVENTS, [eventOf("d")], shown);
    expect(idsOf(mergeEvents(live, [eventOf("d", 4), ...READ]))).toBe("d c b a");
    const waiting = takeEvents(NO_LIVE_EVENTS, [eventOf("d")], held);
    expect(waitingCount(waiting, READ)).toBe(1);
    expect(waitingCount(waiting, [eventOf("d"), ...READ])).toBe(0);
    expect(idsOf(mergeEvents(waiting, [eventOf("d"), ...READ]))).toBe("d c b a");
    expect(idsOf(mergeEvents(showWaiting(waiting), [eventOf("d"), ...READ]))).toBe("d c b a");
  });

  it("takes the list's word where it was read later", () => {
    const live = takeEvents(NO_LIVE_EVENTS, [eventOf("b", 5)], shown);
    expect(idsOf(mergeEvents(live, [eventOf("b", 8)]))).toBe("b8");
  });

  it("says when there are too many to keep", () => {
    const many = Array.from({ length: LIVE_MAX }, (_, index) => eventOf(`x${index}`));
    const live = takeEvents(NO_LIVE_EVENTS, many, shown);
    expect(isOverfull(live)).toBe(false);
    expect(isOverfull(takeEvents(live, [eventOf("y")], shown))).toBe(true);
  });
});

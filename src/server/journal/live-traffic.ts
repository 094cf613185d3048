// Tells clients each second what was decided since the second before, while anybody listens.
import { randomUUID } from "node:crypto";
import type { LiveTraffic } from "../../api/overview-api.ts";
import type { Clock } from "../../platform/clock.ts";
import type {
  EventStreamHub,
  JoinInput,
  StreamTopic,
} from "../../platform/http/event-stream-hub.ts";
import type { JournalReach } from "./journal-reach.ts";
import { sumTraffic } from "./traffic-tally.ts";
import type { Tally } from "./traffic-tally.ts";
import type { TrafficSince, TrafficWatch } from "./traffic-watch.ts";

export type LiveTrafficTeller = {
  /** False, with nothing sent, when there are as many clients as accepted. */
  readonly follow: (reach: JournalReach, input: JoinInput) => boolean;
  /** Called each second while anybody listens. */
  readonly tick: () => void;
  /**
   * Tells what is not told yet. What is counted in this turn of the event loop is what the clients
   * have heard up to this tick: neither more, which they would hear again, nor less.
   */
  readonly tellNow: () => Told;
};

/** One process, since its start, and the number of what it told last. */
export type Told = Pick<LiveTraffic, "node" | "tick">;

const TICK_MS = 1_000;

/** Those who see the same accounts are one topic. */
export function createLiveTraffic(parts: {
  readonly hub: EventStreamHub;
  readonly watch: TrafficWatch;
  readonly clock: Clock;
}): LiveTrafficTeller {
  const { hub, watch, clock } = parts;
  const topics = new Map<string, { readonly codes: Codes; readonly topic: StreamTopic }>();
  let timer: NodeJS.Timeout | undefined;
  let tickedAt = 0;
  const node = randomUUID();
  let number = 0;

  function follow(reach: JournalReach, input: JoinInput): boolean {
    const codes = reach === null ? null : reach.map(({ code }) => code).toSorted();
    const key = JSON.stringify(codes);
    const topic = topics.get(key)?.topic ?? hub.createTopic(() => forget(key));
    if (!hub.join(topic, input)) return false;
    if (topic.streams.size === 0) return true;
    if (topics.size === 0) begin();
    topics.set(key, { codes, topic });
    return true;
  }

  function forget(key: string): void {
    topics.delete(key);
    if (topics.size === 0) clearInterval(timer);
  }

  function begin(): void {
    watch.begin();
    // What was decided while nobody listened is never told: whoever has counts of before sees it.
    number += 1;
    tickedAt = performance.now();
    timer = setInterval(tick, TICK_MS).unref();
  }

  function tick(): void {
    tell(watch.look());
  }

  function tellNow(): Told {
    const since = topics.size === 0 ? null : watch.look();
    if (since !== null && since.size > 0) tell(since);
    return { node, tick: number };
  }

  function tell(since: TrafficSince): void {
    const now = performance.now();
    const seconds = Math.max(1, Math.round((now - tickedAt) / 1_000));
    tickedAt = now;
    number += 1;
    const about = { at: new Date(clock.nowMs()).toISOString(), node, tick: number, seconds };
    for (const { codes, topic } of topics.values()) {
      hub.send(topic, () => {
        const traffic: LiveTraffic = { ...about, ...sumTraffic(talliesOf(since, codes)) };
        return `event: traffic\ndata: ${JSON.stringify(traffic)}\n\n`;
      });
    }
  }

  return { follow, tick, tellNow };
}

/** Of which accounts; null: of everybody. */
type Codes = readonly string[] | null;

function talliesOf(since: TrafficSince, codes: Codes): readonly Tally[] {
  if (codes === null) return [...since.values()].flat();
  return codes.flatMap((code) => since.get(code) ?? []);
}

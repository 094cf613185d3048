// Lets a day pass in seconds, so that the console has something to show when it is first opened.
import type { DemoClock } from "./demo-clock.ts";
import type { DemoProxy } from "./create-demo-proxy.ts";
import {
  chatFlooder,
  deniedCountryVisitor,
  namedVisitor,
  ordinaryVisitor,
  passwordGuesser,
  recordingsHoarder,
} from "./demo-visitors.ts";
import type { DemoVisitor } from "./demo-visitors.ts";
import type { AddressBook } from "./visitor-addresses.ts";

export const DEMO_DAY_MS = 24 * 3_600_000;

const STEPS = 96;
const STEP_MS = DEMO_DAY_MS / STEPS;

/** In which quarters of an hour they come; what bans them is over when the day is. */
const ACTS: readonly (readonly [
  steps: readonly number[],
  by: (book: AddressBook) => DemoVisitor | null,
])[] = [
  [[12, 13, 14, 40, 58, 59, 60, 61, 75], passwordGuesser],
  [[30, 52, 71], recordingsHoarder],
  [[66, 67], chatFlooder],
];
const QUIET_VISITORS = 2;
const BUSY_VISITORS = 6;

export type DemoDay = {
  readonly clock: DemoClock;
  readonly proxy: DemoProxy;
  readonly book: AddressBook;
  /** As for `runDemoVisits`. */
  readonly named: readonly Parameters<typeof namedVisitor>[];
  /** The rest of the day passes at once. */
  readonly stopping: AbortSignal;
};

/** Real requests, asked of the real gate, only sooner one after the other. */
export async function runDemoDay({ clock, proxy, book, named, stopping }: DemoDay): Promise<void> {
  for (let step = 0; step < STEPS && !stopping.aborted; step += 1) {
    const visitors = visitorsOf(step, book);
    if (step % 9 === 0) visitors.push(...named.map((one) => namedVisitor(...one)));
    await Promise.all(visitors.map((visitor) => visitAll(proxy, visitor, stopping)));
    clock.leap(STEP_MS);
  }
  clock.leap(DEMO_DAY_MS);
}

function visitorsOf(step: number, book: AddressBook): DemoVisitor[] {
  // Nobody calls at night.
  const tide = (1 - Math.cos((step / STEPS) * 2 * Math.PI)) / 2;
  const count = Math.round(QUIET_VISITORS + (BUSY_VISITORS - QUIET_VISITORS) * tide);
  const visitors = Array.from({ length: count }, () => ordinaryVisitor(book));
  if (step % 3 === 0) visitors.push(deniedCountryVisitor(book));
  for (const [steps, by] of ACTS) if (steps.includes(step)) visitors.push(by(book));
  return visitors.filter((visitor) => visitor !== null);
}

async function visitAll(
  proxy: DemoProxy,
  { address, requests }: DemoVisitor,
  stopping: AbortSignal,
): Promise<void> {
  for (const request of requests) {
    if (stopping.aborted) return;
    await proxy.visit({ address, ...request });
  }
}

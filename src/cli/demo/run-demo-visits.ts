// Sends the visitors in: ordinary ones all the time, each of the others once in every round.
import { setTimeout as wait } from "node:timers/promises";
import type { DemoAnswer, DemoProxy } from "./create-demo-proxy.ts";
import {
  chatFlooder,
  deniedCountryVisitor,
  namedVisitor,
  ordinaryVisitor,
  passwordGuesser,
  recordingsHoarder,
  scanner,
} from "./demo-visitors.ts";
import type { DemoVisitor } from "./demo-visitors.ts";
import type { AddressBook } from "./visitor-addresses.ts";

export type DemoRun = {
  readonly proxy: DemoProxy;
  readonly book: AddressBook;
  /** Address and country of the office, and of one on the deny list. */
  readonly named: readonly Parameters<typeof namedVisitor>[];
  /** Ordinary visitors a second. */
  readonly rate: number;
  /** Nobody else comes; who is there goes on to the end. */
  readonly ending: AbortSignal;
  /** Nothing more is asked. */
  readonly stopping: AbortSignal;
  readonly onVisitor: (visitor: DemoVisitor) => void;
  readonly onAnswer: (visitor: DemoVisitor, answer: DemoAnswer) => void;
};

/** When each comes, within a round. */
const ACTS: readonly (readonly [atMs: number, by: (book: AddressBook) => DemoVisitor | null])[] = [
  [300, deniedCountryVisitor],
  [800, recordingsHoarder],
  [1_300, chatFlooder],
  [1_800, passwordGuesser],
  [2_300, scanner],
  [4_000, deniedCountryVisitor],
  [9_000, deniedCountryVisitor],
  [14_000, deniedCountryVisitor],
];
const NAMED_AT_MS = 500;
const ROUND_MS = 30_000;
/** Visitors under way at once; more are left out rather than piled up. */
const UNDER_WAY_MAX = 200;

/** Resolves when the last answer has come. Rejects when nobody answers. */
export async function runDemoVisits(run: DemoRun): Promise<void> {
  const failing = new AbortController();
  const stopping = AbortSignal.any([run.stopping, failing.signal]);
  const signal = AbortSignal.any([run.ending, stopping]);
  const underWay = new Set<Promise<void>>();
  let failure: unknown;

  function send(visitor: DemoVisitor | null): void {
    if (visitor === null || signal.aborted || underWay.size >= UNDER_WAY_MAX) return;
    run.onVisitor(visitor);
    const done = visitAll(run, visitor, stopping).catch((error: unknown) => {
      failure ??= error;
      failing.abort();
    });
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  }

  await Promise.all([sendOrdinary(run, send, signal), sendRounds(run, send, signal)]);
  await Promise.all(underWay);
  if (failure !== undefined) throw failure;
}

type Send = (visitor: DemoVisitor | null) => void;

async function sendOrdinary(run: DemoRun, send: Send, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    send(ordinaryVisitor(run.book));
    await pause(1_000 / run.rate, signal);
  }
}

async function sendRounds(run: DemoRun, send: Send, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const acts = ACTS.map(async ([atMs, by]) => {
      await pause(atMs, signal);
      send(by(run.book));
    });
    await pause(NAMED_AT_MS, signal);
    for (const named of run.named) send(namedVisitor(...named));
    await Promise.all([...acts, pause(ROUND_MS - NAMED_AT_MS, signal)]);
  }
}

async function visitAll(run: DemoRun, visitor: DemoVisitor, stopping: AbortSignal): Promise<void> {
  const requests = visitor.requests.values();
  const visitOn = async (): Promise<void> => {
    for (const request of requests) {
      if (stopping.aborted) return;
      run.onAnswer(visitor, await run.proxy.visit({ address: visitor.address, ...request }));
    }
  };
  await Promise.all(Array.from({ length: visitor.parallel }, visitOn));
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}

// How long one decision takes inside the process, by the number of entries, beside net.BlockList.
import { BlockList } from "node:net";
import { preparePosternDecision } from "./prepare-postern-decision.ts";
import type { DecideVisitor } from "./prepare-postern-decision.ts";
import { median, runRounds } from "./rounds.ts";
import type { Contestant, Figures } from "./rounds.ts";
import { sampleEntries, sampleVisitor, VISITOR_COUNT } from "./sample-entries.ts";
import { formatTable } from "./table.ts";

const BATCH_NANOSECONDS_MIN = 200_000;
const TURN_NANOSECONDS = 300_000_000;
/** Beyond this net.BlockList takes nearly a tenth of a second for one look. */
const BLOCK_LIST_ENTRIES_MAX = 100_000;

export type DecideBenchOptions = {
  readonly entryCounts: readonly number[];
  readonly roundCount: number;
};

/** Prints one table: the first row of each contestant is its smallest number of entries. */
export async function benchDecide(options: DecideBenchOptions): Promise<void> {
  const contestants: Contestant[] = [];
  for (const entryCount of options.entryCounts) {
    const { decide, ...bytes } = await preparePosternDecision({ entryCount });
    contestants.push(contestant(labelOf("postern", entryCount), { decide, bytes }));
  }
  for (const entryCount of options.entryCounts) {
    if (entryCount > BLOCK_LIST_ENTRIES_MAX) continue;
    const decide = prepareBlockList(entryCount);
    contestants.push(contestant(labelOf("net.BlockList", entryCount), { decide, bytes: {} }));
  }
  const standings = await runRounds(contestants, options.roundCount);
  await benchRuleScale(options.roundCount);
  console.log("\none decision in the process, counters for 1,000,000 addresses");
  console.log(
    formatTable(standings, [
      { figure: "p50Nanoseconds", heading: "p50 ns", digits: 0, hasRatio: true },
      { figure: "p99Nanoseconds", heading: "p99 ns", digits: 0, hasRatio: false },
      { figure: "bytesPerEntry", heading: "B/entry", digits: 1, hasRatio: false },
      { figure: "bytesPerCountedAddress", heading: "B/counted", digits: 1, hasRatio: false },
    ]),
  );
}

function labelOf(name: string, entryCount: number): string {
  return `${name}, ${entryCount.toLocaleString("en")} entries`;
}

/** Attack row 188: what all the rules cost that an installation is likely to have. */
async function benchRuleScale(roundCount: number): Promise<void> {
  const none = await preparePosternDecision({ entryCount: 0, hasCountryRules: false });
  const many = await preparePosternDecision({ entryCount: 100_000, accountCount: 1_000 });
  const contestants = [
    contestant("no rules", { decide: none.decide, bytes: {} }),
    contestant("100,000 ranges, all countries, 1,000 accounts", {
      decide: many.decide,
      bytes: {},
    }),
  ];
  console.log("\none decision without rules and with many");
  console.log(
    formatTable(await runRounds(contestants, roundCount), [
      { figure: "p50Nanoseconds", heading: "p50 ns", digits: 0, hasRatio: true },
      { figure: "p99Nanoseconds", heading: "p99 ns", digits: 0, hasRatio: true },
    ]),
  );
}

function contestant(
  label: string,
  { decide, bytes }: { readonly decide: DecideVisitor; readonly bytes: Figures },
): Contestant {
  // On from turn to turn: the same few visitors again and again would all be in the cache.
  let visitorIndex = 0;
  const decideNext = (): boolean => {
    visitorIndex = (visitorIndex + 1) % VISITOR_COUNT;
    return decide(visitorIndex);
  };
  return {
    name: label,
    measure: async () => ({ ...measureDecisions(label, decideNext), ...bytes }),
  };
}

function prepareBlockList(entryCount: number): DecideVisitor {
  const list = new BlockList();
  for (const entry of sampleEntries(entryCount)) {
    const [address = "", prefixLength] = entry.split("/");
    if (prefixLength === undefined) list.addAddress(address, "ipv4");
    else list.addSubnet(address, Number(prefixLength), "ipv4");
  }
  return (visitorIndex) => list.check(sampleVisitor(visitorIndex), "ipv4");
}

/**
 * Times batches of decisions, each for the next visitor, because one alone is shorter than the
 * clock is exact. No visitor is refused: a contestant that refuses one decides something else.
 */
function measureDecisions(label: string, decideNext: () => boolean): Figures {
  const samples: number[] = [];
  let refused = 0;
  let batchSize = 1;
  const endAt = process.hrtime.bigint() + BigInt(TURN_NANOSECONDS);
  while (process.hrtime.bigint() < endAt) {
    const startedAt = process.hrtime.bigint();
    for (let at = 0; at < batchSize; at += 1) {
      if (decideNext()) refused += 1;
    }
    const nanoseconds = Number(process.hrtime.bigint() - startedAt);
    if (nanoseconds < BATCH_NANOSECONDS_MIN) batchSize *= 2;
    else samples.push(nanoseconds / batchSize);
  }
  if (refused > 0) throw new Error(`${label} refused ${refused} visitors that no rule names`);
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    p50Nanoseconds: median(sorted),
    p99Nanoseconds: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}

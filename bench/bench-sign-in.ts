// How fast people sign in, what that does to the gate, and whether times tell who has an account.
import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { runRounds } from "./rounds.ts";
import type { Figures } from "./rounds.ts";
import { addPeople, askGate, atRate, emailOf, guess, PASSWORD, signIn } from "./sign-in-load.ts";
import { startPosternForBench } from "./start-postern-for-bench.ts";
import type { BenchPostern } from "./start-postern-for-bench.ts";
import { formatTable } from "./table.ts";

export type SignInBenchOptions = { readonly roundCount: number; readonly seconds: number };

const PEOPLE = 64;
/** More than the cores can hash, so that none of them is ever idle. */
const SIGNING_IN_AT_ONCE = 16;
const FLOOD_PER_SECOND = 200;
const GATE_PER_SECOND = 200;
const TIMINGS_PER_KIND = 400;

const RULES = "/api/v1/identity-policies/user-authentication";

/** Prints three tables. Throws when an answer is not the expected one. */
export async function benchSignIn(options: SignInBenchOptions): Promise<void> {
  const postern = await startPosternForBench(1000);
  try {
    const ids = await addPeople(postern, PEOPLE);
    await compareThroughput(postern, options);
    await compareGate(postern, options);
    await compareTimes(postern, ids);
  } finally {
    await postern.stop();
  }
}

async function compareThroughput(
  postern: BenchPostern,
  { roundCount, seconds }: SignInBenchOptions,
): Promise<void> {
  const stored = await hash(PASSWORD);
  const verifyRaw = async (): Promise<void> => {
    if (!(await verify(stored, PASSWORD))) throw new Error("the raw hash is wrong");
  };
  const signInNext = async (number: number): Promise<void> => {
    const { status } = await signIn(postern.port, emailOf(number % PEOPLE));
    if (status !== 200) throw new Error(`a sign-in was answered with ${status}`);
  };
  const contestants = [
    {
      name: "raw Argon2id on all cores",
      measure: () => countFor(seconds, availableParallelism(), verifyRaw),
    },
    {
      name: "sign-ins over HTTP",
      measure: () => countFor(seconds, SIGNING_IN_AT_ONCE, signInNext),
    },
  ];
  for (const { measure } of contestants) await measure();
  const standings = await runRounds(contestants, roundCount);
  console.log("\nsign-ins a second");
  const column = { figure: "perSecond", heading: "1/s", digits: 1, hasRatio: true };
  console.log(formatTable(standings, [column]));
}

/** As many as get done when `lanes` of them are always going on. */
async function countFor(
  seconds: number,
  lanes: number,
  work: (number: number) => Promise<void>,
): Promise<Figures> {
  const startedAt = performance.now();
  let count = 0;
  let number = 0;
  async function runLane(): Promise<void> {
    while (performance.now() - startedAt < seconds * 1000) {
      number += 1;
      await work(number);
      count += 1;
    }
  }
  await Promise.all(Array.from({ length: lanes }, runLane));
  return { perSecond: (count * 1000) / (performance.now() - startedAt) };
}

async function compareGate(
  { port }: BenchPostern,
  { roundCount, seconds }: SignInBenchOptions,
): Promise<void> {
  async function measureGate(): Promise<Figures> {
    const answers = await atRate(GATE_PER_SECOND, seconds, () => askGate(port));
    if (answers.some(({ status }) => status !== 200)) throw new Error("the gate refused");
    const times = answers.map(({ milliseconds }) => milliseconds);
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  }
  async function measureInFlood(): Promise<Figures> {
    const flooding = atRate(FLOOD_PER_SECOND, seconds, (number) =>
      signIn(port, emailOf(number % PEOPLE)),
    );
    const figures = await measureGate();
    const answers = await flooding;
    const busy = answers.filter(({ status }) => status === 503).length;
    const signedIn = answers.filter(({ status }) => status === 200).length;
    if (busy + signedIn < answers.length) throw new Error("the flood got other answers");
    return { ...figures, signedIn, busy };
  }
  const contestants = [
    { name: "nobody signs in", measure: measureGate },
    { name: `${FLOOD_PER_SECOND} sign-ins a second`, measure: measureInFlood },
  ];
  const standings = await runRounds(contestants, roundCount);
  console.log(`\nthe gate, asked ${GATE_PER_SECOND} times a second`);
  const columns = [
    { figure: "p50", heading: "p50 ms", digits: 2, hasRatio: false },
    { figure: "p99", heading: "p99 ms", digits: 2, hasRatio: false },
    { figure: "signedIn", heading: "signed in", digits: 0, hasRatio: false },
    { figure: "busy", heading: "503 busy", digits: 0, hasRatio: false },
  ];
  console.log(formatTable(standings, columns));
}

/** Attack row 67: 0.5 means that the time of an answer tells nothing. */
async function compareTimes(postern: BenchPostern, ids: readonly string[]): Promise<void> {
  const { port } = postern;
  const [locked, disabled, wrong] = [emailOf(0), emailOf(1), emailOf(2)];
  for (let number = 0; number < 6; number += 1) await guess(port, locked);
  const path = `/api/v1/users/${ids[1] ?? ""}`;
  await postern.call({ method: "PATCH", path, body: { isDisabled: true } });
  // Else the one who is only wrong would be locked after six.
  const saved = (await postern.call({ method: "GET", path: RULES })) as { value: object };
  const value = { ...saved.value, lockout: { enabled: false, wrongPasswordsMax: 5 } };
  await postern.call({ method: "PUT", path: RULES, body: { value } });
  const kinds = { unknown: "nobody@example.com", wrong, locked, disabled };
  const times = new Map<string, number[]>(Object.keys(kinds).map((kind) => [kind, []]));
  for (let number = 0; number < TIMINGS_PER_KIND; number += 1) {
    for (const [kind, email] of Object.entries(kinds)) {
      const { status, milliseconds } = await guess(port, email);
      if (status !== 401) throw new Error(`a guess was answered with ${status}`);
      times.get(kind)?.push(milliseconds);
    }
  }
  const unknown = times.get("unknown") ?? [];
  const standings = [...times].map(([name, measured]) => ({
    name,
    figures: { p50: quantile(measured, 0.5), area: areaUnderCurve(measured, unknown) },
  }));
  console.log(`\nrefused sign-ins, ${TIMINGS_PER_KIND} of each kind by turns`);
  const columns = [
    { figure: "p50", heading: "p50 ms", digits: 2, hasRatio: false },
    { figure: "area", heading: "AUC to unknown", digits: 3, hasRatio: false },
  ];
  console.log(formatTable(standings, columns));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How often one of the left takes longer than one of the right. */
function areaUnderCurve(left: readonly number[], right: readonly number[]): number {
  let wins = 0;
  for (const a of left) for (const b of right) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (left.length * right.length);
}

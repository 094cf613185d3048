// Where Postern enters the benches: its server as a process, and its decision in this process.
import type { BenchServer } from "./bench-server.ts";

/**
 * Starts Postern with `entryCount` deny entries of sampleEntries, 250 country rules, 127.0.0.1 as
 * trusted proxy and X-Forwarded-For as the header of the client address.
 */
export async function startPosternForBench(entryCount: number): Promise<BenchServer> {
  throw new Error(`Postern is not connected to the benches yet (${entryCount} entries wanted)`);
}

/** Decides for one visitor, by its number in sampleVisitor; answers whether it is refused. */
export type DecideVisitor = (visitorIndex: number) => boolean;

/** Prepares the decision in this process, under the same policy. */
export function preparePosternDecision(entryCount: number): DecideVisitor {
  throw new Error(`Postern is not connected to the benches yet (${entryCount} entries wanted)`);
}

// Reads from Linux how much processor time and memory a process has used so far.
import { readFileSync } from "node:fs";

/** Linux counts processor time for user space in ticks of 10 ms on every architecture (proc(5)). */
const TICK_MICROSECONDS = 10_000;

/** Processor time of all threads of the process, user and system together, in microseconds. */
export function readCpuMicroseconds(processId: number): number {
  const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
  // The name of the program, in brackets, may hold blanks: the fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
}

/** Memory held by the process, in megabytes of 10^6 bytes. */
export function readMemoryMegabytes(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, "utf8");
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}

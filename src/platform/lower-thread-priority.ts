// Lets the other threads of the process go first where the system knows priorities of threads.
import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * For the thread that calls it, for good. Only Linux gives each thread a number and a priority of
 * its own (setpriority(2), proc_thread-self(5)); elsewhere, and where it is refused, nothing
 * changes.
 * @param niceness 0 (as the others) .. 19 (only what nobody else wants)
 */
export function lowerThreadPriority(niceness: number): void {
  try {
    const threadId = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    // Of 0 the whole process would be meant, the gate with it.
    if (Number.isInteger(threadId) && threadId > 0) setPriority(threadId, niceness);
  } catch {
    return;
  }
}

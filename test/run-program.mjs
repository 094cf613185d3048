// Runs one program to its end, with a limit of time, and hands back all that it said.
import { spawn } from "node:child_process";

/**
 * Runs `command` without standard input. `show` passes its output on while it runs; the output is
 * handed back in any case. A program that does not end within `timeoutMs` is ended with all it
 * started and counts as failed (code 124, as the timeout command says it).
 */
export function runProgram(command, args, { env = {}, show = false, timeoutMs = 60_000 } = {}) {
  return new Promise((resolve) => {
    const startedAtMs = Date.now();
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: what the program has started ends with it.
      detached: true,
    });
    const parts = [];
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(child.pid);
    }, timeoutMs);
    for (const [stream, ours] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      stream.on("data", (bytes) => {
        parts.push(bytes);
        if (show) ours.write(bytes);
      });
    }
    const stop = (signal) => {
      endGroup(child.pid);
      process.kill(process.pid, signal);
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    const end = (code, note = "") => {
      clearTimeout(timer);
      process.removeListener("SIGINT", stop);
      process.removeListener("SIGTERM", stop);
      const late = isLate ? `\n${command} did not end within ${timeoutMs / 1000} s\n` : "";
      const output = Buffer.concat(parts).toString("utf8") + note + late;
      resolve({ code: isLate ? 124 : code, output, seconds: (Date.now() - startedAtMs) / 1000 });
    };
    child.once("error", (error) => end(127, `${error.message}\n`));
    child.once("close", (code) => end(code ?? 1));
  });
}

function endGroup(groupId) {
  try {
    if (groupId !== undefined) process.kill(-groupId, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}

// Starts a program, waits until its port answers, keeps what it says and ends it by its pid.

import { spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export type RunningProcess = {
  readonly pid: number;
  /** Everything written to stdout and stderr so far. */
  readonly output: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** SIGTERM, and SIGKILL for one that is still there after three seconds. */
  readonly stop: () => Promise<void>;
};

type Start = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly port: number;
};

const READY_MS_MAX = 20_000;
const OUTPUT_CHARACTERS_MAX = 200_000;

/** @throws Error with the program's output when it ends or stays deaf instead of listening. */
export async function startProcess(start: Start): Promise<RunningProcess> {
  const { command, args, env, cwd, port } = start;
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      output += `\n${error.message}`;
      hasEnded = true;
      resolve();
    });
    child.once("exit", () => {
      hasEnded = true;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    if (!hasEnded) child.kill("SIGTERM");
    const giveUp = new AbortController();
    await Promise.race([ended, wait(3000, undefined, { signal: giveUp.signal }).catch(() => {})]);
    giveUp.abort();
    if (!hasEnded) child.kill("SIGKILL");
    await ended;
  };

  const deadlineMs = Date.now() + READY_MS_MAX;
  while (!(await isListening(port))) {
    if (hasEnded || Date.now() > deadlineMs) {
      await stop();
      throw new Error(`${command} did not listen on port ${port}:\n${output}`);
    }
    await wait(25);
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => void child.kill(name),
    stop,
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

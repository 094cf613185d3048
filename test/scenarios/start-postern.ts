// Starts the built program as an operator would, with a data folder of its own.

import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "./free-port.ts";
import { SCENARIO_SETTINGS } from "./scenario-settings.ts";
import { startProcess } from "./start-process.ts";
import type { RunningProcess } from "./start-process.ts";

export type RunningPostern = {
  readonly port: number;
  readonly dataDir: string;
  readonly process: RunningProcess;
  /** Asks the REST API over the control socket, which gives the host's operator full rights. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>;
  readonly stop: () => Promise<void>;
};

export type ApiAnswer = { readonly status: number; readonly text: string };

/** @param env besides what every scenario sets */
export async function startPostern(
  env: Readonly<Record<string, string>> = {},
): Promise<RunningPostern> {
  // Short: a unix socket's path may have 107 bytes only.
  const dataDir = await mkdtemp(join(tmpdir(), "postern-run-"));
  const port = await freePort();
  const process = await startProcess({
    command: globalThis.process.execPath,
    args: [SCENARIO_SETTINGS.cliPath, "serve"],
    cwd: dataDir,
    port,
    env: {
      PATH: `${dirname(globalThis.process.execPath)}:${SCENARIO_SETTINGS.searchPath}`,
      LISTEN: `127.0.0.1:${port}`,
      DATA_DIR: dataDir,
      TRUSTED_PROXIES: "127.0.0.1,::1",
      ...env,
    },
  }).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const socketPath = join(dataDir, "control.sock");
  return {
    port,
    dataDir,
    process,
    ask: (method, path, body) => askApi({ socketPath, method, path, body }),
    stop: async () => {
      await process.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function askApi(call: {
  readonly socketPath: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}): Promise<ApiAnswer> {
  const { socketPath, method, path } = call;
  const text = call.body === undefined ? "" : JSON.stringify(call.body);
  return new Promise((resolve, reject) => {
    const headers = text === "" ? {} : { "content-type": "application/json" };
    const sent = request({ socketPath, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

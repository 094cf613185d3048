// Starts the server: for good, or on a private socket for the length of one command.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../platform/config.ts";
import { createLogger } from "../platform/log/create-logger.ts";
import { assembleServer } from "./assemble-server.ts";
import { describeStart } from "./describe-start.ts";

/** The longest path a unix socket can have on every system we run on. */
const SOCKET_PATH_MAX = 103;

const STOP_MAX_MS = 20_000;

/** Resolves when the server listens. Ends the process by itself on SIGTERM and SIGINT. */
export async function startServer(config: Config): Promise<void> {
  const logger = createLogger({ level: config.logLevel });
  const server = await assembleServer(config, logger);
  // The port comes last: who finds it open finds the whole program there.
  const controlPath = join(config.dataDir, "control.sock");
  if (Buffer.byteLength(controlPath) <= SOCKET_PATH_MAX) {
    await server.http.listenOnControlSocket(controlPath);
  } else {
    logger.warn({ controlPath }, "DATA_DIR is too long for a control socket; commands cannot ask");
  }
  const { port } = await server.http.listen(config.listen);
  const { network, identity } = server;
  const setupUrl = await identity.credentials.setup.openSetup();
  const lines = describeStart(config, { port, network, setupUrl });
  for (const line of lines) process.stdout.write(`${line}\n`);

  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "stopping");
    // A store that does not answer must not keep a process that was told to go.
    setTimeout(() => process.exit(1), STOP_MAX_MS).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "failed while stopping");
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

/** The same server for one command: it holds the store's lock until it is closed. */
export async function startPrivateServer(
  config: Config,
): Promise<{ readonly socketPath: string; close(): Promise<void> }> {
  const logger = createLogger({ level: "warn", to: "stderr" });
  const server = await assembleServer(config, logger);
  const directory = await mkdtemp(join(tmpdir(), "postern-"));
  const socketPath = join(directory, "api.sock");
  await server.http.listenOnControlSocket(socketPath);
  return {
    socketPath,
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

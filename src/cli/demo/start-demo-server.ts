// Runs the real server for the demo, on a directory of its own that goes when the demo ends.
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CountryTable } from "../../core/network/country-table.ts";
import { readConfig } from "../../platform/config.ts";
import { createLogger } from "../../platform/log/create-logger.ts";
import { assembleServer } from "../../server/assemble-server.ts";
import type { Server } from "../../server/assemble-server.ts";
import { CliError } from "../cli-error.ts";
import type { DemoClock } from "./demo-clock.ts";
import { startDemoProviders } from "./start-demo-providers.ts";
import type { DemoProviders } from "./start-demo-providers.ts";

export type DemoServer = {
  readonly port: number;
  /** Where browsers find it. */
  readonly origin: string;
  readonly providers: DemoProviders;
  readonly dataDir: string;
  readonly socketPath: string;
  /** Which addresses are where, for visitors to come from. */
  readonly countries: CountryTable;
  readonly close: () => Promise<void>;
};

const HOST = "127.0.0.1";
const PORT_WISHED = 8080;

/** On port 8080 when that is free. `keep`: the directory stays. */
export async function startDemoServer(options: {
  readonly keep: boolean;
  readonly clock: DemoClock;
}): Promise<DemoServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "postern-demo-"));
  const remove = (): void => {
    if (!options.keep) rmSync(dataDir, { recursive: true, force: true });
  };
  // Also when the program ends at once, as it does when its reader goes away (`| head`).
  process.once("exit", remove);
  const port = await choosePort();
  const origin = `http://${HOST}:${port}`;
  const providers = await startDemoProviders(origin);
  try {
    const server = await assemble({ dataDir, origin, providers, clock: options.clock });
    await server.http.listen({ host: HOST, port });
    const socketPath = join(dataDir, "control.sock");
    await server.http.listenOnControlSocket(socketPath);
    return {
      port,
      origin,
      providers,
      dataDir,
      socketPath,
      countries: server.network.state.countries,
      close: async () => {
        await server.close();
        await providers.close();
        process.off("exit", remove);
        remove();
      },
    };
  } catch (error) {
    await providers.close();
    process.off("exit", remove);
    remove();
    throw error;
  }
}

async function assemble(demo: {
  readonly dataDir: string;
  readonly origin: string;
  readonly providers: DemoProviders;
  readonly clock: DemoClock;
}): Promise<Server> {
  // Not the environment's settings: a demo must not touch the store that somebody uses.
  const read = readConfig({
    DATA_DIR: demo.dataDir,
    LISTEN: new URL(demo.origin).host,
    PUBLIC_URL: demo.origin,
    TRUSTED_PROXIES: HOST,
  });
  if (!read.ok) throw new CliError(read.errors.join("\n"));
  const logger = createLogger({ level: "error", to: "stderr" });
  return assembleServer(read.config, logger, {
    clock: demo.clock,
    standIns: demo.providers.standIns,
  });
}

/** Before anything listens: providers are told beforehand where people come back to. */
async function choosePort(): Promise<number> {
  return (await tryPort(PORT_WISHED)) ?? (await tryPort(0)) ?? PORT_WISHED;
}

function tryPort(wished: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(wished, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

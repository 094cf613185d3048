// Runs the real server for the demo, on a directory of its own that goes when the demo ends.
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CountryTable } from "../../core/network/country-table.ts";
import { readConfig } from "../../platform/config.ts";
import { createLogger } from "../../platform/log/create-logger.ts";
import { assembleServer } from "../../server/assemble-server.ts";
import { CliError } from "../cli-error.ts";

export type DemoServer = {
  readonly port: number;
  readonly dataDir: string;
  readonly socketPath: string;
  /** Which addresses are where, for visitors to come from. */
  readonly countries: CountryTable;
  readonly close: () => Promise<void>;
};

const HOST = "127.0.0.1";
const PORT_WISHED = 8080;

/** On port 8080 when that is free. `keep`: the directory stays. */
export async function startDemoServer(options: { readonly keep: boolean }): Promise<DemoServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "postern-demo-"));
  const remove = (): void => {
    if (!options.keep) rmSync(dataDir, { recursive: true, force: true });
  };
  // Also when the program ends at once, as it does when its reader goes away (`| head`).
  process.once("exit", remove);
  try {
    // Not the environment's settings: a demo must not touch the store that somebody uses.
    const read = readConfig({
      DATA_DIR: dataDir,
      LISTEN: `${HOST}:${PORT_WISHED}`,
      TRUSTED_PROXIES: HOST,
    });
    if (!read.ok) throw new CliError(read.errors.join("\n"));
    const logger = createLogger({ level: "error", to: "stderr" });
    const server = await assembleServer(read.config, logger);
    const { http } = server;
    const { port } = await http
      .listen({ host: HOST, port: PORT_WISHED })
      .catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
        return http.listen({ host: HOST, port: 0 });
      });
    const socketPath = join(dataDir, "control.sock");
    await http.listenOnControlSocket(socketPath);
    return {
      port,
      dataDir,
      socketPath,
      countries: server.network.state.countries,
      close: async () => {
        await server.close();
        process.off("exit", remove);
        remove();
      },
    };
  } catch (error) {
    process.off("exit", remove);
    remove();
    throw error;
  }
}

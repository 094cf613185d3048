// The real server in a process of its own, by a clock that is ahead as far as it was told.
import { readConfig } from "../../src/platform/config.ts";
import { createLogger } from "../../src/platform/log/create-logger.ts";
import { assembleServer } from "../../src/server/assemble-server.ts";
import { join } from "node:path";

const { AHEAD_MS = "0", ...variables } = process.env;
const read = readConfig(variables, { trustedProxy: () => null });
if (!read.ok) throw new Error(read.errors.join("; "));
const { config } = read;
const clock = { nowMs: () => Date.now() + Number(AHEAD_MS) };
const server = await assembleServer(config, createLogger({ level: "warn" }), { clock });
await server.http.listenOnControlSocket(join(config.dataDir, "control.sock"));
await server.http.listen(config.listen);

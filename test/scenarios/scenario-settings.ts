// What a scenario run takes from its environment, read once.

import { fileURLToPath } from "node:url";

const BUILT_CLI = fileURLToPath(new URL("../../dist/cli/postern.js", import.meta.url));

export const SCENARIO_SETTINGS = {
  /** The program under test; another build of it may be named. */
  cliPath: process.env["POSTERN_SCENARIO_CLI"] ?? BUILT_CLI,
  /** Suites left out on purpose, such as `proxies-caddy`; a missing program alone is a failure. */
  skippedSuites: new Set((process.env["POSTERN_SKIP_SUITES"] ?? "").split(",").filter(Boolean)),
  searchPath: process.env["PATH"] ?? "",
} as const;

export function isSkipped(suite: string): boolean {
  return SCENARIO_SETTINGS.skippedSuites.has(suite);
}

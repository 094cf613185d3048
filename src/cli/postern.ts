#!/usr/bin/env node
// The program: runs one command and leaves with its exit code.
import { readConfig } from "../platform/config.ts";
import { checkTrustedProxy } from "../server/protected-addresses.ts";
import { runCli } from "./run-cli.ts";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  readConfig: () => readConfig(undefined, { trustedProxy: checkTrustedProxy }),
});

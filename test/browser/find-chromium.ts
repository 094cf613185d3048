// Says which Chromium the browser suites run.
import { existsSync } from "node:fs";

/** Without windows and what Chromium draws around a page, which takes half of its time. */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";
const CHROMIUM = "/usr/bin/chromium";

/** The path in $CHROMIUM, else one of Debian's. */
export function findChromium(): string {
  return process.env["CHROMIUM"] || (existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : CHROMIUM);
}

// Says which Chromium the browser suites run.

const DEBIAN_CHROMIUM = "/usr/bin/chromium";

/** The path in $CHROMIUM, else Debian's. */
export function findChromium(): string {
  return process.env["CHROMIUM"] || DEBIAN_CHROMIUM;
}

// The table of environment variables as a document, from the one place that reads them.
import { describeConfig } from "../src/platform/config.ts";

export function settingsDocument(): string {
  const rows = describeConfig().map(
    ({ name, meaning, accepts, defaultText, isSecret }) =>
      `| \`${name}\`${isSecret ? " (secret)" : ""} | ${meaning} | ${defaultText} | ${accepts} |`,
  );
  return [
    "# Settings of the process",
    "",
    "Environment variables, read once at start; every mistake is reported. Rules are not here:",
    "they are data in the store. Written by `npm run docs`.",
    "",
    "| variable | meaning | default | accepts |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

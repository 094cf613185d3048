// Prints a preview: who of the recent visitors would be decided differently.
import type { PreviewAnswer, PreviewNote } from "../api/preview-api.ts";
import type { CliContext } from "./cli-context.ts";
import { printLine, printTable } from "./output.ts";

const PERIOD_WORDS = { "24h": "the last 24 hours", "7d": "the last 7 days" } as const;
const EXAMPLES_SHOWN = 10;

/** What a preview cannot know. */
const NOTE_WORDS: Readonly<Record<PreviewNote, (requests: string) => string>> = {
  "limits-by-minute": () => "limits are judged as if the requests of a minute came evenly",
  "visitors-not-recorded": (requests) => `${requests} of a flood are left out`,
  "imported-visits": (requests) => `${requests} come from an imported log`,
  "routes-not-recorded": () => "hosts and paths are not recorded, so other routes are not judged",
  "offences-not-replayed": () => "bans for failed sign-ins hold with and without the change",
  "plays-as-requests": (requests) => `${requests} for recordings were each taken for a play`,
  "period-cut": () => "there were more records than are looked at; the latest were",
  "rules-unconfirmed": () =>
    "judged by rules that wait to be confirmed; if they go back, it may be different",
};

export async function printPreview(context: CliContext, preview: PreviewAnswer): Promise<void> {
  const { differences, effects, notes } = preview;
  const looked = `${many(preview.requests, "request")} from ${many(preview.addresses, "address")}`;
  await printLine(context, "");
  await printLine(context, `Preview over ${PERIOD_WORDS[preview.period]}: ${looked}.`);
  const different = [
    `${many(differences.requests, "request")} from ${many(differences.addresses, "address")}`,
    ...(differences.users === 0 ? [] : [`of ${many(differences.users, "user")}`]),
  ].join(" ");
  await printLine(
    context,
    differences.requests === 0
      ? "None of them would be decided differently."
      : `${different} would be decided differently.`,
  );
  for (const { before, after, requests, addresses } of differences.verdicts) {
    const counts = `${many(requests, "request")}, ${many(addresses, "address")}`;
    await printLine(context, `  ${before} -> ${after}: ${counts}`);
  }
  if (differences.examples.length > 0) {
    await printTable(context, differences.examples.slice(0, EXAMPLES_SHOWN), {
      columns: [
        ["ADDRESS", (row) => row.address],
        ["COUNTRY", (row) => row.country],
        ["SURFACE", (row) => row.surface],
        ["ACCOUNT", (row) => row.account],
        ["REQUESTS", (row) => row.requests],
        ["BEFORE", (row) => `${row.before.verdict} (${row.before.reason})`],
        ["AFTER", (row) => `${row.after.verdict} (${row.after.reason})`],
      ],
      empty: "",
    });
  }
  for (const { code, account, count, users } of effects) {
    const people = users.names.map(({ email }) => email).join(", ");
    const owner = account === null ? "" : ` (${account})`;
    await printLine(context, `${code}${owner}: ${count}${people === "" ? "" : ` - ${people}`}`);
  }
  for (const { code, requests } of notes) {
    await printLine(context, `Note: ${NOTE_WORDS[code](many(requests, "request"))}.`);
  }
}

function many(count: number, what: "request" | "address" | "user"): string {
  const plural = what === "address" ? "addresses" : `${what}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? what : plural}`;
}

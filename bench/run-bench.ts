// Runs one bench by name and prints its tables: npm run bench -- http, for one of them.
import { parseArgs } from "node:util";
import { benchAudio } from "./bench-audio.ts";
import { benchChanges } from "./bench-changes.ts";
import { benchConsole } from "./bench-console.ts";
import { benchDecide } from "./bench-decide.ts";
import { benchHttp } from "./bench-http.ts";
import { benchPreview } from "./bench-preview.ts";
import { benchSession } from "./bench-session.ts";
import { benchSignIn } from "./bench-sign-in.ts";

const USAGE = `npm run bench -- decide|http|session|changes|sign-in|audio|console|preview [options]

options  [--entries 1000,1000000] [--rounds 3] [--seconds 3]

decide   one decision inside the process
http     the forward-auth answer over HTTP, under load from wrk
session  the same for visitors who are signed in, and the check alone with its queries
changes  start, import, one entry and one ban, with the largest number of entries
sign-in  sign-ins a second, the gate while they flood in, and what their times tell
audio    recordings sent by nginx alone, by Postern, and by nginx after Postern's decision
console  the gate while 2,000 watch it live, and looking things up in the largest list
preview  a preview of a million recorded visits, and the gate meanwhile`;

/** So that each bench takes about two minutes. */
const ENTRY_COUNTS: Readonly<Record<string, string>> = {
  decide: "1000,10000,100000,1000000",
  http: "1000,100000,1000000",
  session: "1000",
  changes: "1000000",
  "sign-in": "1000",
  audio: "1000",
  console: "1000000",
  preview: "1000000",
};

async function runBench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      entries: { type: "string" },
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "3" },
    },
  });
  const [name = ""] = positionals;
  const entryCounts = (values.entries ?? ENTRY_COUNTS[name] ?? "").split(",").map(Number);
  const roundCount = Number(values.rounds);
  const seconds = Number(values.seconds);
  const isUnderstood = [...entryCounts, roundCount, seconds].every(
    (value) => Number.isSafeInteger(value) && value > 0,
  );
  if (!isUnderstood || positionals.length !== 1) throw new Error(USAGE);
  if (name === "decide") return benchDecide({ entryCounts, roundCount });
  if (name === "http") return benchHttp({ entryCounts, roundCount, seconds });
  if (name === "session") return benchSession({ entryCounts, roundCount, seconds });
  if (name === "changes") return benchChanges(Math.max(...entryCounts), seconds);
  if (name === "sign-in") return benchSignIn({ roundCount, seconds });
  if (name === "audio") return benchAudio({ roundCount, seconds });
  if (name === "console") {
    return benchConsole({ entryCount: Math.max(...entryCounts), roundCount, seconds });
  }
  if (name === "preview") {
    const entryCount = Math.max(...entryCounts);
    return benchPreview({ visitCount: 1_000_000, entryCount, roundCount, seconds });
  }
  throw new Error(USAGE);
}

try {
  await runBench();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

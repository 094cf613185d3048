// `postern demo`: shows Postern at work on simulated visitors, and leaves nothing behind.
import { setTimeout as wait } from "node:timers/promises";
import type { Command } from "commander";
import type { DecisionAnswer } from "../api/journal-api.ts";
import { openApi } from "./api-client.ts";
import type { ApiClient } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { createDemoClock } from "./demo/demo-clock.ts";
import type { DemoClock } from "./demo/demo-clock.ts";
import { createDemoProxy } from "./demo/create-demo-proxy.ts";
import { DENIED_COUNTRIES, setDemoPolicy } from "./demo/demo-policy.ts";
import { readDecisions, sumUpDemo } from "./demo/demo-summary.ts";
import type { DemoSummary } from "./demo/demo-summary.ts";
import { createDemoTally } from "./demo/demo-tally.ts";
import type { DemoTally } from "./demo/demo-tally.ts";
import { DEMO_DAY_MS, runDemoDay } from "./demo/run-demo-day.ts";
import { runDemoVisits } from "./demo/run-demo-visits.ts";
import type { DemoRun } from "./demo/run-demo-visits.ts";
import { seedDemoRecordings } from "./demo/seed-demo-recordings.ts";
import type { DemoLinks } from "./demo/seed-demo-recordings.ts";
import { seedDemoSignIn } from "./demo/seed-demo-sign-in.ts";
import type { DemoSignIn } from "./demo/seed-demo-sign-in.ts";
import { createDemoScreen } from "./demo/show-demo.ts";
import type { DemoScreen } from "./demo/show-demo.ts";
import { startDemoPortal } from "./demo/start-demo-portal.ts";
import { startDemoServer } from "./demo/start-demo-server.ts";
import type { DemoServer } from "./demo/start-demo-server.ts";
import { createAddressBook } from "./demo/visitor-addresses.ts";
import { printExplained } from "./explain-command.ts";
import { followTail } from "./follow-tail.ts";
import { printTable } from "./output.ts";
import { parseCount } from "./parse-list.ts";

type Options = {
  readonly seconds?: number;
  readonly rate: number;
  readonly keep?: true;
  readonly json?: true;
};

const PASSED_EVERY_SECONDS = 5;
/** The tail's last events are on their way when the list of events has been answered. */
const TAIL_REST_MS = 200;

export function registerDemo(program: Command, context: CliContext): void {
  program
    .command("demo")
    .description("show Postern at work: a server of its own and simulated visitors")
    .option("--seconds <count>", "how long (without it: until Ctrl-C)", parseCount(1, 86_400))
    .option("--rate <count>", "ordinary visitors a second", parseCount(1, 200), 10)
    .option("--keep", "keep the directory with what was recorded")
    .option("--json", "print one JSON object a line")
    .addHelpText(
      "after",
      "\nEvery visitor is simulated on this machine and goes through the real gate over HTTP;" +
        "\ntheir addresses come from the country database. Nothing is sent to them, or anywhere." +
        "\n\nExample:\n  postern demo --seconds 30\n",
    )
    .action((options: Options) => demo(context, options));
}

async function demo(context: CliContext, options: Options): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  // Not once: npm hands on the Ctrl-C that the terminal has sent already.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const clock = createDemoClock(DEMO_DAY_MS);
  const server = await startDemoServer({ keep: options.keep === true, clock });
  try {
    await showDemo(context, { options, server, clock, stopping });
  } finally {
    await server.close();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

type Showing = {
  readonly options: Options;
  readonly server: DemoServer;
  readonly clock: DemoClock;
  readonly stopping: AbortController;
};

async function showDemo(context: CliContext, showing: Showing): Promise<void> {
  const { options, server, clock, stopping } = showing;
  const api = openApi({ socketPath: server.socketPath });
  const screen = createDemoScreen(context, { json: options.json === true });
  const book = createAddressBook(server.countries);
  const office = book.addressIn(DENIED_COUNTRIES[0]);
  // Its network is nobody else's: an ordinary visitor must not be refused with it by chance.
  const denied = book.networkIn("SE");
  if (office === null || denied === null) {
    throw new CliError("the country database knows too few countries for a demo");
  }
  await setDemoPolicy(api, { office, denied: [denied.block] });
  const portal = await startDemoPortal(async (address) => {
    const body = { address, source: "demo portal" };
    await api.call({ method: "POST", path: "/api/v1/reports", body });
  });
  const proxy = createDemoProxy({ gate: server.port, portal: portal.port });
  const named: DemoRun["named"] = [
    ["office abroad", DENIED_COUNTRIES[0], office],
    ["on the deny list", "SE", denied.address],
  ];
  screen.say("A day of visitors passes before yours: a moment, please.");
  await runDemoDay({ clock, proxy, book, named, stopping: stopping.signal });
  const signIn = await seedDemoSignIn(api, server);
  const { origin } = server;
  const links = await seedDemoRecordings(api, { origin, password: signIn.password, book });
  const before = await readDecisions(api);
  const reachedBefore = portal.reached();
  const since = new Date(clock.nowMs()).toISOString();
  const tally = createDemoTally();
  const tail = await api.stream({ method: "GET", path: "/api/v1/events/tail" });
  const followed = followTail(tail, screen.showEvent);
  const timer = showPassedRegularly(screen, tally);
  introduce(screen, server, { signIn, links });
  try {
    await runDemoVisits({
      proxy,
      book,
      named,
      rate: options.rate,
      ending: endAfter(options.seconds, stopping.signal),
      stopping: stopping.signal,
      ...tally,
    });
    const reachedPortal = portal.reached() - reachedBefore;
    const counted = { totals: tally.total(), reachedPortal, before, since };
    const summary = await sumUpDemo(api, counted);
    await wait(TAIL_REST_MS);
    screen.showJson({ type: "summary", ...summary });
    if (options.json !== true) await printSummary(context, { api, summary, showing });
  } finally {
    clearInterval(timer);
    tail.destroy();
    await followed;
    proxy.close();
    await portal.close();
  }
}

function introduce(
  screen: DemoScreen,
  server: DemoServer,
  { signIn, links }: { readonly signIn: DemoSignIn; readonly links: DemoLinks },
): void {
  const office = DENIED_COUNTRIES[0];
  for (const line of [
    `Postern runs on ${server.origin} (API: /api/docs), in ${server.dataDir}`,
    `Denied: ${DENIED_COUNTRIES.join(", ")} and one network; an office in ${office} is allowed.`,
    "Look around from another terminal:",
    `  DATA_DIR=${server.dataDir} npx postern ban list`,
    `Sign in at ${signIn.url}`,
    `  as ${signIn.email} with the password ${signIn.password}, made for this run;`,
    "  or by Google or Microsoft: stand-ins on this machine, which take any address and ask for",
    "  no password. Who comes from there for the first time is bound to the user above.",
    `  Of Microsoft, ${signIn.domains.allowed} is let in and ${signIn.domains.refused} is not.`,
    "Recordings of two accounts, whose rules differ. To open in a browser:",
    `  ${links.open} plays at once:`,
    "    this machine is on the IP whitelist of its account;",
    `  ${links.closed} asks to sign in:`,
    `    ${links.agent}, with the same password, hears it and few others;`,
    `  ${links.library} lists them, for who signs in;`,
    `  ${links.policies} says who may hear them.`,
    "",
  ]) {
    screen.say(line);
  }
}

function endAfter(seconds: number | undefined, stopping: AbortSignal): AbortSignal {
  const ending = new AbortController();
  if (seconds === undefined) return ending.signal;
  const timer = setTimeout(() => ending.abort(), seconds * 1_000);
  stopping.addEventListener("abort", () => clearTimeout(timer));
  return ending.signal;
}

function showPassedRegularly(screen: DemoScreen, tally: DemoTally): NodeJS.Timeout {
  const show = (): void => screen.showPassed(tally.takePassed(), PASSED_EVERY_SECONDS);
  return setInterval(show, PASSED_EVERY_SECONDS * 1_000);
}

async function printSummary(
  context: CliContext,
  shown: { readonly api: ApiClient; readonly summary: DemoSummary; readonly showing: Showing },
): Promise<void> {
  const { api, summary, showing } = shown;
  const line = (text = ""): void => void context.stdout.write(`${text}\n`);
  line();
  await printTable(context, summary.byRole, {
    columns: [
      ["VISITORS", (row) => row.role],
      ["HOW MANY", (row) => row.visitors],
      ["REQUESTS PASSED", (row) => row.allowed],
      ["REFUSED", (row) => row.refused],
    ],
    empty: "Nobody came.",
  });
  line();
  await printTable(context, Object.entries(summary.decisions.refuse), {
    columns: [
      ["REFUSED FOR", ([reason]) => reason],
      ["REQUESTS", ([, count]) => count],
    ],
    empty: "Nobody was refused.",
  });
  line();
  line(`${summary.allowed} requests passed the gate; ${summary.reachedPortal} reached the portal.`);
  line(`${summary.bans.length} bans hold.`);
  const example = summary.examples.find(({ reason }) => reason === "over-hard-limit");
  const chosen = example ?? summary.examples[0];
  if (chosen === undefined) return;
  const path = `/api/v1/decisions/${chosen.id}`;
  line();
  line(`One of the refused was told the decision id ${chosen.id}. An operator asks what it was:`);
  line(`  postern explain --decision ${chosen.id}`);
  await printExplained(context, await api.call<DecisionAnswer>({ method: "GET", path }));
  const { dataDir } = showing.server;
  line();
  if (showing.options.keep) line(`All is kept: DATA_DIR=${dataDir} npx postern ban list`);
  else line("Nothing is left behind; with --keep it stays, for you to ask more.");
}

// Runs `postern demo` as a newcomer would, and compares what it says with what happened.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { SCENARIO_SETTINGS } from "../scenarios/scenario-settings.ts";
import { openSsoBrowser } from "../scenarios/sso-browser.ts";

const directories: string[] = [];

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What is left in the directory for temporary files. */
  readonly left: readonly string[];
};

type Interrupted = {
  /** Once standard output has this text. */
  readonly at: string;
  readonly by: "Ctrl-C" | "reader goes away";
  /** Done before, with what standard output has by then. */
  readonly first?: (stdout: string) => Promise<void>;
};

async function demo(words: readonly string[], interrupted?: Interrupted): Promise<Ended> {
  const temporary = mkdtempSync(join(tmpdir(), "postern-"));
  directories.push(temporary);
  const args = [SCENARIO_SETTINGS.cliPath, "demo", ...words];
  const child = spawn(process.execPath, args, {
    // A store that somebody uses must not be touched: this one could not even be opened.
    env: { PATH: process.env["PATH"] ?? "", TMPDIR: temporary, DATA_DIR: "/nowhere" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  let first: Promise<void> | undefined;
  const interrupt = (): void => {
    if (interrupted?.by === "Ctrl-C") child.kill("SIGINT");
    else child.stdout.destroy();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    if (interrupted === undefined || !stdout.includes(interrupted.at)) return;
    first ??= interrupted.first?.(stdout) ?? Promise.resolve();
    // As often as it is seen: a second Ctrl-C must not leave anything behind either.
    void first.catch(() => {}).then(interrupt);
  });
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  await once(child, "close");
  await first;
  const left = readdirSync(temporary).filter((name) => name.startsWith("postern-"));
  return { code: child.exitCode, stdout, stderr, left };
}

type Line = { readonly type: string; readonly [name: string]: unknown };

type Summary = {
  readonly allowed: number;
  readonly requests: number;
  readonly reachedPortal: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly decisions: Readonly<Record<"pass" | "refuse", Readonly<Record<string, number>>>>;
  readonly byRole: readonly { role: string; allowed: number; refused: number }[];
  readonly bans: readonly { cause: string; range: string }[];
};

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((so, count) => so + count, 0);
}

/** As somebody does who reads what the demo says, and has never been at its Google before. */
async function signInByGoogle(stdout: string): Promise<string> {
  const [, origin = ""] = /^Sign in at (http:\S+)\/postern\/sign-in$/m.exec(stdout) ?? [];
  const [, email, password] = /^ {2}as (\S+) with the password (\S+),/m.exec(stdout) ?? [];
  const browser = openSsoBrowser(origin);
  const begun = await browser.ask("POST", "/sign-in/provider", { provider: "google" });
  const back = await browser.walk(begun.json.url, { address: "ada.l@example.org" });
  expect((await browser.open(back)).headers.location).toMatch(/^\/postern\/bind/);
  await browser.ask("POST", "/sign-in/bind", { email, password });
  const { json } = await browser.ask("GET", "/me/connections");
  return `${email} is ${json.connections[0].accountShown} at ${json.connections[0].provider.name}`;
}

/** As somebody does who opens the links in a browser of this machine. */
async function openRecordings(stdout: string) {
  const [, open = ""] = /^ {2}(http:\S+) plays at once:$/m.exec(stdout) ?? [];
  const [, closed = ""] = /^ {2}(http:\S+) asks to sign in:$/m.exec(stdout) ?? [];
  const [, agent = ""] = /^ {4}(\S+), with the same password,/m.exec(stdout) ?? [];
  const [, password = ""] = /with the password (\S+),/.exec(stdout) ?? [];
  const { origin } = new URL(open);
  const asAgent = openSsoBrowser(origin);
  await asAgent.ask("POST", "/sign-in", { email: agent, password });
  const link = closed.split("/").at(-1);
  const heard = await asAgent.ask("GET", `/recording-links/${link}`);
  const listed = await asAgent.ask("GET", "/recordings");
  const page = await fetch(closed, { redirect: "manual", headers: { accept: "text/html" } });
  const audio = Buffer.from(await (await fetch(`${open}/audio`)).arrayBuffer());
  return {
    open: readdirSync("docs/demo").filter((name) =>
      readFileSync(`docs/demo/${name}`).equals(audio),
    ),
    closed: [page.status, page.headers.get("location")?.split("?", 1)[0]],
    heardByAgent: [heard.status, heard.json.email],
    listedToAgent: new Set(listed.json.recordings.map((one: { number: string }) => one.number)),
    signInPage: `${origin}/postern/sign-in`,
  };
}

describe("postern demo", () => {
  it("shows every kind of refusal, and lets through exactly what reached the portal", async () => {
    const ended = await demo(["--seconds", "8", "--rate", "5", "--json"]);
    expect(ended).toMatchObject({ code: 0, stderr: "", left: [] });
    const lines = ended.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const summary = lines.at(-1) as unknown as Summary;

    expect(Object.keys(summary.decisions.refuse).toSorted()).toEqual([
      "banned",
      "country-denied",
      "on-deny-list",
      "over-hard-limit",
      "over-rate-limit",
      "over-webchat-limit",
    ]);
    expect(summary.bans.map(({ cause }) => cause).toSorted()).toEqual([
      "failed-authentication",
      "hard-limit",
      "rate-limit",
      "webchat-requests",
    ]);
    expect(summary.allowed).toBeGreaterThan(700);
    expect(summary.reachedPortal).toBe(summary.allowed);
    expect(sum(summary.decisions.pass)).toBe(summary.allowed);
    expect(sum(summary.decisions.refuse)).toBe(sum(summary.refused));
    expect(summary.requests).toBe(summary.allowed + sum(summary.refused));

    const roles = new Map(summary.byRole.map((row) => [row.role, row]));
    expect(roles.get("recordings hoarder")).toMatchObject({ allowed: 50, refused: 5 });
    expect(roles.get("chat flooder")).toMatchObject({ allowed: 100, refused: 10 });
    expect(roles.get("password guesser")).toMatchObject({ allowed: 11, refused: 3 });
    expect(roles.get("scanner")).toMatchObject({ allowed: 600, refused: 40 });
    expect(roles.get("office abroad")).toMatchObject({ allowed: 3, refused: 0 });
    expect(roles.get("ordinary")).toMatchObject({ refused: 0 });

    // What fell was told as it fell: each reason and each ban has a line.
    const told = lines.filter(({ type }) => type === "decision").map(({ reason }) => reason);
    expect(new Set(told)).toEqual(new Set(Object.keys(summary.decisions.refuse)));
    const banned = lines.filter(({ type }) => type === "ban").map(({ reason }) => reason);
    expect(new Set(banned)).toEqual(new Set(summary.bans.map(({ cause }) => cause)));
    expect(lines.some(({ type }) => type === "passed")).toBe(true);
  });

  it("signs in as it says, and ends cleanly on Ctrl-C with nothing left behind", async () => {
    let signedIn = "";
    let recordings: Awaited<ReturnType<typeof openRecordings>> | null = null;
    const first = async (stdout: string): Promise<void> => {
      signedIn = await signInByGoogle(stdout);
      recordings = await openRecordings(stdout);
    };
    const ended = await demo([], { at: "refused 403", by: "Ctrl-C", first });
    expect(signedIn).toBe("ada@example.com is ada.l@example.org at Google");
    expect(recordings).toMatchObject({
      open: ["boat-trip.mp3"],
      heardByAgent: [200, "grace@example.com"],
      listedToAgent: new Set(["+61255501001"]),
    });
    const { closed, signInPage } = recordings!;
    expect(closed).toEqual([302, signInPage]);
    expect(ended).toMatchObject({ code: 0, stderr: "", left: [] });
    expect(ended.stdout).toMatch(/^\d+ requests passed the gate; \d+ reached the portal\.$/m);
    expect(ended.stdout).toMatch(/^ {2}postern explain --decision [a-z2-7]{20}$/m);
  });

  it("leaves nothing behind when nobody reads on", async () => {
    const ended = await demo([], { at: "refused 403", by: "reader goes away" });
    expect(ended).toMatchObject({ code: 0, stderr: "", left: [] });
  });
});

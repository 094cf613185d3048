// A process that is killed while rules are changed: all of the change is there afterwards, or none.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { request as sendRequest } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { POLICY_FILE_TYPE } from "../../src/api/policy-file-api.ts";
import type { RevisionAnswer } from "../../src/api/revision-api.ts";
import { STORE_FILE } from "../../src/server/open-store.ts";
import { createShell } from "../attacks/start-gate.ts";
import { freePort } from "../scenarios/free-port.ts";
import { SCENARIO_SETTINGS } from "../scenarios/scenario-settings.ts";
import { startProcess } from "../scenarios/start-process.ts";
import type { RunningProcess } from "../scenarios/start-process.ts";

const ENTRIES = 2_400;
const dataDir = mkdtempSync(join(tmpdir(), "postern-kill-"));
const socketPath = join(dataDir, "control.sock");
const shell = createShell(socketPath);
let program: RunningProcess;

async function start(): Promise<void> {
  const port = await freePort();
  program = await startProcess({
    command: process.execPath,
    args: [SCENARIO_SETTINGS.cliPath, "serve"],
    cwd: dataDir,
    port,
    env: { PATH: dirname(process.execPath), LISTEN: `127.0.0.1:${port}`, DATA_DIR: dataDir },
  });
}

type Side = "one" | "other";
type Order = { readonly path: string; readonly type: string; readonly body: string };

/** Sections of all three kinds. A third of the entries goes; of the others half are noted anew. */
function fileOf(side: Side): string {
  const isOne = side === "one";
  const entries = Array.from({ length: ENTRIES }, (_, index) => {
    const at = isOne ? index : index + ENTRIES / 3;
    const note = at % 2 === 0 ? "kept" : side;
    return { range: `100.64.${at >> 8}.${at & 255}`, action: "deny", note };
  });
  const country = {
    mode: isOne ? "monitor" : "enforce",
    defaultAction: "allow",
    countries: isOne ? { KP: "deny" } : { AQ: "deny", BV: "deny" },
    unknown: "allow",
    private: "allow",
  };
  const whitelist = [isOne ? "192.0.2.0/24" : "198.51.100.7"];
  // JSON is YAML.
  return JSON.stringify({
    version: 1,
    platform: {
      country,
      "hard-limit": { exemptAllowEntries: isOne },
      "log-out": { enabled: true, minutes: isOne ? 15 : 45 },
      entries,
    },
    accounts: {
      acme: {
        country: { ...country, mode: isOne ? "off" : "enforce" },
        "log-out": { enabled: true, minutes: isOne ? 20 : 50 },
        "audio-download": { mode: "whitelist-or-user", whitelist, onlyShareable: isOne },
      },
    },
  });
}

const applying = (side: Side): Order => ({
  path: "/api/v1/policy-file/apply",
  type: POLICY_FILE_TYPE,
  body: fileOf(side),
});

const LIST = Array.from({ length: ENTRIES }, (_, at) => `2001:db8:${(at + 1).toString(16)}::/48`);
const IMPORT: Order = {
  path: "/api/v1/entries/import?action=deny",
  type: "text/plain",
  body: LIST.join("\n"),
};

const restoring = (number: number, to: "before" | "after"): Order => ({
  path: `/api/v1/revisions/${number}/restore?to=${to}`,
  type: "application/json",
  body: "{}",
});

/** Everything that a policy file can say; entries in whichever order they came. */
async function rules(): Promise<string> {
  const { text } = await shell.api("GET", "/api/v1/policy-file");
  return text.split("\n").toSorted().join("\n");
}

async function newest(limit = 20): Promise<readonly RevisionAnswer[]> {
  return (await shell.must("GET", `/api/v1/revisions?limit=${limit}`)).revisions;
}

/** What an order does when nobody is killed. */
type Outcome = {
  readonly rules: string;
  readonly subjects: readonly string[];
  readonly ms: number;
};

async function make({ path, type, body }: Order): Promise<Outcome> {
  const last = await lastNumber();
  const fromMs = performance.now();
  const { status, text } = await shell.upload(path, type, body);
  const ms = performance.now() - fromMs;
  expect([status, text]).toEqual([200, expect.any(String)]);
  return { rules: await rules(), subjects: subjectsOf(await since(last)), ms };
}

async function lastNumber(): Promise<number> {
  return (await newest(1))[0]?.number ?? 0;
}

async function since(number: number): Promise<readonly RevisionAnswer[]> {
  return (await newest()).filter((revision) => revision.number > number);
}

function subjectsOf(revisions: readonly RevisionAnswer[]): readonly string[] {
  return revisions.map(({ subject, account }) => `${subject} of ${account ?? "all"}`).toSorted();
}

/** A number: this part of the time that it takes undisturbed. */
type Moment = "half-sent" | "stored" | "answered" | number;

/** Kills the program at a moment of the order; says whether the order was confirmed before. */
async function killDuring(order: Order, moment: Moment, ms: number): Promise<boolean> {
  const { path, type, body } = order;
  const length = Buffer.byteLength(body);
  const headers = { "content-type": type, "content-length": length };
  const storeBefore = storeState();
  const state = { isAnswered: false, isOver: false };
  const sent = sendRequest({ socketPath, path, method: "POST", headers, agent: false });
  const over = new Promise<void>((resolve) => {
    sent.on("response", (response) => {
      state.isAnswered = response.statusCode === 200;
      if (moment === "answered") program.signal("SIGKILL");
      response.on("error", () => undefined);
      response.resume();
      resolve();
    });
    sent.on("error", () => resolve());
  }).then(() => {
    state.isOver = true;
  });
  await new Promise<void>((resolve) => {
    if (moment === "half-sent") sent.write(body.slice(0, length / 2), () => resolve());
    else sent.end(body, () => resolve());
  });
  if (moment === "answered") await over;
  else if (moment === "stored") {
    while (!state.isOver && storeState() === storeBefore) await nextTurn();
  } else if (typeof moment === "number") await wait(moment * ms);
  program.signal("SIGKILL");
  await over;
  await program.stop();
  return state.isAnswered;
}

/** Changes when a transaction is written. */
function storeState(): string {
  const { size, mtimeMs } = statSync(join(dataDir, `${STORE_FILE}-wal`));
  return `${size} ${mtimeMs}`;
}

/** INVARIANT: `before` holds. Resolves with what holds when the program is back. */
async function expectAllOrNothing(
  order: Order,
  moment: Moment,
  { before, after }: { readonly before: Outcome; readonly after: Outcome },
): Promise<Outcome> {
  const last = await lastNumber();
  const isConfirmed = await killDuring(order, moment, after.ms);
  await start();
  const found = await rules();
  expect([before.rules, after.rules]).toContain(found);
  const revisions = await since(last);
  expect(subjectsOf(revisions)).toEqual(found === after.rules ? after.subjects : []);
  expect(new Set(revisions.map(({ changeId }) => changeId)).size).toBeLessThanOrEqual(1);
  if (isConfirmed) expect(found).toBe(after.rules);
  if (moment === "half-sent") expect(found).toBe(before.rules);
  return found === after.rules ? after : before;
}

let outcomes: Readonly<Record<Side, Outcome>>;
let standing: Outcome;
/** Of the platform's list, from one to the other. */
let listRevision = 0;

beforeAll(async () => {
  await start();
  await shell.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
  await make(applying("other"));
  const one = await make(applying("one"));
  const other = await make(applying("other"));
  outcomes = { one, other };
  standing = other;
  const list = (await newest()).find(({ subject }) => subject === "entries");
  listRevision = list?.number ?? 0;
});
afterAll(async () => {
  await program?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it("would have changed sections of all kinds, and the list", () => {
  const { one, other } = outcomes;
  expect(one.subjects).toEqual(other.subjects);
  expect(one.subjects).toEqual([
    "audio-download of acme",
    "country of acme",
    "country of all",
    "entries of all",
    "hard-limit of all",
    "log-out of acme",
    "log-out of all",
  ]);
  expect(one.rules).not.toBe(other.rules);
});

it.each(["half-sent", 0.5, 0.8, "stored", "answered"] as const)(
  "a policy file, killed at %s",
  async (moment) => {
    const side = standing === outcomes.one ? "other" : "one";
    const after = outcomes[side];
    standing = await expectAllOrNothing(applying(side), moment, { before: standing, after });
    if (moment === "answered") expect(standing).toBe(after);
  },
);

it("going back to a revision of the list", async () => {
  await make(applying("other"));
  const back = await make(restoring(listRevision, "before"));
  const again = await make(restoring(listRevision, "after"));
  expect([again.rules, back.subjects]).toEqual([outcomes.other.rules, ["entries of all"]]);
  const order = restoring(listRevision, "before");
  await expectAllOrNothing(order, "stored", { before: again, after: back });
});

it("an import of a list", async () => {
  const before = await make(restoring(listRevision, "after"));
  const after = { ...outcomes.one, subjects: ["entries of all"], rules: withList(before.rules) };
  await expectAllOrNothing(IMPORT, 0.6, { before, after });
  await make(IMPORT);
  expect(await rules()).toBe(after.rules);
  expect(await shell.must("GET", "/api/v1/audit/check")).toMatchObject({ isIntact: true });
});

function withList(listed: string): string {
  const lines = LIST.map((range) => `    - { range: "${range}", action: deny }`);
  return [...listed.split("\n"), ...lines].toSorted().join("\n");
}

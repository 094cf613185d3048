// `--dry-run` of every command that changes rules: what would change and for whom, and nothing is.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { PROPOSED_ENTRIES_MAX } from "../../src/api/proposed-change-api.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { runCommand } from "./run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "postern-dry-run-"));
const dataDir = join(folder, "data");
/** In Germany, and on a subscribed list that is on monitor. */
const VISITORS = ["5.9.0.1", "5.9.0.2"];
const DRY = "This was a dry run: nothing was changed.";
const REFUSED = "  monitor -> refuse: 2 requests, 2 addresses";

let gate: RunningGate;

beforeAll(async () => {
  writeFileSync(join(folder, "list.txt"), "5.9.0.0/24\n");
  gate = await startGate({ dataDir, env: { SUBSCRIPTION_DIR: folder } });
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
  const made = { name: "Others", source: "file:list.txt" };
  const { id } = await gate.must("POST", "/api/v1/subscriptions", made);
  await gate.must("POST", `/api/v1/subscriptions/${id}/refresh`);
  for (const clientAddress of VISITORS) await gate.ask("nginx", { clientAddress });
  const sections = [{ section: "hard-limit", value: { exemptAllowEntries: true } }];
  const asked = { period: "24h", changes: [{ kind: "network-policy", sections }] };
  await vi.waitFor(
    async () => {
      const { requests } = await gate.must("POST", "/api/v1/previews", asked);
      if (requests < VISITORS.length) throw new Error("the visits are not recorded yet");
    },
    { timeout: 10_000 },
  );
});
afterAll(async () => {
  await gate?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(words: readonly string[], input = "") {
  return runCommand(dataDir, words, input);
}

async function lines(words: readonly string[], input = ""): Promise<readonly string[]> {
  const { code, out, err } = await run(words, input);
  expect([code, err.replace(/^(\d+ bytes sent\s*)+/, "")]).toEqual([0, ""]);
  return out.split("\n").slice(0, -1);
}

/** All that a dry run could have changed. */
async function rulesNow(): Promise<unknown> {
  const { revisions } = await gate.must("GET", "/api/v1/revisions?limit=1");
  const { subscriptions } = await gate.must("GET", "/api/v1/subscriptions");
  return [(await run(["policy", "export"])).out, revisions, subscriptions[0].mode];
}

const COUNTRY = {
  mode: "enforce",
  defaultAction: "allow",
  countries: { DE: "deny" },
  unknown: "allow",
  private: "allow",
};

describe("a dry run", () => {
  it.each<readonly [string, readonly string[], string, string]>([
    [
      "entry add",
      ["entry", "add", "5.9.0.0/24", "--action", "deny"],
      "1 entry added, 0 removed,",
      "",
    ],
    [
      "entry import",
      ["entry", "import", "-", "--action", "deny"],
      "2 entries added, 0 removed,",
      "5.9.0.1\n5.9.0.2 # both\n",
    ],
    ["country set", ["country", "set", "--mode", "enforce", "--deny", "DE"], "country", ""],
    ["policy set", ["policy", "set", "country", JSON.stringify(COUNTRY)], "country", ""],
  ])("of %s shows what would change, and for whom", async (_name, command, what, input) => {
    const before = await rulesNow();
    const said = await lines([...command, "--dry-run"], input);
    expect(said).toContain(`Changed: ${what} of the platform`);
    expect(said).toContain(REFUSED);
    expect(said.at(-1)).toBe(DRY);
    expect(await rulesNow()).toEqual(before);
  });

  it("of subscription change shows what its mode would do", async () => {
    const before = await rulesNow();
    const change = ["subscription", "change", "others"];
    const said = await lines([...change, "--mode", "enforce", "--dry-run"]);
    expect(said[0]).toBe("Changed: the list is on enforce");
    expect(said).toContain(REFUSED);
    expect(said.at(-1)).toBe(DRY);
    expect(await rulesNow()).toEqual(before);
    expect(await run([...change, "--every", "1d", "--dry-run"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--dry-run shows what another --mode would do"),
    });
  });

  it("of entry remove shows whom it lets in again, by number and by range", async () => {
    const { out } = await run(["entry", "add", "5.9.0.0/24", "--action", "deny", "--json"]);
    const { id } = JSON.parse(out).entry;
    const before = await rulesNow();
    for (const entry of [String(id), "5.9.0.0-5.9.0.255"]) {
      const said = await lines(["entry", "remove", entry, "--dry-run"]);
      expect(said[0]).toBe("Changed: 0 entries added, 1 removed, of the platform");
      expect(said).toContain("  refuse -> monitor: 2 requests, 2 addresses");
      expect(said.at(-1)).toBe(DRY);
    }
    expect(await rulesNow()).toEqual(before);
    await lines(["entry", "remove", "5.9.0.0/24"]);
  });

  it("of an account's rules is about that account", async () => {
    const add = ["entry", "add", "5.9.0.1", "--action", "deny", "--account", "acme", "--dry-run"];
    const said = JSON.parse((await lines([...add, "--json"])).join("\n"));
    expect(said.changes).toMatchObject([{ kind: "address-list", account: "acme" }]);
    expect(said.preview).toMatchObject({ period: "24h", lockout: null });
    const week = await lines([...add, "--period", "7d"]);
    expect(week).toContain("Preview over the last 7 days: 0 requests from 0 addresses.");
  });
});

describe("a dry run of an import", () => {
  const bringIn = ["entry", "import", "-", "--action", "deny", "--dry-run"];

  it("says which lines are wrong, before anything else", async () => {
    const before = await rulesNow();
    const { code, out, err } = await run(bringIn, "5.9.0.1\n1.2.3\n5.9.0.2/40\n");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("2 bad lines; nothing was stored.");
    expect(err).toMatch(/line 2: .*\n.*line 3: /);
    expect(await rulesNow()).toEqual(before);
  });

  it("counts what is there already, and says where nothing would change", async () => {
    await lines(["entry", "add", "192.0.2.1", "--action", "deny"]);
    expect(await lines(bringIn, "192.0.2.1\n")).toEqual([
      "0 would be added, 1 are there already.",
      "Nothing would be other than it is.",
    ]);
    const json = JSON.parse((await lines([...bringIn, "--json"], "192.0.2.1\n192.0.2.2")).join(""));
    expect(json).toMatchObject({ added: 1, unchanged: 1, changes: [{ add: [{}] }], preview: {} });
  });

  it("counts more lines than are previewed, and says so", async () => {
    const before = await rulesNow();
    const all = Array.from({ length: PROPOSED_ENTRIES_MAX + 1 }, (_, n) => {
      return `10.0.${n >> 8}.${n & 255}\n`;
    }).join("");
    expect(await lines(bringIn, all)).toEqual([
      "10001 would be added, 0 are there already.",
      "Whom they concern is not previewed: they are more than 10,000.",
      DRY,
    ]);
    const longest = Array.from({ length: PROPOSED_ENTRIES_MAX }, (_, n) => {
      const block = `2001:db8:ffff:ffff:ffff:ffff:${(n + 4096).toString(16)}`;
      return `${block}:1001-${block}:f00d,deny,,2099-01-01T00:00:00.000Z\n`;
    }).join("");
    const csv = await lines([...bringIn, "--format", "csv"], longest);
    expect(csv[1]).toBe("Changed: 10,000 entries added, 0 removed, of the platform");
    expect(csv.at(-1)).toBe(DRY);
    expect(await rulesNow()).toEqual(before);
  });
});

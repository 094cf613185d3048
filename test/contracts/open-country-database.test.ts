// Checks that a dropped-in database takes over while running, and that a bad one changes nothing.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bitsOf, writeMmdb } from "../geo-ip/write-mmdb.ts";
import { openCountryDatabase } from "../../src/platform/geo-ip/open-country-database.ts";
import type {
  CountryDatabase,
  CountryReport,
} from "../../src/platform/geo-ip/open-country-database.ts";

const NOW_MS = Date.UTC(2026, 6, 1);
const NEVER_MS = 2 ** 30;

let folder = "";
let reports: CountryReport[] = [];
let opened: CountryDatabase[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "postern-geo-"));
  reports = [];
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const directory = () => join(folder, "data", "geo");
const droppedIn = () => join(directory(), "country.mmdb");
const shippedPath = () => join(folder, "shipped.mmdb");

function databaseOf(code: string): Buffer {
  return writeMmdb({
    entries: [{ bits: bitsOf("8.0.0.0/8"), record: { country_code: code } }],
    databaseType: `Test-${code}`,
  });
}

async function open(): Promise<CountryDatabase> {
  const database = await openCountryDatabase({
    directory: directory(),
    clock: { nowMs: () => NOW_MS },
    onReport: (report) => reports.push(report),
    pollMs: NEVER_MS,
    shippedPath: shippedPath(),
  });
  opened.push(database);
  return database;
}

/** Two looks: the first sees the change, the second that it has ended. */
async function pollTwice(database: CountryDatabase): Promise<void> {
  await database.poll();
  await database.poll();
}

/** The reports since the last call, in short. */
function heard(): readonly string[] {
  const short = reports.map((report) =>
    report.ok ? `${report.origin} ${report.data.info.databaseType}` : `bad: ${report.reason}`,
  );
  reports = [];
  return short;
}

describe("the country database in use", () => {
  it("is the shipped one until another is dropped in, and again without that", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    const database = await open();
    expect(heard()).toEqual(["shipped Test-DE"]);

    writeFileSync(droppedIn(), databaseOf("US"));
    await database.poll();
    expect(heard()).toEqual([]);
    await database.poll();
    const [report] = reports;
    expect(report?.ok === true && report.data.info.path).toBe(droppedIn());
    expect(heard()).toEqual(["dropped-in Test-US"]);
    await pollTwice(database);
    expect(heard()).toEqual([]);

    rmSync(droppedIn());
    await pollTwice(database);
    expect(heard()).toEqual(["shipped Test-DE"]);
    expect(readdirSync(directory())).toEqual([]);
  });

  it("waits until a file that is being copied has come to rest", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    const database = await open();
    const whole = databaseOf("US");
    heard();
    writeFileSync(droppedIn(), whole.subarray(0, 100));
    await database.poll();
    appendFileSync(droppedIn(), whole.subarray(100, 200));
    await database.poll();
    appendFileSync(droppedIn(), whole.subarray(200));
    await database.poll();
    expect(heard()).toEqual([]);
    await database.poll();
    expect(heard()).toEqual(["dropped-in Test-US"]);
  });

  it("stays when a bad file is dropped in, which is said once", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    const database = await open();
    writeFileSync(droppedIn(), databaseOf("US"));
    await pollTwice(database);
    heard();
    writeFileSync(droppedIn(), "not a database");
    await pollTwice(database);
    expect(heard()).toEqual([expect.stringMatching(/^bad: is no MaxMind DB/)]);
    await pollTwice(database);
    expect(heard()).toEqual([]);
    // Repaired: used again.
    writeFileSync(join(folder, "new"), databaseOf("HK"));
    renameSync(join(folder, "new"), droppedIn());
    await pollTwice(database);
    expect(heard()).toEqual(["dropped-in Test-HK"]);
  });

  it("is the last good one after a restart on a bad file", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    const database = await open();
    writeFileSync(droppedIn(), databaseOf("US"));
    await pollTwice(database);
    await database.close();
    writeFileSync(droppedIn(), databaseOf("US").subarray(0, 300));
    heard();
    await open();
    expect(heard()).toEqual([expect.stringMatching(/^bad: /), "last-good Test-US"]);
  });

  it("is the shipped one when the only file dropped in is bad", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    await open();
    heard();
    writeFileSync(droppedIn(), "");
    await open();
    const missing = "bad: does not exist";
    expect(heard()).toEqual(["bad: is empty", missing, "shipped Test-DE"]);
  });

  it("is none when nothing is there; a file dropped in later is used", async () => {
    const database = await open();
    expect(heard()).toEqual(["bad: does not exist"]);
    writeFileSync(droppedIn(), databaseOf("US"));
    await pollTwice(database);
    expect(heard()).toEqual(["dropped-in Test-US"]);
  });

  it("does not come back from a copy after its file was taken away while stopped", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    const database = await open();
    writeFileSync(droppedIn(), databaseOf("US"));
    await pollTwice(database);
    await database.close();
    rmSync(droppedIn());
    heard();
    await open();
    expect(heard()).toEqual(["shipped Test-DE"]);
    expect(readdirSync(directory())).toEqual([]);
  });

  it("removes what an interrupted check left behind, and leaves the file as it was", async () => {
    writeFileSync(shippedPath(), databaseOf("DE"));
    await open();
    copyFileSync(shippedPath(), droppedIn());
    const leftover = join(directory(), "country.0123456789abcdef.tmp");
    writeFileSync(leftover, "half a file");
    await open();
    expect(existsSync(leftover)).toBe(false);
    expect(readFileSync(droppedIn())).toEqual(databaseOf("DE"));
  });
});

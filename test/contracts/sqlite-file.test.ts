// What the SQLite file promises: it survives a kill, has one writer, and is never taken for empty.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../src/platform/database/open-database.ts";
import type { OpenDatabaseInput } from "../../src/platform/database/open-database.ts";
import { useEngine } from "./engines.ts";
import { fillSample } from "./sample-store.ts";
import type { SampleSchema } from "./sample-store.ts";

const harness = useEngine("sqlite");
const CHILD = new URL("./write-until-killed.ts", import.meta.url).pathname;

/** Lets a child write until it has confirmed `count` rows, then kills it. Returns the last one. */
async function writeAndKill(
  place: OpenDatabaseInput,
  first: number,
  whileRunning: (pid: number) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const command = ["--import", "tsx", CHILD, place.dataDirectory, String(first)];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  let last = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === first + 25) {
      await whileRunning(child.pid ?? 0);
      child.kill("SIGKILL");
    }
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return last;
}

describe("after kill -9", () => {
  it("all confirmed rows are there, whole, and the lock is free", async () => {
    const place = await harness.place();
    let first = 0;
    for (let round = 0; round < 3; round += 1) {
      const last = await writeAndKill(place, first);
      const database = await harness.open<SampleSchema>(place);
      const read = database.kysely;
      const shelves = await read
        .selectFrom("shelf")
        .select("opened_at")
        .orderBy("opened_at")
        .execute();
      const numbers = shelves.map((row) => row.opened_at);
      expect(last).toBeGreaterThanOrEqual(first + 25);
      expect(numbers.slice(0, last + 1)).toEqual(Array.from({ length: last + 1 }, (_, i) => i));
      const books = await read.selectFrom("book").select("pages").orderBy("pages").execute();
      expect(books.map((row) => row.pages)).toEqual(numbers);
      await database.close();
      first = numbers.length;
    }
  });
});

describe("a data directory", () => {
  it("has one writing process; the second is told which", async () => {
    const place = await harness.place();
    await writeAndKill(place, 0, async (pid) => {
      const message = `Another Postern process (pid ${pid}) writes this data directory.`;
      const outcome = await openDatabase(place);
      expect(outcome).toEqual({ ok: false, problem: { kind: "locked", message } });
    });
  });

  it("is refused within one process too, and free again after close", async () => {
    const place = await harness.place();
    const database = await harness.open(place);
    expect(await openDatabase(place)).toMatchObject({ ok: false, problem: { kind: "locked" } });
    await database.close();
    await (await harness.open(place)).close();
  });

  it("and its files are for their owner only", async () => {
    const base = await harness.place();
    const place = { ...base, dataDirectory: join(base.dataDirectory, "new", "data") };
    const database = await harness.open<SampleSchema>(place);
    await fillSample(database);
    expect(statSync(place.dataDirectory).mode & 0o777).toBe(0o700);
    for (const name of ["postern.db", "postern.db-wal", "postern.db-shm"]) {
      const mode = statSync(join(place.dataDirectory, name)).mode & 0o777;
      expect({ name, mode }).toEqual({ name, mode: 0o600 });
    }
    await database.close();
    expect(existsSync(join(place.dataDirectory, "postern.db-wal"))).toBe(false);
  });

  it("that cannot be used is refused in one line", async () => {
    const place = await harness.place();
    writeFileSync(join(place.dataDirectory, "file"), "");
    const inside = { ...place, dataDirectory: join(place.dataDirectory, "file", "data") };
    const outcome = await openDatabase(inside);
    expect(outcome).toMatchObject({ ok: false, problem: { kind: "unusable" } });
  });
});

describe("a damaged store is refused with the way out, never silently emptied", () => {
  type Damage = (file: string) => void;
  const damages: readonly (readonly [string, Damage])[] = [
    ["the file is missing", (file) => rmSync(file)],
    ["the file has no length", (file) => truncateSync(file, 0)],
    ["the file is cut inside its header", (file) => truncateSync(file, 60)],
    ["the file is cut at a page", (file) => truncateSync(file, 8192)],
    ["the file is cut inside a page", (file) => truncateSync(file, statSync(file).size - 1)],
    ["the file is something else", (file) => writeFileSync(file, "x".repeat(20_000))],
    ["the pages are overwritten", (file) => scribble(file)],
    [
      "the file is gone beside its log",
      (file) => {
        renameSync(file, `${file}-wal`);
        rmSync(join(file, "..", "postern.pid"));
      },
    ],
  ];

  function scribble(file: string): void {
    const size = statSync(file).size;
    truncateSync(file, 4096);
    truncateSync(file, size);
  }

  it.each(damages)("when %s", async (_, damage) => {
    const place = await harness.place();
    const database = await harness.open<SampleSchema>(place);
    await fillSample(database);
    await database.close();
    damage(join(place.dataDirectory, place.fileName));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const outcome = await openDatabase(place);
      expect(outcome).toMatchObject({ ok: false, problem: { kind: "damaged" } });
      const message = outcome.ok ? "" : outcome.problem.message;
      expect(message).toMatch(/postern restore FILE$/);
      expect(message).not.toContain("\n");
    }
  });
});

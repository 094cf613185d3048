// Which files the sweep removes on every engine: those written down to go, and none that is not.
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { BlobError } from "../../src/platform/blob/blob-store.ts";
import { readConfig } from "../../src/platform/config.ts";
import { backUpTo } from "../../src/platform/database/back-up.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { createRecordings } from "../../src/server/recordings/index.ts";
import { restoreStore } from "../../src/server/restore-store.ts";
import { readSample } from "../audio/audio-samples.ts";
import { describeEachEngine } from "./engines.ts";
import { NUMBER, removalsOf, SHELL, startRecordings } from "./start-recordings.ts";
import type { StartedRecordings } from "./start-recordings.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CLAIM_MS = 600_000;

function put(path: string, content: string, changedAtMs: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, changedAtMs / 1000, changedAtMs / 1000);
}

/** As decided to go. */
async function writeDown(
  { database }: Pick<StartedRecordings, "database">,
  keys: readonly string[],
  askedAtMs: number,
): Promise<void> {
  const lines = keys.map((key) => ({ blob_key: key, asked_at: askedAtMs, is_decided: 1 }));
  await database.transaction((trx) =>
    trx.insertInto("recordings_blob_removal").values(lines).execute(),
  );
}

/** As a process that ends between file and row: nobody tidies up after it. */
function failingJournal(started: StartedRecordings) {
  const recordEvent = () => Promise.reject(new Error("the process ends here"));
  return { ...started.journal, recordEvent };
}

describeEachEngine("files of recordings that go", (harness) => {
  it("are removed later when the blob store is away", async () => {
    const place = await startRecordings(harness);
    const away = new BlobError("unavailable", "away");
    let isAway = true;
    const { blobs } = place.parts;
    const remove = (key: string) => (isAway ? Promise.reject(away) : blobs.remove(key));
    const started = await startRecordings(harness, { blobs: { ...blobs, remove } });
    const { answer } = await started.upload(readSample("pcm"));
    await started.library.remove(SHELL, answer.id);
    expect(started.errors).toEqual([away]);
    expect(await started.links.find(answer.link)).toBeNull();
    await started.sweep.sweep();
    expect(place.blobFiles()).toHaveLength(1);
    isAway = false;
    // The store may be about to finish: whoever asked it has the file for ten minutes.
    started.clock.advance(CLAIM_MS);
    await started.sweep.sweep();
    expect(place.blobFiles()).toHaveLength(1);
    started.clock.advance(1);
    await started.sweep.sweep();
    expect(place.blobFiles()).toEqual([]);
    expect(await removalsOf(started)).toEqual([]);
  });

  it("go also where one of them, the oldest, cannot", async () => {
    const place = await startRecordings(harness);
    const { blobs } = place.parts;
    const stuck = "incoming/a/stuck.wav";
    const asked: string[] = [];
    const remove = async (key: string) => {
      asked.push(key);
      if (key === stuck) throw new BlobError("unreadable", "stuck");
      await blobs.remove(key);
    };
    const started = await startRecordings(harness, { blobs: { ...blobs, remove } });
    // More than a page, all asked for at one time.
    const others = Array.from({ length: 501 }, (_, index) => `incoming/b/${index}.wav`);
    await writeDown(started, [stuck], started.clock.nowMs() - 1);
    await writeDown(started, others, started.clock.nowMs());
    put(join(place.blobDirectory, "incoming/b/500.wav"), "x", 0);
    await started.sweep.sweep();
    expect(asked).toEqual([stuck, ...others.toSorted()]);
    expect(await removalsOf(started)).toEqual([stuck]);
    expect(place.blobFiles()).toEqual([]);
    expect(started.errors).toMatchObject([{ message: "stuck" }]);
  });

  it("are not removed anew under what was put and registered since they were listed", async () => {
    const place = await startRecordings(harness);
    const { blobs } = place.parts;
    const folder = `incoming/${(await place.accounts.findAccount("acme"))?.id ?? ""}`;
    const [first, object] = [`${folder}/a.wav`, `${folder}/b.wav`];
    const other = createRecordings(place.parts);
    let registered = "";
    // While this sweep removes the first, another node removes the second, which comes anew.
    const remove = async (key: string) => {
      if (key === first) {
        await other.sweep.sweep();
        put(join(place.blobDirectory, object), "", 0);
        writeFileSync(join(place.blobDirectory, object), readSample("pcm"));
        const words = { account: "acme", number: NUMBER, object };
        const added = await other.ingest.register(SHELL, { words, idempotencyKey: null });
        registered = added.answer.id;
      }
      await blobs.remove(key);
    };
    await writeDown(place, [first, object], place.clock.nowMs());
    await createRecordings({ ...place.parts, blobs: { ...blobs, remove } }).sweep.sweep();
    expect(await place.library.get(SHELL, registered)).toMatchObject({ id: registered });
    expect(place.blobFiles()).toEqual([object]);
    expect(await removalsOf(place)).toEqual([]);
    expect(place.errors).toEqual([]);
  });

  it("wait for the next start when the service stops, but for the one under way", async () => {
    const place = await startRecordings(harness);
    const { blobs } = place.parts;
    const closings: Promise<void>[] = [];
    const remove = async (key: string) => {
      closings.push(started.sweep.close());
      await blobs.remove(key);
    };
    const started = await startRecordings(harness, { blobs: { ...blobs, remove } });
    await writeDown(started, ["incoming/a/1.wav", "incoming/a/2.wav"], started.clock.nowMs());
    await started.sweep.sweep();
    expect(closings).toHaveLength(1);
    await Promise.all(closings);
    expect(await removalsOf(started)).toEqual(["incoming/a/2.wav"]);
  });

  it("go with their account, also where one was written down before", async () => {
    const started = await startRecordings(harness);
    await started.upload(readSample("pcm"));
    await started.upload(readSample("opus"));
    const files = started.blobFiles();
    await writeDown(started, files.slice(0, 1), started.clock.nowMs());
    await started.accounts.deleteAccount({ code: "acme", confirm: "acme", actor: "x" });
    expect((await removalsOf(started)).toSorted()).toEqual(files);
    await started.sweep.sweep();
    expect(started.blobFiles()).toEqual([]);
  });

  it("are left to the sweep where the store did not say whether it took them", async () => {
    const place = await startRecordings(harness);
    const { blobs } = place.parts;
    let finish = () => Promise.resolve();
    // The store finishes after it was given up.
    const late: typeof blobs = {
      ...blobs,
      put: async (key) => {
        finish = async () => put(join(place.blobDirectory, key), "x", 0);
        throw new BlobError("unavailable", "no answer");
      },
    };
    const started = await startRecordings(harness, { blobs: late });
    const lost = started.upload(readSample("pcm"));
    await expect(lost).rejects.toMatchObject({ code: "storage-away", status: 503 });
    await finish();
    expect(await removalsOf(started)).toEqual(place.blobFiles());
    started.clock.advance(HOUR_MS + 1);
    await started.sweep.sweep();
    expect(place.blobFiles()).toEqual([]);
    expect(await removalsOf(started)).toEqual([]);
  });

  it("are written down before they are put, and removed an hour later without a row", async () => {
    const place = await startRecordings(harness);
    const { clock } = place;
    const { blobs, database } = place.parts;
    const seen: (readonly string[])[] = [];
    const watched: typeof blobs = {
      ...blobs,
      put: async (...given) => {
        seen.push(await removalsOf({ database }));
        await blobs.put(...given);
      },
    };
    const parts = { ...place.parts, blobs: watched };
    const started = await startRecordings(harness, { ...parts, journal: failingJournal(place) });
    await expect(started.upload(readSample("pcm"))).rejects.toThrow("the process ends here");
    const [left = ""] = place.blobFiles();
    expect(left).not.toBe("");
    expect(seen).toEqual([[left]]);
    expect(await removalsOf(place)).toEqual([left]);

    clock.advance(HOUR_MS - 1);
    await place.sweep.sweep();
    expect(place.blobFiles()).toEqual([left]);
    clock.advance(2);
    await place.sweep.sweep();
    expect(place.blobFiles()).toEqual([]);
    expect(await removalsOf(place)).toEqual([]);
  });

  it("are not those of recordings, whatever is written down", async () => {
    const started = await startRecordings(harness);
    await started.upload(readSample("pcm"));
    const [kept = ""] = started.blobFiles();
    const asked_at = started.clock.nowMs() - DAY_MS;
    for (const is_decided of [0, 1]) {
      await started.database.transaction((trx) =>
        trx
          .insertInto("recordings_blob_removal")
          .values({ blob_key: kept, asked_at, is_decided })
          .execute(),
      );
      await started.sweep.sweep();
      expect(started.blobFiles()).toEqual([kept]);
      expect(await removalsOf(started)).toEqual([]);
    }
  });

  it("never go under a recording that comes after the sweep has taken them", async () => {
    const place = await startRecordings(harness);
    const { clock } = place;
    const { blobs } = place.parts;
    // An upload to the store that takes longer than an hour.
    const slow: typeof blobs = {
      ...blobs,
      put: async (...given) => {
        await blobs.put(...given);
        clock.advance(HOUR_MS + 1);
        await place.sweep.sweep();
      },
    };
    const started = await startRecordings(harness, { ...place.parts, blobs: slow });
    const late = started.upload(readSample("pcm"));
    await expect(late).rejects.toMatchObject({ code: "storage-away", status: 503 });
    expect((await started.library.list(SHELL, {})).recordings).toEqual([]);
    expect(place.blobFiles()).toEqual([]);
    expect(await removalsOf(place)).toEqual([]);
  });

  it("are only those that this store has written down: others may be another's", async () => {
    const started = await startRecordings(harness);
    const { answer } = await started.upload(readSample("pcm"));
    const [kept = ""] = started.blobFiles();
    const old = started.clock.nowMs() - 2 * DAY_MS;
    const others = [
      `${kept.slice(0, 20)}/${"b".repeat(20)}.wav`,
      `${"a".repeat(20)}/${"b".repeat(20)}.wav`,
      `incoming/${kept.slice(0, 20)}/call.wav`,
    ];
    for (const key of others) put(join(started.blobDirectory, key), "x", old);
    put(join(started.incomingDirectory, "old.part"), "x", old);
    put(join(started.incomingDirectory, "young.part"), "x", started.clock.nowMs());
    put(join(started.incomingDirectory, "other.txt"), "x", old);
    await started.sweep.sweep();
    expect(started.blobFiles()).toEqual([kept, ...others].toSorted());
    expect(started.incomingFiles()).toEqual(["other.txt", "young.part"]);
    expect(started.errors).toEqual([]);
    expect(await started.library.get(SHELL, answer.id)).toMatchObject({ id: answer.id });
  });

  it("stay after a restore: an older store does not know what came since", async () => {
    const place = await harness.place();
    const started = await startRecordings({ ...harness, open: () => harness.open(place) });
    const failing = { ...started.parts, journal: failingJournal(started) };
    const { upload } = started;
    const ending = createRecordings(failing).ingest;
    await upload(readSample("pcm"));
    const cut = ending.upload(SHELL, {
      words: { account: "acme", number: NUMBER },
      idempotencyKey: null,
      body: Readable.from([readSample("pcm")]),
      declaredBytes: null,
    });
    await expect(cut).rejects.toThrow("the process ends here");
    expect(await removalsOf(started)).toHaveLength(1);
    const before = started.blobFiles();
    expect(before).toHaveLength(2);
    const path = `${place.dataDirectory}/store.backup`;
    expect(await backUpTo(started.database, path, started.clock.nowMs())).toMatchObject({
      ok: true,
    });
    await started.database.close();
    const read = readConfig({
      DATA_DIR: place.dataDirectory,
      ...(place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }),
    });
    if (!read.ok) throw new Error("the configuration is not read");
    expect(await restoreStore(read.config, path)).toMatchObject({ ok: true });

    const database = await harness.open<Schema>(place);
    expect(await removalsOf({ database })).toEqual([]);
    started.clock.advance(DAY_MS);
    await createRecordings({ ...started.parts, database }).sweep.sweep();
    expect(started.blobFiles()).toEqual(before);
    expect(started.errors).toEqual([]);
  });
});

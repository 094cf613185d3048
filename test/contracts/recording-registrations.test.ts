// What registrations of objects promise on every engine: the account's own, once, whole or nothing.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { BlobError } from "../../src/platform/blob/blob-store.ts";
import { createRecordings } from "../../src/server/recordings/index.ts";
import { AUDIO_SAMPLES, readSample } from "../audio/audio-samples.ts";
import { describeEachEngine } from "./engines.ts";
import { NUMBER, removalsOf, SHELL, startRecordings } from "./start-recordings.ts";

describeEachEngine("registrations of recordings", (harness) => {
  /** With a file below incoming/ and the id of acme. */
  async function startWithObject(name: string) {
    const started = await startRecordings(harness);
    const idOf = async (code: string) => (await started.accounts.findAccount(code))?.id ?? "";
    const folder = `incoming/${await idOf("acme")}/`;
    const write = (key: string) => {
      const path = join(started.blobDirectory, key);
      mkdirSync(dirname(path), { recursive: true });
      copyFileSync(AUDIO_SAMPLES.opus.path, path);
    };
    write(`${folder}${name}`);
    const register = (object: string, key: string | null = null) =>
      started.ingest.register(SHELL, {
        words: { account: "acme", number: NUMBER, object },
        idempotencyKey: key,
      });
    return { ...started, folder, idOf, object: `${folder}${name}`, register, write };
  }

  it("take an object below the folder of the account's id, which goes with its row", async () => {
    const started = await startWithObject("2026/call-1.opus");
    const { object } = started;
    const { answer, isReplayed } = await started.register(object, "call-1");
    expect(isReplayed).toBe(false);
    expect(answer).toMatchObject({ format: "ogg", codec: "Opus", durationMs: 3400 });
    expect(answer.sha256).toBe(createHash("sha256").update(readSample("opus")).digest("hex"));
    expect(await started.links.find(answer.link)).toMatchObject({ blobKey: object });
    expect(started.blobFiles()).toEqual([object]);
    expect(started.incomingFiles()).toEqual([]);
    expect(await removalsOf(started)).toEqual([]);
    const kind = "recording-added";
    const { events } = await started.journal.listEvents({ kind }, { after: null, limit: 9 });
    expect(events[0]?.detail).toMatchObject({ object });
    expect(await started.register(object, "call-1")).toMatchObject({ isReplayed: true });
    await started.library.remove(SHELL, answer.id);
    expect(started.blobFiles()).toEqual([]);
    expect(await removalsOf(started)).toEqual([]);
  });

  it("leave the object where it is when it is refused", async () => {
    const started = await startWithObject("call.opus");
    const { object } = started;
    writeFileSync(join(started.blobDirectory, object), "no audio");
    await expect(started.register(object)).rejects.toMatchObject({ code: "audio-refused" });
    started.clock.advance(86_400_000);
    await started.sweep.sweep();
    expect(started.blobFiles()).toEqual([object]);
  });

  it("take an object once, also ten at once", async () => {
    const started = await startWithObject("call.opus");
    const { object } = started;
    const racing = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => started.register(object, `key-${index}`)),
    );
    expect(racing.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = { code: "object-registered", status: 409 };
    for (const outcome of racing) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject(refused);
    }
    const again = started.register(object);
    await expect(again).rejects.toMatchObject(refused);
    await expect(again).rejects.toThrow("This object is a recording already.");
    expect((await started.library.list(SHELL, {})).recordings).toHaveLength(1);
    expect(started.blobFiles()).toEqual([object]);
  });

  it("do not take an object that is being removed", async () => {
    const started = await startWithObject("call.opus");
    const { object } = started;
    const { answer } = await started.register(object);
    const away = new BlobError("unavailable", "away");
    const remove = () => Promise.reject(away);
    const later = createRecordings({
      ...started.parts,
      blobs: { ...started.parts.blobs, remove },
    });
    await later.library.remove(SHELL, answer.id);
    expect(started.errors).toEqual([away]);
    const again = started.register(object);
    await expect(again).rejects.toMatchObject({ code: "object-being-removed", status: 409 });
    await expect(again).rejects.toThrow("use another key");
    // Somebody else's claim on the file has to end first.
    started.clock.advance(600_001);
    await started.sweep.sweep();
    expect(started.blobFiles()).toEqual([]);
    expect(await removalsOf(started)).toEqual([]);
  });

  it("leave nothing when the first one is deleted while a retry copies the object", async () => {
    const started = await startWithObject("call.opus");
    const { object, parts } = started;
    const { answer } = await started.register(object, "call-1");
    const open: typeof parts.blobs.open = async (key) => {
      const opened = await parts.blobs.open(key);
      await started.library.remove(SHELL, answer.id);
      return opened;
    };
    const words = { account: "acme", number: NUMBER, object };
    const retry = createRecordings({ ...parts, blobs: { ...parts.blobs, open } }).ingest;
    const retried = retry.register(SHELL, { words, idempotencyKey: "call-1" });
    await expect(retried).rejects.toMatchObject({ code: "object-not-found", status: 404 });
    expect((await started.library.list(SHELL, {})).recordings).toEqual([]);
    expect(await removalsOf(started)).toEqual([]);
    const kind = "recording-deleted";
    const { events } = await started.journal.listEvents({ kind }, { after: null, limit: 9 });
    expect(events).toHaveLength(2);
  });

  it("refuse keys of others, ways up, and what is not there", async () => {
    const started = await startWithObject("call.opus");
    const { folder } = started;
    const id = await started.idOf("acme");
    const beta = await started.idOf("beta");
    started.write(`incoming/${beta}/call.opus`);
    started.write("incoming/acme/call.opus");
    const refused = [
      `incoming/${beta}/call.opus`,
      // By the code, which the next account may have.
      "incoming/acme/call.opus",
      `incoming/${id}2/call.opus`,
      `${folder}../${beta}/call.opus`,
      `${folder}/call.opus`,
      `/${folder}call.opus`,
      `${folder}call.opus\u0000.wav`,
      `${id}/call.opus`,
      `INCOMING/${id}/call.opus`,
    ];
    for (const object of refused) {
      const attempt = started.register(object);
      await expect(attempt).rejects.toMatchObject({ code: "object-refused", status: 400 });
      await expect(attempt).rejects.toThrow(folder);
    }
    const absent = started.register(`${folder}other.opus`);
    await expect(absent).rejects.toMatchObject({ code: "object-not-found", status: 404 });
    expect((await started.library.list(SHELL, {})).recordings).toEqual([]);
  });

  it("refuse what is no file, or behind a link, for good", async () => {
    const started = await startWithObject("call.opus");
    const { folder, object } = started;
    const at = (name: string) => join(started.blobDirectory, folder, name);
    symlinkSync(join(started.blobDirectory, object), at("link.opus"));
    mkdirSync(at("directory.opus"));
    execFileSync("mkfifo", [at("pipe.opus")]);
    symlinkSync(dirname(at("call.opus")), at("linked"));
    for (const name of ["link.opus", "directory.opus", "pipe.opus", "linked/call.opus"]) {
      const attempt = started.register(`${folder}${name}`);
      await expect(attempt).rejects.toMatchObject({ code: "object-refused", status: 422 });
      await expect(attempt).rejects.toThrow(`${folder}${name} cannot be read: an object is a file`);
    }
    // Nobody has to look after the store for these.
    expect(started.errors).toEqual([]);
    const unavailable = new BlobError("unavailable", "away");
    const open = () => Promise.reject(unavailable);
    const blobs = { ...started.parts.blobs, open };
    const words = { account: "acme", number: NUMBER, object };
    const away = createRecordings({ ...started.parts, blobs }).ingest;
    const asked = away.register(SHELL, { words, idempotencyKey: null });
    await expect(asked).rejects.toMatchObject({ code: "storage-away", status: 503 });
    expect((await started.library.list(SHELL, {})).recordings).toEqual([]);
  });

  it("of a store that breaks off or stands still can be sent again, and hold nothing", async () => {
    const started = await startWithObject("call.opus");
    const { object } = started;
    const bytes = readSample("opus");
    const cut = new BlobError("unreadable", "the connection was reset");
    const broken = [
      { code: "storage-away", status: 503, read: (body: Readable) => void body.destroy(cut) },
      { code: "storage-away", status: 503, read: () => {} },
      {
        code: "body-too-large",
        status: 413,
        read: (body: Readable) => void body.push(Buffer.alloc(20_000)),
      },
    ];
    for (const { read, ...refused } of broken) {
      let isFirst = true;
      const body = new Readable({
        read() {
          if (!isFirst) return read(body);
          isFirst = false;
          body.push(bytes.subarray(0, 1000));
        },
      });
      let closed = 0;
      const close = async () => void (closed += 1);
      const open = async () => ({ sizeBytes: bytes.length, read: () => body, close });
      const { ingest } = createRecordings({
        ...started.parts,
        blobs: { ...started.parts.blobs, open },
        recordingMaxBytes: 20_000,
        uploadStallMs: 50,
      });
      const words = { account: "acme", number: NUMBER, object };
      const asked = ingest.register(SHELL, { words, idempotencyKey: null });
      await expect(asked).rejects.toMatchObject(refused);
      expect([body.destroyed, closed]).toEqual([true, 1]);
    }
    expect(started.incomingFiles()).toEqual([]);
    expect((await started.library.list(SHELL, {})).recordings).toEqual([]);
  });

  it("of a deleted account are not open to the next one of its code", async () => {
    const started = await startWithObject("call.opus");
    const { object, accounts } = started;
    await accounts.deleteAccount({ code: "acme", confirm: "acme", actor: "x" });
    await accounts.addAccount({ code: "acme", name: "Other", createdBy: "x" });
    await accounts.trackingNumbers.add(SHELL, { account: "acme", number: NUMBER });
    const attempt = started.register(object);
    await expect(attempt).rejects.toMatchObject({ code: "object-refused", status: 400 });
    await expect(attempt).rejects.toThrow(`incoming/${await started.idOf("acme")}/`);
  });
});

// What uploads promise on every engine: whole and audio, or nothing; once.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { BlobError } from "../../src/platform/blob/blob-store.ts";
import { AUDIO_SAMPLE_NAMES, AUDIO_SAMPLES, readSample } from "../audio/audio-samples.ts";
import { describeEachEngine } from "./engines.ts";
import {
  NUMBER,
  OTHER_NUMBER,
  readBlob,
  removalsOf,
  SHELL,
  startRecordings,
} from "./start-recordings.ts";
import type { StartedRecordings } from "./start-recordings.ts";

function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function eventsOf({ journal }: StartedRecordings, kind: string) {
  const { events } = await journal.listEvents({ kind }, { after: null, limit: 100 });
  return events;
}

async function mailsOf({ database }: StartedRecordings) {
  const rows = await database.kysely.selectFrom("identity_mail").selectAll().execute();
  return rows.map(({ kind, to_address: to, data_json: data }) => {
    return { kind, to, data: JSON.parse(data) as Record<string, unknown> };
  });
}

/** Nothing is left of what was refused: no file anywhere, no row, no event. */
async function expectNothing(started: StartedRecordings): Promise<void> {
  expect(started.blobFiles()).toEqual([]);
  expect(started.incomingFiles()).toEqual([]);
  expect(await removalsOf(started)).toEqual([]);
  expect((await started.library.list(SHELL, {})).recordings).toEqual([]);
  expect(await eventsOf(started, "recording-added")).toEqual([]);
}

describeEachEngine("uploads of recordings", (harness) => {
  it("are kept as they came, with what the file itself says, and recorded", async () => {
    const started = await startRecordings(harness);
    for (const name of AUDIO_SAMPLE_NAMES) {
      const bytes = readSample(name);
      const { answer, isReplayed } = await started.upload(bytes, { name: "a <b>", caller: "" });
      expect(isReplayed).toBe(false);
      expect(answer).toMatchObject({
        account: "acme",
        number: NUMBER,
        numberLabel: "Sales",
        name: "a <b>",
        caller: "",
        format: AUDIO_SAMPLES[name].format,
        sizeBytes: bytes.length,
        sha256: sha256Of(bytes),
        recordedAt: new Date(started.clock.nowMs()).toISOString(),
        plays: 0,
        lastPlayedAt: null,
        createdBy: "host shell",
      });
      // Frames of MP3 and AAC are padded, by less than a fifth of a second.
      expect(answer.durationMs / 1000).toBeGreaterThan(AUDIO_SAMPLES[name].seconds - 0.01);
      expect(answer.durationMs / 1000).toBeLessThan(AUDIO_SAMPLES[name].seconds + 0.2);
      expect(answer.link).toMatch(/^[A-Za-z0-9_-]{22}$/);
      expect(answer.url).toBe(`https://portal.example.com/postern/recordings/${answer.link}`);
      const found = await started.links.find(answer.link);
      expect(found).toMatchObject({ id: answer.id, accountCode: "acme", number: NUMBER });
      expect(found?.blobKey).toBe(`${found?.accountId}/${answer.id}.${answer.format}`);
      expect(readBlob(started.blobDirectory, found?.blobKey ?? "").equals(bytes)).toBe(true);
    }
    expect(started.blobFiles()).toHaveLength(AUDIO_SAMPLE_NAMES.length);
    expect(started.incomingFiles()).toEqual([]);
    const events = await eventsOf(started, "recording-added");
    expect(events).toHaveLength(AUDIO_SAMPLE_NAMES.length);
    expect(events[0]).toMatchObject({ account: "acme", actor: "host shell" });
    expect(events.map(({ detail }) => detail["sha256"])).toContain(sha256Of(readSample("mp3")));
    expect(started.errors).toEqual([]);
  });

  it("take the words that are said of them, callers in one form", async () => {
    const started = await startRecordings(harness);
    const words = { caller: "+49 (30) 1234-567", name: "Ünïcode.wav" };
    const recordedAt = "2026-03-01T10:00:00+01:00";
    const { answer } = await started.upload(readSample("pcm"), { ...words, recordedAt });
    expect(answer).toMatchObject({ caller: "+49301234567", name: "Ünïcode.wav" });
    expect(answer.recordedAt).toBe("2026-03-01T09:00:00.000Z");
    const { answer: other } = await started.upload(readSample("pcm"), { caller: " Anonymous " });
    expect(other.caller).toBe("Anonymous");
    // The same audio twice is two recordings, when nobody says that it is one.
    expect(other.id).not.toBe(answer.id);
    expect(started.blobFiles()).toHaveLength(2);
  });

  it("are compared with the checksum that is sent, and leave nothing when it differs", async () => {
    const started = await startRecordings(harness);
    const bytes = readSample("ulaw");
    const wrong = started.upload(bytes, { sha256: "0".repeat(64) });
    await expect(wrong).rejects.toMatchObject({ code: "checksum-mismatch", status: 422 });
    await expect(wrong).rejects.toThrow(sha256Of(bytes));
    await expectNothing(started);
    const { answer } = await started.upload(bytes, { sha256: sha256Of(bytes) });
    expect(answer.sha256).toBe(sha256Of(bytes));
  });

  it("are made once by their Idempotency-Key, also fifty at once", async () => {
    const started = await startRecordings(harness);
    const bytes = readSample("pcm");
    const words = { caller: "+49301234567", name: "one" };
    const all = await Promise.all(
      Array.from({ length: 50 }, () => started.upload(bytes, words, { key: "call-1" })),
    );
    expect(new Set(all.map(({ answer }) => answer.id)).size).toBe(1);
    expect(all.filter(({ isReplayed }) => !isReplayed)).toHaveLength(1);
    expect(started.blobFiles()).toHaveLength(1);
    expect(await removalsOf(started)).toEqual([]);
    expect(started.incomingFiles()).toEqual([]);
    expect((await started.library.list(SHELL, {})).recordings).toHaveLength(1);
    expect(await eventsOf(started, "recording-added")).toHaveLength(1);
    // Later, and said in another way that means the same.
    started.clock.advance(86_400_000);
    const again = await started.upload(
      bytes,
      { ...words, caller: "+49 30 1234567" },
      { key: "call-1" },
    );
    expect(again).toMatchObject({ isReplayed: true, answer: { id: all[0]?.answer.id } });
  }, 60_000);

  it("are refused with a key that another recording has, and kept apart by account", async () => {
    const started = await startRecordings(harness);
    const bytes = readSample("pcm");
    const recordedAt = "2026-03-01T10:00:00Z";
    const words = { name: "one", recordedAt };
    const first = await started.upload(bytes, words, { key: "k" });
    const others = [
      [readSample("alaw"), words],
      [bytes, { ...words, name: "two" }],
      [bytes, { ...words, caller: "+49301234567" }],
      [bytes, { ...words, number: OTHER_NUMBER }],
      [bytes, { ...words, recordedAt: "2026-03-02T10:00:00Z" }],
      // Or the mails about it would never be sent, and nobody be told.
      [bytes, { ...words, missedCall: true }],
    ] as const;
    for (const [other, said] of others) {
      const refused = started.upload(other, said, { key: "k" });
      await expect(refused).rejects.toMatchObject({ code: "idempotency-key-reused", status: 409 });
    }
    expect(
      await started.upload(bytes, { ...words, missedCall: false }, { key: "k" }),
    ).toMatchObject({
      isReplayed: true,
    });
    expect(await mailsOf(started)).toEqual([]);
    expect(started.blobFiles()).toHaveLength(1);
    // Another account's keys are its own: the same text there is another recording.
    const beta = { account: "beta", number: "+4930123456", name: "one" };
    const elsewhere = await started.upload(bytes, beta, { key: "k" });
    expect(elsewhere).toMatchObject({ isReplayed: false, answer: { account: "beta" } });
    expect(elsewhere.answer.id).not.toBe(first.answer.id);
  });

  it("go to numbers of accounts that the sender manages; others are not found", async () => {
    const started = await startRecordings(harness);
    const admin = await started.signIn("admin", "admin");
    const bytes = readSample("pcm");
    const { answer } = await started.upload(bytes, {}, { as: admin });
    expect(answer.createdBy).toBe(`admin@example.com (${admin.userId})`);
    const attempts = [
      { account: "beta", number: "+4930123456" },
      { account: "nobody", number: "+4930123456" },
    ];
    const refusals = await Promise.all(
      attempts.map((words) =>
        started.upload(bytes, words, { as: admin }).catch((error: unknown) => error),
      ),
    );
    expect(refusals[0]).toMatchObject({ code: "account-not-found", status: 404 });
    expect(refusals[1]).toEqual(refusals[0]);
    // A number of another account is as absent as one that nobody has.
    for (const number of ["+4930123456", "+4930999999"]) {
      const refused = started.upload(bytes, { number }, { as: admin });
      await expect(refused).rejects.toMatchObject({ code: "number-not-found", status: 404 });
    }
    const spelled = started.upload(bytes, { number: " 61255501234" });
    await expect(spelled).rejects.toMatchObject({ code: "number-refused", status: 400 });
    await expect(spelled).rejects.toThrow("%2B");
    expect(started.blobFiles()).toHaveLength(1);
  });

  it("are cut where they are too large, stand still or end early, and leave nothing", async () => {
    const started = await startRecordings(harness, {
      recordingMaxBytes: 50_000,
      uploadStallMs: 50,
    });
    const tooLarge = { code: "body-too-large", status: 413 };
    const endless = new Readable({
      read() {
        setImmediate(() => this.push(Buffer.alloc(16_384)));
      },
    });
    const unbounded = started.upload(endless);
    await expect(unbounded).rejects.toMatchObject(tooLarge);
    await expect(unbounded).rejects.toThrow("0.05 MB");
    endless.destroy();
    let isRead = false;
    const declared = new Readable({
      read() {
        isRead = true;
        this.push(null);
      },
    });
    const refused = started.upload(declared, {}, { declaredBytes: 50_001 });
    await expect(refused).rejects.toMatchObject(tooLarge);
    expect(isRead).toBe(false);

    const stalled = new Readable({ read: () => undefined });
    stalled.push(readSample("pcm").subarray(0, 10_000));
    await expect(started.upload(stalled)).rejects.toMatchObject({ code: "upload-stalled" });
    stalled.destroy();

    const aborted = new Readable({ read: () => undefined });
    aborted.push(readSample("pcm").subarray(0, 10_000));
    const cut = started.upload(aborted);
    aborted.destroy();
    await expect(cut).rejects.toMatchObject({ code: "upload-cut", status: 400 });
    await expectNothing(started);
  });

  it("leave no row without a blob, and no blob without a row", async () => {
    const place = await startRecordings(harness);
    const away = new BlobError("unavailable", "the store is away");
    const blobs = { ...place.parts.blobs, put: () => Promise.reject(away) };
    const started = await startRecordings(harness, { blobs });
    const refused = started.upload(readSample("pcm"));
    await expect(refused).rejects.toMatchObject({ code: "storage-away", status: 503 });
    expect(started.errors).toEqual([away]);
    // Nobody knows whether a store that is away has taken it.
    started.clock.advance(3_600_001);
    await started.sweep.sweep();
    await expectNothing(started);

    // The number goes while its recording comes: after it was found, before the row is written.
    const removing = {
      ...place.parts.blobs,
      put: async (...put: Parameters<typeof place.parts.blobs.put>) => {
        await place.parts.blobs.put(...put);
        await slow.accounts.trackingNumbers.remove(SHELL, slow.numbers.first.id);
      },
    };
    const slow = await startRecordings(harness, { blobs: removing });
    const late = slow.upload(readSample("pcm"));
    await expect(late).rejects.toMatchObject({ code: "number-not-found", status: 404 });
    expect(place.blobFiles()).toEqual([]);
    await expectNothing(slow);
    const left = (await slow.accounts.trackingNumbers.list(SHELL, {})).trackingNumbers;
    expect(left.map(({ id }) => id).toSorted()).toEqual(
      [slow.numbers.second.id, slow.numbers.beta.id].toSorted(),
    );
  });

  it("mail a missed call's link to everybody granted the number, once", async () => {
    const started = await startRecordings(harness);
    const grants = [started.numbers.first.id];
    await started.signIn("ada", "agent", { grants });
    await started.signIn("bob", "agent", { grants });
    await started.signIn("eve", "agent", { grants: [started.numbers.second.id] });
    const bytes = readSample("pcm");
    await started.upload(bytes, {});
    expect(await mailsOf(started)).toEqual([]);
    const words = { missedCall: true, caller: "+49301234567" };
    const { answer } = await started.upload(bytes, words, { key: "missed" });
    await started.upload(bytes, words, { key: "missed" });
    const mails = (await mailsOf(started)).toSorted((one, other) => (one.to < other.to ? -1 : 1));
    expect(mails.map(({ to }) => to)).toEqual(["ada@example.com", "bob@example.com"]);
    for (const { kind, data } of mails) {
      expect(kind).toBe("missed-call");
      expect(data).toMatchObject({ number: NUMBER, caller: "+49301234567", url: answer.url });
    }
    expect(started.mailsWoken()).toBe(1);
  });
});

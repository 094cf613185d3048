// What is sent as a recording and is none, without end, or by halves: refused, and nothing kept.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { request as sendRequest } from "node:http";
import type { OutgoingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSample } from "../audio/audio-samples.ts";
import { startGate } from "./start-gate.ts";
import type { ApiAnswer, RunningGate } from "./start-gate.ts";

const WORDS = "/api/v1/recordings?account=acme&number=%2B61255501234";
const MEGABYTE = 1_000_000;

const dataDir = mkdtempSync(join(tmpdir(), "postern-ingest-"));
let gate: RunningGate;
let writer = "";
let reader = "";

beforeAll(async () => {
  gate = await startGate({ dataDir, env: { RECORDING_MAX_MEGABYTES: "310" } });
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
  const number = { account: "acme", number: "+61255501234" };
  await gate.must("POST", "/api/v1/tracking-numbers", number);
  const scoped = async (scope: string): Promise<string> => {
    const made = await gate.must("POST", "/api/v1/tokens", { name: scope, scopes: [scope] });
    return made.token as string;
  };
  writer = await scoped("recordings:write");
  reader = await scoped("recordings:read");
});

afterAll(async () => {
  await gate.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Sent = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly json: ApiAnswer["json"];
};

/** Resolves with the answer, also where it comes before the body's end. */
function send(
  body: Readable | Buffer | string | null,
  given: {
    readonly token?: string;
    readonly path?: string;
    readonly headers?: OutgoingHttpHeaders;
  } = {},
): Promise<Sent> {
  const { token = writer, path = WORDS, headers = {} } = given;
  return new Promise((resolve, reject) => {
    const sent = sendRequest({
      host: "127.0.0.1",
      port: gate.port,
      method: "POST",
      path,
      agent: false,
      headers: { authorization: `Bearer ${token}`, "content-type": "audio/wav", ...headers },
    });
    let isAnswered = false;
    sent.on("response", (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const json = text === "" ? null : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, json });
        sent.destroy();
      });
    });
    sent.on("error", (error) => {
      if (!isAnswered) reject(error);
    });
    if (body instanceof Readable) body.pipe(sent);
    else sent.end(body ?? undefined);
  });
}

async function recordings(): Promise<readonly unknown[]> {
  return (await gate.must("GET", "/api/v1/recordings")).recordings as readonly unknown[];
}

function filesBelow(folder: string): readonly string[] {
  const directory = join(dataDir, folder);
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

async function expectNothingKept(): Promise<void> {
  expect(await recordings()).toEqual([]);
  expect(filesBelow("recordings")).toEqual([]);
  expect(filesBelow("recordings-incoming")).toEqual([]);
}

function endless(): Readable {
  return new Readable({
    read() {
      setImmediate(() => this.push(Buffer.alloc(65_536)));
    },
  });
}

/** A WAV whose header says `length` bytes of audio (8 kHz, 16 bits, one channel). */
function wavHeader(length: number): Buffer {
  const header = Buffer.from(readSample("pcm").subarray(0, 44));
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + length, 4);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(length, 40);
  return header;
}

const pcm = readSample("pcm");
const mp3 = readSample("mp3");
const m4a = readSample("aac").toString("latin1");
const zeros = Buffer.alloc(60_000);

/** Each by what the refusal names, so that one cannot stand in for another. */
const JUNK: readonly (readonly [string, Buffer, RegExp])[] = [
  ["nothing", Buffer.alloc(0), /no audio file/],
  ["text renamed .wav", Buffer.from("hello, this is text\n".repeat(200)), /no audio file/],
  ["an HTML page", Buffer.from("<!doctype html><script>alert(1)</script>"), /no audio file/],
  ["a PNG", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /no audio file/],
  [
    "a FLAC file",
    Buffer.from("fLaC\u0000\u0000\u0000\u0022".padEnd(99, "\u0000")),
    /no audio file/,
  ],
  ["an MP3 of zeros", zeros, /no audio file/],
  ["one MP3 frame and zeros", Buffer.concat([mp3.subarray(0, 400), zeros]), /no MP3 audio/],
  ["HTML before an MP3", Buffer.concat([Buffer.from("<html>"), mp3]), /no audio file/],
  ["MP3 before much else", Buffer.concat([mp3, Buffer.alloc(mp3.length, 7)]), /no MP3 audio/],
  ["a truncated WAV", pcm.subarray(0, 20_000), /its header says 54\d+ bytes of audio/],
  ["a WAV of header alone", wavHeader(0), /no audio/],
  ["a WAV without rate", Buffer.concat([wavHeader(9).fill(0, 24, 36), zeros]), /rate|codec/],
  ["a truncated M4A", Buffer.from(m4a.slice(0, 5000), "latin1"), /damaged|not whole/],
  ["a video", Buffer.from(m4a.replace("soun", "vide"), "latin1"), /Video is not taken/],
  ["a truncated Ogg", readSample("opus").subarray(0, 3000), /not whole/],
  ["two Ogg files in one", Buffer.concat([readSample("opus"), readSample("opus")]), /one stream/],
];

describe("recordings that are none (attack row 136)", () => {
  it.each(JUNK)("refuses %s, says what is taken, and keeps nothing", async (_what, body, why) => {
    const answer = await send(body);
    expect(answer).toMatchObject({ status: 422, json: { code: "audio-refused" } });
    expect(answer.json.detail).toMatch(why);
    await expectNothingKept();
  });

  it("refuses bodies of other types, and registrations that are none", async () => {
    const types = ["text/plain", "video/mp4", "multipart/form-data; boundary=x", "audiox/wav"];
    for (const type of types) {
      const answer = await send(pcm, { headers: { "content-type": type } });
      expect(answer).toMatchObject({ status: 415, json: { code: "recording-type-refused" } });
      expect(answer.json.detail).toContain("audio/* or application/octet-stream");
    }
    expect(await send(pcm, { headers: { "content-type": "audio" } })).toMatchObject({
      status: 415,
    });
    const encoded = await send(pcm, { headers: { "content-encoding": "gzip" } });
    expect(encoded).toMatchObject({ status: 415 });
    const json = { "content-type": "application/json" };
    for (const body of ["{}", '{"object":7}', "[]"]) {
      expect(await send(body, { headers: json })).toMatchObject({ status: 400 });
    }
    expect(await send(null, { headers: json })).toMatchObject({ status: 400 });
    const bare = await send(pcm, { path: "/api/v1/recordings" });
    expect(bare).toMatchObject({ status: 400, json: { code: "recording-words-missing" } });
    await expectNothingKept();
  });

  it("refuses times that are no moment, before anything of the body is read", async () => {
    // Leap seconds are RFC 3339's and no clock's here.
    const time = encodeURIComponent("2016-12-31T23:59:60Z");
    const words = /a time such as 2026-01-31T12:00:00Z/;
    const answer = await send(pcm, { path: `${WORDS}&recordedAt=${time}` });
    expect(answer).toMatchObject({ status: 400, json: { code: "invalid-input" } });
    expect(answer.json.detail).toMatch(words);
    const registration = {
      account: "acme",
      number: "+61255501234",
      object: "incoming/acme/call.wav",
      recordedAt: "2016-12-31T23:59:60Z",
    };
    const json = { "content-type": "application/json" };
    const refused = await send(JSON.stringify(registration), { headers: json });
    expect(refused).toMatchObject({ status: 400, json: { code: "invalid-input" } });
    await expectNothingKept();
    for (const path of ["recordings", "events", "events/export"]) {
      for (const name of ["since", "until"]) {
        const listed = await gate.api("GET", `/api/v1/${path}?${name}=${time}`);
        expect([path, name, listed.status]).toEqual([path, name, 400]);
        expect(listed.json.detail).toMatch(words);
      }
    }
    const token = { name: "x", scopes: ["recordings:read"], expiresAt: "2116-12-31T23:59:60Z" };
    expect(await gate.api("POST", "/api/v1/tokens", token)).toMatchObject({ status: 400 });
    const at = await gate.api("GET", `/api/v1/explain?address=192.0.2.1&at=${time}`);
    expect(at).toMatchObject({ status: 400, json: { code: "time-refused" } });
  });

  it("asks for the scope that writes, and for one plain Idempotency-Key", async () => {
    const refused = await send(pcm, { token: reader });
    expect(refused).toMatchObject({ status: 403, json: { scope: "recordings:write" } });
    const absent = await send(pcm, { token: "pst_wrong" });
    expect(absent).toMatchObject({ status: 401 });
    for (const key of ["", "a b", "x".repeat(201), ["one", "two"]]) {
      const answer = await send(pcm, { headers: { "idempotency-key": key } });
      expect(answer).toMatchObject({ status: 400, json: { code: "idempotency-key-refused" } });
    }
    await expectNothingKept();
  });
});

describe("bodies that do not end well", () => {
  it("cuts what is declared too large before it comes, and what has no end", async () => {
    const tooLarge = { status: 413, json: { code: "body-too-large" } };
    const length = String(311 * MEGABYTE);
    const declared = await send(endless(), { headers: { "content-length": length } });
    expect(declared).toMatchObject(tooLarge);
    expect(declared.json.detail).toContain("310 MB");
    await expectNothingKept();
    const unbounded = await send(endless());
    expect(unbounded).toMatchObject(tooLarge);
    await expectNothingKept();
  }, 60_000);

  it("keeps nothing of an upload whose sender goes away", async () => {
    const body = new Readable({ read: () => undefined });
    body.push(wavHeader(50_000));
    const sent = send(body).catch((error: Error) => error.message);
    await expect.poll(() => filesBelow("recordings-incoming")).toHaveLength(1);
    body.destroy();
    gate.server.http.server.closeAllConnections();
    expect(await sent).toMatch(/hang up|ECONNRESET/);
    await expect.poll(() => filesBelow("recordings-incoming")).toEqual([]);
    await expectNothingKept();
  });

  it("does not hold 300 MB in memory", async () => {
    const chunk = Buffer.alloc(65_536);
    const chunks = Math.floor((300 * MEGABYTE) / chunk.length);
    const before = process.memoryUsage();
    let most = 0;
    function* whole(): Generator<Buffer> {
      yield wavHeader(chunks * chunk.length);
      for (let index = 0; index < chunks; index += 1) {
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        most = Math.max(most, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers);
        yield chunk;
      }
    }
    const answer = await send(Readable.from(whole()), { headers: { "idempotency-key": "large" } });
    expect(answer).toMatchObject({ status: 201, json: { sizeBytes: 44 + chunks * 65_536 } });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(150 * MEGABYTE);
    expect(answer.headers["location"]).toBe(`/api/v1/recordings/${answer.json.id}`);
    const deleted = await gate.api("DELETE", `/api/v1/recordings/${answer.json.id}`);
    expect(deleted.status).toBe(204);
    await expectNothingKept();
  }, 60_000);

  it("answers the same request again with the recording that there is", async () => {
    const given = { headers: { "idempotency-key": "call-1" } };
    const first = await send(pcm, given);
    expect(first).toMatchObject({ status: 201, json: { format: "wav", codec: "PCM" } });
    const again = await send(pcm, given);
    expect(again).toMatchObject({ status: 200, json: { id: first.json.id } });
    expect(again.headers["idempotent-replayed"]).toBe("true");
    const other = await send(readSample("alaw"), given);
    expect(other).toMatchObject({ status: 409, json: { code: "idempotency-key-reused" } });
    expect(await recordings()).toHaveLength(1);
    expect(filesBelow("recordings")).toEqual([`${first.json.id}.wav`]);
    // What stands behind the audio is kept as it came, and sent as audio only.
    const polyglot = Buffer.concat([pcm, Buffer.from("<script>alert(1)</script>")]);
    expect(await send(polyglot)).toMatchObject({ status: 201, json: { format: "wav" } });
  });
});

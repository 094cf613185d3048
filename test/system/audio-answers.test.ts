// What a recording's file answers: whole, parts, conditions, headers, by nginx, and what is noted.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { countedBytes, startAudioServer } from "./start-audio-server.ts";
import type { AudioServer } from "./start-audio-server.ts";

const execute = promisify(execFile);
const BYTES = countedBytes(300_000);

describe("a recording's file", () => {
  let server: AudioServer;
  let tag = "";
  beforeAll(async () => {
    server = await startAudioServer();
    tag = `"${server.add("call.mp3", BYTES).sha256}"`;
  });
  afterAll(async () => server?.stop());
  beforeEach(() => {
    server.notes.length = 0;
  });

  it("comes whole, as audio to be saved, kept nowhere", async () => {
    const { status, headers, body } = await server.ask("/call.mp3");
    expect(status).toBe(200);
    expect(body.equals(BYTES)).toBe(true);
    expect(headers).toMatchObject({
      "content-type": "audio/mpeg",
      "content-length": "300000",
      "accept-ranges": "bytes",
      etag: tag,
      "content-disposition": "attachment; filename=call.mp3",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers).not.toHaveProperty("last-modified");
    expect(server.notes).toEqual([{ bytesSent: 300_000, isCut: false }]);
  });

  it.each<[string, number, number]>([
    ["bytes=0-0", 0, 0],
    ["bytes=0-99", 0, 99],
    ["bytes=65535-65536", 65_535, 65_536],
    ["bytes=100000-299998", 100_000, 299_998],
    ["bytes=299999-", 299_999, 299_999],
    ["bytes=-1000", 299_000, 299_999],
    ["bytes=10-999999", 10, 299_999],
  ])("in part: %s", async (range, first, last) => {
    const { status, headers, body } = await server.ask("/call.mp3", { range });
    expect(status).toBe(206);
    expect(headers["content-range"]).toBe(`bytes ${first}-${last}/300000`);
    expect(headers["content-length"]).toBe(String(last - first + 1));
    expect(body.equals(BYTES.subarray(first, last + 1))).toBe(true);
    expect(server.notes).toEqual([{ bytesSent: last - first + 1, isCut: false }]);
  });

  it.each(["bytes=300000-", "bytes=-0"])("has nothing at %s", async (range) => {
    const { status, headers, body } = await server.ask("/call.mp3", { range });
    expect(status).toBe(416);
    expect(headers["content-range"]).toBe("bytes */300000");
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(body.toString())).toMatchObject({ code: "range-not-satisfiable" });
  });

  it.each<[string, Record<string, string>, number, number]>([
    ["several ranges", { range: "bytes=0-1,4-5" }, 200, 300_000],
    ["a malformed range", { range: "bytes=5-1" }, 200, 300_000],
    ["If-Range of another", { range: "bytes=0-1", "if-range": '"x"' }, 200, 300_000],
    [
      "If-Range with a date",
      { range: "bytes=0-1", "if-range": new Date(0).toUTCString() },
      200,
      300_000,
    ],
    ["If-None-Match of another", { "if-none-match": '"x"' }, 200, 300_000],
    ["If-None-Match of any", { "if-none-match": "*" }, 304, 0],
    ["If-Modified-Since alone", { "if-modified-since": new Date().toUTCString() }, 200, 300_000],
  ])("%s", async (_what, headers, status, length) => {
    const answer = await server.ask("/call.mp3", headers);
    expect([answer.status, answer.body.length]).toEqual([status, length]);
  });

  it("goes by its own tag", async () => {
    const part = await server.ask("/call.mp3", { range: "bytes=0-1", "if-range": tag });
    expect([part.status, part.body.length]).toEqual([206, 2]);
    const known = await server.ask("/call.mp3", {
      "if-none-match": `W/${tag}`,
      range: "bytes=0-1",
    });
    expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, tag]);
    expect(known.headers["cache-control"]).toBe("private, no-store");
    const same = await server.ask("/call.mp3", { "if-match": tag });
    expect(same.status).toBe(200);
    const other = await server.ask("/call.mp3", { "if-match": '"x"', "if-none-match": tag });
    expect(other.status).toBe(412);
    expect(JSON.parse(other.body.toString())).toMatchObject({ code: "precondition-failed" });
  });

  it("is only read", async () => {
    const head = await server.ask("/call.mp3", { range: "bytes=0-1" }, "HEAD");
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers["content-length"]).toBe("300000");
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      const refused = await server.ask("/call.mp3", {}, method);
      expect([refused.status, refused.headers.allow]).toEqual([405, "GET, HEAD"]);
    }
    expect(server.notes.every(({ bytesSent }) => bytesSent === 0)).toBe(true);
  });

  it("is saved, and gone on with, by curl", async () => {
    const folder = await mkdtemp(join(tmpdir(), "postern-curl-"));
    const path = join(folder, "saved");
    const url = `http://127.0.0.1:${server.port}/call.mp3`;
    await writeFile(path, BYTES.subarray(0, 123_456));
    await execute("curl", ["--silent", "--fail", "--continue-at", "-", "--output", path, url]);
    expect((await readFile(path)).equals(BYTES)).toBe(true);
    expect(server.notes).toEqual([{ bytesSent: 300_000 - 123_456, isCut: false }]);
    await execute("curl", ["--silent", "--fail", "-OJ", "--range", "-5", url], { cwd: folder });
    expect((await readFile(join(folder, "call.mp3"))).equals(BYTES.subarray(-5))).toBe(true);
    await rm(folder, { recursive: true });
  });

  it("answers what is pipelined in order, and leaves no file open", async () => {
    const count = 60;
    const requests = Array.from({ length: count }, (_, at) => {
      const last = at === count - 1 ? "Connection: close\r\n" : "";
      return `GET /call.mp3 HTTP/1.1\r\nHost: a\r\nRange: bytes=${at}-${at}\r\n${last}\r\n`;
    });
    const socket = connect(server.port, "127.0.0.1", () => socket.write(requests.join("")));
    const answers = await buffer(socket);
    const bodies = answers.toString("latin1").split("HTTP/1.1 206 Partial Content\r\n").slice(1);
    const bytes = bodies.map((answer) => answer.split("\r\n\r\n", 2)[1]).join("");
    expect(bytes).toBe(BYTES.toString("latin1", 0, count));
    await expect.poll(() => server.openFiles()).toBe(0);
  });
});

describe("behind nginx with X-Accel-Redirect", () => {
  it("a trusted peer gets the file's address with the same headers", async () => {
    const server = await startAudioServer({ blobAccelPrefix: "/_files/", isTrustedPeer: true });
    const { sha256 } = server.add("call.mp3", BYTES);
    const { status, headers, body } = await server.ask("/call.mp3", { range: "bytes=0-9" });
    expect([status, body.length]).toEqual([200, 0]);
    expect(headers).toMatchObject({
      "x-accel-redirect": "/_files/account-id/call.mp3",
      etag: `"${sha256}"`,
      "content-type": "audio/mpeg",
      "cache-control": "private, no-store",
      "content-disposition": "attachment; filename=call.mp3",
      "x-content-type-options": "nosniff",
    });
    // nginx says it itself.
    expect(headers).not.toHaveProperty("accept-ranges");
    expect(server.notes).toEqual([{ bytesSent: 10, isCut: false }]);
    // nginx would judge this by another tag.
    const judged = await server.ask("/call.mp3", { "if-match": `"${sha256}"` });
    expect([judged.headers["x-accel-redirect"], judged.body.length]).toEqual([undefined, 300_000]);
    const outside = await server.ask("/call.mp3", { range: "bytes=300000-" });
    expect([outside.status, outside.headers["x-accel-redirect"]]).toEqual([416, undefined]);
    await server.stop();
  });

  it("any other peer gets the file itself, and never hears where it is", async () => {
    const server = await startAudioServer({ blobAccelPrefix: "/_files/", isTrustedPeer: false });
    server.add("call.mp3", BYTES);
    const { headers, body } = await server.ask("/call.mp3");
    expect(headers).not.toHaveProperty("x-accel-redirect");
    expect(body.equals(BYTES)).toBe(true);
    await server.stop();
  });
});

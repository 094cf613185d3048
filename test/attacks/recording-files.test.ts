// Attack rows 135 and 137: recordings with hostile names, and files that are not what they were.
import {
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:http";
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { BlobStore, OpenedBlob } from "../../src/platform/blob/blob-store.ts";
import { BlobError } from "../../src/platform/blob/blob-store.ts";
import { countedBytes, startAudioServer } from "../system/start-audio-server.ts";
import type { AudioServer } from "../system/start-audio-server.ts";

const BYTES = countedBytes(200_000);
/** More than any socket holds, so that sending it is under way for as long as nobody reads. */
const LARGE = countedBytes(24_000_000);

let server: AudioServer;
afterEach(async () => server.stop());

describe("row 135: hostile names", () => {
  it.each<[string, string]>([
    ["<svg onload=alert(1)>.html", 'attachment; filename="svg onload=alert(1)-.html.mp3"'],
    ["a\r\nSet-Cookie: b=c", 'attachment; filename="a Set-Cookie- b=c.mp3"'],
    ["x".repeat(300), `attachment; filename=${"x".repeat(120)}.mp3`],
    ["\u202eexe.3pm", "attachment; filename=exe.3pm.mp3"],
    [
      "Žádost\u2028 \u{1f4de}",
      "attachment; filename=\"__dost _.mp3\"; filename*=UTF-8''%C5%BD%C3%A1dost%20%F0%9F%93%9E.mp3",
    ],
    ["", 'attachment; filename="+441632960001 2026-11-22T09-30-00.mp3"'],
  ])("%j is saved, never shown, as audio", async (name, disposition) => {
    server = await startAudioServer();
    server.add("call.mp3", BYTES, { name });
    const { status, headers, body } = await server.ask("/call.mp3");
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toBe(disposition);
    expect(headers["content-type"]).toBe("audio/mpeg");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toBe("default-src 'none'; sandbox");
    expect(headers).not.toHaveProperty("set-cookie");
    expect(body.equals(BYTES)).toBe(true);
  });
});

describe("row 137: a file that is not there, or not whole, before it is sent", () => {
  const damages: readonly [string, (path: string) => void, string][] = [
    ["deleted", (path) => rmSync(path), "missing"],
    ["truncated", (path) => truncateSync(path, 199_999), "unreadable"],
    ["empty", (path) => truncateSync(path, 0), "unreadable"],
    ["grown", (path) => writeFileSync(path, countedBytes(200_001)), "unreadable"],
    ["a folder", (path) => swapFor(path, () => mkdirSync(path)), "unreadable"],
    ["a link", (path) => swapFor(path, () => symlinkSync("/etc/passwd", path)), "unreadable"],
  ];
  const asks: readonly [string, Record<string, string>][] = [
    ["GET", {}],
    ["GET", { range: "bytes=0-9" }],
    ["HEAD", {}],
  ];

  for (const isAccelerated of [false, true]) {
    const way = isAccelerated ? "by nginx" : "from here";
    it.each(damages)(`${way}: %s`, async (_what, damage, reason) => {
      const prefix = isAccelerated ? { blobAccelPrefix: "/_files/", isTrustedPeer: true } : {};
      server = await startAudioServer(prefix);
      const { blobKey } = server.add("call.mp3", BYTES);
      damage(server.pathOf(blobKey));
      for (const [method, headers] of asks) {
        const answer = await server.ask("/call.mp3", headers, method);
        expect(answer.status).toBe(500);
        expect(answer.headers).not.toHaveProperty("x-accel-redirect");
        expect(answer.headers["content-type"]).toBe("application/problem+json");
        if (method === "HEAD") continue;
        const { code, detail } = JSON.parse(answer.body.toString());
        expect(code).toBe("recording-damaged");
        expect(detail).not.toContain(server.directory);
      }
      expect(server.notes).toEqual(asks.map(() => ({ bytesSent: 0, isCut: true })));
      // Told once in a minute, however often it is asked for.
      const event = { kind: "recording-damaged", owner: "account-id", account: "acme", reason };
      expect(server.events).toEqual([expect.objectContaining(event)]);
      expect(server.events[0]?.detail).toEqual({
        recordingId: "id-of-call.mp3",
        number: "+441632960001",
      });
      server.clock.advance(60_000);
      await server.ask("/call.mp3");
      expect(server.events).toHaveLength(2);
      expect(server.openFiles()).toBe(0);
    });
  }

  it("a store that is away is another matter: nothing is told of the recording", async () => {
    const away = new BlobError("unavailable", "the bucket does not answer");
    const breakStore = (store: BlobStore): BlobStore => ({
      ...store,
      open: () => Promise.reject(away),
    });
    server = await startAudioServer({ breakStore });
    server.add("call.mp3", BYTES);
    const { status, body } = await server.ask("/call.mp3");
    expect([status, JSON.parse(body.toString()).code]).toEqual([503, "recording-unavailable"]);
    expect(server.events).toEqual([]);
    expect(server.errors).toEqual([away]);
  });
});

describe("row 137: a file that changes while it is sent", () => {
  it("deleted: the whole of it still comes", async () => {
    const { path, response } = await begin();
    rmSync(path);
    expect((await buffer(response)).equals(LARGE)).toBe(true);
    expect(server.notes).toEqual([{ bytesSent: LARGE.length, isCut: false }]);
  });

  it("swapped: never a byte of the other", async () => {
    const { path, response } = await begin();
    writeFileSync(`${path}.other`, countedBytes(LARGE.length, 99));
    renameSync(`${path}.other`, path);
    expect((await buffer(response)).equals(LARGE)).toBe(true);
  });

  it("truncated: the connection ends, and it is told of as cut", async () => {
    const { path, response } = await begin();
    truncateSync(path, 12_000_000);
    await expect(buffer(response)).rejects.toThrow("aborted");
    await expect.poll(() => server.notes).toHaveLength(1);
    expect(server.notes[0]?.isCut).toBe(true);
    expect(server.notes[0]?.bytesSent).toBeLessThanOrEqual(12_000_000);
    expect(server.events).toEqual([
      expect.objectContaining({ kind: "recording-damaged", reason: "unreadable" }),
    ]);
    expect(server.openFiles()).toBe(0);
  });

  it("grown: what was promised comes, and no more", async () => {
    const { path, response } = await begin();
    linkSync(path, `${path}.same`);
    writeFileSync(`${path}.same`, Buffer.alloc(1000), { flag: "a" });
    expect((await buffer(response)).equals(LARGE)).toBe(true);
  });

  it.each([0, 1, 3])("the disk fails after %i pieces", async (pieces) => {
    server = await startAudioServer({ breakStore: (store) => failingAfter(store, pieces) });
    server.add("large.mp3", LARGE);
    if (pieces === 0) {
      const { status, body } = await server.ask("/large.mp3");
      expect([status, JSON.parse(body.toString()).code]).toEqual([500, "recording-damaged"]);
    } else {
      await expect(server.ask("/large.mp3")).rejects.toThrow("aborted");
    }
    await expect.poll(() => server.notes).toHaveLength(1);
    expect(server.notes[0]?.isCut).toBe(true);
    expect(server.notes[0]?.bytesSent === 0).toBe(pieces === 0);
    expect(server.events).toHaveLength(1);
    await expect.poll(() => server.openFiles()).toBe(0);
  });

  it("that cannot be closed is whole all the same, and ends nothing else", async () => {
    const breakStore = (store: BlobStore): BlobStore => ({
      ...store,
      open: async (key) => {
        const blob = await store.open(key);
        const close = async (): Promise<void> => {
          await blob.close();
          throw new Error("EIO: close");
        };
        return { ...blob, close };
      },
    });
    server = await startAudioServer({ breakStore });
    server.add("large.mp3", LARGE);
    const { status, body } = await server.ask("/large.mp3");
    expect([status, body.equals(LARGE)]).toEqual([200, true]);
    await expect.poll(() => server.notes).toEqual([{ bytesSent: LARGE.length, isCut: false }]);
    expect(server.events).toEqual([]);
  });

  it("a listener who leaves is no fault of the file, and closes it", async () => {
    const { response } = await begin();
    expect(server.openFiles()).toBe(1);
    response.destroy();
    await expect.poll(() => server.notes).toHaveLength(1);
    expect(server.notes[0]?.isCut).toBe(false);
    expect(server.events).toEqual([]);
    await expect.poll(() => server.openFiles()).toBe(0);
  });
});

function swapFor(path: string, make: () => void): void {
  rmSync(path);
  make();
}

/** A large recording of which nothing is read yet but the head. */
async function begin(): Promise<{ readonly path: string; readonly response: IncomingMessage }> {
  server = await startAudioServer();
  const { blobKey } = server.add("large.mp3", LARGE);
  const url = `http://127.0.0.1:${server.port}/large.mp3`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on("error", reject);
  });
  return { path: server.pathOf(blobKey), response };
}

/** What a failing disk answers, in place of the directory's own reading. */
function failingAfter(store: BlobStore, pieces: number): BlobStore {
  const breakBlob = (blob: OpenedBlob): OpenedBlob => {
    let left = pieces;
    const { readInto } = blob;
    if (readInto === undefined) throw new Error("a directory reads into buffers");
    return {
      ...blob,
      readInto: (target, length, position) => {
        left -= 1;
        const failing = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
        return left < 0 ? Promise.reject(failing) : readInto(target, length, position);
      },
    };
  };
  return { ...store, open: async (key) => breakBlob(await store.open(key)) };
}

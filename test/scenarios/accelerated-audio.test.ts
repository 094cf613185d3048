// Runs the shipped nginx configuration with X-Accel-Redirect: Postern decides, nginx sends.

import { createHash } from "node:crypto";
import { mkdtemp, rm, truncate } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainWav } from "../audio/plain-wav.ts";
import { isSkipped } from "./scenario-settings.ts";
import { startBackend } from "./start-backend.ts";
import { startPostern } from "./start-postern.ts";
import type { RunningPostern } from "./start-postern.ts";
import { startProxy } from "./start-proxy.ts";
import type { RunningProxy } from "./start-proxy.ts";

const HOST = "portal.example.com";
/** More than nginx takes of a body unless it is told otherwise, and than it keeps in memory. */
const WAV = plainWav(3_000_000);
const TAG = `"${createHash("sha256").update(WAV).digest("hex")}"`;

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

const LEFT_OUT = ["recordings", "nginx"].filter(isSkipped);

it.for(LEFT_OUT)("%s: left out by POSTERN_SKIP_SUITES", (suite, { skip }) => {
  expect(["recordings", "nginx"]).toContain(suite);
  skip();
});

for (const suite of LEFT_OUT.length > 0 ? [] : ["recordings"]) {
  describe(`${suite} sent by nginx`, () => {
    let directory: string;
    let postern: RunningPostern;
    let nginx: RunningProxy;
    const stops: (() => Promise<unknown>)[] = [];
    let recording: { readonly id: string; readonly link: string };

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "postern-files-"));
      stops.push(() => rm(directory, { recursive: true, force: true }));
      const backend = await startBackend();
      stops.push(backend.stop);
      postern = await startPostern({
        BLOB_URL: `file://${directory}`,
        BLOB_ACCEL_PREFIX: "/_postern/recordings/",
        PUBLIC_URL: `http://${HOST}`,
      });
      stops.push(postern.stop);
      nginx = await startProxy({
        kind: "nginx",
        front: "visitors",
        gatePort: postern.port,
        backendPort: backend.port,
        isCaching: false,
        asksSession: false,
        recordingsDirectory: directory,
      });
      stops.push(nginx.stop);
      recording = await upload();
    });
    afterAll(async () => {
      for (const stop of stops.toReversed()) await stop();
    });

    async function must(method: string, path: string, body?: unknown): Promise<unknown> {
      const { status, text } = await postern.ask(method, path, body);
      if (status > 299) throw new Error(`${method} ${path}: ${status} ${text}`);
      return text === "" ? null : JSON.parse(text);
    }

    /** With a token and through nginx, as another system does. */
    async function upload(): Promise<typeof recording> {
      await must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
      await must("POST", "/api/v1/tracking-numbers", { account: "acme", number: "+61255501234" });
      const value = { mode: "no-restrictions", whitelist: [], onlyShareable: false };
      await must("PUT", "/api/v1/audio-download?account=acme", { value });
      const scopes = ["recordings:write"];
      const made = await must("POST", "/api/v1/tokens", { name: "telephony", scopes });
      const { token } = made as { readonly token: string };
      const answer = await send({
        path: "/postern/api/v1/recordings?account=acme&number=%2B61255501234&name=A%20call",
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "audio/wav" },
        body: WAV,
      });
      if (answer.status !== 201)
        throw new Error(`upload: ${answer.status} ${answer.body.toString()}`);
      return JSON.parse(answer.body.toString()) as typeof recording;
    }

    function send(sent: {
      readonly path: string;
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Buffer;
      readonly port?: number;
    }): Promise<Answer> {
      const { path, method = "GET", headers, body, port = nginx.port } = sent;
      return new Promise((resolve, reject) => {
        const asked = request(
          {
            port,
            host: "127.0.0.1",
            path,
            method,
            headers: { host: HOST, ...headers },
            agent: false,
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("error", reject);
            response.on("end", () => {
              const { statusCode: status = 0, headers: told } = response;
              resolve({ status, headers: told, body: Buffer.concat(chunks) });
            });
          },
        );
        asked.on("error", reject);
        asked.end(body);
      });
    }

    const audio = (headers: Readonly<Record<string, string>> = {}, method = "GET") =>
      send({ path: `/recordings/${recording.link}/audio`, headers, method });

    it("whole, with Postern's headers and tag, by both addresses", async () => {
      for (const path of ["/recordings", "/postern/recordings"]) {
        const { status, headers, body } = await send({ path: `${path}/${recording.link}/audio` });
        expect(status).toBe(200);
        expect(body.equals(WAV)).toBe(true);
        expect(headers).toMatchObject({
          server: expect.stringMatching(/^nginx/),
          "content-type": "audio/wav",
          "content-length": String(WAV.length),
          "content-disposition": 'attachment; filename="A call.wav"',
          "cache-control": "private, no-store",
          "content-security-policy": "default-src 'none'; sandbox",
          "cross-origin-resource-policy": "same-origin",
          "x-content-type-options": "nosniff",
          "accept-ranges": "bytes",
          etag: TAG,
        });
        expect(headers).not.toHaveProperty("last-modified");
        expect(headers).not.toHaveProperty("x-accel-redirect");
      }
    });

    it.each<[string, Record<string, string>, number, number, number]>([
      ["a range", { range: "bytes=100-199" }, 206, 100, 199],
      ["the end", { range: "bytes=-10" }, 206, WAV.length - 10, WAV.length - 1],
      ["If-Range", { range: "bytes=0-9", "if-range": TAG }, 206, 0, 9],
      ["If-Range of another", { range: "bytes=0-9", "if-range": '"x"' }, 200, 0, WAV.length - 1],
      ["several ranges", { range: "bytes=0-9,20-29" }, 200, 0, WAV.length - 1],
      ["If-Match", { "if-match": TAG, range: "bytes=0-9" }, 206, 0, 9],
    ])("%s", async (_what, headers, status, first, last) => {
      const answer = await audio(headers);
      expect(answer.status).toBe(status);
      expect(answer.body.equals(WAV.subarray(first, last + 1))).toBe(true);
      expect(answer.headers.etag).toBe(TAG);
      const range = `bytes ${first}-${last}/${WAV.length}`;
      expect(answer.headers["content-range"]).toBe(status === 206 ? range : undefined);
    });

    it("conditions and what is not there are Postern's answers", async () => {
      expect((await audio({ "if-none-match": TAG })).status).toBe(304);
      expect((await audio({ "if-match": '"x"' })).status).toBe(412);
      const outside = await audio({ range: `bytes=${WAV.length}-` });
      expect([outside.status, outside.headers["content-range"]]).toEqual([
        416,
        `bytes */${WAV.length}`,
      ]);
      const head = await audio({}, "HEAD");
      expect([head.status, head.headers["content-length"]]).toEqual([200, String(WAV.length)]);
      expect((await audio({}, "POST")).status).toBe(405);
    });

    it("the files' own address is nobody's", async () => {
      const key = `/_postern/recordings/x/${recording.id}.wav`;
      for (const path of [key, "/_postern/recordings/", "/_postern/recordings/../gate"]) {
        const { status, body } = await send({ path });
        expect(status).not.toBe(200);
        expect(body.includes("RIFF")).toBe(false);
      }
    });

    it("each request is decided: a changed mode holds for the next range", async () => {
      const change = (mode: string): Promise<unknown> =>
        must("PUT", "/api/v1/audio-download?account=acme", {
          value: { mode, whitelist: [], onlyShareable: false },
        });
      await change("user-authentication");
      const refused = await audio({ range: "bytes=0-9" });
      expect([refused.status, refused.headers["x-accel-redirect"]]).toEqual([401, undefined]);
      await change("no-restrictions");
      expect((await audio({ range: "bytes=0-9" })).status).toBe(206);
    });

    it("a file that is not whole is never sent", async () => {
      const { recordings } = (await must("GET", "/api/v1/recordings?account=acme")) as {
        readonly recordings: readonly { readonly id: string }[];
      };
      expect(recordings.map(({ id }) => id)).toEqual([recording.id]);
      const { accounts } = (await must("GET", "/api/v1/accounts")) as {
        readonly accounts: readonly { readonly id: string }[];
      };
      await truncate(join(directory, accounts[0]!.id, `${recording.id}.wav`), 1000);
      const { status, body } = await audio({ range: "bytes=0-9" });
      expect([status, JSON.parse(body.toString()).code]).toEqual([500, "recording-damaged"]);
    });
  });
}

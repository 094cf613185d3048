// Checks the fetching of a country database from a real HTTP server, good and bad ones.
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bitsOf, writeMmdb } from "../geo-ip/write-mmdb.ts";
import { fetchCountryDatabase } from "../../src/platform/geo-ip/fetch-country-database.ts";
import type {
  CountryFetch,
  FetchOutcome,
} from "../../src/platform/geo-ip/fetch-country-database.ts";
import { shippedCountryDatabasePath } from "../../src/platform/geo-ip/load-country-database.ts";
import {
  isFetchDue,
  scheduleCountryFetch,
} from "../../src/platform/geo-ip/schedule-country-fetch.ts";

const NOW_MS = Date.UTC(2026, 6, 1);
const clock = { nowMs: () => NOW_MS };
const small = writeMmdb({
  entries: [{ bits: bitsOf("8.0.0.0/8"), record: { country_code: "US" } }],
});
const world = readFileSync(shippedCountryDatabasePath() ?? "");

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let directory = "";
let server: Server;
let handler: Handler;
let base = "";
let requests: string[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "postern-geo-"));
  requests = [];
  server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers["if-none-match"] ?? ""}`.trim());
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

function sends(body: Uint8Array | string, headers: Record<string, string> = {}): Handler {
  return (_request, response) => response.writeHead(200, headers).end(body);
}

async function fetchIt(options: Partial<CountryFetch> = {}): Promise<FetchOutcome> {
  return await fetchCountryDatabase({ url: `${base}/db?key=secret`, directory, clock, ...options });
}

const files = () => readdirSync(directory);

describe("fetching", () => {
  it("puts a database of the world where dropped-in files go", async () => {
    handler = sends(world, { etag: '"one"' });
    const outcome = await fetchIt();
    expect(outcome).toMatchObject({ ok: true, isChanged: true, etag: '"one"' });
    expect(files()).toEqual(["country.mmdb"]);
    expect(readFileSync(join(directory, "country.mmdb")).equals(world)).toBe(true);
  });

  it("unpacks gzip, told by its content", async () => {
    handler = sends(gzipSync(world, { level: 1 }));
    expect(await fetchIt()).toMatchObject({ ok: true, isChanged: true });
    expect(readFileSync(join(directory, "country.mmdb")).equals(world)).toBe(true);
  });

  it("takes a small database only when told to", async () => {
    handler = sends(small);
    const reason = expect.stringMatching(/^the fetched file does not cover the world: it is small/);
    expect(await fetchIt()).toEqual({ ok: false, reason });
    expect(files()).toEqual([]);
    expect(await fetchIt({ isSmallAccepted: true })).toMatchObject({ ok: true, isChanged: true });
  });

  it("asks for a change only, by ETag", async () => {
    handler = (_request, response) => response.writeHead(304).end();
    expect(await fetchIt({ etag: '"one"' })).toEqual({ ok: true, isChanged: false });
    expect(requests).toEqual(['/db?key=secret "one"']);
  });

  it("follows redirects", async () => {
    handler = (request, response) => {
      if (request.url === "/new") return sends(small)(request, response);
      return response.writeHead(302, { location: "/new" }).end();
    };
    expect(await fetchIt({ isSmallAccepted: true })).toMatchObject({ ok: true, isChanged: true });
  });
});

describe("what goes wrong leaves the file as it was, and says why without the key", () => {
  const redirectTo = (location: string): Handler => {
    return (_request, response) => response.writeHead(302, { location }).end();
  };
  it.each<[string, Handler, Partial<CountryFetch>, string | RegExp]>([
    ["404", (_, response) => response.writeHead(404).end("no"), {}, "the server answered 404"],
    ["no content", (_, response) => response.writeHead(204).end(), {}, "the server answered 204"],
    ["an HTML page", sends("<html>"), {}, /^the fetched file is no MaxMind DB/],
    ["an empty body", sends(""), {}, "the fetched file is empty"],
    ["half a file", sends(world.subarray(0, 4_000_000)), {}, /^the fetched file is no MaxMind DB/],
    ["too much", sends(small), { bytesMax: 100 }, "the file is larger than 100 bytes"],
    [
      "too much once unpacked",
      sends(gzipSync(Buffer.alloc(1_000_000))),
      { bytesMax: 100_000 },
      "the file is larger than 100000 bytes",
    ],
    ["half of a gzip", sends(gzipSync(small).subarray(0, 50)), {}, "the fetch failed: Z_BUF_ERROR"],
    [
      "a connection cut off",
      (_, response) => {
        response.writeHead(200, { "content-length": "100000" }).write("half");
        setImmediate(() => response.destroy());
      },
      {},
      /^the fetch failed: /,
    ],
    ["no answer", () => {}, { timeoutMs: 50 }, "the server took too long"],
    [
      "a body that stops",
      (_, response) => void response.writeHead(200).write("x"),
      { timeoutMs: 50 },
      "the server took too long",
    ],
    ["a local file", redirectTo("file:///etc/passwd"), {}, /redirect.*is no http or https URL/],
    ["endless redirects", redirectTo("/again"), {}, "the server redirected more than 5 times"],
    ["another scheme", sends(small), { url: "ftp://127.0.0.1/x" }, /^the address to fetch from/],
    ["no URL", sends(small), { url: "country.mmdb" }, /^the address to fetch from/],
    ["nobody there", sends(small), { url: "http://127.0.0.1:1/" }, /^the fetch failed: /],
  ])("%s", async (_, answer, options, reason) => {
    writeFileSync(join(directory, "country.mmdb"), "the old one");
    handler = answer;
    const outcome = await fetchIt({ isSmallAccepted: true, ...options });
    expect(outcome).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    expect(JSON.stringify(outcome)).not.toContain("secret");
    expect(files()).toEqual(["country.mmdb"]);
    expect(readFileSync(join(directory, "country.mmdb"), "utf8")).toBe("the old one");
  });
});

describe("a scheduled fetch", () => {
  const day = 86_400;
  it.each([
    ["no file, never fetched", null, null, true],
    ["a file of a day ago", NOW_MS - day * 1000, null, true],
    ["a file of just now", NOW_MS, null, false],
    ["fetched a day ago", NOW_MS, { atMs: NOW_MS - day * 1000, ok: true }, true],
    ["fetched an hour ago", null, { atMs: NOW_MS - 3_600_000, ok: true }, false],
    ["failed an hour ago", null, { atMs: NOW_MS - 3_600_000, ok: false }, true],
    ["failed a minute ago", null, { atMs: NOW_MS - 60_000, ok: false }, false],
  ])("is due or not: %s", (_, fileAtMs, lastAttempt, expected) => {
    expect(isFetchDue({ fileAtMs, lastAttempt, intervalSeconds: day }, NOW_MS)).toBe(expected);
  });

  it("happens once per interval, with the ETag of the time before", async () => {
    let nowMs = NOW_MS;
    const outcomes: FetchOutcome[] = [];
    handler = (request, response) => {
      if (request.headers["if-none-match"] === '"a"') return response.writeHead(304).end();
      return sends(small, { etag: '"a"' })(request, response);
    };
    const schedule = scheduleCountryFetch({
      url: `${base}/db`,
      directory,
      clock: { nowMs: () => nowMs },
      intervalSeconds: day,
      isSmallAccepted: true,
      onOutcome: (outcome) => outcomes.push(outcome),
    });
    await schedule.tick();
    await schedule.tick();
    utimesSync(join(directory, "country.mmdb"), NOW_MS / 1000, NOW_MS / 1000);
    nowMs += day * 1000;
    await schedule.tick();
    await schedule.tick();
    expect(requests).toEqual(["/db", '/db "a"']);
    expect(outcomes.map((outcome) => outcome.ok && outcome.isChanged)).toEqual([true, false]);
    await schedule.close();
  });

  it("is stopped by closing", async () => {
    const outcomes: FetchOutcome[] = [];
    const isAsked = new Promise<void>((resolve) => {
      handler = () => resolve();
    });
    const onOutcome = (outcome: FetchOutcome) => void outcomes.push(outcome);
    const options = { url: base, directory, clock, intervalSeconds: day, onOutcome };
    const schedule = scheduleCountryFetch(options);
    const ticking = schedule.tick();
    await isAsked;
    await schedule.close();
    await ticking;
    expect(outcomes).toEqual([{ ok: false, reason: "the fetch was stopped" }]);
  });
});

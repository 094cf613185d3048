// Asks a server for a small built console: its page, its files, and what is not there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createLogger } from "../log/create-logger.ts";
import { createFastify } from "./create-fastify.ts";
import type { FastifyApp } from "./create-fastify.ts";
import { createHttpServer } from "./create-http-server.ts";
import { serveWebApp } from "./serve-web-app.ts";

const PAGE = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><div id="app">';
const SCRIPT = "console.log('a script that is long enough to be worth compressing')";

const directories: string[] = [];
const apps: FastifyApp[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const path of directories.splice(0)) rmSync(path, { recursive: true, force: true });
});

async function serve({ isBuilt }: { readonly isBuilt: boolean }): Promise<FastifyApp> {
  const directory = mkdtempSync(join(tmpdir(), "postern-web-"));
  directories.push(directory);
  if (isBuilt) {
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), PAGE);
    writeFileSync(join(directory, "secret.txt"), "beside the assets");
    writeFileSync(join(directory, "assets", "main-abc.js"), SCRIPT);
    writeFileSync(join(directory, "assets", "main-abc.js.gz"), gzipSync(SCRIPT));
    writeFileSync(join(directory, "assets", ".hidden.js"), SCRIPT);
  }
  const http = createHttpServer({ rawHandlers: [] });
  const app = createFastify({ http, logger: createLogger({ level: "silent" }) });
  await serveWebApp(app, { prefix: "/postern/", directory });
  await app.ready();
  apps.push(app);
  return app;
}

describe("the page", () => {
  it.each(["/postern/", "/postern/users", "/postern/users/abc?x=1", "/postern/index.html"])(
    "answers %s, never kept",
    async (url) => {
      const app = await serve({ isBuilt: true });
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.body).toContain('<div id="app">');
    },
  );

  it("has a nonce of its own each time, the same in page and policy", async () => {
    const app = await serve({ isBuilt: true });
    const nonces = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const { body, headers } = await app.inject({ url: "/postern/" });
      const nonce = /nonce="([A-Za-z0-9_-]{22})"/.exec(body)?.[1] ?? "";
      expect(headers["content-security-policy"]).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; ` +
          "img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; " +
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(20);
  });

  it.each(["/", "/postern"])("is where %s leads", async (url) => {
    const app = await serve({ isBuilt: true });
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, "/postern/"]);
  });

  it("is not there to be written to", async () => {
    const app = await serve({ isBuilt: true });
    const answer = await app.inject({ method: "POST", url: "/postern/users", payload: {} });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, "GET, HEAD"]);
  });

  it("says how it is built where it was not", async () => {
    const app = await serve({ isBuilt: false });
    const answer = await app.inject({ url: "/postern/users" });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.body).toContain("npm run build");
  });
});

describe("the files", () => {
  it("are kept for ever, and sent as they were compressed", async () => {
    const app = await serve({ isBuilt: true });
    const url = "/postern/assets/main-abc.js";
    const plain = await app.inject({ url });
    expect(plain.body).toBe(SCRIPT);
    expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(plain.headers["content-type"]).toMatch(/javascript/);
    const small = await app.inject({ url, headers: { "accept-encoding": "gzip" } });
    expect(small.headers["content-encoding"]).toBe("gzip");
    expect(small.headers["content-type"]).toMatch(/javascript/);
    expect(small.headers.vary).toMatch(/accept-encoding/i);
    expect(small.rawPayload).toEqual(gzipSync(SCRIPT));
  });

  it.each([
    "/postern/assets/main-old.js",
    "/postern/assets/",
    "/postern/assets/.hidden.js",
    "/postern/assets/../secret.txt",
    "/postern/assets/..%2fsecret.txt",
    "/postern/assets/%2e%2e/secret.txt",
    "/postern/assets/..%5csecret.txt",
  ])("are not found, nor taken for a page, at %s", async (url) => {
    const app = await serve({ isBuilt: true });
    const answer = await app.inject({ url });
    expect(answer.body).not.toContain("beside the assets");
    expect(answer.body).not.toContain(SCRIPT);
    // A path that leaves the folder is a page's for the router, which shows "no such page".
    if (!url.includes("..") && !url.includes("%2e")) {
      expect(answer.statusCode).toBe(404);
      expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    }
  });
});

// Speaks HTTP to an app with a few routes: schemas, bodies, refusals, headers, API description.
import { Type } from "typebox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../log/create-logger.ts";
import { Problem } from "../problem/problem.ts";
import { createFastify, type FastifyApp } from "./create-fastify.ts";
import { createHttpServer } from "./create-http-server.ts";
import { registerApiDocs } from "./register-api-docs.ts";

const ENTRY = Type.Object(
  {
    range: Type.String({ minLength: 2, maxLength: 100, description: "an address, block or range" }),
    action: Type.Union([Type.Literal("allow"), Type.Literal("deny")]),
    note: Type.Optional(Type.String({ maxLength: 500, default: "" })),
    seconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 31_536_000 })),
  },
  { additionalProperties: false },
);
const LIST_QUERY = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    action: Type.Optional(Type.Enum(["allow", "deny"])),
  },
  { additionalProperties: false },
);

const logged: string[] = [];
const http = createHttpServer({ rawHandlers: [] });
const logger = createLogger({ level: "info", to: { write: (line) => void logged.push(line) } });
const longBegan = resolvable();
let app: FastifyApp;
let origin = "";

function resolvable() {
  let resolve: (value: null) => void = () => undefined;
  const promise = new Promise<null>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: null) => resolve(value) };
}

function addRoutes(): void {
  app.post("/api/v1/entries", { schema: { body: ENTRY } }, (request, reply) => {
    const { range, note } = request.body;
    return reply.code(201).send({ range, note });
  });
  app.get("/api/v1/entries", { schema: { querystring: LIST_QUERY } }, async (request) => {
    const limit: number = request.query.limit;
    return { limit };
  });
  app.delete("/api/v1/entries/:id", async (_request, reply) => reply.code(204).send());
  app.get("/api/v1/problem", async () => {
    throw new Problem("over-rate-limit", 429, { detail: "Wait.", retryAfterSeconds: 7 });
  });
  app.get("/api/v1/bug", async () => {
    throw new Error("s3cr3t");
  });
  app.get("/api/v1/long", async (_request, reply) => {
    const left = new AbortController();
    reply.raw.once("close", () => left.abort());
    longBegan.resolve(null);
    return new Promise((_resolve, reject) => {
      left.signal.addEventListener("abort", () => reject(left.signal.reason as Error));
    });
  });
}

beforeAll(async () => {
  app = createFastify({ http, logger });
  registerApiDocs(app, { title: "Postern", version: "0.1.0", description: "The API." });
  await app.register(async () => addRoutes());
  await app.ready();
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });
  origin = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await http.close(0);
  await app.close();
});

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${origin}/api/v1/entries`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

async function refusalOf(response: Promise<Response>): Promise<Record<string, unknown>> {
  const answer = await response;
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const body = (await answer.json()) as Record<string, unknown>;
  expect(body["status"]).toBe(answer.status);
  return body;
}

describe("bodies", () => {
  it("accepts what fits and fills defaults", async () => {
    const response = await post('{"range":"203.0.113.7","action":"deny"}');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ range: "203.0.113.7", note: "" });
  });

  it.each<[string, unknown, readonly { path: string; message: string }[]]>([
    [
      "unknown fields (attack row 148)",
      { range: "::1", action: "deny", role: "operator" },
      [
        {
          path: "/role",
          message: "is an unknown field; accepted are range, action, note, seconds",
        },
      ],
    ],
    [
      "missing fields",
      { note: "x" },
      [
        {
          path: "/range",
          message:
            "is missing: it must be a string of 2 to 100 characters (an address, block or range)",
        },
        { path: "/action", message: "is missing: it must be one of allow, deny" },
      ],
    ],
    [
      "a value outside a list",
      { range: "::1", action: "block" },
      [{ path: "/action", message: "must be one of allow, deny" }],
    ],
    [
      "a number as text (attack row 61)",
      { range: "::1", action: "deny", seconds: "60" },
      [{ path: "/seconds", message: "must be a whole number from 60 to 31536000" }],
    ],
    [
      "a fraction",
      { range: "::1", action: "deny", seconds: 60.5 },
      [{ path: "/seconds", message: "must be a whole number from 60 to 31536000" }],
    ],
    ["a list", [], [{ path: "", message: "must be an object" }]],
  ])("refuses %s and says what is accepted", async (_name, body, errors) => {
    const refusal = await refusalOf(post(JSON.stringify(body)));
    expect(refusal).toMatchObject({ code: "invalid-input", status: 400, errors });
  });

  it.each([
    [1_000, 20],
    [5_000, 1],
  ])("of %d errors tells %d", async (unknownCount, toldCount) => {
    const names = Array.from({ length: unknownCount }, (_, index) => [`f${index}`, 1]);
    const refusal = await refusalOf(post(JSON.stringify(Object.fromEntries(names))));
    expect(refusal["errors"]).toHaveLength(toldCount);
  });

  it.each<[string, () => Promise<Response>, number, string]>([
    ["a repeated key", () => post('{"range":"::1","range":"::2"}'), 400, "invalid-json"],
    ["no JSON", () => post("{"), 400, "invalid-json"],
    [
      "another type",
      () => post("a", { "content-type": "text/plain" }),
      415,
      "unsupported-media-type",
    ],
    ["gzip", () => post("{}", { "content-encoding": "gzip" }), 415, "unsupported-media-type"],
    ["over 1 MiB", () => post(`"${"x".repeat(1_100_000)}"`), 413, "body-too-large"],
    ["no body", () => post(""), 400, "invalid-input"],
  ])("refuses %s (attack row 150)", async (_name, send, status, code) => {
    expect(await refusalOf(send())).toMatchObject({ status, code });
  });
});

describe("queries", () => {
  it.each([
    ["", 50],
    ["?limit=7&action=deny", 7],
  ])("reads numbers from %j", async (query, limit) => {
    expect(await (await fetch(`${origin}/api/v1/entries${query}`)).json()).toEqual({ limit });
  });

  it.each(["?limit=0", "?limit=1e9", "?limit=x", "?limit=1&limit=2", "?action=x", "?sort=a"])(
    "refuses %s (attack row 153)",
    async (query) => {
      const refusal = await refusalOf(fetch(`${origin}/api/v1/entries${query}`));
      expect(refusal).toMatchObject({ status: 400, code: "invalid-input" });
    },
  );
});

describe("refusals", () => {
  it.each([
    ["GET", "/api/v1/nothing", 404, "not-found"],
    ["GET", "/api/v1/entries/a/b", 404, "not-found"],
    ["GET", "/api/v1/%zz", 400, "url-malformed"],
    ["GET", `/api/v1/entries/${"x".repeat(300)}`, 405, "method-not-allowed"],
    ["DELETE", `/api/v1/entries/${"x".repeat(300)}`, 414, "url-too-long"],
    ["PROPFIND", "/api/v1/entries", 405, "method-not-allowed"],
  ])("%s %s is %d %s", async (method, path, status, code) => {
    const refusal = await refusalOf(fetch(`${origin}${path}`, { method }));
    expect(refusal).toMatchObject({ status, code });
  });

  it("names the methods of a route beside 405 (attack row 161)", async () => {
    const response = await fetch(`${origin}/api/v1/entries`, { method: "PUT" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
    expect(await response.json()).toMatchObject({ code: "method-not-allowed" });
    const item = await fetch(`${origin}/api/v1/entries/x`);
    expect(item.headers.get("allow")).toBe("DELETE");
  });

  it("passes on a problem's words and Retry-After", async () => {
    const response = await fetch(`${origin}/api/v1/problem`);
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({ code: "over-rate-limit", detail: "Wait." });
  });

  it("keeps our own mistakes to the log", async () => {
    logged.length = 0;
    const response = await fetch(`${origin}/api/v1/bug`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("s3cr3t");
    expect(logged.join("")).toContain("s3cr3t");
  });
});

describe("answers", () => {
  it.each(["/api/v1/entries", "/api/v1/nothing", "/api/v1/%zz", "/api/v1/bug"])(
    "carry the security headers: %s",
    async (path) => {
      const { headers } = await fetch(origin + path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    },
  );
});

describe("the API's description", () => {
  it("is OpenAPI 3.1 with the routes' schemas", async () => {
    const description = (await (await fetch(`${origin}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(description.openapi).toBe("3.1.0");
    expect(Object.keys(description.paths)).toContain("/api/v1/entries/{id}");
    expect(JSON.stringify(description.paths["/api/v1/entries"]?.["post"])).toContain("deny");
  });

  it("has pages whose scripts are files of ours", async () => {
    const page = await fetch(`${origin}/api/docs/`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    const scripts = [...html.matchAll(/<script[^>]*src="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      expect((await fetch(new URL(script, `${origin}/api/docs/`))).status).toBe(200);
    }
  });
});

it("takes work that a caller has left for no mistake of ours", async () => {
  const leaving = new AbortController();
  const asked = fetch(`${origin}/api/v1/long`, { signal: leaving.signal });
  await longBegan.promise;
  const before = logged.length;
  leaving.abort();
  await expect(asked).rejects.toThrow("abort");
  await expect.poll(() => logged.slice(before).join("")).toContain("the caller left");
  expect(logged.slice(before).join("")).not.toContain("request failed");
});

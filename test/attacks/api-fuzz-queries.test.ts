// Fuzzes queries, ids in paths and closed doors of the whole API: bounded, literal, and silent.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { findSuperlinear } from "../regex/find-superlinear.ts";
import { examplesOf, urlsOf } from "./api-fuzz-cases.ts";
import type { ApiOperation } from "./api-fuzz-cases.ts";
import { startApiFuzz } from "./start-api-fuzz.ts";
import type { AnswerToAnybody, Anybody, FuzzedApi } from "./start-api-fuzz.ts";

let api: FuzzedApi;
beforeAll(async () => {
  api = await startApiFuzz();
});
afterAll(() => api?.stop());

const admitted = new Map<ApiOperation, Anybody>();

/** Whoever is not turned away at the door. */
async function admittedTo(operation: ApiOperation): Promise<Anybody> {
  const known = admitted.get(operation);
  if (known !== undefined) return known;
  const asking = { method: operation.method, url: `${urlsOf(operation)[0]!}?nobody-asked=1` };
  const { status } = await api.ask("shell", asking);
  const who = status === 401 || status === 403 ? api.operator : "shell";
  admitted.set(operation, who);
  return who;
}

function queried(operation: ApiOperation, query: string): Promise<AnswerToAnybody> {
  const required = operation.parameters.flatMap((one) =>
    one.in === "query" && one.required === true && !query.startsWith(`${one.name}=`)
      ? [`${one.name}=${encodeURIComponent(String(examplesOf(one.schema)[0]))}`]
      : [],
  );
  const url = `${urlsOf(operation)[0]!}?${[query, ...required].join("&")}`;
  return admittedTo(operation).then((who) => api.ask(who, { method: operation.method, url }));
}

const reading = (): readonly ApiOperation[] =>
  api.operations.filter(({ method }) => method === "GET");

describe("row 153: a query", () => {
  const TEXTS = [
    "",
    "-1",
    "1e9",
    "1e999",
    "0x10",
    "NaN",
    "' or 1=1--",
    '"; drop table accounts_user',
    "%",
    "_",
    "\\",
    ".*",
    "(a+)+$",
    "*",
    "\u0000",
    "\ufffd",
    "x".repeat(10_000),
  ];

  it("of any kind is answered or refused as described, never a mistake", async () => {
    const wrong: unknown[] = [];
    let cases = 0;
    for (const operation of reading()) {
      for (const parameter of operation.parameters.filter((one) => one.in === "query")) {
        for (const text of TEXTS) {
          const query = `${parameter.name}=${encodeURIComponent(text)}`;
          const { status } = await queried(operation, query);
          cases += 1;
          const isRight = [...operation.statuses, 414].includes(status) && status < 500;
          if (!isRight) wrong.push([operation.path, query.slice(0, 80), status]);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(1_000);
  });

  it("that a parameter's schema refuses is refused, and so is one given twice", async () => {
    const wrong: unknown[] = [];
    for (const operation of reading()) {
      for (const { name, schema } of operation.parameters.filter((one) => one.in === "query")) {
        const check = Compile(schema as TSchema);
        const isNumber = ["integer", "number"].includes(String(schema["type"]));
        const refused = TEXTS.filter((text) => isNumber || !check.Check(text));
        for (const text of [...refused, "a&" + name + "=a"]) {
          const encoded = text.startsWith("a&") ? text : encodeURIComponent(text);
          const { status } = await queried(operation, `${name}=${encoded}`);
          if (status !== 400 && status !== 414) wrong.push([operation.path, name, text, status]);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("with a parameter that nobody reads is refused where others are read", async () => {
    const wrong: unknown[] = [];
    for (const operation of reading()) {
      if (!operation.parameters.some((one) => one.in === "query")) continue;
      const { status } = await queried(operation, "nobody-asked=1");
      if (status !== 400) wrong.push([operation.path, status]);
    }
    expect(wrong).toEqual([]);
  });

  it.each(["%", "_", "*", ".*", "\\", "' or 1=1--"])(
    "for %j finds what is written so, which is nothing",
    async (text) => {
      const searched = reading().filter((operation) =>
        operation.parameters.some((one) => one.name === "search" || one.name === "note"),
      );
      expect(searched.length).toBeGreaterThanOrEqual(3);
      for (const operation of searched) {
        for (const name of ["search", "note"]) {
          if (!operation.parameters.some((one) => one.name === name)) continue;
          const answer = await queried(operation, `${name}=${encodeURIComponent(text)}`);
          const found = answer.status === 200 ? Object.values(JSON.parse(answer.text)).flat() : [];
          const rows = found.filter((one) => typeof one === "object" && one !== null);
          expect([operation.path, name, rows]).toEqual([operation.path, name, []]);
        }
      }
    },
  );
});

describe("row 161: an id that is none", () => {
  const IDS = [
    "-1",
    "1e9",
    "null",
    "%00",
    "%20",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%5c",
    "%F0%9F",
    "%27%20or%201%3D1--",
    "x".repeat(300),
    "%E2%80%8B",
  ];

  it("is refused or not found at every place of every path, by every method", async () => {
    const wrong: unknown[] = [];
    let cases = 0;
    for (const operation of api.operations) {
      const names = operation.parameters.filter((one) => one.in === "path");
      const who = await admittedTo(operation);
      for (const { name } of names) {
        for (const id of IDS) {
          const template = operation.path.replace(`{${name}}`, id);
          const url = urlsOf({ ...operation, path: template })[0]!;
          const { status, text } = await api.ask(who, { method: operation.method, url });
          cases += 1;
          if (status < 400 || status >= 500) wrong.push([operation.method, url, status, text]);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(400);
  });
});

describe("row 158: without a sign-in or a token", () => {
  it("exactly these routes answer with anything but 401", async () => {
    const open: string[] = [];
    for (const operation of api.operations) {
      const asking = { method: operation.method, url: urlsOf(operation)[0]! };
      const { status } = await api.ask("nobody", asking);
      if (status !== 401) open.push(`${operation.method} ${operation.path} ${status}`);
    }
    expect(open.toSorted()).toEqual([
      "DELETE /api/v1/sign-in/bind 204",
      "GET /api/v1/sign-in-page 200",
      "GET /api/v1/sign-in/bind 404",
      "GET /readyz 200",
      "POST /api/v1/password-assessments 400",
      "POST /api/v1/password-links/look 400",
      "POST /api/v1/password-reset-requests 400",
      "POST /api/v1/password-resets 400",
      "POST /api/v1/setup 400",
      "POST /api/v1/sign-in 400",
      "POST /api/v1/sign-in/bind 400",
      "POST /api/v1/sign-in/passkey 400",
      "POST /api/v1/sign-in/passkey-options 200",
      "POST /api/v1/sign-in/provider 400",
      "POST /api/v1/sign-out 200",
    ]);
  });

  it.each([
    "/metrics",
    "/debug",
    "/debug/pprof",
    "/health",
    "/api/v1/health",
    "/api/openapi.json",
    "/api/docs",
    "/api/docs/",
    "/.env",
    "/server-status",
    "/postern/api/v1/users",
  ])("%s tells nothing", async (url) => {
    const { status, text } = await api.ask("nobody", { method: "GET", url });
    expect([401, 403, 404]).toContain(status);
    expect(text).not.toMatch(/postern_|paths|ada@example|0\.1\.0/);
  });

  it.each([
    "/postern/assets/index.js.map",
    "/postern/assets/",
    "/postern/assets/../index.html.map",
  ])("there is no %s", async (url) => {
    const { headers, text } = await api.ask("nobody", { method: "GET", url });
    expect(headers["content-type"]).not.toMatch(/json;|javascript/);
    expect(text).not.toContain('"sources"');
  });

  it("liveness is told, and nothing with it", async () => {
    const { status, text } = await api.ask("nobody", { method: "GET", url: "/healthz" });
    expect([status, text]).toEqual([200, '{"status":"ok"}']);
  });
});

it("row 154: no pattern of a schema takes steps out of all proportion", async () => {
  const text = JSON.stringify(await api.portal.must("GET", "/api/openapi.json"));
  const quoted = [...text.matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, one]) => one!);
  const patterns = [...new Set(quoted)].map((one) => JSON.parse(one) as string);
  expect(patterns.length).toBeGreaterThan(10);
  // As schemas are compiled.
  expect(patterns.filter((pattern) => findSuperlinear(pattern, "u") !== null)).toEqual([]);
});

it("row 187: nothing of all that held others up", async () => {
  expect(await api.blocking()).toEqual([]);
});

it("nothing of all that was a mistake of ours", () => {
  expect(api.failures).toEqual([]);
});

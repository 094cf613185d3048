// Shows that each house rule refuses what it should, and lets pass what it should not refuse.
import { describe, expect, it } from "vitest";
import { HOUSE_RULES } from "./tidy/house-rules.ts";
import { parseSource } from "./tidy/parse-source.ts";
import type { SourceFile } from "./tidy/source-file.ts";

type Sample = readonly [path: string, code: string];

const SENTENCE = "// Says what it is for.\n";

/** The names of the rules that a tree of samples breaks. */
function brokenRules(...samples: readonly Sample[]): readonly string[] {
  return brokenBy(samples.map(([path, code]) => ({ path, text: `${SENTENCE}${code}\n` })));
}

function brokenBy(files: readonly SourceFile[]): readonly string[] {
  const parsed = files.map(parseSource);
  return HOUSE_RULES.filter(([, rule]) => rule(parsed).length > 0).map(([name]) => name);
}

const TABLE = "imports follow the table of folders";
const ORDER = "domains import earlier domains only";
const DOORS = "server domains are entered through index.ts";
const CORE = "core has no clock, chance, waiting or package";
const ENVIRONMENT = "one file reads the environment";
const DRIVERS = "driver packages stay in their folder";
const FIRST_LINE = "the first line says what the file is for";
const NAMES = "names are kebab-case and say something";
const SYNTAX = "no default export, class, enum or cast to any";
const COMMENTS = "comments leave nothing for later";
const SKIPPED = "no test is kept from running";

const inCore = "src/core/gate/decide-request.ts";
const inServer = "src/server/gate/answer-gate.ts";
const inPlatform = "src/platform/clock.ts";

const REFUSED: readonly (readonly [string, string, string])[] = [
  ["every file can be parsed", inCore, "export const = 1;"],
  ["folders are those of the map", "src/lib/thing.ts", ""],
  ["folders are those of the map", "src/thing.ts", ""],
  ["folders are those of the map", "src/core/extras/thing.ts", ""],
  ["folders are those of the map", "src/server/extras/thing.ts", ""],

  [TABLE, inCore, `import { now } from "../../platform/clock.ts";`],
  [TABLE, inCore, `import type { Body } from "../../api/gate-api.ts";`],
  [TABLE, inCore, `export * from "../../server/start-server.ts";`],
  [TABLE, inCore, `export type Body = import("../../api/gate-api.ts").Body;`],
  [TABLE, inPlatform, `import { isSurface } from "../core/network/surface.ts";`],
  [TABLE, inPlatform, `export const page = new URL("../web/page.ts", import.meta.url);`],
  [TABLE, "src/api/gate-api.ts", `import { serve } from "../server/start-server.ts";`],
  [TABLE, "src/api/gate-api.ts", `import { now } from "../platform/clock.ts";`],
  [TABLE, inServer, `export const page = import("../../web/page.tsx");`],
  [TABLE, inServer, `import { command } from "../../cli/bans.ts";`],
  [TABLE, inServer, `import { sample } from "../../../test/sample.ts";`],
  [TABLE, "src/web/gate/page.tsx", `import { now } from "../../platform/clock.ts";`],
  [TABLE, "src/cli/bans.ts", `import { page } from "../web/page.tsx";`],

  [ORDER, "src/core/network/address.ts", `import { readPath } from "../gate/request-path.ts";`],
  [ORDER, "src/core/accounts/account.ts", `import { event } from "../journal/event.ts";`],
  [ORDER, "src/server/identity/sign-in.ts", `import { gate } from "../gate/index.ts";`],
  [ORDER, "src/server/gate/answer.ts", `import { preview } from "../preview/index.ts";`],
  [DOORS, inServer, `import { bans } from "../network/bans.ts";`],
  [DOORS, "src/server/start-server.ts", `import { bans } from "./network/bans.ts";`],
  [DOORS, "src/cli/bans.ts", `import { bans } from "../server/network/bans.ts";`],

  [CORE, inCore, `export const at = () => Date.now();`],
  [CORE, inCore, `export const at = Date["now"];`],
  [CORE, inCore, `export const at = new Date(0);`],
  [CORE, inCore, `export const at = performance.now();`],
  [CORE, inCore, `export const die = Math.random();`],
  [CORE, inCore, `export async function decide() {}`],
  [CORE, inCore, `export const decide = async () => 1;`],
  [CORE, inCore, `export const decided = await decide();`],
  [CORE, inCore, `export function decide(facts: Promise<number>) { return facts; }`],
  [CORE, inCore, `export const decided = Promise.resolve(1);`],
  [CORE, inCore, `setTimeout(() => 1, 5);`],
  [CORE, inCore, `export const facts = fetch("http://localhost");`],
  [CORE, inCore, `import { isIP } from "node:net";`],
  [CORE, inCore, `import { Type } from "typebox";`],
  [CORE, inCore, `export const lazy = import("typebox");`],

  [ENVIRONMENT, inServer, `export const port = process.env.PORT;`],
  [ENVIRONMENT, inServer, `export const port = process["env"]["PORT"];`],
  [ENVIRONMENT, inServer, `const { env } = process;`],
  [ENVIRONMENT, inServer, `import { env } from "node:process";`],
  [ENVIRONMENT, "src/cli/serve.ts", `export const port = process.env["PORT"];`],

  [DRIVERS, inServer, `import pg from "pg";`],
  [DRIVERS, inServer, `import { DatabaseSync } from "node:sqlite";`],
  [DRIVERS, inServer, `export const sqlite = process.getBuiltinModule("node:sqlite");`],
  [DRIVERS, inServer, `export const file = require.resolve("@ip-location-db/country/x.mmdb");`],
  [DRIVERS, inServer, `export const file = import.meta.resolve("@ip-location-db/country");`],
  [DRIVERS, inPlatform, `import { DatabaseSync } from "@photostructure/sqlite";`],
  [DRIVERS, inPlatform, `import { Reader } from "mmdb-lib";`],
  [DRIVERS, inServer, `import { Redis } from "ioredis";`],
  [DRIVERS, inServer, `import nodemailer from "nodemailer";`],
  [DRIVERS, inServer, `import { Webhook } from "standardwebhooks";`],
  [DRIVERS, inServer, `import { hash } from "@node-rs/argon2";`],
  [DRIVERS, inServer, `import { TOTP } from "otpauth";`],
  [DRIVERS, "src/web/identity/page.tsx", `import { toString } from "qrcode";`],
  [DRIVERS, "src/web/identity/page.tsx", `import { zxcvbn } from "@zxcvbn-ts/core";`],
  [DRIVERS, inServer, `import { verifyAuthenticationResponse } from "@simplewebauthn/server";`],
  [DRIVERS, inPlatform, `import { isoBase64URL } from "@simplewebauthn/server/helpers";`],
  [DRIVERS, "src/web/identity/page.tsx", `export const it = import("@simplewebauthn/browser");`],
  [DRIVERS, inServer, `import * as oidc from "openid-client";`],
  [DRIVERS, "src/api/gate-api.ts", `import type { FastifyInstance } from "fastify";`],

  [NAMES, "src/core/gate/decideRequest.ts", ""],
  [NAMES, "src/core/gate/decide_request.ts", ""],
  [NAMES, "src/core/network/utils.ts", ""],
  [NAMES, "src/core/network/address-helpers.ts", ""],
  [NAMES, "src/server/network/ban-service.ts", ""],
  [NAMES, "src/platform/common/clock.ts", ""],
  [NAMES, "src/api/types.ts", ""],

  ["every suite is run by a project", "test/elsewhere/thing.test.ts", ""],
  ["every suite is run by a project", "bench/thing.test.ts", ""],

  [SYNTAX, inServer, `export default function answer() {}`],
  [SYNTAX, inServer, `export class Gate {}`],
  [SYNTAX, inServer, `export class Gate extends EventEmitter {}`],
  [SYNTAX, inServer, `export const gate = class {};`],
  [SYNTAX, inServer, `export enum Verdict { Pass }`],
  [SYNTAX, inServer, `export const gate = JSON.parse("{}") as any;`],

  ["at most three parameters", inServer, `export function f(a: 1, b: 1, c: 1, d: 1) {}`],
  ["at most three parameters", inServer, `export const f = (a: 1, b: 1, c: 1, ...d: 1[]) => 1;`],
  ["at most three parameters", "test/system/a.test.ts", "function f(a, b, c, d) {}"],
  ["functions are short", inServer, `export function f() {${"\n".repeat(60)}}`],
  ["files are short", inServer, "\n".repeat(300)],
  ["files are short", "test/system/gate.test.ts", "\n".repeat(400)],
  ["lines fit into 100 columns", inServer, `// ${"x".repeat(98)}`],

  [COMMENTS, inServer, "// TODO later"],
  [COMMENTS, inServer, "/* FIXME */"],
  [COMMENTS, inServer, "// @ts-ignore\n"],
  [SKIPPED, "src/core/gate/a.test.ts", `it.only("x", () => {});`],
  [SKIPPED, "test/system/a.test.ts", `describe.skip("x", () => {});`],
  [SKIPPED, "test/system/a.test.ts", `it.concurrent.only.each([1])("x", () => {});`],
];

describe("each rule refuses", () => {
  it.each(REFUSED)("%s: %s %s", (rule, path, code) => {
    expect(brokenRules([path, code])).toContain(rule);
  });

  it.each([
    ["no comment", "export const a = 1;\n"],
    ["no period", "// Says what it is for\n"],
    ["a block comment", "/* Says what it is for. */\n"],
    ["an empty first line", "\n// Says what it is for.\n"],
    ["a shebang alone", "#!/usr/bin/env node\n"],
  ])("a first line with %s", (_name, text) => {
    expect(brokenBy([{ path: inServer, text }])).toContain(FIRST_LINE);
  });

  it("a name that stands twice in src", () => {
    const samples: Sample[] = [
      ["src/core/network/ban.ts", ""],
      ["src/server/network/ban.ts", ""],
    ];
    expect(brokenRules(...samples)).toEqual(["file names within src are unique"]);
  });

  it("a later domain behind a file beside the domains", () => {
    const samples: Sample[] = [
      ["src/core/network/decide.ts", `import { words } from "../words.ts";`],
      ["src/core/words.ts", `import { more } from "./more-words.ts";`],
      ["src/core/more-words.ts", `import { surface } from "./gate/surface.ts";`],
    ];
    expect(brokenRules(...samples)).toEqual(["no file beside the domains hides a later domain"]);
  });
});

describe("what is in order passes every rule", () => {
  it.each<Sample>([
    [inCore, `import type { Address } from "../network/address.ts";`],
    [inCore, `import { reason } from "./reason.ts";\nimport type { Step } from "../decision.ts";`],
    [inCore, `export const words = ["Date.now", "async", "Promise", "process.env"];`],
    [inCore, `// Time is an argument, never Date.now().\nexport const dayMs = 86_400_000;`],
    ["src/core/gate/a.test.ts", `import fc from "fast-check";\nawait fc.assert(Date.now());`],
    [
      "src/api/gate-api.ts",
      `import { Type } from "typebox";\nimport "../core/network/surface.ts";`,
    ],
    [inServer, `import { bans } from "../network/index.ts";\nimport "./reason.ts";`],
    [inServer, `import { now } from "../../platform/clock.ts";\nimport { Kysely } from "kysely";`],
    ["src/platform/config.ts", `export const port = process.env["PORT"];`],
    ["src/platform/database/postgres.ts", `import pg from "pg";`],
    ["src/platform/database/sqlite.ts", `export const s = import("node:sqlite");`],
    ["src/cli/bans.ts", `import { start } from "../server/start-server.ts";`],
    ["src/server/migrations/0001-network.ts", `export async function up(): Promise<void> {}`],
    ["src/platform/problem/problem.ts", `export class Problem extends Error {}`],
    [inServer, `export function f(this: void, a: 1, b: 1, { c, d }: { c: 1; d: 1 }) {}`],
    ["test/scenarios/a.test.ts", `describe.skipIf(true)("x", () => {});`],
    [
      "src/core/gate/a.test.ts",
      `import { it } from "vitest";\nit.each([])("x", (a, b, c, d) => {});`,
    ],
    ["vitest.config.ts", `export default {};`],
  ])("%s %s", (path, code) => {
    expect(brokenRules([path, code])).toEqual([]);
  });

  it("a shebang before the first line", () => {
    const text = "#!/usr/bin/env node\n// Runs the command line.\n";
    expect(brokenBy([{ path: "src/cli/postern.ts", text }])).toEqual([]);
  });

  it("a long function whose lines are those of the functions inside it", () => {
    const inner = `function g() {${"\n".repeat(50)}}`;
    expect(brokenRules([inServer, `export function f() { ${inner} ${inner} }`])).toEqual([]);
  });

  it("a full file of 300 lines and a line of 100 columns", () => {
    const text = `${SENTENCE}${`// ${"x".repeat(97)}\n`.repeat(299)}`;
    expect(brokenBy([{ path: inServer, text }])).toEqual([]);
  });

  it("every rule was shown to refuse something", () => {
    const shown = new Set(REFUSED.map(([rule]) => rule));
    const apart = new Set([
      FIRST_LINE,
      "file names within src are unique",
      "no file beside the domains hides a later domain",
    ]);
    const names = HOUSE_RULES.map(([name]) => name);
    expect(names.filter((name) => !shown.has(name) && !apart.has(name))).toEqual([]);
  });
});

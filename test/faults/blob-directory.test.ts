// A directory of recordings when it is damaged, tampered with, or away: nothing passes for whole.
import { execFileSync } from "node:child_process";
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BlobError, type BlobStore } from "../../src/platform/blob/blob-store.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import { bytesOf, factsOf, faultOf, keysOf, readAll } from "../contracts/blob-places.ts";

let directory: string;
let root: string;
let store: BlobStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "postern-faults-"));
  root = join(directory, "recordings");
  store = await openBlobStore({ kind: "directory", path: root });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function put(key: string, content: Uint8Array | string): Promise<void> {
  await writeFile(join(directory, "incoming"), content);
  await store.put(key, join(directory, "incoming"), factsOf(content));
}

/** What comes until the stream ends, and the error it ended with. */
async function readUntilEnd(
  stream: Readable,
): Promise<{ readonly bytes: number; readonly error: unknown }> {
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length;
    return { bytes, error: null };
  } catch (error) {
    return { bytes, error };
  }
}

/** How many descriptors of this process lead to the file. */
async function descriptorsOf(path: string): Promise<number> {
  const names = await readdir("/proc/self/fd");
  const links = names.map((name) => readlink(join("/proc/self/fd", name)).catch(() => ""));
  return (await Promise.all(links)).filter((link) => link === path).length;
}

describe("files in a directory", () => {
  it("are for us alone, moved there whole and without a trace beside them", async () => {
    await put("account/one.mp3", "content");
    expect((await stat(join(root, "account/one.mp3"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(root, "account"))).mode & 0o777).toBe(0o700);
    expect((await stat(root)).mode & 0o777).toBe(0o700);
    expect(await readdir(root, { recursive: true })).toEqual(["account", "account/one.mp3"]);
    expect(await readdir(directory)).toEqual(["recordings"]);
  });

  it("come whole from another file system, where nothing can be moved", async () => {
    const inMemory = (await stat("/dev/shm")).dev;
    const away = (await stat(root)).dev === inMemory ? "/var/tmp" : "/dev/shm";
    const elsewhere = await mkdtemp(join(away, "postern-faults-"));
    try {
      expect((await stat(elsewhere)).dev).not.toBe((await stat(root)).dev);
      const content = bytesOf(200_000);
      await writeFile(join(elsewhere, "incoming"), content);
      await store.put("account/one.mp3", join(elsewhere, "incoming"), factsOf(content));
      expect((await readAll(store, "account/one.mp3")).equals(content)).toBe(true);
      expect((await stat(join(root, "account/one.mp3"))).mode & 0o777).toBe(0o600);
      expect(await readdir(join(root, ".half-put"))).toEqual([]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it("that were half copied are in no list, and go after a day", async () => {
    await mkdir(join(root, ".half-put"));
    for (const name of ["old", "young"]) await writeFile(join(root, ".half-put", name), "half");
    const dayBefore = Date.now() / 1000 - 90_000;
    await utimes(join(root, ".half-put/old"), dayBefore, dayBefore);
    expect(await keysOf(store)).toEqual([]);
    await openBlobStore({ kind: "directory", path: root });
    expect(await readdir(join(root, ".half-put"))).toEqual(["young"]);
  });

  it("leave no descriptor behind, read to the end, left half-way, or not read at all", async () => {
    await put("account/one.wav", bytesOf(500_000));
    const path = join(root, "account/one.wav");
    await readAll(store, "account/one.wav");
    const left = await (await store.open("account/one.wav")).read(null);
    left.once("data", () => left.destroy());
    await once(left, "close");
    const unread = await store.open("account/one.wav");
    expect(await descriptorsOf(path)).toBe(1);
    await unread.close();
    expect(await descriptorsOf(path)).toBe(0);
  });

  it("that get shorter while they are read fail, and do not end (attack row 137)", async () => {
    await put("account/one.wav", bytesOf(500_000));
    const stream = await (await store.open("account/one.wav")).read(null);
    await truncate(join(root, "account/one.wav"), 100_000);
    const { bytes, error } = await readUntilEnd(stream);
    expect(bytes).toBe(100_000);
    expect(error).toBeInstanceOf(BlobError);
    expect(String(error)).toContain("account/one.wav ends 400000 bytes too early");
  });

  it("that are removed while they are read are read to their end", async () => {
    const content = bytesOf(500_000);
    await put("account/one.wav", content);
    const stream = await (await store.open("account/one.wav")).read(null);
    await store.remove("account/one.wav");
    expect(await readUntilEnd(stream)).toEqual({ bytes: content.length, error: null });
  });
});

describe("what is no file of ours", () => {
  it("a directory in place of a file is neither read, replaced nor removed", async () => {
    await mkdir(join(root, "account/one.mp3"), { recursive: true });
    await faultOf(store.open("account/one.mp3"), "unreadable");
    await faultOf(store.size("account/one.mp3"), "unreadable");
    await faultOf(store.remove("account/one.mp3"), "unreadable");
    await faultOf(put("account/one.mp3", "x"), "unreadable");
    expect((await lstat(join(root, "account/one.mp3"))).isDirectory()).toBe(true);
    expect(await keysOf(store)).toEqual([]);
  });

  it("a file in place of a directory is left alone", async () => {
    await writeFile(join(root, "account"), "x");
    await faultOf(store.open("account/one.mp3"), "unreadable");
    await faultOf(put("account/one.mp3", "y"), "unreadable");
    expect(await readFile(join(root, "account"), "utf8")).toBe("x");
  });

  it("a symbolic link out of the directory is not followed (CWE-59)", async () => {
    const secret = join(directory, "secret");
    await writeFile(secret, "secret");
    await mkdir(join(root, "account"));
    await symlink(secret, join(root, "account/one.mp3"));
    await faultOf(store.open("account/one.mp3"), "unreadable");
    await faultOf(store.size("account/one.mp3"), "unreadable");
    expect(await keysOf(store)).toEqual([]);
    await put("account/one.mp3", "ours");
    expect(await readFile(secret, "utf8")).toBe("secret");
    expect(String(await readAll(store, "account/one.mp3"))).toBe("ours");
  });

  it("a directory that is a symbolic link is not entered (CWE-59)", async () => {
    const outside = join(directory, "outside");
    await mkdir(outside);
    await writeFile(join(outside, "one.mp3"), "secret");
    await symlink(outside, join(root, "account"));
    await faultOf(store.open("account/one.mp3"), "unreadable");
    await faultOf(store.size("account/one.mp3"), "unreadable");
    await faultOf(store.remove("account/one.mp3"), "unreadable");
    await faultOf(put("account/two.mp3", "x"), "unreadable");
    expect(await readdir(outside)).toEqual(["one.mp3"]);
    expect(await keysOf(store)).toEqual([]);
  });

  it("a pipe in place of a file keeps nobody waiting", async () => {
    await mkdir(join(root, "account"));
    execFileSync("mkfifo", [join(root, "account/one.mp3")]);
    await faultOf(store.open("account/one.mp3"), "unreadable");
    expect(await keysOf(store)).toEqual([]);
  });
});

describe("a directory that is away", () => {
  it("is told apart from a missing file, and is not made anew in its stead", async () => {
    await put("account/one.mp3", "x");
    await rename(root, `${root}-unmounted`);
    const { message } = await faultOf(store.open("account/one.mp3"), "unavailable");
    expect(message).toContain(root);
    await faultOf(store.size("account/one.mp3"), "unavailable");
    await faultOf(store.remove("account/one.mp3"), "unavailable");
    await faultOf(put("account/two.mp3", "y"), "unavailable");
    await faultOf(keysOf(store), "unavailable");
    await rename(`${root}-unmounted`, root);
    expect(await keysOf(store)).toEqual(["account/one.mp3"]);
  });

  it("stops the start with the variable and the path", async () => {
    await writeFile(join(directory, "file"), "x");
    const path = join(directory, "file/recordings");
    const { message } = await faultOf(openBlobStore({ kind: "directory", path }), "unavailable");
    expect(message).toMatch(/^BLOB_URL: .*file\/recordings.*ENOTDIR/);
  });
});

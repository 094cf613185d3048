// What every blob store promises: whole blobs or none, ranges, lists, and errors in three kinds.
import { rm } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { beforeAll, expect, it } from "vitest";
import { BlobError, type BlobStore, isBlobKey } from "../../src/platform/blob/blob-store.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import {
  bytesOf,
  describeEachBlobStore,
  factsOf,
  faultOf,
  KEY_SECRET,
  keysOf,
  readAll,
} from "./blob-places.ts";

describeEachBlobStore("a blob store", (harness) => {
  let store: BlobStore;
  beforeAll(async () => {
    store = await harness.open();
  });

  async function put(key: string, content: Uint8Array | string): Promise<void> {
    await store.put(key, await harness.file(content), factsOf(content));
  }

  it.each([
    ["all of it", null, "0123456789"],
    ["the first byte", { first: 0, last: 0 }, "0"],
    ["the middle", { first: 3, last: 5 }, "345"],
    ["the end", { first: 8, last: 9 }, "89"],
  ])("gives %s", async (_words, range, expected) => {
    await put("ranges/one.mp3", "0123456789");
    expect(String(await readAll(store, "ranges/one.mp3", range))).toBe(expected);
    const blob = await store.open("ranges/one.mp3");
    expect(blob.sizeBytes).toBe(10);
    await blob.close();
  });

  it("keeps a large blob as it is, and gives ranges across what it was sent in", async () => {
    const content = bytesOf(20 * 1024 * 1024 + 3);
    await put("large/one.wav", content);
    expect(factsOf(await readAll(store, "large/one.wav"))).toEqual(factsOf(content));
    const middle = { first: 8 * 1024 * 1024 - 5, last: 16 * 1024 * 1024 + 5 };
    const part = await readAll(store, "large/one.wav", middle);
    expect(part.equals(content.subarray(middle.first, middle.last + 1))).toBe(true);
    expect(await store.size("large/one.wav")).toBe(content.length);
  });

  it("takes an empty file, and replaces what was there", async () => {
    await put("again/one.mp3", "");
    expect(await store.size("again/one.mp3")).toBe(0);
    expect(String(await readAll(store, "again/one.mp3"))).toBe("");
    await put("again/one.mp3", "second");
    expect(String(await readAll(store, "again/one.mp3"))).toBe("second");
    expect(await keysOf(store, "again/")).toEqual(["again/one.mp3"]);
  });

  it("tells what is missing, and removes what is not there without a word", async () => {
    await put("gone/one.mp3", "x");
    await store.remove("gone/one.mp3");
    await store.remove("gone/one.mp3");
    await store.remove("never/was/there.mp3");
    expect((await faultOf(store.open("gone/one.mp3"), "missing")).message).toContain("one.mp3");
    await faultOf(store.size("gone/one.mp3"), "missing");
    await faultOf(store.size("never/was/there.mp3"), "missing");
    expect(await keysOf(store, "gone/")).toEqual([]);
  });

  it("lists by prefix, in the order of keys, with sizes and times", async () => {
    const keys = ["list/a-b/1.mp3", "list/a/1.mp3", "list/a/10.mp3", "list/b.mp3"];
    const beforeMs = Date.now() - 5_000;
    for (const key of keys.toReversed()) await put(key, key);
    expect(await keysOf(store, "list/")).toEqual(keys);
    expect(await keysOf(store, "list/a/1")).toEqual(["list/a/1.mp3", "list/a/10.mp3"]);
    expect(await keysOf(store, "list/none")).toEqual([]);
    for await (const blob of store.list("list/b")) {
      expect(blob.sizeBytes).toBe("list/b.mp3".length);
      expect(blob.changedAtMs).toBeGreaterThan(beforeMs);
      expect(Number.isInteger(blob.changedAtMs)).toBe(true);
    }
  });

  it("puts nothing where the file is not as long as was said, or is away", async () => {
    const facts = { ...factsOf("whole"), sizeBytes: 6 };
    await faultOf(store.put("short/one.mp3", await harness.file("whole"), facts), "unreadable");
    const path = await harness.file("whole");
    await rm(path);
    const failure = await faultOf(store.put("short/two.mp3", path, factsOf("whole")), "unreadable");
    expect(failure.message).toContain(path);
    expect(await keysOf(store, "short/")).toEqual([]);
  });

  it("has one whole content after two puts at once", async () => {
    const [one, two] = [bytesOf(300_000), Buffer.alloc(300_000, "two")];
    await Promise.all([put("race/one.mp3", one), put("race/one.mp3", two)]);
    const found = await readAll(store, "race/one.mp3");
    expect([one, two].some((content) => content.equals(found))).toBe(true);
  });

  it("never mixes the bytes of a blob with those put in its place while it was open", async () => {
    await put("swap/one.mp3", "the first content");
    const blob = await store.open("swap/one.mp3");
    await put("swap/one.mp3", "THE OTHER CONTENT");
    // A file stays what it was; a bucket keeps no older object, and says so.
    const kept = harness.kind === "directory" ? "the first content" : "unreadable";
    const reading = Promise.resolve(blob.read(null)).then(buffer);
    const outcome = reading.then(String, (error: unknown) =>
      error instanceof BlobError ? error.fault : error,
    );
    expect(await outcome).toBe(kept);
  });

  it("is read once", async () => {
    await put("once/one.mp3", "x");
    const blob = await store.open("once/one.mp3");
    await buffer(await blob.read(null));
    await expect((async () => blob.read(null))()).rejects.toThrow("once");
    await blob.close();
  });

  it.each(["", "/a", "a/", "a//b", "../a", "a/../b", "a/.b", "A", "a b", "a%2fb", "a\\b", "a\0"])(
    "takes %j for no key",
    async (key) => {
      expect(isBlobKey(key)).toBe(false);
      await expect(store.open(key)).rejects.toThrow("no blob key");
      await expect(store.put(key, await harness.file("x"), factsOf("x"))).rejects.toThrow(
        "no blob",
      );
      await expect(store.remove(key)).rejects.toThrow("no blob key");
    },
  );

  it("leaves nothing of trying out, and says where it is without its secrets", async () => {
    const place = await harness.place();
    const opened = await openBlobStore(place);
    expect(await keysOf(opened)).toEqual([]);
    expect(opened.kind).toBe(place.kind);
    expect(opened.describe()).toContain(place.kind === "directory" ? place.path : place.bucket);
    expect(opened.describe() + JSON.stringify(place)).not.toContain(KEY_SECRET);
  });

  it("is the same store when it is opened again", async () => {
    const place = await harness.place();
    const first = await openBlobStore(place);
    await first.put("kept/one.mp3", await harness.file("kept"), factsOf("kept"));
    expect(String(await readAll(await openBlobStore(place), "kept/one.mp3"))).toBe("kept");
  });
});

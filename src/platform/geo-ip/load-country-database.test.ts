// Checks what is read from real and made-up country databases, and what is refused.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bitsOf, writeMmdb } from "../../../test/geo-ip/write-mmdb.ts";
import type { MmdbFile, MmdbValue } from "../../../test/geo-ip/write-mmdb.ts";
import type { CountryData } from "./country-data.ts";
import { flattenCountryFile } from "./flatten-country-file.ts";
import { loadCountryDatabase, shippedCountryDatabasePath } from "./load-country-database.ts";

const NOW_MS = Date.UTC(2026, 6, 1);
const DE = { country_code: "DE" };
const US = { country: { iso_code: "US" } };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "postern-geo-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shipped(suffix = ""): string {
  return (shippedCountryDatabasePath() ?? "").replace(/\.mmdb$/, `${suffix}.mmdb`);
}

/** In this thread, which is quicker; a thread of its own does the same (below, and shipped). */
function loadBytes(bytes: Uint8Array) {
  return flattenCountryFile({ path: "x", bytes: Buffer.from(bytes), nowMs: NOW_MS });
}

function loadGood(bytes: Uint8Array): CountryData {
  const outcome = loadBytes(bytes);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.data;
}

function mmdb(file: Partial<MmdbFile>): Buffer {
  const entries = [{ bits: bitsOf("1.2.3.0/24"), record: DE }];
  return writeMmdb({ entries, ...file });
}

/** IPv4 ranges as "start code", those without a country left out. */
function ipv4Of({ arrays }: CountryData): readonly string[] {
  return [...arrays.ipv4Starts].flatMap((start, i) => {
    const code = arrays.codes[arrays.ipv4Countries[i] ?? 0];
    return code === "" ? [] : [`${start.toString(16)} ${code}`];
  });
}

function ipv6Of({ arrays }: CountryData): readonly string[] {
  return [...arrays.ipv6Countries].flatMap((position, i) => {
    const words = arrays.ipv6Starts.subarray(i * 4, i * 4 + 4);
    const text = Array.from(words, (word) => word.toString(16)).join(":");
    return position === 0 ? [] : [`${text} ${arrays.codes[position]}`];
  });
}

/** Starting a thread takes its time on a busy machine. */
const UNHURRIED = { timeout: 60_000 };

describe("the shipped database", UNHURRIED, () => {
  it("covers the world in both families", async () => {
    const outcome = await loadCountryDatabase(shipped(), NOW_MS);
    if (!outcome.ok) throw new Error(outcome.reason);
    const { info, arrays } = outcome.data;
    expect(info).toMatchObject({ isWorldwide: true, warnings: [], byteLength: 7_841_291 });
    expect(info.countryCount).toBeGreaterThan(240);
    expect(info.ipv4RangeCount).toBeGreaterThan(300_000);
    expect(info.ipv6RangeCount).toBeGreaterThan(200_000);
    expect(new Date(info.buildDateMs).getUTCFullYear()).toBe(2026);
    expect(info.sha256).toMatch(/^[0-9a-f]{64}$/);
    for (let i = 1; i < arrays.ipv4Countries.length; i += 1) {
      if (arrays.ipv4Countries[i] === arrays.ipv4Countries[i - 1]) throw new Error(`equal at ${i}`);
    }
  });

  it.each([
    ["-ipv4", "it has no IPv6: IPv6 visitors are of unknown location"],
    ["-ipv6", "it has no IPv4: IPv4 visitors are of unknown location"],
  ])("of one family (%s) says so", async (suffix, warning) => {
    const outcome = await loadCountryDatabase(shipped(suffix), NOW_MS);
    expect(outcome.ok && outcome.data.info.warnings).toEqual([warning]);
  });
});

describe("a database of any maker", () => {
  it.each([24, 28, 32] as const)("is read with records of %i bits", (recordBits) => {
    const entries = [
      { bits: bitsOf("1.2.3.0/24"), record: DE },
      { bits: bitsOf("1.2.4.128/25"), record: US },
      { bits: bitsOf("255.255.255.255/32"), record: US },
      { bits: bitsOf("2a00::/16"), record: DE },
      { bits: bitsOf("2a00:1::1/128"), record: US },
    ];
    const data = loadGood(writeMmdb({ entries, recordBits }));
    expect(ipv4Of(data)).toEqual(["1020300 DE", "1020480 US", "ffffffff US"]);
    expect(ipv6Of(data)).toEqual(["2a000000:0:0:0 DE", "2a000001:0:0:1 US", "2a000001:0:0:2 DE"]);
  });

  it("is read as a tree of IPv4 only", () => {
    const entries = [{ bits: bitsOf("128.0.0.0/1", 4), record: DE }];
    const data = loadGood(writeMmdb({ entries, ipVersion: 4 }));
    expect(ipv4Of(data)).toEqual(["80000000 DE"]);
    expect(data.info).toMatchObject({ ipv6RangeCount: 0, isWorldwide: false });
    expect(data.info.warnings).toHaveLength(2);
  });

  it.each<[string, MmdbValue, readonly string[]]>([
    ["country_code", { country_code: "DE" }, ["DE"]],
    ["country.iso_code", { country: { iso_code: "DE", geoname_id: 1 } }, ["DE"]],
    ["country as text", { country: "DE", country_name: "Germany" }, ["DE"]],
    ["lower case", { country_code: "de" }, ["DE"]],
    ["only a registered country", { registered_country: { iso_code: "US" } }, []],
    ["a name where the code should be", { country: "Germany" }, []],
  ])("gives the country of %s", (_, record, expected) => {
    const other = { bits: bitsOf("9.0.0.0/8"), record: { country_code: "HK" } };
    const entries = [{ bits: bitsOf("8.0.0.0/8"), record }, other];
    const data = loadGood(writeMmdb({ entries }));
    expect(ipv4Of(data)).toEqual([...expected.map((code) => `8000000 ${code}`), "9000000 HK"]);
  });

  it("joins neighbours of one country, also of different records", () => {
    const entries = [
      { bits: bitsOf("8.0.0.0/9"), record: { country_code: "DE" } },
      { bits: bitsOf("8.128.0.0/9"), record: { country: { iso_code: "DE" } } },
    ];
    expect(ipv4Of(loadGood(writeMmdb({ entries })))).toEqual(["8000000 DE"]);
  });

  it("does not follow the aliases of IPv4 in the tree of IPv6", () => {
    const ipv4 = "0".repeat(96);
    const entries = [
      { bits: bitsOf("8.0.0.0/8"), record: US },
      { bits: bitsOf("2a00::/16"), record: DE },
      { bits: bitsOf("::ffff:0:0/96"), aliasOf: ipv4 },
      { bits: bitsOf("2002::/16"), aliasOf: ipv4 },
      { bits: bitsOf("2001::/32"), aliasOf: ipv4 },
    ];
    const data = loadGood(writeMmdb({ entries }));
    expect(ipv4Of(data)).toEqual(["8000000 US"]);
    expect(ipv6Of(data)).toEqual(["2a000000:0:0:0 DE"]);
  });
});

/** A file whose one node points to itself on both sides. */
function circle(): Buffer {
  const file = mmdb({});
  file.writeUIntBE(0, 0, 3);
  file.writeUIntBE(0, 3, 3);
  return file;
}

function changed(change: (file: Buffer) => Buffer | void): Buffer {
  const file = mmdb({});
  return change(file) ?? file;
}

// attack row 7: absent, cut off, and whatever else a disk or a mistaken hand can leave there
describe("a file that is no country database is refused", UNHURRIED, () => {
  const asn = { autonomous_system_number: 64_500, autonomous_system_organization: "Example" };
  it.each<[string, () => Uint8Array, RegExp]>([
    ["empty", () => Buffer.alloc(0), /^is empty$/],
    ["text", () => Buffer.from("203.0.113.0/24,DE\n".repeat(1000)), /^is no MaxMind DB/],
    ["random bytes", () => randomBytes(200_000), /^is no MaxMind DB/],
    ["one byte", () => Buffer.from([7]), /^is no MaxMind DB/],
    ["an HTML page", () => Buffer.from("<!doctype html><title>404</title>"), /^is no MaxMind DB/],
    ["packed", () => gzipSync(mmdb({})), /^is gzip-compressed/],
    ["a tar archive", () => tar(), /^is a tar archive/],
    ["cut off", () => readFileSync(shipped()).subarray(0, 4_000_000), /cut off/],
    ["cut off by a byte", () => changed((file) => file.subarray(0, -1)), /damaged|cut off/],
    ["without its beginning", () => readFileSync(shipped()).subarray(1), /^is damaged/],
    ["metadata only", () => changed((file) => file.subarray(file.length - 200)), /^is damaged/],
    ["a mark and nothing", () => Buffer.from("\xab\xcd\xefMaxMind.com", "latin1"), /damaged/],
    ["in circles", circle, /^is damaged: its search tree runs in circles$/],
    ["pointing outside", () => changed((f) => void f.writeUIntBE(0xffffff, 3, 3)), /outside/],
    ["about networks", () => mmdb(only(asn)), /^has no countries.*autonomous_system_number/],
    ["without records", () => writeMmdb({ entries: [] }), /^has no countries.*none/],
    ["from the future", () => mmdb({ buildDateMs: NOW_MS + 3 * 86_400_000 }), /2026-07-04.*future/],
    ["without a build date", () => mmdb({ buildDateMs: 0 }), /does not say when/],
  ])("when it is %s", (_, bytes, reason) => {
    const outcome = loadBytes(bytes());
    expect(outcome).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it("when it is absent, a folder, or a device", async () => {
    const reasonOf = async (path: string) => await loadCountryDatabase(path, NOW_MS);
    const absent = await reasonOf(join(folder, "no-such.mmdb"));
    expect(absent).toEqual({ ok: false, reason: "does not exist" });
    const noFile = { ok: false, reason: "is not a regular file" };
    expect(await reasonOf(folder)).toEqual(noFile);
    expect(await reasonOf("/dev/zero")).toEqual(noFile);
  });

  it("also when a thread of its own reads it", async () => {
    const path = join(folder, "file.mmdb");
    writeFileSync(path, mmdb(only(asn)));
    const outcome = await loadCountryDatabase(path, NOW_MS);
    expect(outcome).toEqual({ ok: false, reason: expect.stringMatching(/^has no countries/) });
  });

  it("but not for a clock that is a day behind", () => {
    expect(loadBytes(mmdb({ buildDateMs: NOW_MS + 86_400_000 })).ok).toBe(true);
  });

  it("whichever byte of it is wrong: never a crash, never a hang", () => {
    const good = mmdb({});
    // The tree of one prefix is long; the data and metadata after it are what can mislead.
    for (let at = 0; at < good.length; at += at < 700 ? 97 : 3) {
      const file = Buffer.from(good);
      file[at] = (file[at] as number) ^ 0xff;
      const outcome = loadBytes(file);
      expect(outcome.ok || outcome.reason.length > 5).toBe(true);
    }
  });
});

function only(record: MmdbValue): Partial<MmdbFile> {
  return { entries: [{ bits: bitsOf("1.2.3.0/24"), record }] };
}

function tar(): Buffer {
  const archive = Buffer.alloc(10_240);
  archive.write("GeoLite2-Country.mmdb", 0, "latin1");
  archive.write("ustar", 257, "latin1");
  return archive;
}

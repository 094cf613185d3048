// Turns the bytes of a country database into sorted ranges, and refuses what cannot be one.
import { createHash } from "node:crypto";
import type { CountryArrays, CountryDatabaseInfo, LoadOutcome } from "./country-data.ts";
import { CountryFileError } from "./country-file-error.ts";
import { countryCodeOf } from "./country-code-of.ts";
import { addRange, emptyRangeList, finishRangeList } from "./range-list.ts";
import { openReader, readMmdbHeader } from "./read-mmdb-header.ts";
import { findIpv4Root, IPV4_DEPTH, walkMmdbTree } from "./walk-mmdb-tree.ts";
import type { MmdbTree } from "./walk-mmdb-tree.ts";

/** A database of the whole world has hundreds of thousands of ranges and some 250 countries. */
const WORLDWIDE_RANGES_MIN = 1000;
const WORLDWIDE_COUNTRIES_MIN = 100;

export type CountryFile = {
  readonly path: string;
  readonly bytes: Buffer;
  readonly nowMs: number;
};

/** Takes some 0.3 s for the shipped database: called in a thread of its own. */
export function flattenCountryFile(file: CountryFile): LoadOutcome {
  try {
    const header = readMmdbHeader(file.bytes, file.nowMs);
    const arrays = flattenTree({ file: file.bytes, header });
    const measured = measure(arrays);
    const { databaseType, buildDateMs } = header;
    const info: CountryDatabaseInfo = {
      path: file.path,
      byteLength: file.bytes.length,
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
      databaseType,
      buildDateMs,
      ...measured,
      warnings: warningsOf(measured),
    };
    return { ok: true, data: { arrays, info } };
  } catch (error) {
    if (error instanceof CountryFileError) return { ok: false, reason: error.message };
    // mmdb-lib reports damaged data in many ways (range errors, stack overflow).
    return { ok: false, reason: `is damaged: ${String(error)}` };
  }
}

function flattenTree(tree: MmdbTree): CountryArrays {
  const { nodeCount, ipVersion } = tree.header;
  const codes = openCodes(tree);
  const ipv4Root = findIpv4Root(tree);
  const ipv4 = emptyRangeList(1);
  walkMmdbTree(tree, {
    root: ipv4Root,
    depth: IPV4_DEPTH,
    skippedNode: -1,
    onLeaf: (record, words, at) => {
      addRange(
        ipv4,
        codes.positionOf(record, () => ipv4Text(words, at)),
        { words, at },
      );
    },
  });
  const ipv6 = emptyRangeList(4);
  const isIpv4Only = ipVersion === 4;
  walkMmdbTree(tree, {
    root: isIpv4Only ? nodeCount : 0,
    depth: 0,
    // IPv4 and its aliases are no IPv6 addresses of a country.
    skippedNode: ipv4Root < nodeCount ? ipv4Root : -1,
    onLeaf: (record, words, at) => {
      addRange(
        ipv6,
        codes.positionOf(record, () => ipv6Text(words, at)),
        { words, at },
      );
    },
  });
  codes.assertSome();
  const { starts: ipv4Starts, countries: ipv4Countries } = finishRangeList(ipv4);
  const { starts: ipv6Starts, countries: ipv6Countries } = finishRangeList(ipv6);
  return { ipv4Starts, ipv4Countries, ipv6Starts, ipv6Countries, codes: codes.list };
}

/** Gives each record of the tree the position of its country; each is decoded once. */
function openCodes({ file, header }: MmdbTree): {
  readonly list: readonly string[];
  readonly positionOf: (record: number, address: () => string) => number;
  readonly assertSome: () => void;
} {
  const reader = openReader(file);
  const list = [""];
  const positionByRecord = new Map<number, number>([[header.nodeCount, 0]]);
  const fields = new Set<string>();
  function decode(record: number, address: string): number {
    if (record < header.nodeCount + 16 || record >= header.recordEnd) {
      throw new CountryFileError("is damaged: its search tree points outside of its data");
    }
    const value: unknown = reader.get(address);
    const code = countryCodeOf(value);
    if (code === null) {
      if (fields.size < 10) for (const name of Object.keys(value ?? {})) fields.add(name);
      return 0;
    }
    const known = list.indexOf(code);
    return known === -1 ? list.push(code) - 1 : known;
  }
  return {
    list,
    positionOf(record, address) {
      const known = positionByRecord.get(record);
      if (known !== undefined) return known;
      const position = decode(record, address());
      positionByRecord.set(record, position);
      return position;
    },
    assertSome() {
      if (list.length > 1) return;
      const seen = [...fields].slice(0, 10).join(", ").slice(0, 200);
      throw new CountryFileError(
        `has no countries in it (its fields are: ${seen === "" ? "none" : seen})`,
      );
    },
  };
}

type Measured = Pick<
  CountryDatabaseInfo,
  "countryCount" | "ipv4RangeCount" | "ipv6RangeCount" | "isWorldwide"
>;

function measure(arrays: CountryArrays): Measured {
  const ipv4RangeCount = arrays.ipv4Countries.filter((position) => position !== 0).length;
  const ipv6RangeCount = arrays.ipv6Countries.filter((position) => position !== 0).length;
  const countryCount = arrays.codes.length - 1;
  const isWorldwide =
    ipv4RangeCount + ipv6RangeCount >= WORLDWIDE_RANGES_MIN &&
    countryCount >= WORLDWIDE_COUNTRIES_MIN;
  return { countryCount, ipv4RangeCount, ipv6RangeCount, isWorldwide };
}

function warningsOf(measured: Measured): readonly string[] {
  const { ipv4RangeCount, ipv6RangeCount, countryCount } = measured;
  const warnings: string[] = [];
  if (!measured.isWorldwide) {
    warnings.push(
      `it is small (${ipv4RangeCount + ipv6RangeCount} ranges of ${countryCount} countries): ` +
        "all other addresses are of unknown location",
    );
  }
  if (ipv4RangeCount === 0) warnings.push("it has no IPv4: IPv4 visitors are of unknown location");
  if (ipv6RangeCount === 0) warnings.push("it has no IPv6: IPv6 visitors are of unknown location");
  return warnings;
}

function ipv4Text(words: Uint32Array, at: number): string {
  const word = words[at + 3] as number;
  return [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join(".");
}

function ipv6Text(words: Uint32Array, at: number): string {
  return Array.from(words.subarray(at, at + 4), (word) =>
    [(word >>> 16).toString(16), (word & 0xffff).toString(16)].join(":"),
  ).join(":");
}

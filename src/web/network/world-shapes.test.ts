// The map has every country once, where it is, and land of its neighbours is not its own.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { countryName } from "../../api/country-names.ts";
import { COUNTRY_CODES } from "../../core/network/iso-3166.ts";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { countryOfNumber } from "./country-numbers.ts";
import { drawWorld } from "./world-shapes.ts";

const atlasPath = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const atlas = JSON.parse(readFileSync(atlasPath, "utf8"));
const world = drawWorld(atlas);
const byCode = new Map(world.shapes.map((shape) => [shape.code, shape]));

it("has every code but Antarctica's, each once", () => {
  const codes = world.shapes.flatMap(({ code }) => code ?? []);
  expect(codes.toSorted()).toEqual(COUNTRY_CODES.filter((code) => code !== "AQ").toSorted());
});

it("reads the numbers as the atlas names them", () => {
  const unlike = (atlas.objects.countries.geometries as Named[])
    .filter(({ id }) => id !== undefined)
    .map(({ id = "", properties }) => {
      const code = countryOfNumber(id);
      return `${properties.name} = ${code === null ? "nothing" : countryName(code)}`;
    })
    .filter((line) => !isAlike(line));
  expect(unlike).toEqual(OTHER_NAMES);
});

it.each([
  ["US", "CA", "south of"],
  ["GF", "FR", "south of"],
  ["RE", "FR", "south of"],
  ["NZ", "AU", "right of"],
  ["JP", "CN", "right of"],
  ["RU", "DE", "right of"],
  ["SJ", "NO", "north of"],
] as const)("%s lies %s as it does on earth", (a, b, relation) => {
  const [ax, ay] = byCode.get(a)!.middle;
  const [bx, by] = byCode.get(b)!.middle;
  const holds = { "south of": ay > by, "north of": ay < by, "right of": ax > bx };
  expect({ relation, holds: holds[relation] }).toEqual({ relation, holds: true });
});

it("has no shape that covers what is not its own", () => {
  const wide = world.shapes.filter(({ path: drawn }) => {
    const xs = [...drawn.matchAll(/[ML](-?[\d.]+),/g)].map(([, x]) => Number(x));
    return Math.max(...xs) - Math.min(...xs) > world.width * 0.6;
  });
  // The Aleutians lie on both sides of the line at which the map is cut.
  expect(wide.map(({ code }) => code)).toEqual(["US"]);
});

it("stays within the picture, and draws dots for what is too small", () => {
  for (const { middle, path: drawn, isDot } of world.shapes) {
    expect(middle[0]).toBeGreaterThan(0);
    expect(middle[0]).toBeLessThan(world.width);
    expect(middle[1]).toBeGreaterThan(0);
    expect(middle[1]).toBeLessThan(world.height);
    expect(isDot || drawn.startsWith("M")).toBe(true);
  }
  const dots = (["MT", "SG", "HK", "GI", "MC"] as CountryCode[]).filter(
    (c) => byCode.get(c)!.isDot,
  );
  expect(dots).toEqual(["MT", "SG", "HK", "GI", "MC"]);
  expect(byCode.get("BE")!.isDot || byCode.get("DE")!.isDot).toBe(false);
  expect(world.width / world.height).toBeGreaterThan(1.8);
});

type Named = { readonly id?: string; readonly properties: { readonly name: string } };

/** The same first letters in any word of both names. */
function isAlike(line: string): boolean {
  const [ours = [], theirs = []] = line.split(" = ").map((name) => {
    const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.split(/[^a-z]+/).filter((word) => word.length > 2);
  });
  return ours.some((word) => theirs.some((other) => other.startsWith(word.slice(0, 4))));
}

/** Read by a person. */
const OTHER_NAMES = [
  "Fr. S. Antarctic Lands = French Southern Territories",
  "Faeroe Is. = Faroe Islands",
  "Ashmore and Cartier Is. = Australia",
];

it("has no country that covers the map", () => {
  const numbersOf = (path: string) => [...path.matchAll(/-?[\d.]+/g)].map(Number);
  for (const { code, path: drawn } of world.shapes) {
    const heights = numbersOf(drawn).filter((_, index) => index % 2 === 1);
    const height = Math.max(0, ...heights) - Math.min(world.height, ...heights);
    expect({ code, isWhole: height > world.height / 2 }).toEqual({ code, isWhole: false });
  }
});

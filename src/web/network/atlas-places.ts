// Where the atlas and ISO 3166-1 differ: parts with a code of their own, and places without shape.
import type { CountryCode } from "../../core/network/iso-3166.ts";

/** Longitude and latitude, in degrees. */
export type GeoPoint = readonly [longitude: number, latitude: number];

/** What the atlas has no ISO number for. A name that is missing here is land of no country. */
export const CODES_BY_NAME: Readonly<Record<string, CountryCode>> = {
  Kosovo: "XK",
  "N. Cyprus": "CY",
  Somaliland: "SO",
  "Indian Ocean Ter.": "CX",
};

/** West, south, east, north. */
type Box = readonly [number, number, number, number];

/**
 * Parts of a country's shape that ISO 3166 counts elsewhere, found by their middle. Country
 * databases answer with these codes, so clicking French Guiana must not mean France.
 */
const PARTS: readonly { readonly of: CountryCode; readonly is: CountryCode; readonly in: Box }[] = [
  { of: "FR", is: "GF", in: [-55, 2, -51, 6] },
  { of: "FR", is: "GP", in: [-62.5, 15.6, -60.9, 16.7] },
  { of: "FR", is: "MQ", in: [-61.4, 14.2, -60.6, 15.1] },
  { of: "FR", is: "RE", in: [54, -22, 57, -20] },
  { of: "FR", is: "YT", in: [44, -14, 46, -12] },
  { of: "NO", is: "SJ", in: [-10, 73.5, 40, 82] },
  { of: "NO", is: "SJ", in: [-10, 70, 0, 72] },
  { of: "NL", is: "BQ", in: [-70, 11, -62, 18.5] },
  { of: "CX", is: "CC", in: [96, -13, 98, -11] },
  { of: "RU", is: "UA", in: [32, 44, 37, 46.3] },
];

export function codeOfPart(code: CountryCode, [longitude, latitude]: GeoPoint): CountryCode {
  const part = PARTS.find(
    ({ of, in: [west, south, east, north] }) =>
      of === code &&
      longitude >= west &&
      longitude <= east &&
      latitude >= south &&
      latitude <= north,
  );
  return part?.is ?? code;
}

/** Too small for the atlas: a dot stands for them. */
export const DOTS: Readonly<Partial<Record<CountryCode, GeoPoint>>> = {
  BV: [3.4, -54.4],
  GI: [-5.35, 36.14],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  UM: [-176.5, 0.2],
};

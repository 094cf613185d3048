// The countries of the world as shapes of a map: loaded when one is drawn, and worked out once.
import { geoArea, geoCentroid, geoNaturalEarth1, geoPath } from "d3-geo";
import type { GeoPath } from "d3-geo";
import type { Feature, MultiPolygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { codeOfPart, CODES_BY_NAME, DOTS } from "./atlas-places.ts";
import { countryOfNumber } from "./country-numbers.ts";

export type CountryShape = {
  /** Null: land that is no country's by ISO 3166-1. */
  readonly code: CountryCode | null;
  /** An SVG path; empty for what is only a dot. */
  readonly path: string;
  /** Of its largest part, in the units of the map. */
  readonly middle: readonly [x: number, y: number];
  /** Too small to be seen or hit: a dot stands for it. */
  readonly isDot: boolean;
};

export type WorldShapes = {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly CountryShape[];
};

type Atlas = Topology<{ countries: GeometryCollection<{ readonly name: string }> }>;
type Polygon = Position[][];

const WIDTH = 960;
const MARGIN = 4;
/** Keeps Chukotka with Russia: the map is cut through the Bering Strait. */
const CENTRAL_MERIDIAN = 11;
/** Half a unit of the map: what is nearer to the point before is not seen. */
const POINT_DISTANCE_DEGREES = 0.2;
/** Islands keep their few points. */
const POINTS_OF_ISLAND = 12;
/** Square units of the map; smaller parts of a country are not seen, but for its largest. */
const AREA_SEEN = 0.12;
/** Square units of the map: of Luxembourg a dot is seen, of Belgium its shape. */
const AREA_OF_DOT = 4;

/** Antarctica is left out: nobody calls from there, and it would be a sixth of the picture. */
export async function loadWorldShapes(): Promise<WorldShapes> {
  const { default: text } = await import("world-atlas/countries-50m.json?raw");
  return drawWorld(JSON.parse(text) as Atlas);
}

export function drawWorld(atlas: Atlas): WorldShapes {
  const polygons = polygonsByCode(thinOut(atlas));
  const land: Feature<MultiPolygon> = toFeature([...polygons.values()].flat());
  const projection = geoNaturalEarth1().rotate([-CENTRAL_MERIDIAN, 0]);
  projection.fitWidth(WIDTH - 2 * MARGIN, land);
  const [x, y] = projection.translate();
  projection.translate([x + MARGIN, y + MARGIN]);
  const draw = geoPath(projection).digits(1);
  const shapes = [...polygons].map(([key, parts]) => toShape(draw, key, parts));
  for (const [code, point] of Object.entries(DOTS)) {
    const middle = projection([...point]) ?? [0, 0];
    shapes.push({ code: code as CountryCode, path: "", middle, isDot: true });
  }
  const height = Math.ceil(draw.bounds(land)[1][1]) + MARGIN;
  return { width: WIDTH, height, shapes };
}

/** Land of no country has an empty key. */
function polygonsByCode(atlas: Atlas): Map<CountryCode | "", Polygon[]> {
  const found = new Map<CountryCode | "", Polygon[]>();
  for (const country of feature(atlas, atlas.objects.countries).features) {
    const { geometry, properties, id } = country;
    const whole = countryOfNumber(String(id ?? "")) ?? CODES_BY_NAME[properties.name] ?? "";
    if (whole === "AQ") continue;
    for (const polygon of partsOf(geometry).map(turnOutside)) {
      const code = whole === "" ? whole : codeOfPart(whole, middleOf(polygon));
      const known = found.get(code);
      if (known === undefined) found.set(code, [polygon]);
      else known.push(polygon);
    }
  }
  return found;
}

function partsOf(geometry: Feature["geometry"]): readonly Polygon[] {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [];
}

/** A ring the wrong way round (Diego Garcia's) would be all of the earth around it. */
function turnOutside(polygon: Polygon): Polygon {
  return sizeOf(polygon) > 2 * Math.PI ? polygon.map((ring) => ring.toReversed()) : polygon;
}

/** In steradians. */
function sizeOf(polygon: Polygon): number {
  return geoArea({ type: "Polygon", coordinates: polygon });
}

function middleOf(polygon: Polygon): readonly [number, number] {
  return geoCentroid({ type: "Polygon", coordinates: polygon });
}

function toFeature(coordinates: Polygon[]): Feature<MultiPolygon> {
  return { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates } };
}

function toShape(draw: GeoPath, key: CountryCode | "", parts: Polygon[]): CountryShape {
  const largest = parts.reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
  const seen = parts.filter((part) => part === largest || draw.area(toFeature([part])) > AREA_SEEN);
  return {
    code: key === "" ? null : key,
    path: draw(toFeature(seen)) ?? "",
    middle: draw.centroid({ type: "Polygon", coordinates: largest }),
    isDot: draw.area(toFeature(parts)) < AREA_OF_DOT,
  };
}

/** Leaves out points that nobody sees, in each border once, so that neighbours still meet. */
function thinOut(atlas: Atlas): Atlas {
  const { transform, arcs, ...others } = atlas;
  const [kx = 1, ky = 1] = transform?.scale ?? [];
  const [dx = 0, dy = 0] = transform?.translate ?? [];
  const thin = arcs.map((arc) => {
    let x = 0;
    let y = 0;
    const points = arc.map(([stepX = 0, stepY = 0]) => {
      x += stepX;
      y += stepY;
      return [x * kx + dx, y * ky + dy];
    });
    return points.length <= POINTS_OF_ISLAND ? points : points.filter(isFarFromLast());
  });
  return { ...others, arcs: thin };
}

function isFarFromLast(): (point: number[], index: number, points: number[][]) => boolean {
  let last: readonly number[] = [Infinity, Infinity];
  return (point, index, points) => {
    const [x = 0, y = 0] = point;
    const [lastX = 0, lastY = 0] = last;
    const isEnd = index === points.length - 1;
    if (!isEnd && Math.hypot(x - lastX, y - lastY) < POINT_DISTANCE_DEGREES) return false;
    last = point;
    return true;
  };
}

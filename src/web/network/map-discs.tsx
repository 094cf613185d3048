// The discs on a map, above all land: as large as what they stand for, with a ring for what is new.
import type { CountryCode } from "../../core/network/iso-3166.ts";
import type { MapMark } from "./world-map.tsx";
import type { CountryShape } from "./world-shapes.ts";

export type MapDiscsProps = {
  readonly shapes: readonly CountryShape[];
  readonly marks: ReadonlyMap<CountryCode, MapMark>;
  readonly unitsPerPixel: number;
};

/** Pixels; areas are compared, so the radius grows with the root. */
const RADIUS_MIN = 3.5;
const RADIUS_GROWTH = 12;
/** Of a map that is narrow: its countries are nearer to each other. */
const NARROW_UNITS = 1.8;
const NARROW_FACTOR = 0.6;

/** The country under it is what is read aloud; a disc only leads there too. */
export function MapDiscs({ shapes, marks, unitsPerPixel }: MapDiscsProps) {
  const factor = unitsPerPixel * (unitsPerPixel > NARROW_UNITS ? NARROW_FACTOR : 1);
  const discs = shapes
    .flatMap(({ code, middle }) => {
      const mark = code === null ? undefined : marks.get(code);
      return mark?.disc === undefined ? [] : [{ code, middle, disc: mark.disc, pulse: mark.pulse }];
    })
    // The small ones above the large ones.
    .toSorted((a, b) => b.disc.share - a.disc.share);
  return (
    <g aria-hidden>
      {discs.map(({ code, middle: [cx, cy], disc, pulse = 0 }) => {
        const r = (RADIUS_MIN + RADIUS_GROWTH * Math.sqrt(disc.share)) * factor;
        return (
          <g key={code} data-code={code}>
            {pulse === 0 ? null : (
              <circle key={pulse} className="postern-map-pulse" cx={cx} cy={cy} r={r} />
            )}
            <circle
              className="postern-map-disc"
              data-open={disc.isOpen ? true : undefined}
              cx={cx}
              cy={cy}
              r={r}
            />
          </g>
        );
      })}
    </g>
  );
}

// The arrow keys on a map: from country to country, to whichever lies next in that direction.
import { useState } from "react";
import type { KeyboardEvent } from "react";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { nextPlace } from "./next-place.ts";
import type { MapDirection } from "./next-place.ts";
import type { CountryShape } from "./world-shapes.ts";

const DIRECTIONS: Readonly<Record<string, MapDirection>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export type MapKeys = {
  /** The one country that Tab leads to: hundreds of stops would be a wall. */
  readonly tabStop: CountryCode | null;
  readonly move: (event: KeyboardEvent<SVGElement>) => void;
};

export function useMapKeys(shapes: readonly CountryShape[]): MapKeys {
  const [last, setLast] = useState<CountryCode | null>(null);
  const isThere = shapes.some(({ code }) => code === last);
  const tabStop = isThere ? last : (shapes[0]?.code ?? null);
  return {
    tabStop,
    move: (event) => {
      const direction = DIRECTIONS[event.key];
      const from = shapes.find(({ code }) => code === tabStop);
      if (direction === undefined || from === undefined) return;
      event.preventDefault();
      const next = nextPlace(from.middle, shapes, direction)?.code ?? null;
      if (next === null) return;
      setLast(next);
      const svg = event.currentTarget;
      svg.querySelector<SVGElement>(`.postern-map-country[data-code="${next}"]`)?.focus();
    },
  };
}

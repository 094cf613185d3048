// A map of the world whose countries can be pointed at, by mouse, finger and keyboard.
import { Box, Skeleton } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { memo, useId, useMemo, useRef, useState } from "react";
import type { FocusEvent, MouseEvent, PointerEvent } from "react";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { ErrorState } from "../shell/error-state.tsx";
import { MapDiscs } from "./map-discs.tsx";
import { useMapKeys } from "./use-map-keys.ts";
import { loadWorldShapes } from "./world-shapes.ts";
import type { CountryShape, WorldShapes } from "./world-shapes.ts";
import "./world-map.css";

/** `bad` is hatched and `warn` dotted as well: no country is told by its colour alone. */
export type MapTone = "plain" | "step-1" | "step-2" | "step-3" | "step-4" | "good" | "warn" | "bad";

export type MapMark = {
  readonly tone: MapTone;
  /** All there is to say, name first: shown beside it, and read aloud. */
  readonly label: string;
  /** A disc on it; `share` of the largest one's area, 0 to 1. An open one is only a ring. */
  readonly disc?: { readonly share: number; readonly isOpen: boolean };
  /** Grows with what happens there; each change is seen as a ring that spreads. */
  readonly pulse?: number;
  /** Where a country is chosen: whether it is. */
  readonly isChosen?: boolean;
};

export type WorldMapProps = {
  /** What the map shows, for screen readers. */
  readonly label: string;
  /** Countries without a mark are land that cannot be pointed at. */
  readonly marks: ReadonlyMap<CountryCode, MapMark>;
  readonly onSelect: (code: CountryCode) => void;
  /** Makes links of the countries; without it they are buttons. */
  readonly hrefOf?: (code: CountryCode) => string;
};

const SHAPES_QUERY = {
  queryKey: ["world-shapes"],
  queryFn: loadWorldShapes,
  staleTime: Infinity,
  gcTime: Infinity,
  meta: { isForEverybody: true },
} as const;

/** About that of the drawing. */
const RATIO = "960 / 440";

export function WorldMap(props: WorldMapProps) {
  const query = useQuery(SHAPES_QUERY);
  if (query.data !== undefined) return <DrawnMap {...props} world={query.data} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton style={{ aspectRatio: RATIO }} radius="md" />;
}

type DrawnMapProps = WorldMapProps & { readonly world: WorldShapes };

function DrawnMap({ label, marks, onSelect, hrefOf, world }: DrawnMapProps) {
  const { ref, width } = useElementSize();
  const [shownCode, setShownCode] = useState<CountryCode | null>(null);
  const touched = useRef<CountryCode | null>(null);
  const hatching = useId();
  const pointable = useMemo(
    () => world.shapes.filter(({ code }) => code !== null && marks.has(code)),
    [world, marks],
  );
  const keys = useMapKeys(pointable);
  const shown = world.shapes.find(({ code }) => code === shownCode);
  const mark = shownCode === null ? undefined : marks.get(shownCode);
  // Discs and dots keep their size on a phone, where the map is a third as wide.
  const unitsPerPixel = width === 0 ? 1 : world.width / width;

  function show(event: PointerEvent<SVGElement> | FocusEvent<SVGElement>): void {
    setShownCode(codeAt(event.target));
  }

  /** A finger cannot hover: its first touch says what there is, the second goes there. */
  function select(event: MouseEvent<SVGElement>): void {
    const code = codeAt(event.target);
    if (code === null || !marks.has(code) || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const isFirstTouch = hrefOf !== undefined && touched.current === code;
    touched.current = null;
    if (isFirstTouch) setShownCode(code);
    else onSelect(code);
  }

  return (
    <Box ref={ref} pos="relative">
      <svg
        className="postern-map"
        viewBox={`0 0 ${world.width} ${world.height}`}
        role="group"
        aria-label={label}
        onPointerOver={show}
        onPointerLeave={() => setShownCode(null)}
        onPointerDown={({ pointerType, target }) => {
          const code = codeAt(target);
          touched.current = pointerType === "touch" && code !== shownCode ? code : null;
        }}
        onFocus={show}
        onBlur={() => setShownCode(null)}
        onClick={select}
        onKeyDown={(event) => {
          if (event.key === "Escape") setShownCode(null);
          const code = codeAt(event.target);
          if (code !== null && hrefOf === undefined && isPress(event.key)) {
            event.preventDefault();
            onSelect(code);
          } else keys.move(event);
        }}
      >
        <Hatching id={hatching} />
        {world.shapes.map((shape, index) => {
          const { code } = shape;
          const drawn = { shape, hatching, dotRadius: DOT_PIXELS * unitsPerPixel };
          const given = code === null ? undefined : marks.get(code);
          if (code === null || given === undefined) return <Land key={code ?? index} {...drawn} />;
          return (
            <Country
              key={code}
              {...drawn}
              code={code}
              tone={given.tone}
              label={given.label}
              isChosen={given.isChosen}
              href={hrefOf?.(code)}
              isTabStop={keys.tabStop === code}
            />
          );
        })}
        <MapDiscs shapes={pointable} marks={marks} unitsPerPixel={unitsPerPixel} />
      </svg>
      {shown === undefined || mark === undefined ? null : (
        <div
          className="postern-map-tip"
          aria-hidden
          data-side={shown.middle[0] > world.width * 0.62 ? "left" : "right"}
          style={{
            left: `${(shown.middle[0] / world.width) * 100}%`,
            top: `${(shown.middle[1] / world.height) * 100}%`,
          }}
        >
          {mark.label}
        </div>
      )}
    </Box>
  );
}

const DOT_PIXELS = 2.5;
/** As buttons are pressed. */
const isPress = (key: string): boolean => key === "Enter" || key === " ";

function codeAt(target: EventTarget): CountryCode | null {
  const element = target instanceof Element ? target.closest("[data-code]") : null;
  return (element?.getAttribute("data-code") ?? null) as CountryCode | null;
}

type LandProps = {
  readonly shape: CountryShape;
  readonly hatching: string;
  readonly dotRadius: number;
};

const Land = memo(function Land({ shape }: LandProps) {
  return shape.isDot ? null : <path className="postern-map-land" d={shape.path} />;
});

type CountryProps = LandProps & {
  readonly code: CountryCode;
  readonly tone: MapTone;
  readonly label: string;
  readonly isChosen: boolean | undefined;
  readonly href: string | undefined;
  readonly isTabStop: boolean;
};

/** Drawn again only when something of its own has changed: a live map changes each second. */
const Country = memo(function Country(props: CountryProps) {
  const { shape, code, tone, label, isChosen, href, isTabStop, hatching, dotRadius } = props;
  const { path, middle, isDot } = shape;
  const [cx, cy] = middle;
  const drawn = isDot ? <circle cx={cx} cy={cy} r={dotRadius} /> : <path d={path} />;
  const pattern = tone === "bad" || tone === "warn" ? `url(#${hatching}-${tone})` : null;
  const common = {
    className: "postern-map-country",
    "data-code": code,
    "data-tone": tone,
    "data-chosen": isChosen === true ? true : undefined,
    "aria-label": label,
    tabIndex: isTabStop ? 0 : -1,
  };
  const inside = (
    <>
      {drawn}
      {pattern === null || isDot ? null : <path d={path} style={{ fill: pattern }} />}
    </>
  );
  if (href !== undefined) {
    return (
      <a {...common} href={href}>
        {inside}
      </a>
    );
  }
  return (
    <g {...common} role="button" aria-pressed={isChosen}>
      {inside}
    </g>
  );
});

function Hatching({ id }: { readonly id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-bad`}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className="postern-map-hatch" width="1.6" height="5" />
      </pattern>
      <pattern id={`${id}-warn`} width="5" height="5" patternUnits="userSpaceOnUse">
        <circle className="postern-map-hatch" cx="2.5" cy="2.5" r="1" />
      </pattern>
    </defs>
  );
}

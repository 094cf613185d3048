// The two panels of the timeline as uPlot draws them: colours, scales, and what a pointer does.
import UPlot from "uplot";
import { axisName } from "./bucket-name.ts";
import type { TimelineBucket } from "./overview-sum.ts";

export type TimelinePanel = {
  readonly options: Omit<UPlot.Options, "width">;
  readonly dataOf: (timeline: readonly TimelineBucket[]) => UPlot.AlignedData;
};

export type PanelInput = {
  readonly bucketSeconds: number;
  /** Index of the bucket, or null when the pointer has left. */
  readonly onPoint: (index: number | null) => void;
  readonly onOpen: (index: number) => void;
};

const REFUSED_HEIGHT = 150;
const PASSED_HEIGHT = 110;
const AXIS_WIDTH = 52;
/** Of the room that a bar has. */
const BAR_PART = 0.78;
const BAR_PIXELS_MAX = 28;
const SYNC_KEY = "overview-timeline";

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Refusals would be a line at the bottom if they shared the scale of what passes. */
export function createTimelinePanels(place: Element, input: PanelInput): readonly TimelinePanel[] {
  const styles = getComputedStyle(place);
  const colour = (name: string): string => styles.getPropertyValue(name).trim();
  const bars = UPlot.paths.bars?.({ size: [BAR_PART, BAR_PIXELS_MAX], align: 1 });
  const series = (name: string, fill: UPlot.Series["fill"]): UPlot.Series => ({
    label: name,
    ...(bars === undefined ? {} : { paths: bars }),
    fill: fill ?? "transparent",
    width: 0,
    points: { show: false },
  });
  const warn = colour("--postern-timeline-monitored");
  return [
    {
      options: {
        ...frameOf(input, { colour, height: REFUSED_HEIGHT, hasTimes: false }),
        // What was only recorded stands on top of what was refused.
        series: [
          {},
          series("Only recorded", () => hatch(warn)),
          series("Refused", colour("--postern-timeline-refused")),
        ],
      },
      dataOf: (timeline) => [
        timesOf(timeline),
        timeline.map(({ refused, monitored }) => refused + monitored),
        timeline.map(({ refused }) => refused),
      ],
    },
    {
      options: {
        ...frameOf(input, { colour, height: PASSED_HEIGHT, hasTimes: true }),
        series: [{}, series("Passed", colour("--postern-timeline-passed"))],
      },
      dataOf: (timeline) => [timesOf(timeline), timeline.map(({ passed }) => passed)],
    },
  ];
}

function timesOf(timeline: readonly TimelineBucket[]): number[] {
  return timeline.map(({ at }) => Date.parse(at) / 1000);
}

type FrameInput = {
  readonly colour: (name: string) => string;
  readonly height: number;
  readonly hasTimes: boolean;
};

function frameOf(input: PanelInput, { colour, height, hasTimes }: FrameInput) {
  const { bucketSeconds } = input;
  const axis = {
    stroke: colour("--mantine-color-dimmed"),
    font: `12px ${colour("--mantine-font-family")}`,
    grid: { stroke: colour("--postern-timeline-grid"), width: 1 },
    ticks: { show: false },
  };
  const frame: Omit<UPlot.Options, "width" | "series"> = {
    height,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    scales: {
      x: { time: true, range: (_plot, min, max) => [min, max + bucketSeconds] },
      // Four lines at least, so that one refusal is no tower.
      y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: hasTimes ? 28 : 6,
        space: 90,
        values: (_plot, splits) =>
          splits.map((at) => (hasTimes ? axisName(at * 1000, spanMs(splits)) : "")),
      },
      {
        ...axis,
        size: AXIS_WIDTH,
        space: 34,
        incrs: WHOLE_STEPS,
        values: (_plot, splits) => splits.map((value) => compact.format(value)),
      },
    ],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: false, y: false, setScale: false },
      sync: { key: SYNC_KEY },
      // A bar begins at its time, so the one under the pointer is the last that has begun.
      dataIdx: (...[plot, , , at]) => lastBegun(plot.data[0], at),
      bind: {
        click: (plot) => () => {
          if (typeof plot.cursor.idx === "number") input.onOpen(plot.cursor.idx);
          return null;
        },
      },
    },
    hooks: { setCursor: [({ cursor }) => input.onPoint(cursor.idx ?? null)] },
  };
  return frame;
}

const WHOLE_STEPS = [1, 2, 5].flatMap((step) =>
  Array.from({ length: 9 }, (_, n) => step * 10 ** n),
);
WHOLE_STEPS.sort((a, b) => a - b);

function spanMs(splits: readonly number[]): number {
  return ((splits.at(-1) ?? 0) - (splits[0] ?? 0)) * 1000;
}

function lastBegun(times: ArrayLike<number>, at: number): number {
  let index = 0;
  while (index + 1 < times.length && (times[index + 1] ?? Infinity) <= at) index += 1;
  return index;
}

/** Told by its pattern too, not by its colour alone. */
function hatch(colour: string): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const context = tile.getContext("2d");
  if (context === null) return colour;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  for (const offset of [-6, 0, 6]) {
    context.moveTo(offset, 6);
    context.lineTo(offset + 6, 0);
  }
  context.stroke();
  return context.createPattern(tile, "repeat") ?? colour;
}

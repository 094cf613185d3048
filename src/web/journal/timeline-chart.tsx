// Draws refusals above what passed, on one time axis, each on a scale of its own.
import { Text, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { bucketName } from "./bucket-name.ts";
import type { TimelineBucket } from "./overview-sum.ts";
import { createTimelinePanels } from "./timeline-panels.ts";
import type { TimelinePanel } from "./timeline-panels.ts";

export type TimelineChartProps = {
  readonly timeline: readonly TimelineBucket[];
  readonly bucketSeconds: number;
  readonly onOpen: (bucket: TimelineBucket) => void;
};

export function TimelineChart({ timeline, bucketSeconds, onOpen }: TimelineChartProps) {
  const { ref: measured, width } = useElementSize();
  const drawing = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const scheme = useComputedColorScheme("light");
  const plots = useRef<readonly (readonly [UPlot, TimelinePanel])[]>([]);
  const latest = useRef({ timeline, onOpen });
  latest.current = { timeline, onOpen };
  const isReady = width > 0;

  useEffect(() => {
    const place = drawing.current;
    if (place === null || !isReady) return undefined;
    const panels = createTimelinePanels(place, {
      bucketSeconds,
      onPoint: setPointed,
      onOpen: (index) => {
        const bucket = latest.current.timeline[index];
        if (bucket !== undefined) latest.current.onOpen(bucket);
      },
    });
    plots.current = panels.map((panel) => {
      const data = panel.dataOf(latest.current.timeline);
      const plot = new UPlot({ ...panel.options, width: place.clientWidth }, data, place);
      return [plot, panel];
    });
    return () => {
      for (const [plot] of plots.current) plot.destroy();
      plots.current = [];
    };
    // A canvas keeps the colours it was drawn in.
  }, [isReady, bucketSeconds, scheme]);

  useEffect(() => {
    for (const [plot, panel] of plots.current) plot.setData(panel.dataOf(timeline));
  }, [timeline]);
  useEffect(() => {
    for (const [plot] of plots.current) plot.setSize({ width, height: plot.height });
  }, [width]);

  const shown = pointed === null ? undefined : timeline[pointed];
  return (
    <div ref={measured}>
      <div
        ref={drawing}
        role="img"
        aria-label={describeTimeline(timeline)}
        className="postern-timeline"
      />
      <ul className="postern-timeline-legend">
        <li data-series="refused">Refused</li>
        <li data-series="monitored">Only recorded</li>
        <li data-series="passed">Passed</li>
      </ul>
      <Text size="sm" c="dimmed" mih={22} aria-hidden>
        {shown === undefined
          ? "Point at a bar for its figures."
          : `${bucketName(shown.at, bucketSeconds)}: ${describeBucket(shown)}`}
      </Text>
    </div>
  );
}

function describeBucket({ passed, refused, monitored }: TimelineBucket): string {
  const count = (number: number): string => number.toLocaleString("en");
  return `${count(refused)} refused, ${count(monitored)} only recorded, ${count(passed)} passed`;
}

function describeTimeline(timeline: readonly TimelineBucket[]): string {
  const most = timeline.reduce((max, { refused }) => Math.max(max, refused), 0);
  return (
    `Requests over time, as bars: most refused at once, ${most.toLocaleString("en")}. ` +
    "The same figures are in the table."
  );
}

// How requests and refusals went on over the period: a chart, and its table.
import { Skeleton } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { OverviewAnswer } from "../../api/overview-api.ts";
import { RowTable } from "../shell/row-table.tsx";
import { activitySearch } from "./activity-search.ts";
import type { ActivitySearch, OverviewView } from "./activity-search.ts";
import { bucketName } from "./bucket-name.ts";
import { ChartOrTable } from "./chart-or-table.tsx";
import { OverviewLink } from "./overview-link.tsx";
import { NobodyCame } from "./nobody-came.tsx";
import { PERIOD_WORDS } from "./overview-period.ts";
import type { Period } from "./overview-period.ts";
import type { TimelineBucket } from "./overview-sum.ts";

const TimelineChart = lazy(async () => ({
  default: (await import("./timeline-chart.tsx")).TimelineChart,
}));

export type OverviewTimelineCardProps = {
  readonly overview: Pick<OverviewAnswer, "timeline" | "bucketSeconds">;
  readonly view: OverviewView & { readonly period: Period };
};

const CHART_HEIGHT = 296;

export function OverviewTimelineCard({ overview, view }: OverviewTimelineCardProps) {
  const { timeline, bucketSeconds } = overview;
  const navigate = useNavigate();
  const open = (bucket: TimelineBucket): void => {
    const search = activitySearch(view, refusalsOf(bucket, bucketSeconds));
    void navigate({ to: "/activity", search: search as never });
  };
  return (
    <ChartOrTable
      title="How it went on"
      sentence={`Counted ${PERIOD_WORDS[view.period].bucket}. A bar leads to its refusals.`}
      chartName="Chart"
      chart={
        <Suspense fallback={<Skeleton height={CHART_HEIGHT} radius="md" />}>
          <TimelineChart timeline={timeline} bucketSeconds={bucketSeconds} onOpen={open} />
        </Suspense>
      }
      table={<TimelineTable overview={overview} view={view} />}
    />
  );
}

function refusalsOf({ at }: TimelineBucket, bucketSeconds: number): ActivitySearch {
  const until = new Date(Date.parse(at) + bucketSeconds * 1000).toISOString();
  return { group: "refusals", since: at, until };
}

function TimelineTable({ overview, view }: OverviewTimelineCardProps) {
  const { timeline, bucketSeconds } = overview;
  const rows = timeline.filter((bucket) => countAll(bucket) > 0).toReversed();
  if (rows.length === 0) {
    return <NobodyCame period={view.period} />;
  }
  return (
    <div className="postern-tall-table">
      <RowTable
        label="Requests over time, newest first; times in which nobody came are left out"
        rows={rows}
        keyOf={({ at }) => at}
        columns={[
          {
            label: "Time",
            cell: (bucket) => (
              <OverviewLink view={view} filter={refusalsOf(bucket, bucketSeconds)}>
                {bucketName(bucket.at, bucketSeconds)}
              </OverviewLink>
            ),
          },
          { label: "Passed", isFigure: true, cell: ({ passed }) => passed.toLocaleString("en") },
          { label: "Refused", isFigure: true, cell: ({ refused }) => refused.toLocaleString("en") },
          {
            label: "Only recorded",
            isFigure: true,
            cell: ({ monitored }) => monitored.toLocaleString("en"),
          },
        ]}
      />
    </div>
  );
}

function countAll({ passed, refused, monitored }: TimelineBucket): number {
  return passed + refused + monitored;
}

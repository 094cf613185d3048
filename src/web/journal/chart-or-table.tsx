// A chart and the same figures as a table: one or the other, by a switch on their card.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { SettingCard } from "../shell/setting-card.tsx";

export type ChartOrTableProps = {
  readonly title: string;
  readonly sentence?: ReactNode;
  /** What the drawing is called on the switch. */
  readonly chartName: "Chart" | "Map";
  readonly chart: ReactNode;
  readonly table: ReactNode;
};

export function ChartOrTable({ title, sentence, chartName, chart, table }: ChartOrTableProps) {
  const [shown, setShown] = useState<"chart" | "table">("chart");
  const names = [
    { value: "chart", label: chartName },
    { value: "table", label: "Table" },
  ] as const;
  return (
    <SettingCard
      title={title}
      {...(sentence === undefined ? {} : { sentence })}
      control={
        <SegmentedControl
          size="xs"
          aria-label={`${title}: ${chartName.toLowerCase()} or table`}
          data={names.map(({ value, label }) => ({ value, label }))}
          value={shown}
          onChange={(value) => setShown(value === "table" ? "table" : "chart")}
        />
      }
    >
      {shown === "chart" ? chart : table}
    </SettingCard>
  );
}

// The sums of the period, large enough to be read from across a room.
import { Card, Group, SimpleGrid, Text } from "@mantine/core";
import type { OverviewAnswer } from "../../api/overview-api.ts";
import { BlockIcon, CheckIcon, PulseIcon, WarningIcon } from "../shell/icons.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { activitySearch } from "./activity-search.ts";
import type { OverviewView } from "./activity-search.ts";
import "./overview.css";

export type OverviewFiguresProps = {
  readonly totals: OverviewAnswer["totals"];
  readonly view: OverviewView;
};

export function OverviewFigures({ totals, view }: OverviewFiguresProps) {
  const { requests, passed, refused, monitored } = totals;
  const figures = [
    { name: "Requests", count: requests, icon: <PulseIcon size={16} />, verdict: null },
    { name: "Passed", count: passed, icon: <CheckIcon size={16} />, verdict: null },
    { name: "Refused", count: refused, icon: <BlockIcon size={16} />, verdict: "refuse" },
    {
      name: "Only recorded",
      count: monitored,
      icon: <WarningIcon size={16} />,
      verdict: "monitor",
    },
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      {figures.map(({ name, count, icon, verdict }) => (
        <Card
          key={name}
          className="postern-card postern-figure"
          padding="md"
          data-alarming={verdict === "refuse" && count > 0 ? true : undefined}
        >
          <Group gap={6} wrap="nowrap" c="dimmed">
            {icon}
            <Text size="sm">{name}</Text>
          </Group>
          <Text className="postern-figure-count">{count.toLocaleString("en")}</Text>
          <Text size="xs" c="dimmed">
            {verdict === null || count === 0 ? (
              describeShare(name, { count, requests })
            ) : (
              <TextLink
                to="/activity"
                search={activitySearch(view, { verdict }) as never}
                size="xs"
                aria-label={`${name}: see them in Activity`}
              >
                {describeShare(name, { count, requests })}
              </TextLink>
            )}
          </Text>
        </Card>
      ))}
    </SimpleGrid>
  );
}

function describeShare(
  name: string,
  { count, requests }: { readonly count: number; readonly requests: number },
): string {
  if (name === "Requests") return "all that the gate was asked";
  if (requests === 0) return "nobody came";
  if (count === 0) return "none";
  const percent = (count / requests) * 100;
  if (percent < 0.1) return "under 0.1 % of all";
  return `${percent >= 99.95 ? "100" : percent.toPrecision(percent < 10 ? 2 : 3)} % of all`;
}

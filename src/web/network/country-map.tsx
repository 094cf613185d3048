// The map on which countries are chosen by pointing at them, with what holds for each.
import { Group, Text } from "@mantine/core";
import { useMemo } from "react";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { describeView } from "./country-view.ts";
import type { CountryView } from "./country-view.ts";
import { WorldMap } from "./world-map.tsx";
import type { MapMark, MapTone } from "./world-map.tsx";

export type CountryMapProps = {
  readonly views: ReadonlyMap<CountryCode, CountryView>;
  readonly chosen: ReadonlySet<CountryCode>;
  readonly onToggle: (code: CountryCode) => void;
};

export function CountryMap({ views, chosen, onToggle }: CountryMapProps) {
  const marks = useMemo(() => {
    const rows = [...views.values()].map((view) => [view.code, markOf(view, chosen)] as const);
    return new Map<CountryCode, MapMark>(rows);
  }, [views, chosen]);
  return (
    <div>
      <WorldMap label="Countries, to be chosen" marks={marks} onSelect={onToggle} />
      <Group gap="md" mt="xs">
        <Text size="xs" c="dimmed">
          Hatched: denied. Dotted: the platform refuses it. Press a country to choose it, again to
          leave it out. Small islands are in the list.
        </Text>
      </Group>
    </div>
  );
}

function markOf(view: CountryView, chosen: ReadonlySet<CountryCode>): MapMark {
  const isChosen = chosen.has(view.code);
  const above = view.isRefusedAbove ? ", refused by the platform" : "";
  return { tone: toneOf(view), label: `${view.name}: ${describeView(view)}${above}`, isChosen };
}

function toneOf({ action, isRefusedAbove }: CountryView): MapTone {
  if (action === "deny") return "bad";
  return isRefusedAbove ? "warn" : "plain";
}

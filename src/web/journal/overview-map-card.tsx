// Where requests come from and where they are refused: a map of the world, and its table.
import { Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { OverviewAnswer } from "../../api/overview-api.ts";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { WorldMap } from "../network/world-map.tsx";
import { RowTable } from "../shell/row-table.tsx";
import { activityHref, activitySearch } from "./activity-search.ts";
import type { OverviewView } from "./activity-search.ts";
import { ChartOrTable } from "./chart-or-table.tsx";
import { countryTitle, describeOffTheMap, markCountries } from "./country-marks.ts";
import { MapLegend } from "./map-legend.tsx";
import { OverviewLink } from "./overview-link.tsx";
import { NobodyCame } from "./nobody-came.tsx";
import type { Period } from "./overview-period.ts";

type Countries = OverviewAnswer["countries"];

export type OverviewMapCardProps = {
  readonly countries: Countries;
  readonly view: OverviewView & { readonly period: Period };
  readonly heard: ReadonlyMap<string, number>;
};

export function OverviewMapCard({ countries, view, heard }: OverviewMapCardProps) {
  const navigate = useNavigate();
  const marks = useMemo(() => markCountries(countries, heard), [countries, heard]);
  const searchOf = (code: CountryCode) =>
    activitySearch(view, { group: "refusals", country: code });
  const chart = (
    <Stack gap="sm">
      <WorldMap
        label="World map of requests and refusals"
        marks={marks}
        hrefOf={(code) => activityHref(searchOf(code))}
        onSelect={(code) => void navigate({ to: "/activity", search: searchOf(code) as never })}
      />
      <MapLegend />
      <OffTheMap countries={countries} view={view} />
    </Stack>
  );
  return (
    <ChartOrTable
      title="Where they come from"
      sentence="A country leads to what was refused from there."
      chartName="Map"
      chart={chart}
      table={<CountryTable countries={countries} view={view} />}
    />
  );
}

/** What no map can show, so that its sums are not short. */
function OffTheMap({ countries, view }: Pick<OverviewMapCardProps, "countries" | "view">) {
  const rows = countries.filter(({ country }) => !/^[A-Z]{2}$/.test(country));
  if (rows.length === 0) return null;
  return (
    <Group gap="4px 20px">
      {rows.map(({ country, ...counts }) => (
        <Text key={country} size="sm" c="dimmed">
          <OverviewLink view={view} filter={{ group: "refusals", country }}>
            {countryTitle(country)}
          </OverviewLink>
          : {describeOffTheMap(counts)}
        </Text>
      ))}
    </Group>
  );
}

function CountryTable({ countries, view }: Pick<OverviewMapCardProps, "countries" | "view">) {
  if (countries.length === 0) {
    return <NobodyCame period={view.period} />;
  }
  return (
    <div className="postern-tall-table">
      <RowTable
        label="Countries by refusals"
        rows={countries}
        keyOf={({ country }) => country}
        columns={[
          {
            label: "Country",
            cell: ({ country }) => (
              <OverviewLink view={view} filter={{ group: "refusals", country }}>
                {countryTitle(country)}
              </OverviewLink>
            ),
          },
          {
            label: "Requests",
            isFigure: true,
            cell: ({ requests }) => requests.toLocaleString("en"),
          },
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

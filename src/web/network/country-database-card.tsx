// Which country database is in use: its source, its date, and what to do when it is old.
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { countOf } from "../accounts/user-words.ts";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { describeCountrySource } from "./country-database-words.ts";

const geoQuery = {
  queryKey: ["country-database"],
  queryFn: () => answerOf(api.GET("/api/v1/geo")),
} as const;

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** For operators: the file is the platform's. */
export function CountryDatabaseCard() {
  const query = useQuery(geoQuery);
  return (
    <SettingCard title="Country database">
      <QueryView query={query}>
        {({ buildDate, ageDays, databaseType, origin, isStale, countryCount, lastRefusal }) => (
          <>
            {buildDate === null ? (
              <StatusMark tone="bad">No database: every location is unknown</StatusMark>
            ) : (
              <FactList
                facts={[
                  {
                    name: "Date",
                    value: describeAge(buildDate, ageDays),
                  },
                  {
                    name: "Source",
                    value: describeCountrySource({ origin, databaseType }),
                  },
                  { name: "Countries", value: String(countryCount) },
                ]}
              />
            )}
            {isStale ? (
              <Text size="sm">
                Addresses move between countries. Put a newer .mmdb file in its place, or run
                “postern geo update”.
              </Text>
            ) : null}
            {lastRefusal === null ? null : (
              <Text size="sm" className="postern-breakable">
                The last newer file was not accepted: {lastRefusal}
              </Text>
            )}
          </>
        )}
      </QueryView>
    </SettingCard>
  );
}

function describeAge(buildDate: string, ageDays: number | null): string {
  return `${day.format(Date.parse(buildDate))}, ${countOf(ageDays ?? 0, "day")} old`;
}

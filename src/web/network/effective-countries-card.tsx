// What holds for requests of an account: the countries that are refused, and by whose rules.
import { List, Text } from "@mantine/core";
import { locationName } from "../../api/country-names.ts";
import type { Location } from "../../core/network/iso-3166.ts";
import { countOf } from "../accounts/user-words.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { listNames } from "./country-draft.ts";

export type EffectiveCountry = {
  readonly country: string;
  readonly refusedBy: "platform" | "account" | "both";
};

export type EffectiveCountriesCardProps = {
  readonly account: string;
  readonly countries: readonly EffectiveCountry[];
};

const NAMED_MAX = 8;

export function EffectiveCountriesCard({ account, countries }: EffectiveCountriesCardProps) {
  const above = countries.filter(({ refusedBy }) => refusedBy !== "account");
  const own = countries.filter(({ refusedBy }) => refusedBy === "account");
  return (
    <SettingCard title="What holds now" sentence={`For requests of ${account}, as it is saved.`}>
      {countries.length === 0 ? (
        <Text size="sm">No country is refused.</Text>
      ) : (
        <List size="sm" spacing={6} listStyleType="none">
          {above.length === 0 ? null : (
            <List.Item>
              <b>The platform refuses anyway</b> ({countOf(above.length, "place")}):{" "}
              {namesOf(above)}. Allowing them here does not change that.
            </List.Item>
          )}
          {own.length === 0 ? null : (
            <List.Item>
              <b>These rules refuse</b> ({countOf(own.length, "place")}): {namesOf(own)}.
            </List.Item>
          )}
        </List>
      )}
    </SettingCard>
  );
}

function namesOf(countries: readonly EffectiveCountry[]): string {
  return listNames(
    countries.map(({ country }) => locationName(country as Location)),
    NAMED_MAX,
  );
}

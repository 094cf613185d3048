// Where somebody is who sets the rules: their address, its country, and whether they are exempt.
import { useQuery } from "@tanstack/react-query";
import type { Location } from "../../core/network/iso-3166.ts";
import { useMe } from "../shell/me.ts";
import { addressTestQuery } from "./address-test-query.ts";

export type OwnPlace = {
  readonly address: string;
  readonly country: Location;
  /** An allow entry covers the address on this layer: no country rule holds for it. */
  readonly isExempt: boolean;
  /** RFC 3339 date of the country data; null: there is none. */
  readonly countriesOf: string | null;
  readonly refresh: () => Promise<unknown>;
};

/** Null while it is not known. @param account whose rules are set; null: the platform's */
export function useOwnPlace(account: string | null): OwnPlace | null {
  const { address } = useMe();
  const { data, refetch } = useQuery(addressTestQuery(address, account));
  if (data === undefined) return null;
  return {
    address: data.address,
    country: data.country as Location,
    isExempt: data.steps.some(
      ({ step, result }) => step === "on-allow-list" && result === "matched",
    ),
    countriesOf: data.countryDatabaseDate,
    refresh: refetch,
  };
}

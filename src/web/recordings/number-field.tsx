// Chooses the tracking number that a recording was made on, by part of it or of its label.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { TrackingNumberAnswer } from "../../api/tracking-numbers-api.ts";
import { groupDigits } from "../accounts/group-digits.ts";
import { numbersQuery } from "../accounts/people-queries.ts";

export type NumberFieldProps = {
  readonly value: TrackingNumberAnswer | null;
  readonly onChange: (number: TrackingNumberAnswer | null) => void;
  readonly error: ReactNode;
};

const TYPING_MS = 250;

function labelOf({ number, label, account }: TrackingNumberAnswer): string {
  return [groupDigits(number), label, account].filter((part) => part !== "").join(" · ");
}

export function NumberField({ value, onChange, error }: NumberFieldProps) {
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed.trim(), TYPING_MS);
  // The field shows the chosen number in full, which is nothing to search for.
  const search = value !== null && wanted === labelOf(value) ? "" : wanted;
  const filter = { search, account: null, user: null };
  const query = useInfiniteQuery({ ...numbersQuery(filter), placeholderData: keepPreviousData });
  const found = query.data?.pages.flatMap((page) => page.trackingNumbers) ?? [];
  const known =
    value === null || found.some(({ id }) => id === value.id) ? found : [value, ...found];
  return (
    <Select
      label="Tracking number"
      description="The number that was called."
      placeholder="Part of a number or label"
      data={known.map((number) => ({ value: number.id, label: labelOf(number) }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(known.find((number) => number.id === id) ?? null)}
      searchable
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={query.isPending ? "Looking…" : "No number or label has that in it"}
      error={error}
    />
  );
}

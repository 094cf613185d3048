// Finds entries of an address list: by a search, by action, in an order; and asks the gate.
import { Button, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { parseRule } from "../../core/network/address-rule.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { SearchField } from "../accounts/search-field.tsx";
import type { SearchText } from "../accounts/search-field.tsx";
import type { ExplainSubject } from "../journal/explain-drawer.tsx";
import type { EntryFilter, EntrySort } from "./address-entry-queries.ts";
import { describeFound } from "./address-search-words.ts";

const ExplainDrawer = lazy(async () => ({
  default: (await import("../journal/explain-drawer.tsx")).ExplainDrawer,
}));

export type EntryChoices = { readonly action: ListAction | null; readonly sort: EntrySort };

export type AddressEntryFiltersProps = {
  readonly search: SearchText;
  readonly choices: EntryChoices;
  readonly onChange: (choices: EntryChoices) => void;
};

export function AddressEntryFilters({ search, choices, onChange }: AddressEntryFiltersProps) {
  return (
    <Group gap="sm" align="flex-end">
      <div style={{ flex: "1 1 260px" }}>
        <SearchField
          label="Search"
          placeholder="An address, its beginning, or part of a note"
          search={search}
        />
      </div>
      <SegmentedControl
        aria-label="Action"
        data={[
          { value: "all", label: "All" },
          { value: "deny", label: "Deny" },
          { value: "allow", label: "Allow" },
        ]}
        value={choices.action ?? "all"}
        onChange={(value) => onChange({ ...choices, action: value === "all" ? null : value })}
      />
      <Select
        label="Order"
        w={150}
        data={[
          { value: "address", label: "By address" },
          { value: "newest", label: "Newest first" },
        ]}
        value={choices.sort}
        onChange={(sort) => onChange({ ...choices, sort: sort ?? "address" })}
        allowDeselect={false}
      />
    </Group>
  );
}

export type EntriesFoundProps = { readonly total: number; readonly filter: EntryFilter };

export function EntriesFound({ total, filter }: EntriesFoundProps) {
  return (
    <Text size="sm" c="dimmed" role="status" className="postern-breakable">
      {describeFound(total, filter)}
    </Text>
  );
}

type AskTheGateProps = { readonly account: string | null; readonly search: string };

/** The list is one rule of several: what an address meets in the end only the gate can tell. */
export function AskTheGate({ account, search }: AskTheGateProps) {
  const [subject, setSubject] = useState<ExplainSubject | null>(null);
  const reading = parseRule(search);
  if (!reading.ok || reading.kind !== "address") return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setSubject({ kind: "address", address: reading.canonical, account })}
      >
        What would the gate do?
      </Button>
      <Suspense>
        {subject === null ? null : (
          <ExplainDrawer subject={subject} onClose={() => setSubject(null)} />
        )}
      </Suspense>
    </>
  );
}

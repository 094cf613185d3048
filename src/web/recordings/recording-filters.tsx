// The fields by which recordings are found.
import { Button, Collapse, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { AccountPicker } from "../accounts/account-picker.tsx";
import type { AccountChoice } from "../accounts/account-picker.tsx";
import { SearchField } from "../accounts/search-field.tsx";
import { LENGTHS } from "./recording-filter.ts";
import type { RecordingFiltering } from "./use-recording-filter.ts";

export type RecordingFiltersProps = {
  readonly filtering: RecordingFiltering;
  readonly accounts: readonly AccountChoice[];
};

const ANY = "any";
const LENGTH_CHOICES = [
  { value: ANY, label: "Any length" },
  ...Object.entries(LENGTHS).map(([value, { label }]) => ({ value, label })),
];

export function RecordingFilters({ filtering, accounts }: RecordingFiltersProps) {
  const { filter, search, setAccount } = filtering;
  const isNarrowed = [filter.number, filter.caller, filter.from ?? "", filter.to ?? ""].some(
    (value) => value !== "",
  );
  const [isOpen, more] = useDisclosure(isNarrowed || filter.length !== null);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <Group gap="sm" align="flex-end" flex="1 1 260px" grow preventGrowOverflow={false}>
          <SearchField
            label="Search"
            placeholder="Part of a number, label, caller or name"
            search={search}
          />
          {accounts.length > 1 ? (
            <AccountPicker
              label="Account"
              noneLabel="All accounts"
              value={filter.account}
              onChange={setAccount}
              accounts={accounts}
            />
          ) : null}
        </Group>
        <Button variant="default" onClick={more.toggle} aria-expanded={isOpen}>
          {isOpen ? "Fewer filters" : "More filters"}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <MoreFields filtering={filtering} />
      </Collapse>
    </Stack>
  );
}

function MoreFields({ filtering }: Pick<RecordingFiltersProps, "filtering">) {
  const { filter, number, caller, setFrom, setTo, setLength } = filtering;
  return (
    <SimpleGrid cols={{ base: 2, md: 5 }} spacing="sm">
      <SearchField label="Number" placeholder="Part of it" search={number} />
      <SearchField label="Caller" placeholder="Part of it" search={caller} />
      <TextInput
        type="date"
        label="From"
        value={filter.from ?? ""}
        onChange={(event) => setFrom(event.currentTarget.value || null)}
      />
      <TextInput
        type="date"
        label="To"
        value={filter.to ?? ""}
        onChange={(event) => setTo(event.currentTarget.value || null)}
      />
      <Select
        label="Length"
        data={LENGTH_CHOICES}
        value={filter.length ?? ANY}
        onChange={(value) => setLength(value === ANY ? null : value)}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}

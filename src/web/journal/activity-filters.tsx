// The fields by which events are found, and what the list is narrowed to at the moment.
import {
  Anchor,
  Box,
  Button,
  Chip,
  Collapse,
  Group,
  Pill,
  Select,
  SimpleGrid,
  Stack,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { AccountPicker, useManagedAccounts } from "../accounts/account-picker.tsx";
import { isNarrowed } from "./activity-filter.ts";
import { ActivitySearchBox } from "./activity-search-box.tsx";
import { COLLAPSED_NAMES, FILTER_CHOICES, GROUP_NAMES, pillText } from "./filter-words.ts";
import { MomentField } from "./moment-field.tsx";
import { PERIOD_WORDS, PERIODS } from "./overview-period.ts";
import type { ActivityFiltering } from "./use-activity-filter.ts";

const ANY = "any";

const PERIOD_CHOICES = [
  { value: ANY, label: "Any time" },
  ...PERIODS.map((value) => ({ value, label: `Last ${PERIOD_WORDS[value].name}` })),
];

export function ActivityFilters({ filtering }: { readonly filtering: ActivityFiltering }) {
  const { filter, change, goTo, openDecision } = filtering;
  const accounts = useManagedAccounts() ?? [];
  const [isOpen, more] = useDisclosure(COLLAPSED_NAMES.some((name) => filter[name] !== null));
  return (
    <Stack gap="sm">
      <GroupChips filtering={filtering} />
      <Group gap="sm" align="flex-start">
        <ActivitySearchBox
          key={filter.address}
          address={filter.address}
          onAddress={(address) => goTo({ address })}
          onDecision={openDecision}
        />
        <Select
          label="Time"
          flex={{ base: "1 1 100%", sm: "1 1 140px" }}
          data={PERIOD_CHOICES}
          value={filter.period ?? ANY}
          onChange={(value) =>
            change({ period: value === ANY ? null : value, since: null, until: null })
          }
          allowDeselect={false}
        />
        {accounts.length > 1 ? (
          <Box flex={{ base: "1 1 100%", sm: "1 1 180px" }}>
            <AccountPicker
              label="Account"
              noneLabel="All accounts"
              value={filter.account}
              onChange={(account) => change({ account })}
              accounts={accounts}
            />
          </Box>
        ) : null}
        <Button
          variant="default"
          mt={{ base: 0, sm: 23 }}
          onClick={more.toggle}
          aria-expanded={isOpen}
        >
          {isOpen ? "Fewer filters" : "More filters"}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <MoreFields filtering={filtering} />
      </Collapse>
      <Pills filtering={filtering} />
    </Stack>
  );
}

function GroupChips({ filtering: { filter, goTo } }: { readonly filtering: ActivityFiltering }) {
  return (
    <Chip.Group
      value={filter.group ?? ANY}
      onChange={(value) => goTo({ group: value === ANY ? null : value, kind: null })}
    >
      <Group gap={6} role="radiogroup" aria-label="Kinds of events">
        <Chip value={ANY} size="sm" variant="light">
          All
        </Chip>
        {Object.entries(GROUP_NAMES).map(([value, label]) => (
          <Chip key={value} value={value} size="sm" variant="light">
            {label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function MoreFields({ filtering: { filter, change } }: { readonly filtering: ActivityFiltering }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      {FILTER_CHOICES.map(({ name, label, choices }) => (
        <Select
          key={name}
          label={label}
          placeholder="Any"
          data={[...choices]}
          value={filter[name]}
          onChange={(value) => change({ [name]: value })}
          searchable={choices.length > 8}
          clearable
          clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
          nothingFoundMessage="Nothing is called that"
        />
      ))}
      <MomentField
        label="From"
        value={filter.since}
        onChange={(since) => change({ since, period: null })}
      />
      <MomentField
        label="To"
        value={filter.until}
        onChange={(until) => change({ until, period: null })}
      />
    </SimpleGrid>
  );
}

/** What narrows the list and is not seen in a field that is always there. */
function Pills({
  filtering: { filter, change, clear },
}: {
  readonly filtering: ActivityFiltering;
}) {
  if (!isNarrowed(filter)) return null;
  const named = [...COLLAPSED_NAMES, "user" as const].filter((name) => filter[name] !== null);
  return (
    <Group gap={6} role="group" aria-label="Narrowed to">
      {named.map((name) => {
        const text = pillText(name, filter[name] ?? "");
        return (
          <Pill
            key={name}
            size="md"
            withRemoveButton
            onRemove={() => change({ [name]: null })}
            removeButtonProps={{
              "aria-label": `Without ${text}`,
              "aria-hidden": false,
              tabIndex: 0,
            }}
          >
            {text}
          </Pill>
        );
      })}
      <Anchor component="button" type="button" size="sm" onClick={clear}>
        Clear the filters
      </Anchor>
    </Group>
  );
}

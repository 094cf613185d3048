// Countries and regions on a card: found by part of a name or code, chosen, and set in batches.
import { Group, Radio, SegmentedControl, Stack, Text } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { SearchField, useSearchText } from "../accounts/search-field.tsx";
import { COUNTRY_CODES } from "../../core/network/iso-3166.ts";
import type { Continent, CountryCode } from "../../core/network/iso-3166.ts";
import type { CountryRule, Mode } from "../../core/network/network-policy.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { ChooseAll, ContinentSection } from "./continent-section.tsx";
import { CountryBatchBar } from "./country-batch-bar.tsx";
import { deniedCountries, setCountries } from "./country-draft.ts";
import { CountryMap } from "./country-map.tsx";
import { CountryRow } from "./country-row.tsx";
import { groupCountries, viewCountries } from "./country-view.ts";
import type { CountryFacts, CountryFilter, CountryView } from "./country-view.ts";
import "./country-list.css";

export type CountryListCardProps = {
  readonly draft: CountryRule;
  readonly facts: CountryFacts;
  readonly onChange: (change: (draft: CountryRule) => CountryRule) => void;
};

const DENIED_WORDS = {
  off: "Denied ones are refused only once the protection is on Enforce.",
  monitor: "Denied ones are recorded, and nobody is refused.",
  enforce: "Denied ones are refused with 403.",
} as const satisfies Record<Mode, string>;

export function CountryListCard({ draft, facts, onChange }: CountryListCardProps) {
  const [shape, setShape] = useState<"list" | "map">("list");
  const chosenCodes = useChosenCodes();
  const { chosen } = chosenCodes;
  const views = useMemo(() => viewCountries(draft, facts), [draft, facts]);
  return (
    <SettingCard
      title="Countries and regions"
      sentence={`Choose one or many, and allow or deny them. ${DENIED_WORDS[draft.mode]}`}
      control={
        <SegmentedControl
          aria-label="Show countries as"
          size="xs"
          value={shape}
          onChange={setShape}
          data={[
            { value: "list", label: "List" },
            { value: "map", label: "Map" },
          ]}
        />
      }
    >
      <DefaultAction draft={draft} onChange={onChange} />
      <CountryBatchBar
        chosen={[...chosen].map((code) => views.get(code)!)}
        onClear={chosenCodes.clear}
        onSet={(choice) => {
          onChange((before) => setCountries(before, chosen, choice));
          chosenCodes.clear();
        }}
      />
      {shape === "map" ? (
        <CountryMap views={views} chosen={chosen} onToggle={chosenCodes.toggle} />
      ) : (
        <CountryList draft={draft} views={views} codes={chosenCodes} onChange={onChange} />
      )}
    </SettingCard>
  );
}

function useChosenCodes() {
  const [chosen, setChosen] = useState<ReadonlySet<CountryCode>>(new Set());
  const chooseAll = useCallback((codes: readonly CountryCode[], isChosen: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      for (const code of codes) {
        if (isChosen) after.add(code);
        else after.delete(code);
      }
      return after;
    });
  }, []);
  const choose = useCallback(
    (code: CountryCode, isChosen: boolean) => chooseAll([code], isChosen),
    [chooseAll],
  );
  return {
    chosen,
    choose,
    chooseAll,
    toggle: (code: CountryCode) => chooseAll([code], !chosen.has(code)),
    clear: () => setChosen(new Set()),
  };
}

type DefaultActionProps = Pick<CountryListCardProps, "draft" | "onChange">;

function DefaultAction({ draft, onChange }: DefaultActionProps) {
  return (
    <Radio.Group
      label="All countries that are not set below"
      value={draft.defaultAction}
      onChange={(defaultAction) => onChange((before) => ({ ...before, defaultAction }))}
    >
      <Group gap="lg" mt="xs">
        <Radio value="allow" label="Are allowed" description="Set the ones to deny." />
        <Radio value="deny" label="Are denied" description="Set the ones to allow." />
      </Group>
    </Radio.Group>
  );
}

type CountryListProps = DefaultActionProps & {
  readonly views: ReadonlyMap<CountryCode, CountryView>;
  readonly codes: ReturnType<typeof useChosenCodes>;
};

function CountryList({ draft, views, codes, onChange }: CountryListProps) {
  const search = useSearchText();
  const [filter, setFilter] = useState<CountryFilter>("all");
  const [open, setOpen] = useState<ReadonlySet<Continent>>(new Set());
  const groups = useMemo(
    () => groupCountries(views, { search: search.search, filter }),
    [views, search.search, filter],
  );
  const denied = deniedCountries(draft).length;
  const rowProps = {
    onChoose: codes.choose,
    onSet: useCallback<Parameters<typeof CountryRow>[0]["onSet"]>(
      (code, choice) => onChange((before) => setCountries(before, [code], choice)),
      [onChange],
    ),
  };
  const common = { ...rowProps, chosen: codes.chosen, onChooseAll: codes.chooseAll };
  return (
    <Stack gap="sm">
      <SearchField
        label="Search countries and regions"
        placeholder="Part of a name, a code, or a continent"
        search={search}
      />
      <SegmentedControl
        aria-label="Which countries are shown"
        size="xs"
        value={filter}
        onChange={setFilter}
        data={[
          { value: "all", label: `All ${COUNTRY_CODES.length}` },
          { value: "deny", label: `Denied ${denied}` },
          { value: "allow", label: `Allowed ${COUNTRY_CODES.length - denied}` },
        ]}
      />
      <div>
        {groups.map((group) =>
          group.continent === null ? (
            <FoundCountries key="found" {...common} group={group} />
          ) : (
            <ContinentSection
              key={group.continent}
              {...common}
              group={group}
              isOpen={open.has(group.continent)}
              onToggle={() => setOpen(toggled(open, group.continent!))}
            />
          ),
        )}
      </div>
    </Stack>
  );
}

type FoundCountriesProps = Omit<Parameters<typeof ContinentSection>[0], "isOpen" | "onToggle">;

function FoundCountries(props: FoundCountriesProps) {
  const { group, chosen, onChooseAll, onChoose, onSet } = props;
  if (group.rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        No country or region has that in its name or code.
      </Text>
    );
  }
  return (
    <>
      {group.rows.length === 1 ? null : (
        <div className="postern-continent">
          <ChooseAll
            {...{ group, chosen, onChooseAll }}
            label={`Choose all ${group.rows.length} found`}
          />
        </div>
      )}
      <ul className="postern-country-rows" aria-label="Countries found">
        {group.rows.map((view) => (
          <CountryRow
            key={view.code}
            view={view}
            isChosen={chosen.has(view.code)}
            {...{ onChoose, onSet }}
          />
        ))}
      </ul>
    </>
  );
}

function toggled<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const after = new Set(set);
  if (!after.delete(value)) after.add(value);
  return after;
}

// The fields of an entry of an address list: addresses, action, note and end.
import { Button, Group, Radio, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { parseRule } from "../../core/network/address-rule.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import { keepFocus } from "../shell/keep-focus.ts";
import { AddressTouches } from "./address-touches.tsx";
import { RefusedAnyway } from "./refused-anyway.tsx";
import { describeSize, ENDS_CHOICES, suggestedRanges } from "./address-entry-draft.ts";
import type { EntryDraft, EntryFaults } from "./address-entry-draft.ts";

export type AddressEntryFieldsProps = {
  readonly account: string | null;
  readonly draft: EntryDraft;
  readonly faults: EntryFaults;
  /** Somebody has tried to save: then what is empty is told too. */
  readonly wasTried: boolean;
  readonly onChange: (draft: EntryDraft) => void;
};

const ACTIONS: readonly { readonly action: ListAction; readonly what: string }[] = [
  { action: "deny", what: "Refused." },
  { action: "allow", what: "Always passes." },
];

export function AddressEntryFields(props: AddressEntryFieldsProps) {
  const { account, draft, faults, wasTried, onChange } = props;
  const reading = parseRule(draft.rangeText);
  return (
    <Stack gap="md">
      <RangeField {...props} />
      <Radio.Group
        label="Action"
        value={draft.action}
        onChange={(action) => onChange({ ...draft, action })}
      >
        <SimpleGrid cols={2} mt={4}>
          {ACTIONS.map(({ action, what }) => (
            <Radio
              key={action}
              value={action}
              label={action === "deny" ? "Deny" : "Allow"}
              description={what}
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
      <TextInput
        label="Note (optional)"
        description="Why it is here: whoever reads it next year was not there."
        autoComplete="off"
        value={draft.note}
        onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
        error={faults.note}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="Ends"
          data={ENDS_CHOICES}
          value={draft.ends}
          onChange={(ends) => onChange({ ...draft, ends: ends ?? "never" })}
          allowDeselect={false}
        />
        {draft.ends === "at" ? (
          <TextInput
            type="datetime-local"
            label="Ends at"
            value={draft.endsAtText}
            onChange={(event) => onChange({ ...draft, endsAtText: event.currentTarget.value })}
            error={draft.endsAtText === "" && !wasTried ? undefined : faults.ends}
          />
        ) : null}
      </SimpleGrid>
      <AddressTouches
        account={account}
        range={reading.ok ? reading.canonical : null}
        action={draft.action}
      />
      {account !== null && draft.action === "allow" && reading.ok && reading.kind === "address" ? (
        <RefusedAnyway account={account} address={reading.canonical} />
      ) : null}
    </Stack>
  );
}

/** While one types, half an address is no mistake yet; it is told once the field is left. */
function RangeField({ draft, faults, wasTried, onChange }: AddressEntryFieldsProps) {
  const [wasLeft, setLeft] = useState(false);
  const reading = parseRule(draft.rangeText);
  const suggestions = suggestedRanges(reading);
  const isTold = wasTried || (wasLeft && draft.rangeText.trim() !== "");
  return (
    <div>
      <TextInput
        label="Address, block or range"
        description="Such as 203.0.113.7, 203.0.113.0/24 or 203.0.113.5-203.0.113.20. IPv6 too."
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-autofocus
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={draft.rangeText}
        onChange={(event) => onChange({ ...draft, rangeText: event.currentTarget.value })}
        onBlur={() => setLeft(true)}
        error={isTold ? faults.range : undefined}
      />
      {suggestions.length === 0 ? null : (
        <Group gap="xs" mt={6}>
          <Text size="sm">Did you mean</Text>
          {suggestions.map((range) => (
            <Button
              key={range}
              size="compact-sm"
              variant="default"
              onMouseDown={keepFocus}
              onClick={() => onChange({ ...draft, rangeText: range })}
            >
              {range}
            </Button>
          ))}
        </Group>
      )}
      {reading.ok ? (
        <Text size="sm" c="dimmed" mt={6} className="postern-breakable">
          {draft.rangeText.trim() === reading.canonical ? "" : `Stored as ${reading.canonical}: `}
          {describeSize(reading.range)}
          {reading.warnCode === "never-a-client" ? "; nobody ever comes from there" : ""}.
        </Text>
      ) : null}
    </div>
  );
}

// What is done with all countries that are chosen, in one press.
import { Button, Group, Text } from "@mantine/core";
import { listNames } from "./country-draft.ts";
import type { CountryChoice } from "./country-draft.ts";
import { describeRequests, requestsOf } from "./country-view.ts";
import type { CountryView } from "./country-view.ts";

export type CountryBatchBarProps = {
  readonly chosen: readonly CountryView[];
  readonly onSet: (choice: CountryChoice) => void;
  readonly onClear: () => void;
};

const NAMED_MAX = 3;

export function CountryBatchBar({ chosen, onSet, onClear }: CountryBatchBarProps) {
  if (chosen.length === 0) return null;
  return (
    <Group
      className="postern-country-batch"
      role="group"
      aria-label="Chosen countries"
      justify="space-between"
      gap="xs"
    >
      <Text size="sm" flex="1 1 160px" role="status">
        <b>{chosen.length} chosen</b>:{" "}
        {listNames(
          chosen.map(({ name }) => name),
          NAMED_MAX,
        )}
        {describeRequests(requestsOf(chosen))}
      </Text>
      <Group gap={6}>
        <Button size="compact-sm" onClick={() => onSet("allow")}>
          Allow
        </Button>
        <Button size="compact-sm" color="red" onClick={() => onSet("deny")}>
          Deny
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onSet("default")}>
          Default
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          Clear
        </Button>
      </Group>
    </Group>
  );
}

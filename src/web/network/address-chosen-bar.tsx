// What can be done with the entries that are chosen; on the screen as long as there are any.
import { Button, Group, Paper, Text } from "@mantine/core";
import { countOf } from "../accounts/user-words.ts";
import type { EntryAnswer } from "./address-entry-queries.ts";

export type AddressChosenBarProps = {
  readonly chosen: readonly EntryAnswer[];
  readonly onClear: () => void;
  readonly onDelete: (entries: readonly EntryAnswer[]) => void;
};

export function AddressChosenBar({ chosen, onClear, onDelete }: AddressChosenBarProps) {
  if (chosen.length === 0) return null;
  return (
    <Paper
      withBorder
      radius="lg"
      px="sm"
      py={8}
      shadow="md"
      className="postern-card"
      style={{ position: "sticky", bottom: 8, zIndex: 5 }}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          {countOf(chosen.length, "entry", "entries")} chosen.
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onClear}>
            Choose none
          </Button>
          <Button size="xs" color="red" onClick={() => onDelete(chosen)}>
            Delete {countOf(chosen.length, "entry", "entries")}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

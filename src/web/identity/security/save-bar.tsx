// The foot of a security page: whether something is not saved, and saving or discarding it.
import { Button, Group, Paper, Text } from "@mantine/core";

export type SaveBarProps = {
  readonly changesCount: number;
  /** A number is not accepted as it is typed. */
  readonly hasFaults: boolean;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
};

export function SaveBar(props: SaveBarProps) {
  const { hasFaults, isDirty, isSaving, onSave, onDiscard } = props;
  return (
    <Paper
      withBorder
      radius="lg"
      p="sm"
      shadow={isDirty ? "md" : "none"}
      className="postern-card"
      style={{ position: "sticky", bottom: 12, zIndex: 5 }}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          {describeSaving(props)}
        </Text>
        <Group gap="xs">
          <Button variant="default" disabled={!isDirty || isSaving} onClick={onDiscard}>
            Discard
          </Button>
          <Button disabled={!isDirty || hasFaults} loading={isSaving} onClick={onSave}>
            Save
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

function describeSaving({ changesCount, hasFaults, isDirty, isSaved }: SaveBarProps): string {
  if (hasFaults) return "A number is not accepted; see above.";
  if (isDirty && changesCount === 0) return "A number of a rule that is off, not saved yet.";
  if (isDirty) return `${changesCount} ${changesCount === 1 ? "change" : "changes"} not saved yet.`;
  return isSaved ? "Saved. It holds from now on." : "Everything is saved.";
}

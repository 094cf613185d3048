// The foot of a security page: whether something is not saved, and saving or discarding it.
import { Button, Group, Paper, Text } from "@mantine/core";

export type SaveBarProps = {
  readonly changesCount: number;
  /** A number is not accepted as it is typed. */
  readonly hasFaults: boolean;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  /** What is not accepted, where it is no number. */
  readonly faultText?: string;
  /** What was changed and changes nothing, where it is no number. */
  readonly idleText?: string;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
};

export function SaveBar(props: SaveBarProps) {
  const { hasFaults, isDirty, isSaving, onSave, onDiscard } = props;
  return (
    <Paper
      withBorder
      radius="lg"
      px="sm"
      py={8}
      shadow={isDirty ? "md" : "none"}
      className="postern-card"
      // It covers what is behind it only while there is something to save.
      style={isDirty ? { position: "sticky", bottom: 8, zIndex: 5 } : {}}
    >
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="sm" lh={1.35} role="status">
          {describeSaving(props)}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <Button size="xs" variant="default" disabled={!isDirty || isSaving} onClick={onDiscard}>
            Discard
          </Button>
          <Button size="xs" disabled={!isDirty || hasFaults} loading={isSaving} onClick={onSave}>
            Save
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}

function describeSaving(props: SaveBarProps): string {
  const { changesCount, hasFaults, isDirty, isSaved } = props;
  if (hasFaults) return props.faultText ?? "A number is not accepted; see above.";
  if (isDirty && changesCount === 0) {
    return props.idleText ?? "A number of a rule that is off, not saved yet.";
  }
  if (isDirty) return `${changesCount} ${changesCount === 1 ? "change" : "changes"} not saved yet.`;
  return isSaved ? "Saved. It holds from now on." : "Everything is saved.";
}

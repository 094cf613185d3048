// The foot of a security page: whether something is not saved, and saving or discarding it.
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useUnconfirmed } from "../policy/unconfirmed-query.ts";
import { labelFor } from "./go-back-choice.ts";
import type { GoBackChoice } from "./go-back-choice.ts";
import { GoBackField } from "./go-back-field.tsx";
import { useFocusAfterSaving } from "./use-focus-after-saving.ts";

export type SaveBarProps = {
  readonly changesCount: number;
  /** A number is not accepted as it is typed. */
  readonly hasFaults: boolean;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  readonly goBack: GoBackChoice;
  /** What is not accepted, where it is no number. */
  readonly faultText?: string;
  /** What was changed and changes nothing, where it is no number. */
  readonly idleText?: string;
  /** While there is nothing to save, on a page that saves something else as well. */
  readonly restText?: string;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
};

export function SaveBar(props: SaveBarProps) {
  const { hasFaults, isDirty, isSaving, goBack, onSave, onDiscard } = props;
  const savedWords = useSavedWords(goBack.minutes);
  const { status, bar } = useFocusAfterSaving(isDirty);
  return (
    <Paper
      ref={bar}
      withBorder
      radius="lg"
      px="sm"
      py={8}
      shadow={isDirty ? "md" : "none"}
      className="postern-card"
      // It covers what is behind it only while there is something to save.
      style={isDirty ? { position: "sticky", bottom: 8, zIndex: 5 } : {}}
    >
      <Stack gap={6}>
        {isDirty ? <GoBackField choice={goBack} /> : null}
        <Group justify="space-between" gap="sm" style={{ rowGap: 6 }}>
          <Text size="sm" lh={1.35} role="status" flex="1 1 150px" ref={status} tabIndex={-1}>
            {describeSaving(props, savedWords)}
          </Text>
          <Group gap="xs" wrap="nowrap" ml="auto">
            <Button size="xs" variant="default" disabled={!isDirty || isSaving} onClick={onDiscard}>
              Discard
            </Button>
            <Button
              size="xs"
              disabled={!isDirty || hasFaults || goBack.fault !== null}
              loading={isSaving}
              onClick={onSave}
            >
              {labelFor("Save", isDirty ? goBack.minutes : null)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}

/**
 * Once it is confirmed, or taken back, it waits no more.
 * @param minutes for which it was saved; null: it stays
 */
export function useSavedWords(minutes: number | null): string {
  const { changes, ownGoesBackAtMs } = useUnconfirmed();
  const isWaiting = minutes !== null && (changes.length > 0 || ownGoesBackAtMs !== null);
  return isWaiting
    ? "Saved. It holds from now on, and goes back unless you confirm it above."
    : "Saved. It holds from now on.";
}

function describeSaving(props: SaveBarProps, savedWords: string): string {
  const { changesCount, hasFaults, isDirty, isSaved } = props;
  if (hasFaults) return props.faultText ?? "A number is not accepted; see above.";
  if (isDirty && changesCount === 0) {
    return props.idleText ?? "A number of a rule that is off, not saved yet.";
  }
  if (isDirty) return `${changesCount} ${changesCount === 1 ? "change" : "changes"} not saved yet.`;
  return isSaved ? savedWords : (props.restText ?? "Everything is saved.");
}

// Tells that somebody else saved meanwhile, what they saved, and asks whose version stays.
import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { WarningIcon } from "./icons.tsx";
import { TimeText } from "./time-text.tsx";
import type { RuleChange } from "./rule-change.ts";
import { actorName } from "./actor-name.ts";

export type TheirChangesProps = {
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  /** What they saved: "these rules" unless it is said. */
  readonly subject?: string;
  /** From what was loaded to what they saved. */
  readonly changes: readonly RuleChange[];
  readonly isSaving: boolean;
  /** False while a number is not accepted. */
  readonly mayKeepMine: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
};

export function TheirChanges(props: TheirChangesProps) {
  const { changedBy, changedAt, subject = "these rules", changes, isSaving, mayKeepMine } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div role="alert" tabIndex={-1} ref={box} style={{ borderRadius: 8 }}>
      <Alert
        color="yellow"
        variant="light"
        icon={<WarningIcon />}
        title="Somebody else saved meanwhile"
        role="presentation"
      >
        <Stack gap="sm">
          <Text size="sm" className="postern-breakable">
            {changedBy === null ? "Somebody" : actorName(changedBy)} saved {subject}
            {changedAt === null ? null : (
              <>
                {" "}
                <TimeText at={changedAt} />
              </>
            )}
            . Nothing of yours was saved yet.
          </Text>
          <List size="sm">
            {changes.map(({ title, from, to }) => (
              <List.Item key={title}>
                {title}: <bdi>{from}</bdi> → <bdi>{to}</bdi>
              </List.Item>
            ))}
          </List>
          <Group gap="xs">
            <Button size="xs" onClick={props.onKeepMine} loading={isSaving} disabled={!mayKeepMine}>
              Keep mine and save it
            </Button>
            <Button size="xs" variant="default" onClick={props.onTakeTheirs}>
              Take theirs
            </Button>
          </Group>
        </Stack>
      </Alert>
    </div>
  );
}

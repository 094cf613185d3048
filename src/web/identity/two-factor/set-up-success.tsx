// The last step of setting up a method: that it is on, the backup codes if they were made, Done.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { CheckIcon } from "../../shell/icons.tsx";
import { BackupCodesView } from "./backup-codes-view.tsx";
import type { ShownOnce } from "./shown-once.ts";

export type SetUpSuccessProps = {
  readonly sentence: string;
  /** Null: none were made, those that there are stay good. */
  readonly backupCodes: readonly string[] | null;
  readonly once: ShownOnce;
};

export function SetUpSuccess({ sentence, backupCodes, once }: SetUpSuccessProps) {
  const said = useRef<HTMLDivElement>(null);
  // Read out first; the codes and the buttons come after it.
  useEffect(() => said.current?.focus(), []);
  return (
    <Stack gap="md">
      <Group
        gap="xs"
        wrap="nowrap"
        align="flex-start"
        ref={said}
        tabIndex={-1}
        style={{ outline: "none" }}
      >
        <span style={{ flex: "none", color: "var(--postern-good)", lineHeight: 0 }}>
          <CheckIcon size={22} />
        </span>
        <Text>{sentence}</Text>
      </Group>
      {backupCodes === null ? (
        <Group justify="flex-end">
          <Button onClick={once.close}>Done</Button>
        </Group>
      ) : (
        <BackupCodesView codes={backupCodes} once={once} />
      )}
    </Stack>
  );
}

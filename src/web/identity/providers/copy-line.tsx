// A text that has to be entered elsewhere exactly so, with a button that copies it.
import { Code, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyTextButton } from "../two-factor/copy-text-button.tsx";

export type CopyLineProps = {
  readonly label: string;
  /** Null: there is none yet. */
  readonly text: string | null;
  readonly copyLabel: string;
  readonly children?: ReactNode;
};

export function CopyLine({ label, text, copyLabel, children }: CopyLineProps) {
  return (
    <Stack gap={4} role="group" aria-label={label}>
      <Text size="sm" fw={550}>
        {label}
      </Text>
      {text === null ? null : (
        <Group gap="xs">
          <Code fz="xs" px={10} py={6} className="postern-breakable">
            {text}
          </Code>
          <CopyTextButton text={text} label={copyLabel} />
        </Group>
      )}
      {children}
    </Stack>
  );
}

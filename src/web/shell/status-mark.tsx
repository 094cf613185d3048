// A status in a word and a sign of its own shape; colour only repeats what they say.
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CheckIcon, CircleIcon, CrossIcon, WarningIcon } from "./icons.tsx";
import type { StatusTone } from "./status-tone.ts";

const SIGNS: Readonly<Record<StatusTone, ReactNode>> = {
  good: <CheckIcon size={16} />,
  quiet: <CircleIcon size={16} />,
  warn: <WarningIcon size={16} />,
  bad: <CrossIcon size={16} />,
};

export type StatusMarkProps = { readonly tone: StatusTone; readonly children: string };

export function StatusMark({ tone, children }: StatusMarkProps) {
  const color = tone === "quiet" ? "var(--mantine-color-dimmed)" : `var(--postern-${tone})`;
  return (
    <Group gap={5} wrap="nowrap" style={{ color, display: "inline-flex" }}>
      {SIGNS[tone]}
      <Text span size="sm" inherit={false} style={{ whiteSpace: "nowrap" }}>
        {children}
      </Text>
    </Group>
  );
}

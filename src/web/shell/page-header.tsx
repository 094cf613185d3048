// The top of every page: its title, one sentence on what it is for, and what can be done here.
import { Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

export type PageHeaderProps = {
  readonly title: string;
  readonly sentence: ReactNode;
  /** Buttons, at the right. */
  readonly actions?: ReactNode;
};

export function PageHeader({ title, sentence, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(`${title} · Postern`);
  // A screen reader hears where a link has led; there was no page load to tell it.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <Stack gap={4} flex="1 1 280px">
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          {title}
        </Title>
        <Text c="dimmed" maw={680}>
          {sentence}
        </Text>
      </Stack>
      {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
    </Group>
  );
}

// What stands where a list would be while there is nothing in it: why, and what to do next.
import { Center, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export type EmptyStateProps = {
  readonly title: string;
  /** What to do next. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
};

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Center py="xl" px="md">
      <Stack gap="xs" align="center" maw={440} ta="center">
        <Title order={3}>{title}</Title>
        <Text size="sm" c="dimmed">
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}

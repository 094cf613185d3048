// One subject of a page on a card: heading, a sentence, and what can be set or seen.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import { useId } from "react";
import type { ReactNode } from "react";

export type SettingCardProps = {
  readonly title: string;
  readonly sentence?: ReactNode;
  /** Beside the heading: a switch or a button. */
  readonly control?: ReactNode;
  /** Of the heading: 2 on a page, more where the card stands below another heading. */
  readonly order?: 2 | 3 | 4;
  readonly children?: ReactNode;
};

export function SettingCard({ title, sentence, control, order, children }: SettingCardProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} className="postern-card">
      <Group justify="space-between" align="flex-start" gap="md" wrap="wrap">
        <Stack gap={2} flex="1 1 200px">
          <Title order={order ?? 2} id={id}>
            {title}
          </Title>
          {sentence === undefined ? null : (
            <Text size="sm" c="dimmed" maw={620}>
              {sentence}
            </Text>
          )}
        </Stack>
        {control}
      </Group>
      {children === undefined ? null : (
        <Stack gap="md" mt="md">
          {children}
        </Stack>
      )}
    </Card>
  );
}

// The small help of the player: its keys.
import { Button, Group, Kbd, Popover, Stack, Text } from "@mantine/core";
import { KEY_HELP } from "./player-keys.ts";

export function PlayerHelp() {
  return (
    <Popover position="top-end" width={300} trapFocus={false} withArrow shadow="md">
      <Popover.Target>
        <Button variant="subtle" color="gray" size="compact-sm" fw={500} visibleFrom="xs">
          Keyboard
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Keys of the player">
        <Stack gap={8}>
          {KEY_HELP.map(({ keys, does }) => (
            <Group key={does} justify="space-between" wrap="nowrap" gap="sm">
              <Text size="sm">{does}</Text>
              <Group gap={4} wrap="nowrap">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Group>
            </Group>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

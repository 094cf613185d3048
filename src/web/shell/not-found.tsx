// What stands where no page is.
import { Anchor, Stack, Text, Title } from "@mantine/core";

export function NotFound() {
  return (
    <Stack p="xl" gap="xs" maw={560} mx="auto">
      <Title order={1}>There is no such page</Title>
      <Text>
        The address may be mistyped, or the page has moved.{" "}
        <Anchor href="/postern/">Go to the start page</Anchor>
      </Text>
    </Stack>
  );
}

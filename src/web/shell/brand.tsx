// The product's mark, and the name of the portal it stands beside.
import { Group, Text } from "@mantine/core";

function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--mantine-color-harbour-7)" />
      <path d="M9 26V14a7 7 0 0 1 14 0v12h-4.5V14.6a2.5 2.5 0 0 0-5 0V26z" fill="#fff" />
    </svg>
  );
}

export function Brand({ name }: { readonly name: string }) {
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <Mark />
      <Text fw={650} truncate>
        {name}
      </Text>
    </Group>
  );
}

// A device and where it was seen from, as the first cell of a row.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { describeCountry } from "../describe-country.ts";

export type Place = {
  readonly address: string;
  readonly country: string;
  readonly device: string;
};

export type PlaceTextProps = {
  readonly place: Place;
  /** Said beside the device that is looking at the page. */
  readonly mark?: string | null;
};

export function PlaceText({ place, mark = null }: PlaceTextProps) {
  return (
    <Stack gap={0}>
      <Group gap="xs">
        <Text size="sm" fw={500}>
          {place.device}
        </Text>
        {mark === null ? null : (
          <Badge variant="light" size="sm" tt="none">
            {mark}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed" className="postern-breakable">
        {place.address} · {describeCountry(place.country)}
      </Text>
    </Stack>
  );
}

// What the shades and discs of the map say.
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

export function MapLegend() {
  return (
    <Group gap="4px 20px">
      <Item words="Requests, few to many">
        <svg width="56" height="12" aria-hidden>
          {[1, 2, 3, 4].map((step) => (
            <rect
              key={step}
              x={(step - 1) * 14}
              width="14"
              height="12"
              style={{ fill: `var(--postern-map-step-${step})` }}
            />
          ))}
        </svg>
      </Item>
      <Item words="Refused: the larger, the more">
        <svg width="40" height="18" viewBox="0 0 40 18" aria-hidden>
          <circle className="postern-map-disc" cx="6" cy="9" r="4" />
          <circle className="postern-map-disc" cx="26" cy="9" r="8" />
        </svg>
      </Item>
      <Item words="Only recorded, none refused">
        <svg width="16" height="16" aria-hidden>
          <circle className="postern-map-disc" data-open cx="8" cy="8" r="6" />
        </svg>
      </Item>
    </Group>
  );
}

function Item({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <Group gap={8} wrap="nowrap">
      {children}
      <Text size="xs" c="dimmed">
        {words}
      </Text>
    </Group>
  );
}

// One centred card under the portal's name, for whoever is not in the console.
import { Box, Card, Center, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Brand } from "./brand.tsx";
import { ColorSchemeSwitch } from "./color-scheme-switch.tsx";
import { signInPageQuery } from "./sign-in-page-query.ts";

export type CardFrameProps = {
  /** Pixels. */
  readonly maxWidth: number;
  readonly children: ReactNode;
  /** Below the card. */
  readonly footer?: ReactNode;
};

export function CardFrame({ maxWidth, children, footer }: CardFrameProps) {
  const { data } = useQuery(signInPageQuery);
  return (
    <Box mih="100dvh" bg="var(--postern-paper)" p="md" pos="relative">
      <Box pos="absolute" top={12} right={12}>
        <ColorSchemeSwitch />
      </Box>
      <Center mih="calc(100dvh - 32px)" component="main">
        <Stack w="100%" maw={maxWidth} gap="lg" py="xl">
          <Center mih={26} maw="100%">
            {data === undefined ? null : <Brand name={data.portalName} />}
          </Center>
          <Card className="postern-card" padding="xl">
            {children}
          </Card>
          {footer === undefined ? null : <Center mih={22}>{footer}</Center>}
        </Stack>
      </Center>
    </Box>
  );
}

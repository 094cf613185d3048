// The page around sign-in and the like: one centred card under the portal's name.
import { Box, Card, Center, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Brand } from "./brand.tsx";
import { ColorSchemeSwitch } from "./color-scheme-switch.tsx";
import { signInPageQuery } from "./sign-in-page-query.ts";

export function CardPage() {
  const { data } = useQuery(signInPageQuery);
  return (
    <Box mih="100dvh" bg="var(--postern-paper)" p="md" pos="relative">
      <Box pos="absolute" top={12} right={12}>
        <ColorSchemeSwitch />
      </Box>
      <Center mih="calc(100dvh - 32px)" component="main">
        <Stack w="100%" maw={432} gap="lg" py="xl">
          <Center mih={26} maw="100%">
            {data === undefined ? null : <Brand name={data.portalName} />}
          </Center>
          <Card className="postern-card" padding="xl">
            <Outlet />
          </Card>
        </Stack>
      </Center>
    </Box>
  );
}

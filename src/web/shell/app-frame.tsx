// The console's frame: who is signed in, where one can go, and the page itself.
import { AppShell, Box, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import type { ReactNode } from "react";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import { Brand } from "./brand.tsx";
import { ColorSchemeSwitch } from "./color-scheme-switch.tsx";
import { IdleDialog } from "./idle-dialog.tsx";
import { LoadingLines } from "./loading-lines.tsx";
import { meQuery } from "./me.ts";
import { NavigationColumn } from "./navigation-column.tsx";
import { PageFailed } from "./page-failed.tsx";
import { endSession } from "./session-end.ts";
import { isLeadingAway, STAGE_PAGES } from "./stage-pages.ts";
import type { OpenStage } from "./stage-pages.ts";
import { useActivityReports } from "./use-session-watch.ts";
import { useSignOut } from "./use-sign-out.ts";
import { UserMenu } from "./user-menu.tsx";

/** Only managers are told, and no page waits for it. */
const UnconfirmedBar = lazy(async () => ({
  default: (await import("../policy/unconfirmed-bar.tsx")).UnconfirmedBar,
}));

export function AppFrame() {
  const me = useQuery(meQuery);
  const lacking = me.data?.stage ?? "none";
  if (lacking !== "none") return <ToStagePage stage={lacking} />;
  if (me.data !== undefined) return <Frame me={me.data} page={<Outlet />} />;
  if (me.isError && !isLeadingAway(me.error)) return <PageFailed error={me.error} />;
  return (
    <Box p="xl">
      <LoadingLines lines={6} />
    </Box>
  );
}

function ToStagePage({ stage }: { readonly stage: OpenStage }) {
  const navigate = useNavigate();
  useEffect(() => {
    void navigate({ to: STAGE_PAGES[stage], replace: true });
  }, [navigate, stage]);
  return null;
}

type FrameProps = { readonly me: MeAnswer; readonly page: ReactNode };

export function Frame({ me, page }: FrameProps) {
  const [isOpen, drawer] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(drawer.close, [path, drawer.close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: "md", collapsed: { mobile: !isOpen } }}
      padding={{ base: "md", md: "xl" }}
    >
      <a className="postern-skip" href="#page">
        Skip to the page
      </a>
      <AppShell.Header px="md" withBorder>
        <Group h="100%" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger
              opened={isOpen}
              onClick={drawer.toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={isOpen ? "Close the navigation" : "Open the navigation"}
              aria-expanded={isOpen}
            />
            <Brand name={me.portalName} />
          </Group>
          <Group gap={4} wrap="nowrap">
            <ColorSchemeSwitch />
            <UserMenu me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Console">
        <NavigationColumn me={me} onGone={drawer.close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} bg="var(--postern-paper)" style={{ outline: "none" }}>
        {me.role === "agent" ? null : (
          <Suspense>
            <UnconfirmedBar />
          </Suspense>
        )}
        <Box maw={1120} mx="auto">
          <Suspense fallback={<LoadingLines />}>{page}</Suspense>
        </Box>
      </AppShell.Main>
      <SessionWatch />
    </AppShell>
  );
}

function SessionWatch() {
  const navigate = useNavigate();
  const returnTo = useRouterState({ select: (state) => state.location.publicHref });
  const signOut = useSignOut();
  useActivityReports();
  function end(): void {
    endSession({ why: "idle" }, () =>
      navigate({ to: "/signed-out", search: { why: "idle", returnTo }, replace: true }),
    );
  }
  return <IdleDialog onEnded={end} onSignOut={() => void signOut()} />;
}

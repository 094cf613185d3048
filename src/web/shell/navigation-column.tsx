// The groups of links at the left of the console.
import { AppShell, NavLink, ScrollArea, Stack, Text } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import { navigationFor } from "./navigation.ts";
import type { NavigationLink } from "./navigation.ts";

export type NavigationColumnProps = {
  readonly me: MeAnswer;
  /** A link was followed, perhaps to the page that is open already. */
  readonly onGone: () => void;
};

export function NavigationColumn({ me, onGone }: NavigationColumnProps) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <AppShell.Section grow component={ScrollArea} type="auto">
      <Stack gap="md" py={4}>
        {navigationFor(me).map((group) => (
          <Stack gap={2} key={group.label} role="group" aria-label={group.label ?? "Pages"}>
            {group.label === null ? null : (
              <Text size="xs" fw={600} c="dimmed" px={10} pb={2} aria-hidden>
                {group.label}
              </Text>
            )}
            {group.links.map((link) => (
              <PageLink
                key={link.to}
                link={link}
                isActive={isWithin(path, link.to)}
                onGone={onGone}
              />
            ))}
          </Stack>
        ))}
      </Stack>
    </AppShell.Section>
  );
}

type PageLinkProps = {
  readonly link: NavigationLink;
  readonly isActive: boolean;
  readonly onGone: () => void;
};

function PageLink({ link, isActive, onGone }: PageLinkProps) {
  return (
    <NavLink
      component={Link}
      to={link.to}
      label={link.label}
      leftSection={<link.icon />}
      active={isActive}
      aria-current={isActive ? "page" : undefined}
      className="postern-nav-link"
      onClick={onGone}
    />
  );
}

/** A page below a link's page is inside it: /users/abc belongs to Users. */
function isWithin(path: string, to: string): boolean {
  return path === to || path.startsWith(`${to}/`);
}

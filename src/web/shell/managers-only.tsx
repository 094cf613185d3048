// Lets admins and operators see the pages below it, and tells others whose pages they are.
import { Text } from "@mantine/core";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useMe } from "./me.ts";
import { navigationLabelOf } from "./navigation.ts";
import { PageHeader } from "./page-header.tsx";

/** The server refuses the rest anyway; this only says so before anything is asked. */
export function ManagersOnly() {
  const { role } = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (role !== "agent") return <Outlet />;
  return (
    <>
      <PageHeader title={navigationLabelOf(path)} sentence="" key={path} />
      <Text>This page is only for admins and operators.</Text>
    </>
  );
}

// The map of all pages: which address shows which, each loaded when it is first opened.
import { createRoute, createRouter, Navigate } from "@tanstack/react-router";
import { accountsManagerRoutes, mailRoute } from "./accounts/accounts-routes.ts";
import { identityPlainRoutes, identityFrameRoutes } from "./identity/identity-routes.ts";
import { journalRoutes } from "./journal/journal-routes.ts";
import { networkRoutes } from "./network/network-routes.ts";
import { historyRoute } from "./policy/history-routes.ts";
import { playerRoute, recordingsFrameRoutes } from "./recordings/recordings-routes.ts";
import { useMe } from "./shell/me.ts";
import { homeOf } from "./shell/navigation.ts";
import {
  frameRoute,
  managersRoute,
  notFoundRoute,
  plainRoute,
  rootRoute,
} from "./shell/root-routes.tsx";

const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  component: Home,
});

function Home() {
  return <Navigate to={homeOf(useMe())} replace />;
}

const routeTree = rootRoute.addChildren([
  plainRoute.addChildren(identityPlainRoutes),
  playerRoute,
  frameRoute.addChildren([
    homeRoute,
    ...identityFrameRoutes,
    managersRoute.addChildren([
      ...journalRoutes,
      ...networkRoutes,
      ...accountsManagerRoutes,
      historyRoute,
    ]),
    mailRoute,
    ...recordingsFrameRoutes,
  ]),
  notFoundRoute,
]);

export const router = createRouter({
  routeTree,
  basepath: "/postern",
  defaultPreload: "intent",
  scrollRestoration: true,
  // The page that is open stays until the next one is there.
  defaultPendingMs: 400,
});

declare module "@tanstack/react-router" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is extended
  interface Register {
    router: typeof router;
  }
}

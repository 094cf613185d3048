// The trunk of all pages: those anybody may open, and those inside the console's frame.
import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { NotFound } from "./not-found.tsx";
import { PageFailed } from "./page-failed.tsx";
import { SessionGuard } from "./session-guard.tsx";

export const rootRoute = createRootRoute({
  component: RootPage,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});

function RootPage() {
  return (
    <SessionGuard>
      <Outlet />
    </SessionGuard>
  );
}

/** Sign-in, links from mails: one centred card. */
export const plainRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "plain",
  component: lazyRouteComponent(() => import("./card-page.tsx"), "CardPage"),
});

/** Whatever no other route is at; nobody has to be signed in to read that. */
export const notFoundRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "$",
  component: lazyRouteComponent(() => import("./not-found-page.tsx"), "NotFoundPage"),
});

/** Everything behind the sign-in. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "frame",
  component: lazyRouteComponent(() => import("./app-frame.tsx"), "AppFrame"),
});

/** Inside the frame, and nothing for agents. */
export const managersRoute = createRoute({
  getParentRoute: () => frameRoute,
  id: "managers",
  component: lazyRouteComponent(() => import("./managers-only.tsx"), "ManagersOnly"),
});

// The library of recordings, and the page on which one is heard.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute, rootRoute } from "../shell/root-routes.tsx";

/** Outside the frame: whoever may hear a recording need not be signed in. */
export const playerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/recordings/$link",
  component: lazyRouteComponent(() => import("./player-page.tsx"), "PlayerPage"),
});

const libraryRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/recordings",
  component: lazyRouteComponent(() => import("./recordings-page.tsx"), "RecordingsPage"),
});

export const recordingsFrameRoutes = [libraryRoute] as const;

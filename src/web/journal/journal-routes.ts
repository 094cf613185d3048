// The pages that tell what the gate does: Overview and Activity.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { managersRoute } from "../shell/root-routes.tsx";

const getParentRoute = () => managersRoute;

export const journalRoutes = [
  createRoute({
    getParentRoute,
    path: "/overview",
    component: lazyRouteComponent(() => import("./overview-page.tsx"), "OverviewPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/activity",
    component: lazyRouteComponent(() => import("./activity-page.tsx"), "ActivityPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/webhooks",
    component: lazyRouteComponent(() => import("./webhooks-page.tsx"), "WebhooksPage"),
  }),
] as const;

// The page that tells how the rules came to be as they are: History.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { managersRoute } from "../shell/root-routes.tsx";

export const historyRoute = createRoute({
  getParentRoute: () => managersRoute,
  path: "/security/history",
  component: lazyRouteComponent(() => import("./history-page.tsx"), "HistoryPage"),
});

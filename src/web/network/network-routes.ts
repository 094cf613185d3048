// The pages on which the network rules are set.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { managersRoute } from "../shell/root-routes.tsx";

const getParentRoute = () => managersRoute;

export const networkRoutes = [
  createRoute({
    getParentRoute,
    path: "/security/allowed-countries",
    component: lazyRouteComponent(
      () => import("./allowed-countries-page.tsx"),
      "AllowedCountriesPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/address-lists",
    component: lazyRouteComponent(() => import("./address-lists-page.tsx"), "AddressListsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/security/anti-hacking",
    component: lazyRouteComponent(() => import("./anti-hacking-page.tsx"), "AntiHackingPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/security/rate-limits",
    component: lazyRouteComponent(() => import("./rate-limits-page.tsx"), "RateLimitsPage"),
  }),
] as const;

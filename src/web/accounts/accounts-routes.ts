// The pages of accounts, users, tracking numbers and mails, and the rules of sign-ins.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute, managersRoute } from "../shell/root-routes.tsx";

const getParentRoute = () => managersRoute;

/** Below `managersRoute`. */
export const accountsManagerRoutes = [
  createRoute({
    getParentRoute,
    path: "/accounts",
    component: lazyRouteComponent(() => import("./accounts-page.tsx"), "AccountsPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/accounts/$code",
    component: lazyRouteComponent(() => import("./account-page.tsx"), "AccountPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/users",
    component: lazyRouteComponent(() => import("./users-page.tsx"), "UsersPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/users/$id",
    component: lazyRouteComponent(() => import("./user-page.tsx"), "UserPage"),
  }),
  createRoute({
    getParentRoute,
    path: "/tracking-numbers",
    component: lazyRouteComponent(
      () => import("./tracking-numbers-page.tsx"),
      "TrackingNumbersPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/user-authentication",
    component: lazyRouteComponent(
      () => import("../identity/security/user-authentication-page.tsx"),
      "UserAuthenticationPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/single-sign-on",
    component: lazyRouteComponent(
      () => import("../identity/providers/providers-page.tsx"),
      "ProvidersPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/single-sign-on/new",
    component: lazyRouteComponent(
      () => import("../identity/providers/new-provider-page.tsx"),
      "NewProviderPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/single-sign-on/$id",
    component: lazyRouteComponent(
      () => import("../identity/providers/provider-page.tsx"),
      "ProviderPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/two-factor",
    component: lazyRouteComponent(
      () => import("../identity/security/two-factor-policy-page.tsx"),
      "TwoFactorPolicyPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/log-out-policy",
    component: lazyRouteComponent(
      () => import("../identity/security/log-out-policy-page.tsx"),
      "LogOutPolicyPage",
    ),
  }),
  createRoute({
    getParentRoute,
    path: "/security/audio-download",
    component: lazyRouteComponent(
      () => import("../recordings/security/audio-download-page.tsx"),
      "AudioDownloadPage",
    ),
  }),
] as const;

export const mailRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/mail",
  component: lazyRouteComponent(() => import("../identity/mail/mail-page.tsx"), "MailPage"),
});

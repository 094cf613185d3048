// The pages of signing in, and those on which people look after their own sign-in.
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { isEndReason } from "../shell/end-reasons.ts";
import type { EndReason } from "../shell/end-reasons.ts";
import { frameRoute, plainRoute } from "../shell/root-routes.tsx";
import { readFactorSearch } from "./sign-in/factor-search.ts";
import {
  readAccountSearch,
  readConnectionsSearch,
  readFaultSearch,
} from "./single-sign-on/read-provider-search.ts";
import type { FaultSearch } from "./single-sign-on/read-provider-search.ts";

export type ReturnSearch = {
  readonly returnTo?: string | undefined;
  readonly why?: EndReason | undefined;
};

export type SignInSearch = ReturnSearch &
  FaultSearch & {
    /** The code of an account whose own providers are shown too. */
    readonly account?: string | undefined;
  };

export type LockedSearch = {
  readonly why?: EndReason | undefined;
  /** ISO 8601: when one may try again. */
  readonly until?: string | undefined;
};

/** What is not as it should be is left out: these addresses are written by anybody. */
function readReturnSearch(search: Readonly<Record<string, unknown>>): ReturnSearch {
  const { returnTo, why } = search;
  return {
    ...(typeof returnTo === "string" && returnTo !== "" ? { returnTo } : {}),
    ...(isEndReason(why) ? { why } : {}),
  };
}

function readSignInSearch(search: Readonly<Record<string, unknown>>): SignInSearch {
  return { ...readReturnSearch(search), ...readFaultSearch(search), ...readAccountSearch(search) };
}

function readLockedSearch(search: Readonly<Record<string, unknown>>): LockedSearch {
  const { why } = readReturnSearch(search);
  const { until } = search;
  const isTime = typeof until === "string" && !Number.isNaN(Date.parse(until));
  return { ...(why === undefined ? {} : { why }), ...(isTime ? { until } : {}) };
}

const signInRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/sign-in",
  validateSearch: readSignInSearch,
  component: lazyRouteComponent(() => import("./sign-in/sign-in-page.tsx"), "SignInPage"),
});

const bindRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/bind",
  validateSearch: readReturnSearch,
  component: lazyRouteComponent(() => import("./single-sign-on/bind-page.tsx"), "BindPage"),
});

const signedOutRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/signed-out",
  validateSearch: readReturnSearch,
  component: lazyRouteComponent(() => import("./sign-in/signed-out-page.tsx"), "SignedOutPage"),
});

const lockedRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/locked",
  validateSearch: readLockedSearch,
  component: lazyRouteComponent(() => import("./sign-in/locked-page.tsx"), "LockedPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/setup",
  component: lazyRouteComponent(() => import("./sign-in/setup-page.tsx"), "SetupPage"),
});

const forgottenPasswordRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/forgotten-password",
  component: lazyRouteComponent(
    () => import("./sign-in/forgotten-password-page.tsx"),
    "ForgottenPasswordPage",
  ),
});

const resetPasswordRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/reset-password",
  component: lazyRouteComponent(() => import("./sign-in/link-page.tsx"), "LinkPage"),
});

const changePasswordRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/change-password",
  component: lazyRouteComponent(
    () => import("./sign-in/change-password-page.tsx"),
    "ChangePasswordPage",
  ),
});

const secondFactorRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/second-factor",
  validateSearch: readFactorSearch,
  component: lazyRouteComponent(
    () => import("./sign-in/second-factor-page.tsx"),
    "SecondFactorPage",
  ),
});

const setUpSecondFactorRoute = createRoute({
  getParentRoute: () => plainRoute,
  path: "/set-up-second-factor",
  validateSearch: readFactorSearch,
  component: lazyRouteComponent(
    () => import("./sign-in/set-up-second-factor-page.tsx"),
    "SetUpSecondFactorPage",
  ),
});

/** Outside the frame: one centred card each. */
export const identityPlainRoutes = [
  signInRoute,
  bindRoute,
  signedOutRoute,
  lockedRoute,
  setupRoute,
  forgottenPasswordRoute,
  resetPasswordRoute,
  changePasswordRoute,
  secondFactorRoute,
  setUpSecondFactorRoute,
] as const;

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile", replace: true });
  },
});

const profileRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/profile",
  component: lazyRouteComponent(() => import("./settings/profile-page.tsx"), "ProfilePage"),
});

const passwordRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/password",
  component: lazyRouteComponent(() => import("./settings/password-page.tsx"), "PasswordPage"),
});

const twoFactorRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/two-factor",
  component: lazyRouteComponent(() => import("./two-factor/two-factor-page.tsx"), "TwoFactorPage"),
});

const connectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/single-sign-on",
  validateSearch: readConnectionsSearch,
  component: lazyRouteComponent(
    () => import("./single-sign-on/connections-page.tsx"),
    "ConnectionsPage",
  ),
});

const sessionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/settings/sessions",
  component: lazyRouteComponent(() => import("./settings/sessions-page.tsx"), "SessionsPage"),
});

/** User settings, for everybody who is signed in. */
export const identityFrameRoutes = [
  settingsRoute,
  profileRoute,
  passwordRoute,
  twoFactorRoute,
  connectionsRoute,
  sessionsRoute,
] as const;

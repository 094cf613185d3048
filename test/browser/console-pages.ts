// The pages of the console in the states that are looked at, for pictures and for axe.

import { ACTIVITY_PAGES, EMPTY_ACTIVITY_PAGE } from "./activity-pages.ts";
import { ADDRESS_LISTS_PAGES, EMPTY_ADDRESS_LISTS_PAGE } from "./address-lists-pages.ts";
import { AUDIO_DOWNLOAD_PAGES, EMPTY_AUDIO_DOWNLOAD_PAGE } from "./audio-download-pages.ts";
import { CONNECTION_PAGES } from "./connection-pages.ts";
import type { ConsolePage } from "./console-page.ts";
import { EMPTY_HISTORY_PAGE, FORESIGHT_PAGES } from "./foresight-pages.ts";
import { NETWORK_RULES_PAGES } from "./network-rules-pages.ts";
import { signIn } from "./open-visitor.ts";
import { EMPTY_OVERVIEW_PAGE, OVERVIEW_PAGES } from "./overview-pages.ts";
import { PROVIDER_PAGES } from "./provider-console-pages.ts";
import { EMPTY_RECORDINGS_PAGE, RECORDING_PAGES } from "./recording-pages.ts";
import { SECOND_FACTOR_PAGES } from "./second-factor-pages.ts";
import { TWO_FACTOR_PAGES } from "./two-factor-pages.ts";
import { UNCONFIRMED_PAGES } from "./unconfirmed-pages.ts";

const SIGN_IN_PAGES: readonly ConsolePage[] = [
  { name: "sign-in", path: "/sign-in", as: null, heading: "Sign in" },
  {
    name: "sign-in-refused",
    path: "/sign-in",
    as: null,
    heading: "Sign in",
    refusals: ["401 POST /postern/api/v1/sign-in"],
    act: async ({ page }) => {
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const answered = page.waitForResponse((answer) => answer.url().endsWith("/sign-in"));
        await signIn(page, { email: "eve@example.com", password: `wrong ${attempt}` });
        await answered;
      }
      await page.getByText("Not sure of the password?").waitFor();
    },
  },
  { name: "sign-in-known", path: "/sign-in", as: "ada", heading: "Sign in", shows: /signed in as/ },
  { name: "signed-out", path: "/signed-out", as: null, heading: "You are signed out" },
  { name: "signed-out-idle", path: "/signed-out?why=idle", as: null, heading: /signed out/ },
  { name: "locked", path: "/locked", as: null, heading: "You are locked out" },
  {
    name: "forgotten-password",
    path: "/forgotten-password",
    as: null,
    heading: "Choose a new password",
  },
  {
    name: "forgotten-password-sent",
    path: "/forgotten-password",
    as: null,
    heading: "Choose a new password",
    act: async ({ page }) => {
      await page.getByLabel("E-mail address").fill("nobody@example.com");
      await page.getByRole("button", { name: "Send the link" }).click();
      await page.getByText("Look into your mail").waitFor();
    },
  },
  {
    name: "reset-password",
    path: async ({ portal, people }) => {
      const id = people.joan?.id ?? "";
      const { url } = await portal.must("POST", `/api/v1/users/${id}/password-link`);
      return `/reset-password${new URL(url).hash}`;
    },
    as: null,
    heading: "Choose a new password",
    act: async ({ page }) => {
      await page.getByLabel("New password", { exact: true }).fill("Tr0ub4dor");
      await page
        .getByText(/to guess|guessed/i)
        .first()
        .waitFor();
    },
  },
  {
    name: "reset-password-spent",
    path: `/reset-password#token=${"A".repeat(43)}`,
    as: null,
    heading: "This link does not work",
    refusals: ["404 POST /postern/api/v1/password-links/look"],
  },
  { name: "setup-without-link", path: "/setup", as: null, heading: "Set up Postern" },
  { name: "not-found", path: "/no/such/page", as: null, heading: "There is no such page" },
];

const OWN_PAGES: readonly ConsolePage[] = [
  {
    name: "profile",
    path: "/settings/profile",
    as: "joan",
    heading: "Profile",
    shows: "Acme Dental",
  },
  { name: "password", path: "/settings/password", as: "joan", heading: "Password" },
  {
    name: "sessions",
    path: "/settings/sessions",
    as: "ada",
    heading: "Sessions & browsers",
    shows: "Recent sign-ins",
  },
];

const PEOPLE_PAGES: readonly ConsolePage[] = [
  { name: "accounts", path: "/accounts", as: "grace", heading: "Accounts", shows: "Acme Dental" },
  {
    name: "account",
    path: "/accounts/acme",
    as: "grace",
    heading: "Acme Dental",
    shows: "Front desk",
  },
  { name: "users", path: "/users", as: "grace", heading: "Users", shows: "Mary Jackson" },
  { name: "users-of-admin", path: "/users", as: "ada", heading: "Users", shows: "Joan Clarke" },
  {
    name: "users-add",
    path: "/users",
    as: "grace",
    heading: "Users",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Add a user" }).first().click();
      await page.getByRole("dialog").getByLabel("E-mail address").waitFor();
    },
  },
  {
    name: "users-failed",
    path: "/users",
    as: "grace",
    heading: "Users",
    failing: /\/api\/v1\/users\?/,
    refusals: ["503 GET /postern/api/v1/users"],
    shows: "The store cannot be reached",
  },
  {
    name: "user",
    path: ({ people }) => `/users/${people.joan?.id}`,
    as: "grace",
    heading: "Joan Clarke",
    shows: "Front desk",
  },
  {
    name: "user-locked",
    path: ({ people }) => `/users/${people.nora?.id}`,
    as: "ada",
    heading: "Nora Barnacle",
    shows: "Release lockout",
  },
  {
    name: "tracking-numbers",
    path: "/tracking-numbers",
    as: "grace",
    heading: "Tracking numbers",
    shows: "Bookings",
  },
  {
    name: "tracking-number",
    path: "/tracking-numbers",
    as: "ada",
    heading: "Tracking numbers",
    shows: "Front desk",
    act: async ({ page }) => {
      await page.getByRole("table").getByRole("button").first().click();
      await page.getByRole("dialog").getByText("Who hears its recordings").waitFor();
    },
  },
];

const POLICY_PAGES: readonly ConsolePage[] = [
  {
    name: "user-authentication",
    path: "/security/user-authentication",
    as: "grace",
    heading: "User authentication",
    shows: "Known browsers stay open",
  },
  {
    name: "user-authentication-account",
    path: "/security/user-authentication?account=acme",
    as: "ada",
    heading: "User authentication",
    shows: "Known browsers stay open",
  },
  {
    name: "two-factor-policy",
    path: "/security/two-factor",
    as: "grace",
    heading: "2FA authentication",
    shows: "Require two-factor authentication",
  },
  {
    name: "two-factor-policy-account",
    path: "/security/two-factor?account=acme",
    as: "ada",
    heading: "2FA authentication",
    shows: "Require two-factor authentication",
    act: async ({ page }) => {
      await page.getByRole("radio", { name: "14 days skip" }).click();
      await page.getByText("1 change not saved yet.").waitFor();
    },
  },
  {
    name: "log-out-policy",
    path: "/security/log-out-policy",
    as: "grace",
    heading: "Log-out policy",
  },
  { name: "mail", path: "/mail", as: "grace", heading: "Mail" },
  {
    name: "webhooks",
    // Off, so that nothing that happens on other pages is sent anywhere.
    path: async ({ portal }) => {
      const { webhooks } = await portal.must("GET", "/api/v1/webhooks");
      if (webhooks.length > 0) return "/webhooks";
      const body = { name: "SIEM", url: "https://siem.example.com/in", groups: ["bans", "alarms"] };
      const { id } = await portal.must("POST", "/api/v1/webhooks", body);
      await portal.must("PATCH", `/api/v1/webhooks/${id}`, { isOn: false });
      return "/webhooks";
    },
    as: "grace",
    heading: "Webhooks",
    shows: "https://siem.example.com/in",
  },
  {
    name: "webhooks-add",
    path: "/webhooks",
    as: "grace",
    heading: "Webhooks",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Add webhook" }).click();
      await page.getByRole("dialog").getByLabel("Address").waitFor();
    },
  },
];

export const PAGES_WITHOUT_FACTORS: readonly ConsolePage[] = [
  ...SIGN_IN_PAGES,
  ...OWN_PAGES,
  ...PEOPLE_PAGES,
  ...POLICY_PAGES,
];

export const FACTOR_PAGES: readonly ConsolePage[] = [...SECOND_FACTOR_PAGES, ...TWO_FACTOR_PAGES];

/**
 * Those of second factors and of single sign-on last: they add accounts, people and providers,
 * which no other page should show.
 */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  ...PAGES_WITHOUT_FACTORS,
  ...OVERVIEW_PAGES,
  ...RECORDING_PAGES,
  ...AUDIO_DOWNLOAD_PAGES,
  ...ACTIVITY_PAGES,
  ...ADDRESS_LISTS_PAGES,
  ...NETWORK_RULES_PAGES,
  ...FORESIGHT_PAGES,
  ...UNCONFIRMED_PAGES,
  ...FACTOR_PAGES,
  ...CONNECTION_PAGES,
  ...PROVIDER_PAGES,
];

/** Of a portal that has an operator and nothing else yet. */
export const EMPTY_CONSOLE_PAGES: readonly ConsolePage[] = [
  { name: "accounts-empty", path: "/accounts", as: "grace", heading: "Accounts", shows: /No acc/ },
  {
    name: "tracking-numbers-empty",
    path: "/tracking-numbers",
    as: "grace",
    heading: "Tracking numbers",
    shows: "No tracking numbers yet",
  },
  EMPTY_OVERVIEW_PAGE,
  EMPTY_RECORDINGS_PAGE,
  EMPTY_AUDIO_DOWNLOAD_PAGE,
  EMPTY_ACTIVITY_PAGE,
  EMPTY_ADDRESS_LISTS_PAGE,
  EMPTY_HISTORY_PAGE,
  { name: "mail-empty", path: "/mail", as: "grace", heading: "Mail" },
  { name: "profile-empty", path: "/settings/profile", as: "grace", heading: "Profile" },
];

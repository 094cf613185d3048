// Allowed countries, anti-hacking and rate limits in the states that are looked at.

import type { ConsolePage, PageWorld } from "./console-page.ts";

const BRITISH = "81.2.69.77";
const JAPANESE = "133.11.0.77";

const COUNTRIES = "Allowed countries";
const HACKING = "Anti-hacking";
const LIMITS = "Rate limits";

/** @param at the section, and the account's code behind a query where it is not the platform's */
async function setRules({ portal }: PageWorld, at: string, change: object): Promise<void> {
  const { value } = await portal.must("GET", `/api/v1/policy/${at}`);
  await portal.must("PUT", `/api/v1/policy/${at}`, { value: { ...value, ...change } });
}

const SOME_COUNTRIES = {
  mode: "monitor",
  countries: { JP: "deny", RU: "deny", CN: "deny", BR: "deny", NG: "deny", GB: "allow" },
};

/** Visitors of two countries, one of which the rule on monitor denies. */
async function withVisitors(world: PageWorld, path: string): Promise<string> {
  await setRules(world, "country", SOME_COUNTRIES);
  for (let index = 0; index < 12; index += 1) {
    const clientAddress = index % 3 === 0 ? BRITISH : JAPANESE;
    await world.portal.ask("caddy", { clientAddress, uri: `/${index}` });
  }
  return path;
}

/** The platform refuses a country that the account does not mention. */
async function withBothLayers(world: PageWorld): Promise<string> {
  await setRules(world, "country", { mode: "enforce", countries: { RU: "deny", KP: "deny" } });
  const own = { mode: "enforce", countries: { JP: "deny", KP: "deny" } };
  await setRules(world, "country?account=acme", own);
  return "/security/allowed-countries?account=acme";
}

const COUNTRY_PAGES: readonly ConsolePage[] = [
  {
    name: "allowed-countries",
    path: (world) => withVisitors(world, "/security/allowed-countries"),
    as: "grace",
    heading: COUNTRIES,
    shows: "Country database",
    act: async ({ page }) => {
      await page.getByRole("button", { name: /^South America/ }).click();
      await page.getByRole("checkbox", { name: "Choose Brazil" }).click();
      await page.getByRole("checkbox", { name: "Choose all of Africa" }).click();
      await page.getByText("59 chosen").waitFor();
    },
  },
  {
    name: "allowed-countries-account",
    path: withBothLayers,
    as: "ada",
    heading: COUNTRIES,
    shows: "The platform refuses anyway",
    act: async ({ page }) => {
      await page.getByLabel("Search countries and regions").fill("korea");
      await page.getByText("The platform refuses it anyway").waitFor();
      await page.getByLabel("Address to test").fill(JAPANESE);
      await page.getByRole("button", { name: "Test", exact: true }).click();
      await page.getByText("Refused with 403", { exact: true }).waitFor();
    },
  },
  {
    name: "allowed-countries-own",
    path: "/security/allowed-countries?account=globex",
    as: "grace",
    heading: COUNTRIES,
    act: async ({ page }) => {
      await page.getByRole("radio", { name: "Enforce" }).click();
      await page.getByLabel("Search countries and regions").fill("GB");
      await page.getByRole("button", { name: "Deny United Kingdom" }).click();
      await page.getByRole("button", { name: "Deny Unknown location" }).click();
      await page.getByText("This would refuse you").waitFor();
    },
  },
  {
    name: "allowed-countries-map",
    path: (world) => withVisitors(world, "/security/allowed-countries"),
    as: "grace",
    heading: COUNTRIES,
    act: async ({ page }) => {
      await page.getByText("Map", { exact: true }).click();
      await page.getByRole("button", { name: /^Brazil/ }).waitFor();
    },
  },
  {
    name: "allowed-countries-failed",
    path: "/security/allowed-countries",
    as: "grace",
    heading: COUNTRIES,
    failing: /\/api\/v1\/policy/,
    refusals: ["500 GET /postern/api/v1/policy"],
    shows: "The store cannot be reached",
  },
];

const HACKING_PAGES: readonly ConsolePage[] = [
  {
    name: "anti-hacking",
    path: async ({ portal }) => {
      const report = { address: JAPANESE, count: 11, source: "pbx" };
      await portal.must("POST", "/api/v1/reports", report);
      return "/security/anti-hacking";
    },
    as: "grace",
    heading: HACKING,
    shows: "Blacklist time interval",
    act: async ({ page }) => {
      await page.getByLabel("Address to count").fill(JAPANESE);
      await page.getByRole("button", { name: "Show", exact: true }).click();
      await page.getByText("Banned everywhere").waitFor();
      await page.getByRole("switch", { name: "Longer for repeats" }).click();
      await page.getByText("30 minutes, then 1 hour").waitFor();
    },
  },
  {
    name: "anti-hacking-faults",
    path: "/security/anti-hacking",
    as: "grace",
    heading: HACKING,
    act: async ({ page }) => {
      await page.getByRole("textbox", { name: "Blacklist time interval" }).fill("59");
      await page.getByText("A whole number from 60 to 31536000.").waitFor();
    },
  },
  {
    name: "anti-hacking-of-admin",
    path: "/security/anti-hacking",
    as: "ada",
    heading: HACKING,
    shows: "more than 600 in 1 minute",
  },
  {
    name: "anti-hacking-failed",
    path: "/security/anti-hacking",
    as: "grace",
    heading: HACKING,
    failing: /\/api\/v1\/(policy|overview)/,
    refusals: ["500 GET /postern/api/v1/policy"],
    shows: "The store cannot be reached",
  },
];

const LIMIT_PAGES: readonly ConsolePage[] = [
  {
    name: "rate-limits",
    path: "/security/rate-limits",
    as: "grace",
    heading: LIMITS,
    shows: "Allow entries are exempt",
  },
  {
    name: "rate-limits-account",
    path: "/security/rate-limits?account=acme",
    as: "ada",
    heading: LIMITS,
    act: async ({ page }) => {
      await page.getByLabel("Request Max Count").first().fill("700");
      await page.getByText(/hard limit is 600 requests/).waitFor();
    },
  },
  {
    name: "rate-limits-without-counts",
    path: "/security/rate-limits",
    as: "grace",
    heading: LIMITS,
    failing: /\/api\/v1\/overview/,
    refusals: ["500 GET /postern/api/v1/overview"],
    shows: "The counts could not be had",
  },
];

/** They set rules of the platform and of acme. */
export const NETWORK_RULES_PAGES: readonly ConsolePage[] = [
  ...COUNTRY_PAGES,
  ...HACKING_PAGES,
  ...LIMIT_PAGES,
];

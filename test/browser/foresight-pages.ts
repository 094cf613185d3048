// History, and the preview of rules that are not saved, in the states that are looked at.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConsolePage, PageWorld } from "./console-page.ts";
import { seedVisits } from "./seed-visits.ts";

const HISTORY = "History";

/** Two changes that refuse nobody. */
async function historyPath({ portal }: PageWorld): Promise<string> {
  const { value } = await portal.must("GET", "/api/v1/policy/country");
  if (value.countries.KP !== "deny") {
    const countries = { ...value.countries, KP: "deny", PE: "deny" };
    const changed = { ...value, mode: "monitor", countries };
    await portal.must("PUT", "/api/v1/policy/country", { value: changed });
  }
  const entry = { range: "198.51.100.0/24", action: "deny", note: "Scanner" };
  const { entries } = await portal.must("GET", "/api/v1/entries?covering=198.51.100.7");
  if (entries.length === 0) await portal.must("POST", "/api/v1/entries", entry);
  return "/security/history";
}

async function subscribe(portal: PageWorld["portal"]): Promise<void> {
  const folder = join(portal.dataDir, "subscriptions");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "drop.txt"), "198.51.100.0/24 ; SBL1\n203.0.113.0/24 ; SBL2\n");
  const body = { name: "Do not route", source: "file:drop.txt" };
  const { id } = await portal.must("POST", "/api/v1/subscriptions", body);
  await portal.must("POST", `/api/v1/subscriptions/${id}/refresh`);
}

export const FORESIGHT_PAGES: readonly ConsolePage[] = [
  {
    name: "history",
    path: historyPath,
    as: "grace",
    heading: HISTORY,
    shows: "on the host’s shell",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Allowed countries", exact: true }).first().click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Go back to before/ })
        .waitFor();
    },
  },
  {
    name: "preview",
    path: async ({ portal }) => {
      await seedVisits(portal);
      return "/security/allowed-countries";
    },
    as: "grace",
    heading: "Allowed countries",
    act: async ({ page }) => {
      await page.getByRole("radio", { name: "Enforce" }).click();
      await page.getByLabel("Search countries and regions").fill("Japan");
      await page.getByRole("button", { name: "Deny Japan", exact: true }).click();
      await page.getByRole("button", { name: "Show preview" }).click();
      await page.getByText(/requests of the last 24 hours would be decided differently/).waitFor();
    },
  },
  {
    name: "subscribed",
    path: async ({ portal }) => {
      const { subscriptions } = await portal.must("GET", "/api/v1/subscriptions");
      if (subscriptions.length === 0) await subscribe(portal);
      return "/security/address-lists";
    },
    as: "grace",
    heading: "Address lists",
    act: async ({ page }) => {
      await page.getByRole("tab", { name: "Subscribed" }).click();
      await page.getByText("file:drop.txt").waitFor();
    },
  },
];

export const EMPTY_HISTORY_PAGE: ConsolePage = {
  name: "history-empty",
  path: "/security/history",
  as: "grace",
  heading: HISTORY,
  shows: "Nothing was changed yet",
};

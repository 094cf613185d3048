// Overview in the states that are looked at.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import { seedTraffic } from "./seed-traffic.ts";

const heading = "Overview";

async function busyPath({ portal }: PageWorld): Promise<string> {
  await seedTraffic(portal);
  return "/overview";
}

export const OVERVIEW_PAGES: readonly ConsolePage[] = [
  {
    name: "overview",
    path: busyPath,
    as: "grace",
    heading,
    shows: "Over the hard limit",
    act: async ({ page }) => {
      await page.getByRole("link", { name: /^Russia: / }).waitFor();
      await page.locator(".postern-timeline canvas").nth(1).waitFor();
      await page.getByRole("button", { name: "Release 133.11.0.66" }).waitFor();
    },
  },
  {
    name: "overview-tables",
    path: async (world) => `${await busyPath(world)}?period=7d`,
    as: "grace",
    heading,
    shows: "Over the hard limit",
    act: async ({ page }) => {
      for (const name of ["Where they come from: map or table", "How it went on: chart or table"]) {
        await page.getByRole("radiogroup", { name }).getByText("Table").click();
      }
      await page.getByRole("table").nth(1).waitFor();
    },
  },
  {
    name: "overview-of-admin",
    path: busyPath,
    as: "ada",
    heading,
    shows: "Nobody was refused",
  },
  {
    name: "overview-failed",
    path: busyPath,
    as: "grace",
    heading,
    failing: /\/api\/v1\/(overview\?|bans|health)/,
    refusals: [
      "500 GET /postern/api/v1/overview",
      "500 GET /postern/api/v1/bans",
      "500 GET /postern/api/v1/health",
    ],
    shows: "The store cannot be reached",
  },
];

export const EMPTY_OVERVIEW_PAGE: ConsolePage = {
  name: "overview-empty",
  path: "/overview",
  as: "grace",
  heading,
  shows: "Nobody was refused",
};

// Activity and the drawer that explains, in the states that are looked at.

import { activityOf } from "./seed-activity.ts";
import type { ConsolePage, PageWorld } from "./console-page.ts";

const HEADING = "Activity";

async function activityPath(world: PageWorld, query = ""): Promise<string> {
  await activityOf(world.portal);
  return `/activity${query}`;
}

export const ACTIVITY_PAGES: readonly ConsolePage[] = [
  {
    name: "activity",
    path: (world) => activityPath(world),
    as: "grace",
    heading: HEADING,
    shows: "Refused: on the deny list",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "More filters" }).click();
      await page.getByLabel("From", { exact: true }).waitFor();
    },
  },
  {
    name: "activity-of-admin",
    path: (world) => activityPath(world, "?group=refusals"),
    as: "ada",
    heading: HEADING,
    shows: "Refused: over the rate limit",
  },
  {
    name: "activity-decision",
    path: async (world) => {
      const { denied } = await activityOf(world.portal);
      return `/activity?group=refusals&decision=${denied.decisionId}`;
    },
    as: "grace",
    heading: HEADING,
    shows: "Steps, as they were then",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Allow this address…" }).click();
      await page.getByRole("button", { name: "Allow 133.11.7.20" }).waitFor();
    },
  },
  {
    name: "activity-ban",
    path: (world) => activityPath(world, "?group=bans"),
    as: "grace",
    heading: HEADING,
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Address banned" }).first().click();
      await page.getByRole("button", { name: "Release the ban" }).waitFor();
    },
  },
  {
    name: "activity-none",
    path: (world) => activityPath(world, "?country=IS&period=1h"),
    as: "grace",
    heading: HEADING,
    shows: "No event found",
  },
  {
    name: "activity-failed",
    path: "/activity",
    as: "grace",
    heading: HEADING,
    failing: /\/api\/v1\/events(\?|$)/,
    refusals: ["500 GET /postern/api/v1/events"],
    shows: "The store cannot be reached",
  },
];

/** Nobody was refused yet; adding the operator was an event. */
export const EMPTY_ACTIVITY_PAGE: ConsolePage = {
  name: "activity-empty",
  path: "/activity?group=refusals",
  as: "grace",
  heading: HEADING,
  shows: "No event found",
};

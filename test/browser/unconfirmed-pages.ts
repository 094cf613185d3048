// What waits to be confirmed, and how that is chosen, in the states that are looked at.
import type { ConsolePage } from "./console-page.ts";
import type { Visitor } from "./open-visitor.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

const HEADING = "Rate limits";

/** Whatever waited for another page is as it was. */
export async function takeAllBack(portal: BrowserPortal): Promise<void> {
  const { changes } = await portal.must("GET", "/api/v1/unconfirmed-changes");
  for (const { changeId } of changes) {
    await portal.must("POST", `/api/v1/unconfirmed-changes/${changeId}/take-back`);
  }
}

/** A change that refuses nobody. */
export async function changeCountry(
  portal: BrowserPortal,
  country: string,
  minutes: number | null,
): Promise<void> {
  const { value } = await portal.must("GET", "/api/v1/policy/country");
  const countries = { ...value.countries, [country]: "deny" };
  const query = minutes === null ? "" : `?confirmMinutes=${minutes}`;
  const changed = { ...value, mode: "monitor", countries };
  await portal.must("PUT", `/api/v1/policy/country${query}`, { value: changed });
}

async function changeFour(portal: BrowserPortal): Promise<void> {
  await takeAllBack(portal);
  await changeCountry(portal, "FJ", 10);
  for (const [index, account] of ["acme", "globex", null].entries()) {
    const range = `198.51.100.${20 + index}`;
    const entry = { range, action: "deny", note: "", ...(account === null ? {} : { account }) };
    await portal.must("POST", `/api/v1/entries?confirmMinutes=${30 + index}`, entry);
  }
}

async function chooseMinutes({ page }: Visitor): Promise<void> {
  await page.getByLabel("Search countries and regions").fill("Japan");
  await page.getByRole("button", { name: "Deny Japan", exact: true }).click();
  await page.getByLabel("Go back unless I confirm it in time").check();
  await page.getByRole("button", { name: "Save for 10 minutes" }).waitFor();
}

export const UNCONFIRMED_PAGES: readonly ConsolePage[] = [
  {
    name: "unconfirmed",
    path: async ({ portal }) => {
      await takeAllBack(portal);
      await changeCountry(portal, "FJ", 10);
      return "/security/rate-limits";
    },
    as: "grace",
    heading: HEADING,
    shows: "goes back",
  },
  {
    name: "unconfirmed-many",
    path: async ({ portal }) => {
      await changeFour(portal);
      return "/security/history";
    },
    as: "grace",
    heading: "History",
    shows: "and 1 more in History",
    act: async ({ page }) => {
      await page.getByText("Waits until").first().waitFor();
    },
  },
  {
    name: "unconfirmed-unreachable",
    path: async ({ portal }) => {
      await changeFour(portal);
      return "/security/rate-limits";
    },
    as: "grace",
    heading: HEADING,
    shows: "goes back",
    refusals: ["503 GET /postern/api/v1/unconfirmed-changes"],
    act: async ({ page, context }) => {
      await context.route("**/unconfirmed-changes", (route) => route.fulfill({ status: 503 }));
      await page.getByText("Postern cannot be reached from here.").waitFor();
    },
  },
  {
    name: "unconfirmed-ended",
    path: async ({ portal }) => {
      await takeAllBack(portal);
      await changeCountry(portal, "FJ", 10);
      return "/security/rate-limits";
    },
    as: "grace",
    heading: HEADING,
    shows: "goes back",
    act: async ({ page }, { portal }) => {
      await takeAllBack(portal);
      await page.getByText("took the change back").waitFor();
    },
  },
  {
    name: "unconfirmed-choice",
    path: async ({ portal }) => {
      await takeAllBack(portal);
      return "/security/allowed-countries";
    },
    as: "grace",
    heading: "Allowed countries",
    act: chooseMinutes,
  },
  {
    name: "unconfirmed-choice-refused",
    path: "/security/allowed-countries",
    as: "grace",
    heading: "Allowed countries",
    act: async (visitor) => {
      await chooseMinutes(visitor);
      await visitor.page.getByRole("combobox", { name: "Minutes to confirm it" }).fill("1441");
      await visitor.page.getByText("A whole number from 1 to 1440.").waitFor();
    },
  },
  {
    name: "unconfirmed-waits",
    path: async ({ portal }) => {
      await changeCountry(portal, "FJ", 10);
      return "/security/allowed-countries";
    },
    as: "grace",
    heading: "Allowed countries",
    refusals: ["409 PUT /postern/api/v1/policy/country"],
    act: async (visitor, { portal }) => {
      await chooseMinutes(visitor);
      await visitor.page.getByRole("button", { name: "Save for 10 minutes" }).click();
      await visitor.page.getByText("Not saved yet: a change").waitFor();
      await takeAllBack(portal);
    },
  },
];

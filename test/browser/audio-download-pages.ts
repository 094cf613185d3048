// The page of audio downloads in the states that are looked at, for pictures and for axe.

import type { Locator, Page } from "playwright-core";
import type { ConsolePage, PageWorld } from "./console-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { OFFICE, seedListeners } from "./seed-listeners.ts";

const PATH = "/security/audio-download?account=acme";
const HEADING = "Audio download";

export function modeOf(page: Page, name: string): Locator {
  return page.getByRole("radio", { name, exact: true });
}

export function whitelistOf(page: Page): Locator {
  return page.getByRole("textbox", { name: "IP whitelist" });
}

async function seeded({ portal, people }: PageWorld): Promise<string> {
  await seedListeners(portal, { ...people, numbers: people.numbers ?? [] });
  return PATH;
}

async function chooseOffice({ page }: Visitor, mode: string, office: string): Promise<void> {
  await modeOf(page, mode).click();
  await whitelistOf(page).fill(office);
}

const at = { path: PATH, as: "ada", heading: HEADING, shows: "Request Ban Expiry" } as const;

export const AUDIO_DOWNLOAD_PAGES: readonly ConsolePage[] = [
  { ...at, name: "audio-download" },
  { ...at, name: "audio-download-operator", path: "/security/audio-download", as: "grace" },
  {
    ...at,
    name: "audio-download-open",
    path: seeded,
    act: async ({ page }) => {
      await modeOf(page, "No security restrictions").click();
      await page.getByText("Would gain access:").waitFor();
    },
  },
  {
    ...at,
    name: "audio-download-whitelist",
    path: seeded,
    act: async (visitor) => {
      const mode = "Either IP whitelist OR user authentication";
      await chooseOffice(visitor, mode, `${OFFICE}\n2001:db8:77::/48`);
      await visitor.page.getByText("Nothing would change").waitFor();
    },
  },
  {
    ...at,
    name: "audio-download-losses",
    path: seeded,
    act: async (visitor) => {
      await chooseOffice(visitor, "Both IP whitelist AND user authentication", "198.51.100.0/24");
      await visitor.page.getByText("You would lose access yourself").waitFor();
      await visitor.page.getByText("Would lose access:").waitFor();
    },
  },
  {
    ...at,
    name: "audio-download-lines",
    act: async (visitor) => {
      const lines = "81.2.69.128/25\n81.2.69.1/24\nthe office\n2001:db8::1-2001:db8::";
      await chooseOffice(visitor, "IP whitelist", lines);
      await visitor.page.getByText(/Line 4:/).waitFor();
    },
  },
  {
    ...at,
    name: "audio-download-confirm",
    path: seeded,
    act: async (visitor) => {
      const { page } = visitor;
      await chooseOffice(visitor, "IP whitelist", "198.51.100.0/24");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("dialog").getByText("would lose access:").waitFor();
    },
  },
  {
    ...at,
    name: "audio-download-limit",
    act: async ({ page }) => {
      await page.getByLabel("Request Max Count").fill("700");
      await page.getByText(/hard limit is 600 requests/).waitFor();
    },
  },
  {
    ...at,
    name: "audio-download-failed",
    failing: /\/api\/v1\/audio-download\?/,
    refusals: ["500 GET /postern/api/v1/audio-download"],
    shows: "The store cannot be reached",
  },
  {
    ...at,
    name: "audio-download-preview-failed",
    failing: /\/api\/v1\/audio-download\/preview/,
    refusals: ["500 POST /postern/api/v1/audio-download/preview"],
    act: async ({ page }) => {
      await modeOf(page, "No security restrictions").click();
      await page.getByText("The store cannot be reached").waitFor();
    },
  },
  {
    name: "tracking-number-shareable",
    path: async ({ portal, people }) => {
      const id = people.numbers?.[0]?.id ?? "";
      await portal.must("PATCH", `/api/v1/tracking-numbers/${id}`, { isShareable: true });
      return "/tracking-numbers";
    },
    as: "ada",
    heading: "Tracking numbers",
    shows: "Shareable",
    act: async ({ page }) => {
      await page.getByRole("table").getByRole("button").first().click();
      await page.getByRole("dialog").getByRole("switch", { name: "Shareable" }).waitFor();
    },
  },
];

/** Of a portal without accounts. */
export const EMPTY_AUDIO_DOWNLOAD_PAGE: ConsolePage = {
  name: "audio-download-empty",
  path: "/security/audio-download",
  as: "grace",
  heading: HEADING,
  shows: "No accounts yet",
};

// The library and the player in the states that are looked at.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import { expectText } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { libraryOf, setAccessMode } from "./seed-recordings.ts";
import type { SeededLibrary } from "./seed-recordings.ts";

function seededIn({ portal, people }: PageWorld): Promise<SeededLibrary> {
  return libraryOf(portal, people.numbers ?? []);
}

async function libraryPath(world: PageWorld): Promise<string> {
  await seededIn(world);
  return "/recordings";
}

/** Stands still, somewhere in the middle: the same in each picture. */
async function pauseAt({ page }: Visitor, seconds: number): Promise<void> {
  // Drawn once it plays.
  await page.locator(".postern-time-line canvas").first().waitFor();
  await page.evaluate(`new Promise((done) => {
    const audio = document.querySelector("audio");
    audio.pause();
    audio.addEventListener("seeked", done, { once: true });
    audio.currentTime = ${seconds};
  })`);
}

async function openFirst({ page }: Visitor): Promise<void> {
  await page.getByRole("table").getByRole("button").first().click();
}

const PLAYER_PAGES: readonly ConsolePage[] = [
  {
    name: "player",
    path: async (world) => `/recordings/${(await seededIn(world)).frontDesk.link}`,
    as: "joan",
    heading: "+61 255 501 234",
    shows: "Signed in as joan@example.com",
    act: (visitor) => pauseAt(visitor, 1.5),
  },
  {
    name: "player-signed-out",
    path: async (world) => {
      await setAccessMode(world.portal, "globex", "no-restrictions");
      return `/recordings/${(await seededIn(world)).bookings.link}`;
    },
    as: null,
    heading: "+44 207 946 0123",
    act: (visitor) => pauseAt(visitor, 2),
  },
  {
    name: "player-refused",
    path: libraryPath,
    as: "joan",
    heading: "Recordings",
    act: async (visitor, world) => {
      const { page, context, expectRefusals } = visitor;
      const { frontDesk } = await seededIn(world);
      expectRefusals(`429 GET /postern/recordings/${frontDesk.link}/audio`);
      await context.route(/\/recordings\/[^/]+\/audio$/, (route) =>
        route.fulfill({
          status: 429,
          contentType: "application/problem+json",
          body: JSON.stringify({ code: "over-rate-limit", status: 429, retryAfterSeconds: 3600 }),
        }),
      );
      await openFirst(visitor);
      await page.getByRole("dialog").getByRole("button", { name: "Play", exact: true }).click();
      await expectText(page, "There were too many requests from your network");
    },
  },
];

const LIBRARY_PAGES: readonly ConsolePage[] = [
  {
    name: "recordings",
    path: libraryPath,
    as: "grace",
    heading: "Recordings",
    shows: "Radio campaign",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "More filters" }).click();
      await page.getByLabel("From", { exact: true }).waitFor();
    },
  },
  {
    name: "recordings-of-agent",
    path: libraryPath,
    as: "joan",
    heading: "Recordings",
    shows: "Front desk",
  },
  {
    name: "recording",
    path: libraryPath,
    as: "ada",
    heading: "Recordings",
    shows: "Radio campaign",
    act: async (visitor) => {
      await openFirst(visitor);
      await expectText(visitor.page, "Who listened");
      await expectText(visitor.page, "Granted the number: Joan Clarke");
    },
  },
  {
    name: "recording-add",
    path: libraryPath,
    as: "ada",
    heading: "Recordings",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Add a recording" }).click();
      await page.getByRole("dialog").getByLabel("Tracking number").waitFor();
    },
  },
  {
    name: "recordings-none",
    path: async (world) => `${await libraryPath(world)}?length=long`,
    as: "grace",
    heading: "Recordings",
    shows: "No recording found",
  },
  {
    name: "recordings-failed",
    path: libraryPath,
    as: "grace",
    heading: "Recordings",
    failing: /\/api\/v1\/recordings\?/,
    refusals: ["500 GET /postern/api/v1/recordings"],
    shows: "The store cannot be reached",
  },
];

/** They fill a portal with recordings. */
export const RECORDING_PAGES: readonly ConsolePage[] = [...LIBRARY_PAGES, ...PLAYER_PAGES];

export const EMPTY_RECORDINGS_PAGE: ConsolePage = {
  name: "recordings-empty",
  path: "/recordings",
  as: "grace",
  heading: "Recordings",
  shows: "No recordings yet",
};

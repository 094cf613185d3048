// The page of address lists in the states that are looked at, for pictures and for axe.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import { expectText } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { seedAddressLists } from "./seed-entries.ts";

const PATH = "/security/address-lists";

async function seeded({ portal }: PageWorld): Promise<string> {
  await seedAddressLists(portal);
  return PATH;
}

const at = { path: seeded, as: "grace", heading: "Address lists" } as const;

async function openImport({ page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("dialog").getByLabel("List").waitFor();
}

export const ADDRESS_LISTS_PAGES: readonly ConsolePage[] = [
  { ...at, name: "address-lists", shows: "London office" },
  {
    ...at,
    name: "address-lists-chosen",
    shows: "London office",
    act: async ({ page }) => {
      await page.getByLabel("Choose 81.2.69.0/24").check();
      await page.getByLabel("Choose 198.51.100.20-198.51.100.90").check();
      await page.getByRole("button", { name: "Delete 2 entries" }).click();
      await expectText(page.getByRole("dialog"), "you are in it");
      await expectText(page.getByRole("dialog"), "nobody came from there");
    },
  },
  {
    ...at,
    name: "address-lists-add",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Add an address" }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Address, block or range").fill("81.2.0.0/15");
      await expectText(dialog, "131,072 addresses");
      await expectText(dialog, "You are in it");
    },
  },
  {
    ...at,
    name: "address-lists-edit",
    shows: "London office",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Edit 198.51.100.20-198.51.100.90" }).click();
      await expectText(page.getByRole("dialog"), "Nobody came from there");
    },
  },
  {
    ...at,
    name: "address-lists-import",
    act: async (visitor) => {
      const { page, expectRefusals } = visitor;
      await openImport(visitor);
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("List").fill("203.0.113.7 # scanner\n203.0.113.9/24\n10.0.0.256");
      expectRefusals("422 POST /postern/api/v1/entries/import");
      await dialog.getByRole("button", { name: "Import", exact: true }).click();
      await expectText(dialog, "Nothing was stored: 2 lines cannot be taken");
    },
  },
  {
    ...at,
    name: "address-lists-bans",
    path: async (world) => `${await seeded(world)}?tab=automatic`,
    shows: "192.0.2.14",
  },
  {
    ...at,
    name: "address-lists-account",
    path: `${PATH}?account=acme`,
    as: "ada",
    shows: "No entries yet",
  },
  {
    ...at,
    name: "address-lists-failed",
    failing: /\/api\/v1\/entries\?/,
    refusals: ["500 GET /postern/api/v1/entries"],
    shows: "The store cannot be reached",
  },
];

export const EMPTY_ADDRESS_LISTS_PAGE: ConsolePage = {
  name: "address-lists-empty",
  path: PATH,
  as: "grace",
  heading: "Address lists",
  shows: "No entries yet",
};

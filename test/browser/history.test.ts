// Security, History in a browser: what was changed, by whom, and going back and forth.

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { checkPages } from "./check-pages.ts";
import { expectGone, expectText } from "./expect-page.ts";
import { EMPTY_HISTORY_PAGE, FORESIGHT_PAGES } from "./foresight-pages.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

describe("before anything is changed", () => {
  checkPages(suite, [EMPTY_HISTORY_PAGE]);
});

async function countries(): Promise<object> {
  return (await suite.portal.must("GET", "/api/v1/policy/country")).value.countries;
}

async function openNewest(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: title, exact: true }).first().click();
  await page.getByRole("dialog").getByText("Before this change").waitFor();
}

it("lists a change with what differs, goes back to before it, and forth again", async () => {
  const { grace } = suite.people;
  const { page, goTo } = await suite.visit({ as: grace });
  await goTo("/security/allowed-countries");
  await page.getByLabel("Search countries and regions").fill("Peru");
  await page.getByRole("button", { name: "Deny Peru", exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expectText(page, "Saved. It holds from now on.");

  await goTo("/security/history");
  const first = page.getByRole("table").getByRole("row").nth(1);
  await expectText(first, "Allowed countries");
  await expectText(first, grace.email);
  await expectText(first, "in the console");
  await openNewest(page, "Allowed countries");
  const drawer = page.getByRole("dialog");
  await expectText(drawer, "Peru: not set → deny");
  await expectText(drawer.getByRole("group", { name: "The difference as text" }), /^\+ +PE: deny/);
  await drawer.getByRole("button", { name: "Show preview" }).click();
  await expectText(drawer, /^None of the [\d,]+ requests? of the last 24 hours would be decided/);

  await drawer.getByRole("button", { name: "Go back to before change 1" }).click();
  await expectText(drawer, "The rules are like that now, so there is nothing to go back to.");
  expect(await countries()).toEqual({});
  await drawer.getByText("After this change", { exact: true }).click();
  await drawer.getByRole("button", { name: "Go back to after change 1" }).click();
  await expectText(drawer, "The rules are like that now, so there is nothing to go back to.");
  expect(await countries()).toEqual({ PE: "deny" });
  await drawer.press("Escape");
  await expectText(page.getByRole("table"), "by going back");
  expect(await page.getByRole("table").getByRole("row").count()).toBe(4);
});

it("shows an admin the changes of their own account only", async () => {
  const { ada } = suite.people;
  for (const account of ["acme", "globex"]) {
    const entry = { range: "198.51.100.7", action: "allow", note: "Office", account };
    await suite.portal.must("POST", "/api/v1/entries", entry);
  }
  await suite.portal.must("POST", "/api/v1/entries", { range: "198.51.100.8", action: "deny" });
  const { page, goTo } = await suite.visit({ as: ada });
  await goTo("/security/history");
  await openNewest(page, "1 address list entry of acme");
  await expectText(page.getByRole("dialog"), "198.51.100.7: not on the list → allow (Office)");
  await page.getByRole("dialog").press("Escape");
  await expectGone(page.getByRole("dialog"));
  await expectText(page, "1 shown, that is all");
});

describe("with changes", () => {
  checkPages(suite, FORESIGHT_PAGES);
});

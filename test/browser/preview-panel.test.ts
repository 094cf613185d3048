// The preview on pages of rules, in a browser: whom a change concerns, before it is saved.

import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { assertAccessible } from "./assert-accessible.ts";
import { expectGone, expectText } from "./expect-page.ts";
import { JAPANESE_REQUESTS, seedVisits } from "./seed-visits.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

const WAITS = "Change something above, and see here whom it concerns, before it is saved.";

function previewOf(page: Page): Locator {
  return page.getByRole("region", { name: "Preview" });
}

async function show(page: Page): Promise<void> {
  await previewOf(page).getByRole("button", { name: "Show preview" }).click();
}

async function draftDenied(page: Page, country: string): Promise<void> {
  await page.getByLabel("Search countries and regions").fill(country);
  await page.getByRole("button", { name: `Deny ${country}`, exact: true }).click();
}

/** The page of the countries, with Japan denied and not saved. */
async function openWithJapanDenied(): Promise<Page> {
  await seedVisits(suite.portal);
  const { page, goTo } = await suite.visit({ as: suite.people.grace });
  await goTo("/security/allowed-countries");
  await expectText(previewOf(page), WAITS);
  await page.getByRole("radio", { name: "Enforce" }).click();
  await draftDenied(page, "Japan");
  return page;
}

it("tells how many of whom a denied country concerns, and saves nothing by it", async () => {
  const page = await openWithJapanDenied();
  await show(page);
  const preview = previewOf(page);
  const { day, week } = JAPANESE_REQUESTS;
  await expectText(preview, new RegExp(`^${day} of [\\d,]+ requests of the last 24 hours would `));
  await expectText(preview, `${day} requests that are let through would be refused.`);
  await expectText(preview, "API 240 · Portal 120 · Sign-in 31 · Audio 9");
  const rows = preview.getByRole("table").getByRole("row");
  expect(await rows.nth(1).innerText()).toMatch(/^133\.11\.0\.22\s+Japan\s+API, globex\s/);
  expect(await rows.nth(1).innerText()).toContain("Passes → Refused: Country not allowed");
  await preview.getByText("7 days", { exact: true }).click();
  await expectText(preview, new RegExp(`^${week} of [\\d,]+ requests of the last 7 days would `));

  const saved = await suite.portal.must("GET", "/api/v1/policy/country");
  expect(saved.value.countries).toEqual({});
  await page.getByRole("button", { name: "Save" }).click();
  await expectText(preview, WAITS);
  const { value } = await suite.portal.must("GET", "/api/v1/policy/country");
  expect(value.countries).toEqual({ JP: "deny" });
  await suite.portal.must("PUT", "/api/v1/policy/country", { value: saved.value });
});

it("hides what was shown of rules that were changed since", async () => {
  const page = await openWithJapanDenied();
  await show(page);
  const preview = previewOf(page);
  await expectText(preview, /would be decided differently/);
  await draftDenied(page, "France");
  await expectText(preview, "The rules above were changed since it was shown.");
  await expectGone(preview.getByRole("table"));
  await show(page);
  await expectText(preview, /would be decided differently/);
});

it("says first that saving it would be refused, and what helps", async () => {
  const { page, goTo } = await suite.visit({
    as: suite.people.grace,
    clientAddress: "81.2.69.77",
  });
  await goTo("/security/allowed-countries");
  await page.getByRole("radio", { name: "Enforce" }).click();
  await draftDenied(page, "United Kingdom");
  await show(page);
  const alert = previewOf(page).getByRole("alert");
  await expectText(alert, "This would lock you out");
  await expectText(alert, "you would not get to the sign-in and the console");
  await expectText(alert, "So saving it is refused, unless you type that you mean it.");
  await expectText(alert, "With 81.2.69.77 on the platform's allow list, the change locks nobody");
  await assertAccessible(page);

  await goTo("/security/address-lists");
  await page.getByRole("button", { name: "Add an address" }).first().click();
  const add = page.getByRole("dialog", { name: "Add to the address list" });
  await add.getByLabel("Address, block or range").fill("81.2.69.0/24");
  await add.getByRole("button", { name: "Show preview" }).click();
  await expectText(
    add.getByRole("list", { name: "Why" }),
    "The deny entry 81.2.69.0/24 covers the address.",
  );
});

it("tells on the page of user authentication who has to do what", async () => {
  const { page, goTo } = await suite.visit({ as: suite.people.ada });
  await goTo("/security/user-authentication?account=acme");
  await page.getByLabel("Characters at least").fill("14");
  await show(page);
  const preview = previewOf(page);
  await expectText(preview, "From the moment it is saved:");
  await expectText(preview, /^2 users keep their password until they change it: .* cannot be told/);
  await expectText(preview, "(Ada Lovelace, Joan Clarke)");
  await expectGone(preview.getByRole("table"));
  // It is so whatever came of late.
  await expectGone(preview.getByRole("radiogroup", { name: "How far back" }));
});

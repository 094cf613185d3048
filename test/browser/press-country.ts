// What suites of waiting changes press on the page of Allowed countries.
import type { Locator, Page } from "playwright-core";

export async function press(scope: Page | Locator, name: string): Promise<void> {
  await scope.getByRole("button", { name, exact: true }).click();
}

export async function denyCountry(page: Page, country: string): Promise<void> {
  await page.getByLabel("Search countries and regions").fill(country);
  await press(page, `Deny ${country}`);
}

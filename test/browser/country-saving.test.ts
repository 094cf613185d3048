// Saving rules of countries in a browser: one question at a time, each true, and what holds then.
import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import { expectGone, expectText } from "./expect-page.ts";
import { takeAllBack } from "./unconfirmed-pages.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

const PATH = "/security/allowed-countries";
const HOME = "81.2.69.253";
const JAPANESE = "133.11.0.9";
const DENIED_JAPANESE = "133.11.9.9";
const LOCKED_OUT = "This would lock you out";
const PUT_COUNTRY = "409 PUT /postern/api/v1/policy/country";

async function countryRule() {
  return (await suite.portal.must("GET", "/api/v1/policy/country")).value;
}

async function setCountryRule(change: object): Promise<void> {
  const value = { ...PLATFORM_POLICY_DEFAULT.country, ...change };
  await suite.portal.must("PUT", "/api/v1/policy/country", { value });
}

async function open(path: string, clientAddress?: string) {
  const visitor = await suite.visit({
    as: suite.people.grace,
    ...(clientAddress === undefined ? {} : { clientAddress }),
  });
  await visitor.goTo(path);
  return visitor;
}

async function press(scope: Page | Locator, name: string): Promise<void> {
  await scope.getByRole("button", { name, exact: true }).click();
}

async function deny(page: Page, country: string): Promise<void> {
  await page.getByRole("radio", { name: "Enforce" }).click();
  await page.getByLabel("Search countries and regions").fill(country);
  await press(page, `Deny ${country}`);
}

async function chooseMinutes(page: Page, minutes: string): Promise<void> {
  await page.getByLabel("Go back unless I confirm it in time").check();
  await page.getByRole("combobox", { name: "Minutes to confirm it" }).fill(minutes);
}

it("counts whom it would newly refuse, as the preview does, and that it goes back", async () => {
  const { portal } = suite;
  const entry = { range: DENIED_JAPANESE, action: "deny", note: "" };
  await portal.must("POST", "/api/v1/entries", entry);
  for (const clientAddress of [JAPANESE, DENIED_JAPANESE, JAPANESE, DENIED_JAPANESE, JAPANESE]) {
    await portal.ask("caddy", { clientAddress });
  }
  const { page } = await open(PATH);
  await deny(page, "Japan");
  await press(page, "Show preview");
  await expectText(page, "3 requests that are let through would be refused.");
  await expectText(page, "No rule refused it → Country not allowed 3");
  await chooseMinutes(page, "1");
  await press(page, "Save for 1 minute");
  const asked = page.getByRole("dialog");
  await expectText(
    asked,
    "3 requests of the last 24 hours that were let through came from the country you newly deny: " +
      "Japan (3).",
  );
  await expectText(asked, "It goes back after 1 minute unless you confirm it.");
  await press(asked, "Save for 1 minute");
  await expectText(page, "and goes back unless you confirm it above.");
  expect((await countryRule()).countries).toEqual({ JP: "deny" });
  await takeAllBack(portal);
  await setCountryRule({});
});

it("leaves the question about oneself to the server, and asks it once", async () => {
  const { page, expectRefusals } = await open(PATH, HOME);
  await deny(page, "United Kingdom");
  await expectText(page, "This would refuse you");
  await chooseMinutes(page, "3");
  expectRefusals(PUT_COUNTRY);
  await press(page, "Save for 3 minutes");
  const asked = page.getByRole("dialog");
  await expectText(asked, LOCKED_OUT);
  await expectText(asked, "It goes back after 3 minutes.");
  expect(await asked.count()).toBe(1);
  await press(asked, "Do not save");
  await expectGone(asked);
  expect((await countryRule()).countries).toEqual({});

  expectRefusals(PUT_COUNTRY);
  await press(page, "Save for 3 minutes");
  await press(asked, "Allow my address first");
  await expectGone(asked);
  await expectText(page, "on an allow entry, so no country rule holds for you.");
  await expectGone(page.getByText("This would refuse you"));
  await expectGone(page.getByRole("button", { name: "Allow my address" }));
  expect((await countryRule()).countries).toEqual({ GB: "deny" });
  await takeAllBack(suite.portal);
  await setCountryRule({});
});

it("says of saved rules that refuse one that they do, not that they would", async () => {
  const value = { ...PLATFORM_POLICY_DEFAULT.country, mode: "enforce", countries: { GB: "deny" } };
  await suite.portal.must("PUT", "/api/v1/policy/country?account=globex", { value });
  const { page } = await open(`${PATH}?account=globex`);
  await expectText(page, "This refuses you");
  await expectText(page, "which is denied as it is saved. Allow your own address to pass again.");
  await expectGone(page.getByText("before you save"));
  await press(page, "Allow my address");
  await expectText(page, "on an allow entry, so no country rule holds for you.");
});

it("takes codes in another order for the same rules", async () => {
  await setCountryRule({ mode: "monitor", countries: { NZ: "deny", CL: "deny", IS: "deny" } });
  const { page } = await open(PATH);
  await expectText(page, "Everything is saved.");
  const preview = page.getByRole("region", { name: "Preview" });
  await expectText(preview, "Change something above, and see here whom it concerns");
  expect(await preview.getByRole("button", { name: "Show preview" }).isDisabled()).toBe(true);
  await setCountryRule({});
});

// Saving for some minutes in a browser: the countdown, going back, confirming, taking back.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { checkPages } from "./check-pages.ts";
import { expectGone, expectSeen, expectText, expectValue } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { changeCountry, takeAllBack, UNCONFIRMED_PAGES } from "./unconfirmed-pages.ts";
import { denyCountry, press } from "./press-country.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

const MINUTE_MS = 60_000;
const PUT_COUNTRY = "409 PUT /postern/api/v1/policy/country";

async function countries(): Promise<object> {
  return (await suite.portal.must("GET", "/api/v1/policy/country")).value.countries;
}

async function openCountries(hasTurnedClock = false): Promise<Visitor> {
  const visitor = await suite.visit({ as: suite.people.grace, hasTurnedClock });
  await visitor.goTo("/security/allowed-countries");
  return visitor;
}

function minutesOf(page: Page | Locator): Locator {
  return page.getByRole("combobox", { name: "Minutes to confirm it" });
}

async function saveForTen(page: Page, country: string): Promise<void> {
  await denyCountry(page, country);
  await page.getByLabel("Go back unless I confirm it in time").check();
  await press(page, "Save for 10 minutes");
  await expectText(page, "and goes back unless you confirm it above.");
}

async function readHistory({ page, goTo }: Visitor): Promise<Locator> {
  await goTo("/security/history");
  const newest = page.getByRole("table").getByRole("row").nth(1);
  await expectText(newest, "Allowed countries");
  return newest;
}

describe("a change that is saved for ten minutes", () => {
  it("counts down, goes back by itself, and the form shows what holds", async () => {
    const { page, turn } = await openCountries(true);
    await saveForTen(page, "Peru");
    expect(await countries()).toEqual({ PE: "deny" });
    await expectText(page, /Allowed countries, changed by you: goes back in (10:00|9:5\d), at /);
    await expectText(page.getByRole("status"), /^Allowed countries: the change goes back at \d\d:/);
    await turn(4 * MINUTE_MS);
    await expectText(page, /goes back in 5:5\d, at /);

    await turn(6 * MINUTE_MS);
    await expectText(
      page,
      /^Allowed countries: the change went back at \d\d:\d\d: nobody confirmed it\.$/,
    );
    await expectGone(page.getByText("goes back in"));
    expect(await countries()).toEqual({});
    await expectText(page, "Everything is saved.");
    await expectSeen(page.getByRole("button", { name: "Deny Peru", exact: true, pressed: false }));
    await press(page, "I have read it: Allowed countries");
    await expectGone(page.getByText("nobody confirmed it"));
  });

  it("stays once it is confirmed", async () => {
    const visitor = await openCountries();
    const { page } = visitor;
    await saveForTen(page, "Peru");
    await press(page, "Confirm: Allowed countries");
    await expectText(page, "Confirmed: the change stays.");
    await expectGone(page.getByText("goes back in"));
    await expectText(page, "Saved. It holds from now on.");
    expect(await countries()).toEqual({ PE: "deny" });
    const newest = await readHistory(visitor);
    await expectText(newest, "in the console");
    await expectGone(page.getByText("Waits until"));

    await visitor.goTo("/activity");
    await page.getByText("Change confirmed").first().click();
    await expectText(page.getByRole("dialog"), suite.people.grace.email);
    await expectText(page.getByRole("dialog"), "Made by");
  });

  it("is taken back from the history", async () => {
    const visitor = await openCountries();
    await saveForTen(visitor.page, "Chile");
    const newest = await readHistory(visitor);
    await expectText(newest, /^Waits until \d\d:\d\d$/);
    await press(newest, "Take it back: Allowed countries");
    await expectText(visitor.page, "Taken back: it is as it was before the change.");
    await expectText(newest, "by going back");
    expect(await countries()).toEqual({ PE: "deny" });
  });

  it("is told to somebody else, and how it ended", async () => {
    const { page, turn, goTo } = await suite.visit({
      as: suite.people.grace,
      hasTurnedClock: true,
    });
    await changeCountry(suite.portal, "FJ", 10);
    await goTo("/users");
    await expectText(page, /^Allowed countries, changed by .+: goes back in /);
    await takeAllBack(suite.portal);
    await turn(6000);
    await expectText(page, /took the change back at/);
  });
});

describe("minutes", () => {
  it("are asked for beside Save, and said what is accepted", async () => {
    const { page } = await openCountries();
    await denyCountry(page, "Chile");
    await page.getByLabel("Go back unless I confirm it in time").check();
    await expectValue(minutesOf(page), "10");
    for (const refused of ["0", "1441", "2.5", "soon", ""]) {
      await minutesOf(page).fill(refused);
      await expectText(page, "A whole number from 1 to 1440.");
      expect(await page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
    }
    await minutesOf(page).fill("1");
    await expectSeen(page.getByRole("button", { name: "Save for 1 minute", exact: true }));
    await minutesOf(page).fill("");
    await page.getByRole("option", { name: "30" }).click();
    await expectSeen(page.getByRole("button", { name: "Save for 30 minutes" }));
    await press(page, "Discard");
  });

  it("hold for an entry of an address list, when it is added and when it is deleted", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/security/address-lists");
    await page.getByRole("button", { name: "Add an address" }).first().click();
    const add = page.getByRole("dialog");
    await add.getByLabel("Address, block or range").fill("198.51.100.40");
    await add.getByLabel("Go back unless I confirm it in time").check();
    await press(add, "Deny it for 10 minutes");
    await expectText(page, /^1 address list entry of acme, changed by you: goes back in /);
    await press(page, "Confirm: 1 address list entry of acme");
    await expectGone(page.getByText("goes back in"));

    await press(page, "Edit 198.51.100.40");
    await press(page.getByRole("dialog"), "Delete");
    const asked = page.getByRole("dialog", { name: "Delete 198.51.100.40?" });
    await asked.getByLabel("Go back unless I confirm it in time").check();
    await minutesOf(asked).fill("5");
    await press(asked, "Delete it for 5 minutes");
    await expectText(page, /^1 address list entry of acme, changed by you: goes back in /);
    await press(page, "Take it back: 1 address list entry of acme");
    await expectSeen(page.getByRole("button", { name: "Edit 198.51.100.40" }));
  });
});

it("keeps what was typed while another change of it waits", async () => {
  const { page, expectRefusals } = await openCountries();
  await saveForTen(page, "Chile");
  await denyCountry(page, "Japan");
  expectRefusals(PUT_COUNTRY);
  await press(page, "Save for 10 minutes");
  const refusal = page.getByRole("alert").filter({ hasText: "Not saved yet" });
  await expectText(refusal, /a change that you made of the same waits to be confirmed, and goes/);
  await press(refusal, "Confirm: the change that waits");
  await expectText(page.getByRole("alert"), "That change stays. Save yours now.");
  await press(page, "Save for 10 minutes");
  await expectText(page, /Allowed countries, changed by you: goes back in /);
  expect(await countries()).toEqual({ PE: "deny", CL: "deny", JP: "deny" });
  await press(page, "Take it back: Allowed countries");
  await expectText(page, "Everything is saved.");
  expect(await countries()).toEqual({ PE: "deny", CL: "deny" });
});

it("claims nothing when the change has shut this browser out", async () => {
  const home = "81.2.69.177";
  const visitor = await suite.visit({
    as: suite.people.grace,
    clientAddress: home,
    hasTurnedClock: true,
  });
  const { page, expectRefusals, goTo, turn } = visitor;
  await goTo("/security/address-lists");
  await page.getByRole("button", { name: "Add an address" }).first().click();
  const add = page.getByRole("dialog", { name: "Add to the address list" });
  await add.getByLabel("Address, block or range").fill(home);
  expectRefusals("409 POST /postern/api/v1/entries");
  await press(add, "Deny it");
  const asked = page.getByRole("dialog", { name: "This would lock you out" });
  await expectValue(minutesOf(asked), "10");
  await asked.getByLabel(/^Or type/).fill("let it lock me out");
  await expectText(asked, "It goes back after 10 minutes. Sooner, only the host's shell");
  expectRefusals("403 GET /postern/api/v1/entries");
  expectRefusals("403 GET /postern/api/v1/unconfirmed-changes");
  await press(asked, "Save all the same");
  await expectText(
    page,
    /^Postern cannot be reached from here\. The change goes back by itself at \d\d:\d\d, unless/,
  );
  await turn(10 * MINUTE_MS);
  await expectGone(page.getByText("Postern cannot be reached"));
});

describe("pages", () => {
  checkPages(suite, UNCONFIRMED_PAGES);
});

// Security pages and the mail page in a browser: what is accepted, who saved first, what holds.

import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { expectChecked, expectFieldError, expectGone, expectHeading } from "./expect-page.ts";
import { expectFocus, expectText, expectValue } from "./expect-page.ts";
import { newestMailTo } from "./outbox.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

function minutesOf(page: Page): Locator {
  return page.getByRole("textbox", { name: "Minutes without activity" });
}

describe("the log-out policy", () => {
  it("says beside the field what is accepted while one types", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/security/log-out-policy");
    const minutes = minutesOf(page);
    await expectValue(minutes, "30");
    for (const refused of ["14", "1000", "ten", ""]) {
      await minutes.fill(refused);
      await expectFieldError(minutes, "A whole number from 15 to 999.");
      expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    }
    await minutes.fill("999");
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Saved. It holds from now on.");
    await page.reload();
    await expectValue(minutesOf(page), "999");
  });

  it("may be never", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo("/security/log-out-policy?account=globex");
    await page.getByRole("radio", { name: "Never log out" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Saved. It holds from now on.");
    await page.reload();
    await expectChecked(page.getByRole("radio", { name: "Never log out" }), true);
  });

  it("tells who saved meanwhile, and loses neither version unasked", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.grace });
    await goTo("/security/log-out-policy");
    await minutesOf(page).fill("45");
    const other = await suite.visit({ as: suite.people.grace });
    await other.goTo("/security/log-out-policy");
    await minutesOf(other.page).fill("60");
    await other.page.getByRole("button", { name: "Save" }).click();
    await expectText(other.page, "Saved. It holds from now on.");

    expectRefusals("412 PUT /postern/api/v1/identity-policies/log-out");
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Somebody else saved meanwhile");
    await expectValue(minutesOf(page), "45");
    await page.getByRole("button", { name: "Keep mine and save it" }).click();
    await expectText(page, "Saved. It holds from now on.");
    await other.page.reload();
    await expectValue(minutesOf(other.page), "45");
  });
});

describe("after saving with the keyboard", () => {
  async function openWithMinutes(minutes: string): Promise<Page> {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo("/security/log-out-policy");
    await minutesOf(page).fill(minutes);
    return page;
  }

  function barOf(page: Page): Locator {
    return page.locator(".postern-unconfirmed");
  }

  it("one goes on where it is said that it is saved", async () => {
    const page = await openWithMinutes("71");
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await expectFocus(page.getByRole("status").filter({ hasText: "Saved. It holds from now on." }));
    await minutesOf(page).fill("72");
    await page.getByRole("button", { name: "Discard" }).press("Enter");
    await expectFocus(page.getByRole("status").filter({ hasText: "Everything is saved." }));
  });

  it("for some minutes, before the button that confirms it", async () => {
    const page = await openWithMinutes("73");
    await page.getByLabel("Go back unless I confirm it in time").check();
    await page.getByRole("button", { name: "Save for 10 minutes" }).press("Enter");
    await expectFocus(barOf(page));
    await page.keyboard.press("Tab");
    await expectFocus(page.getByRole("button", { name: "Confirm: Log-out policy" }));
    await page.keyboard.press("Enter");
    await expectGone(barOf(page));
  });

  it("stays in a field that is typed into meanwhile", async () => {
    const page = await openWithMinutes("74");
    const answered = page.waitForResponse((answer) => answer.request().method() === "PUT");
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await minutesOf(page).focus();
    await answered;
    await expectText(page, "Saved. It holds from now on.");
    await expectFocus(minutesOf(page));
  });

  it("goes on at what says why it was not saved", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.grace });
    await goTo("/security/allowed-countries");
    await page.getByRole("radio", { name: "Enforce" }).click();
    await page.getByLabel("Search countries and regions").fill("United Kingdom");
    await page.getByRole("button", { name: "Deny United Kingdom", exact: true }).click();
    expectRefusals("409 PUT /postern/api/v1/policy/country");
    await page.getByRole("button", { name: "Save", exact: true }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Do not save" }).press("Enter");
    await expectGone(page.getByRole("dialog"));
    await expectFocus(page.getByRole("alert").filter({ hasText: "It was not saved" }));
  });

  it("goes on at the status of the address lists' mode", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/security/address-lists");
    await page.getByRole("radio", { name: "Monitor" }).click();
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await expectFocus(page.getByRole("status").filter({ hasText: "Saved. It holds from now on." }));
  });
});

describe("user authentication", () => {
  it("switches rules for the users of an account, and says what speaks against them", async () => {
    const { ada, joan } = suite.people;
    const { page, goTo } = await suite.visit({ as: ada });
    await goTo("/security/user-authentication");
    await expectText(page, /advise against this rule/);
    await page.getByRole("switch", { name: "Uppercase, lowercase and number" }).press("Space");
    const characters = page.getByLabel("Characters at least");
    await characters.fill("7");
    await expectFieldError(characters, "A whole number from 8 to 128.");
    await characters.fill("12");
    await expectText(page, "2 changes not saved yet.");
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Saved. It holds from now on.");

    const theirs = await suite.visit({ as: joan });
    await theirs.goTo("/settings/password");
    await expectText(theirs.page, "At least 12 characters");
    await expectText(theirs.page, "An uppercase letter, A to Z");
  });

  it("lets everybody discard what is not saved", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo("/security/user-authentication?account=globex");
    const expiry = page.getByRole("switch", { name: "Password expires" });
    await expectChecked(expiry, false);
    await expiry.press("Space");
    await expectText(page, "1 change not saved yet.");
    await page.getByRole("button", { name: "Discard" }).click();
    await expectChecked(expiry, false);
    await expectText(page, "Everything is saved.");
  });

  it("is not for agents", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.joan });
    await goTo("/security/user-authentication");
    await expectHeading(page, "User authentication");
    await expectText(page.getByRole("main"), "Only for admins and operators");
    await expectGone(page.getByRole("switch"));
  });
});

describe("the mail page", () => {
  it("sends a test, which arrives", async () => {
    const { grace } = suite.people;
    const { page, goTo } = await suite.visit({ as: grace });
    await goTo("/mail");
    await expectHeading(page, "Mail");
    await page.getByRole("button", { name: /test/i }).click();
    await newestMailTo(suite.portal, grace.email, { saying: /test/i });
    await expectText(page.getByRole("table", { name: "Newest mails" }), grace.email);
  });
});

// The page of the rules of second factors in a browser: two choices, a switch, whom they touch.

import { describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { EDGE_CONTRAST_MIN, edgeContrast } from "./edge-contrast.ts";
import { expectChecked, expectGone, expectHeading, expectSeen, expectText } from "./expect-page.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

const PATH = "/security/two-factor";
const RULE = "/api/v1/identity-policies/two-factor";
const SAVED = "Saved. It holds from now on.";

const choice = (page: Page, name: "Every login" | "14 days skip") =>
  page.getByRole("radio", { name });
const requiring = (page: Page) =>
  page.getByRole("switch", { name: "Require two-factor authentication" });

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await expectText(page, SAVED);
}

describe("2FA authentication", () => {
  it("stands in the navigation under Security, at every login at first", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/users");
    await page.getByRole("link", { name: "2FA authentication" }).click();
    await expectHeading(page, "2FA authentication");
    await expectChecked(choice(page, "Every login"), true);
    await expectChecked(choice(page, "14 days skip"), false);
    await expectChecked(requiring(page), false);
    await expectText(page, "Default: every login.");
    await expectText(page, "Default: off.");
  });

  it("saves 14 days skip, which stays after loading it again", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo(PATH);
    await choice(page, "14 days skip").click();
    await expectText(page, "1 change not saved yet.");
    await save(page);
    await page.reload();
    await expectChecked(choice(page, "14 days skip"), true);
    const { value } = await suite.portal.must("GET", `${RULE}?account=acme`);
    expect(value).toEqual({ frequency: "14-days-skip", required: { enabled: false } });
  });

  it("says that going back to every login ends the trust of browsers", async () => {
    await suite.portal.must("PUT", `${RULE}?account=acme`, {
      value: { frequency: "14-days-skip", required: { enabled: false } },
    });
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo(PATH);
    const warning = page.getByText(/Saving ends the trust in every browser of \d+ users?/);
    await expectChecked(choice(page, "14 days skip"), true);
    await expectGone(warning);
    await choice(page, "Every login").click();
    await expectSeen(warning);
    await save(page);
    await expectGone(warning);
  });

  it("says for how many users it would be required, then for how many it is", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo(`${PATH}?account=acme`);
    const { users } = await suite.portal.must("GET", `${RULE}?account=acme`);
    expect(users).toBeGreaterThan(1);
    await expectText(page, `Switched on, it would hold for ${users} users.`);
    await requiring(page).press("Space");
    await expectText(page, `It holds for ${users} users.`);
    await save(page);
    const { value } = await suite.portal.must("GET", `${RULE}?account=acme`);
    expect(value.required).toEqual({ enabled: true });
    await requiring(page).press("Space");
    await save(page);
  });

  it("tells who saved meanwhile, and keeps what was chosen", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.grace });
    await goTo(`${PATH}?account=globex`);
    await choice(page, "14 days skip").click();
    await suite.portal.must("PUT", `${RULE}?account=globex`, {
      value: { frequency: "every-login", required: { enabled: true } },
    });
    expectRefusals("412 PUT /postern/api/v1/identity-policies/two-factor");
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Somebody else saved meanwhile");
    await expectText(page, "Require two-factor authentication: off → on");
    await expectChecked(choice(page, "14 days skip"), true);
    await page.getByRole("button", { name: "Take theirs" }).click();
    await expectChecked(choice(page, "Every login"), true);
    await expectChecked(requiring(page), true);
  });

  it.each(["light", "dark"] as const)("has edges that are seen in the %s", async (colorScheme) => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace, colorScheme });
    const off = page.getByRole("radio", { checked: false }).first();
    await goTo(`${PATH}?account=acme`);
    await expectChecked(requiring(page), false);
    const track = page.locator("input[role=switch] + *");
    expect(await edgeContrast(track)).toBeGreaterThanOrEqual(EDGE_CONTRAST_MIN);
    expect(await edgeContrast(off)).toBeGreaterThanOrEqual(EDGE_CONTRAST_MIN);
    await goTo("/security/log-out-policy?account=acme");
    expect(await edgeContrast(off)).toBeGreaterThanOrEqual(EDGE_CONTRAST_MIN);
  });

  it("is not for agents", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.joan });
    await goTo(PATH);
    await expectText(page.getByRole("main"), "Only for admins and operators");
    await expectGone(page.getByRole("switch"));
  });
});

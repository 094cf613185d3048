// The pages of accounts and tracking numbers, as operators, admins and agents use them.

import { describe, it } from "vitest";
import { expectChecked, expectGone, expectHeading, expectPath } from "./expect-page.ts";
import { expectFieldError, expectSeen, expectText, expectValue } from "./expect-page.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

describe("accounts", () => {
  it("are added, renamed, and deleted after their code was typed", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.grace });
    await goTo("/accounts");
    await expectHeading(page, "Accounts");
    await page.getByRole("button", { name: "Add an account" }).click();
    const adding = page.getByRole("dialog", { name: "Add an account" });
    await adding.getByLabel("Name").fill("Initech Paper");
    await adding.getByLabel("Code").fill("Initech Paper!");
    await adding.getByRole("button", { name: "Add account" }).click();
    await expectFieldError(adding.getByLabel("Code"), /letters|digits|hyphens/);
    await adding.getByLabel("Code").fill("initech");
    await adding.getByRole("button", { name: "Add account" }).click();
    await expectHeading(page, "Initech Paper");
    await expectPath(page, "/accounts/initech");

    await page.getByLabel("Name").fill("Initech Paper & Print");
    await page.getByRole("button", { name: "Save" }).click();
    await expectHeading(page, "Initech Paper & Print");
    await page.reload();
    await expectValue(page.getByLabel("Name"), "Initech Paper & Print");

    expectRefusals("409 DELETE /postern/api/v1/accounts/initech");
    await page.getByRole("button", { name: "Delete account" }).click();
    const deleting = page.getByRole("dialog", { name: /Delete Initech/ });
    await expectText(deleting, "0 users who belong to no other account");
    await deleting.getByLabel("Type initech to confirm").fill("initech");
    await deleting.getByRole("button", { name: "Delete account" }).click();
    await expectHeading(page, "Accounts");
    await expectGone(page.getByRole("link", { name: "Initech Paper & Print" }));
  });

  it("refuse a code that is taken, beside the field", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.grace });
    expectRefusals("409 POST /postern/api/v1/accounts");
    await goTo("/accounts");
    await page.getByRole("button", { name: "Add an account" }).click();
    const adding = page.getByRole("dialog");
    await adding.getByLabel("Name").fill("Another Acme");
    await adding.getByLabel("Code").fill("acme");
    await adding.getByRole("button", { name: "Add account" }).click();
    await expectText(adding, /There is an account with the code acme/);
    await expectValue(adding.getByLabel("Name"), "Another Acme");
  });

  it("of others are not there for an admin, nor for an agent", async () => {
    const admin = await suite.visit({ as: suite.people.ada });
    await admin.goTo("/accounts");
    await expectSeen(admin.page.getByRole("link", { name: "Acme Dental" }));
    await expectGone(admin.page.getByRole("link", { name: "Globex Travel" }));
    await expectGone(admin.page.getByRole("button", { name: "Add an account" }));
    admin.expectRefusals("404 GET /postern/api/v1/accounts/globex");
    await admin.goTo("/accounts/globex");
    await expectText(admin.page, /no such|not found|does not exist/i);

    const agent = await suite.visit({ as: suite.people.joan });
    await agent.goTo("/settings/profile");
    await expectHeading(agent.page, "Profile");
    await expectGone(agent.page.getByRole("link", { name: "Accounts" }));
  });
});

describe("tracking numbers", () => {
  it("are added in any spelling, found again, granted, and removed", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/tracking-numbers");
    await expectHeading(page, "Tracking numbers");
    await page.getByRole("button", { name: "Add a number" }).click();
    const adding = page.getByRole("dialog", { name: "Add a tracking number" });
    const number = adding.getByRole("textbox", { name: /number/i }).first();
    await number.fill("not a number");
    await adding.getByRole("button", { name: /Add number/ }).click();
    await expectFieldError(number, /\+|digit|E\.164/);
    await number.fill("+61 (2) 5550-1299");
    await adding.getByLabel("Label").fill("Winter leaflet");
    await adding.getByRole("button", { name: /Add number/ }).click();
    await expectGone(adding);
    await expectText(page, "Winter leaflet");

    await page.getByRole("searchbox", { name: "Search" }).fill("winter");
    await expectGone(page.getByText("Front desk"));
    await page.getByRole("table").getByRole("button").first().click();
    const panel = page.getByRole("dialog");
    await expectText(panel, "Nobody is granted this number yet.");
    await panel.getByRole("searchbox", { name: "Grant it to" }).fill("joan");
    await panel.getByRole("checkbox", { name: "Joan Clarke" }).click();
    await expectGone(panel.getByText("Nobody is granted this number yet."));
    await expectChecked(panel.getByRole("checkbox", { name: "Joan Clarke" }), true);

    await panel.getByRole("button", { name: "Remove number" }).click();
    const removing = page.getByRole("dialog", { name: /^Remove/ });
    await expectText(removing, /1 user can no longer hear its recordings: Joan Clarke/);
    await removing.getByRole("button", { name: "Remove number" }).click();
    await expectText(page, "No number found");
  });

  it("that somebody has already are refused beside the field", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.ada });
    expectRefusals("409 POST /postern/api/v1/tracking-numbers");
    await goTo("/tracking-numbers");
    await page.getByRole("button", { name: "Add a number" }).click();
    const adding = page.getByRole("dialog");
    await adding
      .getByRole("textbox", { name: /number/i })
      .first()
      .fill("+61 2 5550 1234");
    await adding.getByRole("button", { name: /Add number/ }).click();
    await expectText(adding, /already|taken|in use|exists|has this number/i);
  });

  it("are granted and taken back on the page of a user", async () => {
    const { joan, ada } = suite.people;
    const { page, goTo } = await suite.visit({ as: ada });
    await goTo(`/users/${joan.id}`);
    await expectHeading(page, "Joan Clarke");
    await page.getByRole("searchbox", { name: "Grant a number" }).fill("radio");
    await page.getByRole("button", { name: /^Grant \+61/ }).click();
    await expectText(page, /was granted/);
    await page.getByRole("searchbox", { name: "Grant a number" }).fill("");
    await expectText(page, "Radio campaign");
    await page.getByRole("button", { name: /^Take back .*235/ }).click();
    await expectText(page, /was taken back/);
  });
});

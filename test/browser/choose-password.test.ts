// A password that was set by somebody else, and the invitation of a new user, in a browser.

import { describe, expect, it } from "vitest";
import { expectHeading, expectText } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import { linkFromMail, newestMailTo } from "./outbox.ts";
import { addPerson } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

describe("a password that somebody else has set", () => {
  it("has to be changed before anything else is shown", async () => {
    const { joan } = suite.people;
    const given = "given by the operator 7";
    await suite.portal.must("PUT", `/api/v1/users/${joan.id}/password`, { newPassword: given });
    const { page, goTo, expectRefusals } = await suite.visit();
    await goTo("/settings/sessions");
    await expectHeading(page, "Sign in");
    await signIn(page, { email: joan.email, password: given });
    await expectHeading(page, "Choose a new password");

    await goTo("/settings/profile");
    await expectHeading(page, "Choose a new password");

    await page.getByLabel("Present password").fill("not the given one");
    const chosen = "five kites above the dunes";
    await page.getByLabel("New password", { exact: true }).fill(chosen);
    expectRefusals("403 POST /postern/api/v1/me/password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expectText(page, /present password|current password|is not right/i);

    await page.getByLabel("Present password").fill(given);
    await page.getByRole("button", { name: "Change password" }).click();
    await expectHeading(page, "Sessions & browsers");

    const again = await suite.visit();
    await again.goTo("/sign-in");
    await signIn(again.page, { email: joan.email, password: chosen });
    await expectHeading(again.page, "Profile");
  });

  it("asks again after the ten minutes of a half sign-in", async () => {
    const { mary } = suite.people;
    const given = "given by the operator 8";
    await suite.portal.must("PUT", `/api/v1/users/${mary.id}/password`, { newPassword: given });
    const { page, goTo, expectRefusals } = await suite.visit();
    await goTo("/sign-in");
    await signIn(page, { email: mary.email, password: given });
    await expectHeading(page, "Choose a new password");
    suite.portal.advance(10 * 60_000);
    await page.getByLabel("Present password").fill(given);
    await page.getByLabel("New password", { exact: true }).fill("six gulls on the pier");
    expectRefusals("401 POST /postern/api/v1/me/password");
    await page.getByRole("button", { name: "Change password" }).click();
    await expectText(page, /sign in again/i);
  });
});

describe("an invitation", () => {
  it("lets a new user choose a password and sign in", async () => {
    const { grace } = suite.people;
    const operator = await suite.visit({ as: grace });
    await operator.goTo("/users");
    await operator.page.getByRole("button", { name: "Add a user" }).first().click();
    const dialog = operator.page.getByRole("dialog", { name: "Add a user" });
    await dialog.getByRole("textbox", { name: "E-mail address" }).fill("edith@example.com");
    await dialog.getByRole("textbox", { name: "Name" }).fill("Edith Clarke");
    await dialog.getByRole("button", { name: "Add user" }).click();
    await expectHeading(operator.page, "Edith Clarke");

    const { page } = await suite.visit();
    await page.goto(await linkFromMail(suite.portal, "edith@example.com"));
    await expectHeading(page, "Welcome");
    await expectText(page, "edith@example.com");
    const password = "two barges under the bridge";
    await page.getByLabel("New password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Save the password" }).click();
    await expectHeading(page, "Your password is saved");
    await page.getByRole("link", { name: "Sign in" }).click();
    await signIn(page, { email: "edith@example.com", password });
    await expectHeading(page, "Profile");
  });
});

describe("one's own password", () => {
  it("ends the other sessions when changed, keeps this one, is told by mail", async () => {
    const person = await addPerson(suite.portal, { name: "Hedy Lamarr", account: "acme" });
    const here = await suite.visit({ as: person });
    const there = await suite.visit({ as: person });
    await there.goTo("/settings/profile");
    await expectHeading(there.page, "Profile");

    await here.goTo("/settings/password");
    const { page } = here;
    await page.getByLabel("Present password").fill(person.password);
    await page.getByLabel("New password", { exact: true }).fill("seven swifts in the tower");
    await expectText(page, /hard to guess/i);
    await page.getByRole("button", { name: "Change password" }).click();
    await expectText(page, "Your password is changed.");
    await page.getByRole("link", { name: "Profile" }).click();
    await expectHeading(page, "Profile");

    there.expectRefusals("401 GET /postern/api/v1/me/connections");
    await there.page.getByRole("link", { name: "Password" }).click();
    await expectHeading(there.page, "Your session was ended");
    const mail = await newestMailTo(suite.portal, person.email, { saying: /password/i });
    expect(mail.text).not.toContain("seven swifts");
  });
});

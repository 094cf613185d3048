// The pages of users: finding, adding, changing, disabling and deleting people.

import { describe, expect, it } from "vitest";
import { expectFieldError, expectGone, expectHeading, expectSeen } from "./expect-page.ts";
import { expectText, expectValue } from "./expect-page.ts";
import { signIn } from "./open-visitor.ts";
import { addPerson } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

describe("the list of users", () => {
  it("finds people by part of a name, and keeps a filter when it is loaded again", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo("/users");
    await expectText(page, "Mary Jackson");
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("clarke");
    await expectGone(page.getByText("Mary Jackson"));
    await expectSeen(page.getByRole("link", { name: "Joan Clarke" }));
    await search.fill("nobody like this");
    await expectText(page, "Nobody found");
    await page.getByRole("button", { name: "Clear the search" }).click();
    await expectText(page, "Mary Jackson");

    await page.getByRole("combobox", { name: "Show" }).click();
    await page.getByRole("option", { name: "Operators only" }).click();
    await expectGone(page.getByText("Mary Jackson"));
    await page.reload();
    await expectSeen(page.getByRole("link", { name: "Grace Hopper" }));
    await expectGone(page.getByText("Mary Jackson"));
  });

  it("shows an admin the people of their account only", async () => {
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo("/users");
    await expectSeen(page.getByRole("link", { name: "Joan Clarke" }));
    await expectGone(page.getByText("Mary Jackson"));
    await expectGone(page.getByText("Grace Hopper"));
  });

  it("has no page for somebody of another account", async () => {
    const { ada, mary } = suite.people;
    const { page, goTo, expectRefusals } = await suite.visit({ as: ada });
    expectRefusals(`404 GET /postern/api/v1/users/${mary.id}`);
    await goTo(`/users/${mary.id}`);
    await expectText(page, /no such|not found|does not exist/i);
    await expectGone(page.getByText("Mary Jackson"));
  });
});

describe("a user", () => {
  it("is added without an invitation, and an address that is taken is refused", async () => {
    const { page, goTo, expectRefusals } = await suite.visit({ as: suite.people.ada });
    await goTo("/users");
    await page.getByRole("button", { name: "Add a user" }).first().click();
    const adding = page.getByRole("dialog", { name: "Add a user" });
    await adding.getByLabel("E-mail address").fill("joan@example.com");
    await adding.getByLabel("Name").fill("Vera Rubin");
    await adding.getByRole("switch", { name: "Send an invitation" }).click();
    expectRefusals("409 POST /postern/api/v1/users");
    await adding.getByRole("button", { name: "Add user" }).click();
    await expectFieldError(adding.getByLabel("E-mail address"), /\w/);
    await adding.getByLabel("E-mail address").fill("vera@example.com");
    await adding.getByRole("button", { name: "Add user" }).click();
    await expectHeading(page, "Vera Rubin");
    await expectText(page, "not chosen yet");
  });

  it("is renamed; leaving with something unsaved asks first", async () => {
    const { joan, ada } = suite.people;
    const { page, goTo } = await suite.visit({ as: ada });
    await goTo(`/users/${joan.id}`);
    const name = page.getByRole("textbox", { name: "Name" });
    await name.fill("Joan E. Clarke");
    await page.getByRole("link", { name: "All users" }).click();
    const asking = page.getByRole("dialog", { name: "Leave without saving?" });
    await asking.getByRole("button", { name: "Stay" }).click();
    await expectGone(asking);
    await expectValue(name, "Joan E. Clarke");
    await page.getByRole("button", { name: "Save" }).click();
    await expectHeading(page, "Joan E. Clarke");
    await page.getByRole("link", { name: "All users" }).click();
    await expectSeen(page.getByRole("link", { name: "Joan E. Clarke" }));
  });

  it("does not offer people their own e-mail address to change", async () => {
    const { ada } = suite.people;
    const { page, goTo } = await suite.visit({ as: ada });
    await goTo(`/users/${ada.id}`);
    const email = page.getByLabel("E-mail address");
    await expectValue(email, ada.email);
    expect(await email.getAttribute("readonly")).not.toBeNull();
    await expectText(page, "Somebody else has to change your own");
  });

  it("is disabled at once, everywhere, and enabled again", async () => {
    const person = await addPerson(suite.portal, { name: "Rosa Parks", account: "acme" });
    const theirs = await suite.visit({ as: person });
    await theirs.goTo("/settings/profile");
    await expectHeading(theirs.page, "Profile");

    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo(`/users/${person.id}`);
    await page.getByRole("button", { name: "Disable user" }).click();
    const disabling = page.getByRole("dialog");
    await expectText(disabling, /1 open session will be refused at once/);
    await disabling.getByRole("button", { name: "Disable user" }).click();
    await expectSeen(page.getByRole("button", { name: "Enable user" }));

    theirs.expectRefusals("401 GET /postern/api/v1/me/connections");
    await theirs.page.getByRole("link", { name: "Password" }).click();
    await expectHeading(theirs.page, /Sign in|Your session was ended/);

    await page.getByRole("button", { name: "Enable user" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Enable user" }).click();
    await expectSeen(page.getByRole("button", { name: "Disable user" }));
    await theirs.goTo("/sign-in");
    await signIn(theirs.page, person);
    await expectHeading(theirs.page, "Profile");
  });

  it("has sessions that an admin ends", async () => {
    const person = await addPerson(suite.portal, { name: "Dora Maar", account: "acme" });
    const theirs = await suite.visit({ as: person });
    const { page, goTo } = await suite.visit({ as: suite.people.ada });
    await goTo(`/users/${person.id}`);
    await page.getByRole("button", { name: "End all sessions" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End all sessions" }).click();
    await expectText(page, "Not signed in anywhere.");
    await theirs.goTo("/settings/profile");
    await expectHeading(theirs.page, /Sign in|Your session was ended/);
  });

  it("is deleted after the address was typed", async () => {
    const person = await addPerson(suite.portal, { name: "Nell Gwyn", account: "acme" });
    const { page, goTo } = await suite.visit({ as: suite.people.grace });
    await goTo(`/users/${person.id}`);
    await page.getByRole("button", { name: "Delete user" }).click();
    const deleting = page.getByRole("dialog", { name: "Delete Nell Gwyn?" });
    await deleting.getByLabel(`Type ${person.email} to confirm`).fill(person.email);
    await deleting.getByRole("button", { name: "Delete user" }).click();
    await expectHeading(page, "Users");
    await expectText(page, "Grace Hopper");
    await expectGone(page.getByRole("link", { name: "Nell Gwyn" }));
  });
});

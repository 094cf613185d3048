// Passkeys in a browser: added, renamed, removed, and every door that they open.

import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assertAccessible } from "./assert-accessible.ts";
import { expectFieldError, expectGone, expectHeading, expectPath } from "./expect-page.ts";
import { expectSeen, expectText } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { newestMailTo } from "./outbox.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { card, dialog, finish, openTwoFactor, proveByPassword } from "./second-factor-steps.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";
import { addVirtualAuthenticator } from "./virtual-authenticator.ts";
import type { VirtualAuthenticator } from "./virtual-authenticator.ts";

const NAMES = ["Ida", "Eva", "Una", "Mia", "Zoe", "Amy", "Lea", "Kim", "Ann"];
const SIGN_IN = "POST /postern/api/v1/sign-in/passkey";
const NOTHING_GIVEN = "No passkey was used: it was cancelled, took too long, or this device has";

const suite = useBrowserPortal({ host: "localhost" });
const people: Person[] = [];
let person: Person;

beforeAll(async () => {
  for (const name of NAMES) {
    people.push(await addPerson(suite.portal, { name: `${name} Rhodes`, account: "globex" }));
  }
});

/** Somebody new for each test. */
beforeEach(() => {
  person = people.shift()!;
});

async function fillPassword(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut({ page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: /Rhodes/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expectHeading(page, "You are signed out");
}

/** From the page of two-factor to the dialog's last step. */
async function addPasskey(page: Page, name: string): Promise<void> {
  await card(page, "Passkeys").getByRole("button", { name: "Add a passkey" }).click();
  const proof = dialog(page, "Show that it is you");
  const adding = dialog(page, "Add a passkey");
  await proof.or(adding).waitFor();
  if (await proof.isVisible()) await proveByPassword(page, person);
  await adding.getByLabel("Name").fill(name);
  await adding.getByRole("button", { name: "Add passkey" }).click();
  await expectText(dialog(page, "The passkey is added"), /signs you in without a password/);
}

type Holder = Visitor & { readonly device: VirtualAuthenticator };

/** Signed in, with one passkey, on the page of two-factor. */
async function visitWithPasskey(): Promise<Holder> {
  const visitor = await suite.visit({ as: person });
  const device = await addVirtualAuthenticator(visitor.page);
  await openTwoFactor(visitor);
  await addPasskey(visitor.page, "Work laptop");
  await finish(visitor.page, true);
  return { ...visitor, device };
}

function rowOf(page: Page, name: string) {
  return card(page, "Passkeys").getByRole("row", { name: new RegExp(name) });
}

describe("a passkey", () => {
  it("is added with a name, makes backup codes, and tells its owner by mail", async () => {
    const { page, device } = await visitWithPasskey();
    await expectText(rowOf(page, "Work laptop"), "On one device");
    await expectText(rowOf(page, "Work laptop"), "Never");
    await expectText(card(page, "Backup codes"), "10 left");
    expect(await device.countPasskeys()).toBe(1);
    await assertAccessible(page);
    const { text } = await newestMailTo(suite.portal, person.email, { saying: /passkey/ });
    expect(text).toMatch(/passkey was added/);
  });

  it("signs in without e-mail address and password, and leads where one wanted to go", async () => {
    const visitor = await visitWithPasskey();
    const { page } = visitor;
    await signOut(visitor);
    await visitor.goTo("/settings/sessions");
    await expectHeading(page, "Sign in");
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expectHeading(page, "Sessions & browsers");
    await openTwoFactor(visitor);
    await expectGone(rowOf(page, "Work laptop").getByText("Never"));
  });

  it("is the second factor after the password", async () => {
    const visitor = await visitWithPasskey();
    const { page } = visitor;
    await signOut(visitor);
    await visitor.goTo("/sign-in");
    await fillPassword(page, person);
    await expectHeading(page, "Confirm that it is you");
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expectHeading(page, "Profile");
    await expectPath(page, "/settings/profile");
  });

  it("proves who one is, is renamed, and is removed after a question", async () => {
    const visitor = await visitWithPasskey();
    const { page } = visitor;
    await rowOf(page, "Work laptop")
      .getByRole("button", { name: /^Rename/ })
      .click();
    const renaming = dialog(page, "Rename the passkey");
    await renaming.getByLabel("Name").fill(" ");
    await renaming.getByRole("button", { name: "Save" }).click();
    await expectFieldError(renaming.getByLabel("Name"), "Enter a name.");
    await renaming.getByLabel("Name").fill("Old laptop");
    await renaming.getByRole("button", { name: "Save" }).click();
    await expectSeen(rowOf(page, "Old laptop"));

    await signOut(visitor);
    await visitor.goTo("/sign-in");
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expectHeading(page, "Profile");
    await openTwoFactor(visitor);
    await rowOf(page, "Old laptop")
      .getByRole("button", { name: /^Remove/ })
      .click();
    const asking = dialog(page, "Remove Old laptop?");
    await expectText(asking, /your last method/);
    await asking.getByRole("button", { name: "Remove" }).click();
    const proof = dialog(page, "Show that it is you");
    await proof.waitFor();
    await proof.getByLabel("Show it with").selectOption("Passkey");
    await proof.getByRole("button", { name: "Go on" }).click();
    await expectText(page, "Old laptop is removed.");
    await expectGone(rowOf(page, "Old laptop"));
    await expectText(card(page, "Passkeys"), "Off");
    await expectText(card(page, "Backup codes"), "None");
  });

  it("cannot be added twice on one device", async () => {
    const { page, device } = await visitWithPasskey();
    await card(page, "Passkeys").getByRole("button", { name: "Add a passkey" }).click();
    const adding = dialog(page, "Add a passkey");
    await adding.getByRole("button", { name: "Add passkey" }).click();
    await expectText(adding, "This device has a passkey here already.");
    expect(await device.countPasskeys()).toBe(1);
  });

  it("is not made by a device that cannot check who is there", async () => {
    const visitor = await suite.visit({ as: person });
    const { page } = visitor;
    const device = await addVirtualAuthenticator(page, { checksPeople: false });
    await openTwoFactor(visitor);
    await card(page, "Passkeys").getByRole("button", { name: "Add a passkey" }).click();
    await proveByPassword(page, person);
    const adding = dialog(page, "Add a passkey");
    await adding.getByRole("button", { name: "Add passkey" }).click();
    await expectText(adding, /No passkey was made|cannot check who you are/);
    expect(await device.countPasskeys()).toBe(0);
    await expectSeen(adding.getByRole("button", { name: "Add passkey", disabled: false }));
  });

  it("of somebody whom the device does not recognise is none", async () => {
    const visitor = await visitWithPasskey();
    const { page, device } = visitor;
    await signOut(visitor);
    await visitor.goTo("/sign-in");
    await device.recognises(false);
    const button = page.getByRole("button", { name: "Sign in with a passkey" });
    await button.click();
    await expectText(page, NOTHING_GIVEN);
    await device.recognises(true);
    await button.click();
    await expectHeading(page, "Profile");
  });

  it("of a user who was disabled is refused, in the words for everybody", async () => {
    const visitor = await visitWithPasskey();
    const { page } = visitor;
    await signOut(visitor);
    await suite.portal.must("PATCH", `/api/v1/users/${person.id}`, { isDisabled: true });
    await visitor.goTo("/sign-in");
    visitor.expectRefusals(`401 ${SIGN_IN}`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expectText(page, "The passkey is not accepted: it was not added here, was removed,");
    await expectHeading(page, "Sign in");
  });

  it("that is the last method stays where the account requires one", async () => {
    const { portal } = suite;
    const { page } = await visitWithPasskey();
    const value = { frequency: "every-login", required: { enabled: true } };
    await portal.must("PUT", "/api/v1/identity-policies/two-factor?account=globex", { value });
    await page.reload();
    await expectText(card(page, "Passkeys"), "To remove this one, set up another one first.");
    await expectGone(rowOf(page, "Work laptop").getByRole("button", { name: /^Remove/ }));
  });
});

describe("at an IP address", () => {
  const plain = useBrowserPortal();

  it("no passkey is offered, and the settings say why", async () => {
    const visitor = await plain.visit();
    await visitor.goTo("/sign-in");
    await expectSeen(visitor.page.getByRole("button", { name: "Sign in", exact: true }));
    await expectGone(visitor.page.getByRole("button", { name: "Sign in with a passkey" }));
    const known = await plain.visit({ as: plain.people.joan });
    await openTwoFactor(known);
    await expectText(card(known.page, "Passkeys"), "this address is a number");
    await expectGone(known.page.getByRole("button", { name: "Add a passkey" }));
  });
});

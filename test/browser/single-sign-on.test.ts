// Single sign-on in a browser, with real OpenID providers in place of Google's and Microsoft's.

import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assertAccessible } from "./assert-accessible.ts";
import { expectGone, expectHeading, expectPath, expectSeen, expectText } from "./expect-page.ts";
import { newestMailTo } from "./outbox.ts";
import { allow, beginConnecting, continueWith, seedProviders } from "./provider-pages.ts";
import { signInAt, signOut } from "./provider-pages.ts";
import { card, dialog, proveByPassword } from "./second-factor-steps.ts";
import { addPerson, seedOperator } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const NAMES = ["Ida", "Eva", "Una", "Mia", "Zoe"];
const BIND_REFUSED = "401 POST /postern/api/v1/sign-in/bind";

const suite = useBrowserPortal({ hasProviders: true, seeds: null });
const people: Person[] = [];
let person: Person;

beforeAll(async () => {
  const { portal } = suite;
  await seedOperator(portal);
  await portal.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme Dental" });
  for (const name of NAMES) {
    people.push(await addPerson(portal, { name: `${name} Rhodes`, account: "acme" }));
  }
  await seedProviders(portal);
});

/** Somebody new for each test. */
beforeEach(() => {
  person = people.shift()!;
});

function connected(page: Page, name: string) {
  return card(page, "Connected accounts").getByRole("row", { name: new RegExp(name) });
}

/** Presses the button of the dialog that asks whether it is meant, and proves who one is. */
async function confirm(page: Page, title: string, label: string): Promise<void> {
  const asking = dialog(page, title);
  await asking.getByRole("button", { name: label }).click();
  await expectGone(asking);
  const proof = dialog(page, "Show that it is you");
  const done = page.getByText(/is disconnected\.|no password any more/);
  await proof.or(done).first().waitFor();
  if (await proof.isVisible()) await proveByPassword(page, person);
  await expectSeen(done);
}

describe("an account at a provider", () => {
  it("is connected in the settings, and signs in by its button from then on", async () => {
    const visitor = await suite.visit({ as: person });
    const { page, goTo } = visitor;
    await beginConnecting(visitor, "Google", person);
    await page.getByRole("button", { name: "Cancel" }).click();
    await expectHeading(page, "Single sign-on");
    await expectText(page.getByRole("alert"), "You did not finish at Google");
    await expectText(page.getByRole("alert"), /nothing was connected/);

    await beginConnecting(visitor, "Google", person);
    await signInAt(page, "Google", { address: "ida.r@example.org" });
    await allow(page);
    await expectText(page.getByRole("status"), "Google is connected");
    await expectText(connected(page, "Google"), "ida.r@example.org");
    await expectText(connected(page, "Google"), "Never");
    await assertAccessible(page);
    const { text } = await newestMailTo(suite.portal, person.email, { saying: /Google/ });
    expect(text).toContain("ida.r@example.org");

    await signOut(visitor, person);
    await goTo("/settings/single-sign-on");
    await expectHeading(page, "Sign in");
    await continueWith(page, "Google");
    // Google knows this browser; it leads straight back to where one wanted to go.
    await expectPath(page, "/settings/single-sign-on");
    await expectSeen(connected(page, "Google"));
    await expectGone(connected(page, "Google").getByText("Never"));
  });

  it("is bound at the first sign-in by the password, and goes straight in next time", async () => {
    const { page, goTo, expectRefusals } = await suite.visit();
    expectRefusals(BIND_REFUSED);
    await goTo("/settings/sessions");
    await expectHeading(page, "Sign in");
    await continueWith(page, "Google");
    await signInAt(page, "Google", { address: person.email });
    await allow(page);
    await expectHeading(page, "Connect once");
    await expectText(page, person.email);
    await assertAccessible(page);
    await page.getByLabel("E-mail").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill("not the password at all");
    await page.getByRole("button", { name: "Connect and sign in" }).click();
    await expectText(page.getByRole("alert"), /password/);
    await page.getByLabel("Password", { exact: true }).fill(person.password);
    await page.getByRole("button", { name: "Connect and sign in" }).click();
    await expectHeading(page, "Sessions & browsers");

    const next = await suite.visit();
    await next.goTo("/sign-in");
    await continueWith(next.page, "Google");
    await signInAt(next.page, "Google", { address: person.email });
    await allow(next.page);
    await expectHeading(next.page, "Profile");
  });

  it("is disconnected after a question, but not when it is the last way in", async () => {
    const visitor = await suite.visit({ as: person });
    const { page, goTo } = visitor;
    for (const [provider, address] of [
      ["Google", "una.r@example.org"],
      ["Microsoft", "una@contoso.example"],
    ] as const) {
      await beginConnecting(visitor, provider, person);
      await signInAt(page, provider, { address });
      await allow(page);
      await expectText(connected(page, provider), address);
    }
    await connected(page, "Microsoft").getByRole("button", { name: "Disconnect" }).click();
    await expectText(dialog(page, "Disconnect Microsoft?"), /your password or Google/);
    await confirm(page, "Disconnect Microsoft?", "Disconnect");
    await expectGone(connected(page, "Microsoft"));
    await expectSeen(page.getByRole("button", { name: "Connect Microsoft" }));

    await goTo("/settings/password");
    await page.getByRole("button", { name: "Remove password" }).click();
    await expectText(dialog(page, "Remove your password?"), /only with Google/);
    await confirm(page, "Remove your password?", "Remove the password");
    await expectText(page, "You have no password");
    await goTo("/settings/single-sign-on");
    await expectText(page, /Google cannot be disconnected now: it is your only way in/);
    await expectGone(page.getByRole("button", { name: /^Disconnect/ }));
  });

  it("of Microsoft comes in from a tenant on the list, and is told why from another", async () => {
    const refused = await suite.visit();
    await refused.goTo("/sign-in");
    await continueWith(refused.page, "Microsoft");
    await signInAt(refused.page, "Microsoft", { address: "mia@fabrikam.example" });
    await allow(refused.page);
    await expectHeading(refused.page, "Sign in");
    const alert = refused.page.getByRole("alert");
    await expectText(alert, "Accounts of that organisation are not let in here");
    await expectText(alert, /another organisation at Microsoft/);

    const visitor = await suite.visit({ as: person });
    await beginConnecting(visitor, "Microsoft", person);
    await signInAt(visitor.page, "Microsoft", { address: "mia@contoso.example" });
    await allow(visitor.page);
    await expectText(connected(visitor.page, "Microsoft"), "mia@contoso.example");
    await signOut(visitor, person);
    await visitor.goTo("/sign-in");
    await continueWith(visitor.page, "Microsoft");
    await expectHeading(visitor.page, "Profile");

    // Where the provider is to be signed out of too, that is where signing out leads.
    const { portal } = suite;
    await portal.must("PATCH", "/api/v1/providers/microsoft", { signsOut: true });
    await visitor.page.getByRole("button", { name: person.name }).click();
    await visitor.page.getByRole("menuitem", { name: "Sign out" }).click();
    await expectHeading(visitor.page, "Sign out of Microsoft?");
    await visitor.page.getByRole("button", { name: "Sign out" }).click();
    await expectHeading(visitor.page, "You are signed out");
    await visitor.goTo("/settings/profile");
    await expectHeading(visitor.page, "Sign in");
  });

  it("signs in from two tabs that were begun one after the other", async () => {
    const first = await suite.visit();
    await first.goTo("/sign-in");
    const other = await first.context.newPage();
    await other.goto("/postern/sign-in");
    await continueWith(first.page, "Google");
    await continueWith(other, "Google");
    await signInAt(other, "Google", { address: person.email });
    await allow(other);
    await expectHeading(other, "Connect once");
    // It was allowed in the other tab.
    await signInAt(first.page, "Google", { address: person.email });
    await expectHeading(first.page, "Connect once");
    await first.page.getByLabel("E-mail").fill(person.email);
    await first.page.getByLabel("Password", { exact: true }).fill(person.password);
    await first.page.getByRole("button", { name: "Connect and sign in" }).click();
    await expectHeading(first.page, "Profile");
  });
});

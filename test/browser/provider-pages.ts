// What people do at a provider: say who they are, allow it, or go back; and on the way there.

import type { Page } from "playwright-core";
import { STAND_IN_TENANTS } from "../../src/cli/demo/stand-in-person.ts";
import { expectHeading } from "./expect-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { dialog, proveByPassword } from "./second-factor-steps.ts";
import type { Person } from "./seed-people.ts";
import type { BrowserPortal } from "./start-browser-portal.ts";

export type ProviderName = "Google" | "Microsoft";

/** Both, on; of Microsoft's tenants contoso.example is let in. */
export async function seedProviders(portal: BrowserPortal): Promise<void> {
  const { providers, must } = portal;
  if (providers === null) throw new Error("the portal has no providers");
  const add = async (settings: object): Promise<void> =>
    must("POST", "/api/v1/providers", { ...settings, isEnabled: true });
  const { google, microsoft } = providers;
  const credentialsOf = ({ clientId, clientSecret }: typeof google) => ({ clientId, clientSecret });
  await add({ code: "google", kind: "google", name: "Google", ...credentialsOf(google) });
  await add({
    code: "microsoft",
    kind: "microsoft",
    name: "Microsoft",
    tenant: "common",
    tenants: [STAND_IN_TENANTS.contoso.id],
    ...credentialsOf(microsoft),
  });
}

/** Fills in who signs in; Microsoft asks for the address first, to find whose it is. */
export async function signInAt(
  page: Page,
  provider: ProviderName,
  visit: { readonly address: string; readonly hasFactor?: boolean },
): Promise<void> {
  if (provider === "Microsoft") {
    await expectHeading(page, "Whose account at Microsoft?");
    await page.getByLabel("Address").fill(visit.address);
    await page.getByRole("button", { name: "Next" }).click();
  }
  await expectHeading(page, `Sign in to ${provider}`);
  await page.getByLabel("Address").fill(visit.address);
  if (visit.hasFactor === true) await page.getByLabel("Asked for a second factor").check();
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function allow(page: Page): Promise<void> {
  await expectHeading(page, "Allow Postern to know who you are?");
  await page.getByRole("button", { name: "Allow" }).click();
}

export async function continueWith(page: Page, provider: ProviderName): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
}

/** From the user settings to the provider's page, with the proof where it is asked for. */
export async function beginConnecting(
  { page, goTo }: Visitor,
  provider: ProviderName,
  person: Person,
): Promise<void> {
  await goTo("/settings/single-sign-on");
  await page.getByRole("button", { name: `Connect ${provider}` }).click();
  const asking = dialog(page, "Show that it is you");
  const asked = page.getByLabel("Address");
  await asking.or(asked).first().waitFor();
  if (await asking.isVisible()) await proveByPassword(page, person);
  await asked.waitFor();
}

export async function signOut({ page }: Visitor, person: Person): Promise<void> {
  await page.getByRole("button", { name: person.name }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expectHeading(page, "You are signed out");
}

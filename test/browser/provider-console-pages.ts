// Security, Single sign-on, in the states that are looked at, for pictures and for axe.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import { seedProviders, turnProvider } from "./seed-connections.ts";

const LIST = "/security/single-sign-on";
const TITLE = "Single sign-on";

/** A host that no resolver ever finds (RFC 6761 section 6.4). */
const NOWHERE = "https://id.invalid/realms/acme";

async function seedOfAcme({ portal }: PageWorld): Promise<void> {
  const { status, text } = await portal.api("POST", "/api/v1/providers?account=acme", {
    code: "work",
    kind: "oidc",
    name: "Acme log-in",
    issuer: NOWHERE,
    clientId: "postern",
    clientSecret: "a secret of the tests",
    factorAcrs: ["urn:acme:two-factors"],
    isEnabled: true,
  });
  if (status !== 201 && status !== 409) throw new Error(`acme.work: ${status} ${text}`);
}

export const PROVIDER_PAGES: readonly ConsolePage[] = [
  {
    name: "providers-empty",
    path: `${LIST}?account=globex`,
    as: "grace",
    heading: TITLE,
    shows: "No providers yet",
    act: async ({ page }) => page.getByText("the rule would ask nobody").waitFor(),
  },
  {
    name: "providers",
    path: async ({ portal }) => {
      await seedProviders(portal);
      await turnProvider(portal, "google", true);
      await turnProvider(portal, "harbour", false);
      return LIST;
    },
    as: "grace",
    heading: TITLE,
    shows: "Harbour ID",
    act: async (_visitor, { portal }) => turnProvider(portal, "harbour", true),
  },
  {
    name: "provider-new-google",
    path: `${LIST}/new?account=globex`,
    as: "grace",
    heading: "Add a provider",
    shows: "In the Google Cloud console",
  },
  {
    name: "provider-new-microsoft",
    path: `${LIST}/new?account=globex&kind=microsoft`,
    as: "grace",
    heading: "Add a provider",
    shows: "In the Microsoft Entra admin center",
    act: async ({ page }) => {
      await page.getByRole("radio", { name: "Work and school accounts" }).click();
      await page.getByLabel("Only these tenants").fill("contoso.com");
      await page.getByRole("button", { name: "Add provider" }).click();
      await page.getByText("contoso.com: ").waitFor();
    },
  },
  {
    name: "provider",
    path: async ({ portal }) => {
      await seedProviders(portal);
      return `${LIST}/google`;
    },
    as: "grace",
    heading: "Google",
    shows: "Authorized JavaScript origin",
  },
  {
    name: "providers-account",
    path: async (world) => {
      await seedOfAcme(world);
      return LIST;
    },
    as: "ada",
    heading: TITLE,
    shows: "Acme log-in",
  },
  {
    name: "provider-test-failed",
    path: async (world) => {
      await seedOfAcme(world);
      return `${LIST}/acme.work`;
    },
    as: "ada",
    heading: "Acme log-in",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Test", exact: true }).click();
      await page.getByText("It does not work yet").waitFor();
    },
  },
];

// Whom and what the demo signs in with: a user, Google and Microsoft, added as an operator would.
import { randomBytes } from "node:crypto";
import type { NewProviderBody } from "../../api/provider-api.ts";
import type { ApiClient } from "../api-client.ts";
import { addDemoPerson } from "./add-demo-person.ts";
import type { StandInClient } from "./open-stand-in.ts";
import { STAND_IN_TENANTS } from "./stand-in-person.ts";
import type { DemoProviders } from "./start-demo-providers.ts";

export type DemoSignIn = {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Of addresses at Microsoft: one tenant is let in, the other not. */
  readonly domains: { readonly allowed: string; readonly refused: string };
};

const EMAIL = "ada@example.com";

export async function seedDemoSignIn(
  api: ApiClient,
  server: { readonly origin: string; readonly providers: DemoProviders },
): Promise<DemoSignIn> {
  const { contoso, fabrikam } = STAND_IN_TENANTS;
  const { google, microsoft } = server.providers;
  await addProvider(api, google, { code: "google", kind: "google", name: "Google" });
  await addProvider(api, microsoft, {
    code: "microsoft",
    kind: "microsoft",
    name: "Microsoft",
    tenant: "common",
    tenants: [contoso.id],
  });
  const password = randomBytes(12).toString("base64url");
  await addDemoPerson(api, {
    email: EMAIL,
    name: "Ada",
    isOperator: true,
    memberships: [],
    password,
  });
  return {
    url: `${server.origin}/postern/sign-in`,
    email: EMAIL,
    password,
    domains: { allowed: contoso.domain, refused: fabrikam.domain },
  };
}

async function addProvider(
  api: ApiClient,
  { clientId, clientSecret }: StandInClient,
  settings: Omit<NewProviderBody, "clientId" | "clientSecret" | "isEnabled">,
): Promise<void> {
  const body = { ...settings, clientId, clientSecret, isEnabled: true };
  await api.call({ method: "POST", path: "/api/v1/providers", body });
}

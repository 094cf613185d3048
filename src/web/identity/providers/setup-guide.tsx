// The guide beside a provider's form: what to do in the provider's console, step by step.
import { List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { ENTRA_STEPS } from "./entra-guide.tsx";
import { GOOGLE_STEPS } from "./google-guide.tsx";
import type { GuideStep } from "./guide-step.ts";

const OTHER_STEPS: readonly GuideStep[] = [
  {
    title: "Register a web application",
    text:
      "Also called client, relying party or OIDC app: confidential, with a secret, for the " +
      "authorization code flow. PKCE (S256) may be required; Postern always sends it.",
  },
  {
    title: "Enter the redirect URI",
    text: "Exactly as shown here, letter by letter. Wildcards are not needed.",
  },
  {
    title: "Allow the scopes openid, email and profile",
    text: "email and profile are only for showing which account it is; openid is what counts.",
  },
  {
    title: "Find the issuer",
    text:
      "The address before /.well-known/openid-configuration, such as " +
      "https://login.example.com/realms/acme. It is compared letter by letter too.",
  },
  {
    title: "Copy client ID and secret into the form",
    text: "The secret is sent by HTTP Basic, or in the body where the provider wants that.",
  },
];

const GUIDES: Readonly<
  Record<ProviderKind, { readonly title: string; readonly steps: readonly GuideStep[] }>
> = {
  google: { title: "In the Google Cloud console", steps: GOOGLE_STEPS },
  microsoft: { title: "In the Microsoft Entra admin center", steps: ENTRA_STEPS },
  oidc: { title: "In the provider's console", steps: OTHER_STEPS },
};

const LAST_STEP: ReactNode =
  "Save, press Test, and switch the provider on. Users then connect in User settings, Single " +
  "sign-on, or by signing in with it once and proving who they are with their password.";

export function SetupGuide({ kind }: { readonly kind: ProviderKind }) {
  const { title, steps } = GUIDES[kind];
  return (
    <SettingCard title={title}>
      <List type="ordered" size="sm" spacing="sm" withPadding={false}>
        {steps.map((step) => (
          <List.Item key={step.title}>
            <Text size="sm" fw={550}>
              {step.title}
            </Text>
            <Text size="sm" c="dimmed">
              {step.text}
            </Text>
          </List.Item>
        ))}
        <List.Item>
          <Text size="sm" fw={550}>
            Back here
          </Text>
          <Text size="sm" c="dimmed">
            {LAST_STEP}
          </Text>
        </List.Item>
      </List>
    </SettingCard>
  );
}

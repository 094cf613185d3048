// What to do in the Microsoft Entra admin center, in the order in which it asks.
import { Anchor } from "@mantine/core";
import type { GuideStep } from "./guide-step.ts";

const REGISTRATIONS =
  "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade";

export const ENTRA_STEPS: readonly GuideStep[] = [
  {
    title: "App registrations › New registration",
    text: (
      <>
        At{" "}
        <Anchor href={REGISTRATIONS} target="_blank" rel="noreferrer" size="sm">
          entra.microsoft.com
        </Anchor>
        , under Entra ID. Any name; people see it when they first sign in.
      </>
    ),
  },
  {
    title: "Supported account types",
    text: "Choose there what you choose in this form.",
  },
  {
    title: "Redirect URI: platform Web",
    text: "Not “Single-page application”. Enter it exactly as shown here; then press Register.",
  },
  {
    title: "Overview",
    text: "Copy the Application (client) ID and the Directory (tenant) ID into this form.",
  },
  {
    title: "API permissions › Add a permission",
    text:
      "Microsoft Graph, Delegated permissions: select openid, email and profile, then Update " +
      "permissions. Where users may not consent, press Grant admin consent.",
  },
  {
    title: "Certificates & secrets › New client secret",
    text:
      "Copy its Value, not its Secret ID; it is shown only now. Note when it expires: from that " +
      "day nobody signs in with Microsoft until a new one is entered here.",
  },
  {
    title: "Two-factor authentication",
    text:
      "Require it there by Conditional Access. Microsoft's tokens do not say that it was asked " +
      "for (amr is not in v2.0), so an account that requires 2FA asks its own as well.",
  },
];

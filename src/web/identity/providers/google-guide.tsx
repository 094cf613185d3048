// What to do in the Google Cloud console, in the order in which it asks.
import { Anchor } from "@mantine/core";
import type { GuideStep } from "./guide-step.ts";

/** Google has renamed its pages; both names are said. */
export const GOOGLE_STEPS: readonly GuideStep[] = [
  {
    title: "Select a project",
    text: (
      <>
        At{" "}
        <Anchor
          href="https://console.cloud.google.com/auth/overview"
          target="_blank"
          rel="noreferrer"
          size="sm"
        >
          console.cloud.google.com
        </Anchor>
        , or create one for this portal.
      </>
    ),
  },
  {
    title: "OAuth consent screen",
    text:
      "Now called Branding. Fill in App name, User support email, Application home page (the " +
      "origin shown here) and your e-mail address; save and continue.",
  },
  {
    title: "Audience",
    text:
      "Internal: only people of your Google Workspace. External: every Google account; press " +
      "Publish app, or only listed test users get in.",
  },
  {
    title: "Add or remove scopes",
    text:
      "Now under Data access. Select openid, …/auth/userinfo.email and …/auth/userinfo.profile, " +
      "then Update. None of them needs a review by Google.",
  },
  {
    title: "Credentials › Create credentials › OAuth client ID",
    text: "Now under Clients › Create client.",
  },
  {
    title: "Application type: Web application",
    text:
      "Any name. Enter the authorized JavaScript origin and the authorized redirect URI exactly " +
      "as they are shown here; changes take Google up to some hours.",
  },
  {
    title: "Copy client ID and client secret",
    text: "Into this form. Google shows the secret only now; later you add another one there.",
  },
];

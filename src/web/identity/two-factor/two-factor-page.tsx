// User settings, Two-factor: what is asked for beside the password, and in which browsers.
import { Alert, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { InfoIcon } from "../../shell/icons.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { PasskeysCard } from "../passkeys/passkeys-card.tsx";
import { AppCard } from "./app-card.tsx";
import { BackupCodesCard } from "./backup-codes-card.tsx";
import { CodePauseNote } from "./code-pause-note.tsx";
import { EmailCard } from "./email-card.tsx";
import { ProofProvider } from "./proof-provider.tsx";
import { TrustedBrowsersCard } from "./trusted-browsers-card.tsx";
import { methodsOn, twoFactorQuery } from "./two-factor-query.ts";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export function TwoFactorPage() {
  const query = useQuery(twoFactorQuery);
  return (
    <>
      <PageHeader
        title="Two-factor"
        sentence={
          "Asks for a code or a passkey beside your password, so that whoever learns the " +
          "password still does not get in."
        }
      />
      <ProofProvider>
        <QueryView query={query}>{(known) => <Cards known={known} />}</QueryView>
      </ProofProvider>
    </>
  );
}

function Cards({ known }: { readonly known: HeardTwoFactor }) {
  const client = useQueryClient();
  const refresh = (): Promise<void> => client.invalidateQueries(twoFactorQuery);
  return (
    <Stack gap="lg">
      <CodePauseNote tries={known} onEnded={() => void refresh()} />
      <RulesNote known={known} />
      <EmailCard known={known} />
      <AppCard known={known} />
      <PasskeysCard known={known} />
      <BackupCodesCard known={known} />
      <TrustedBrowsersCard known={known} />
    </Stack>
  );
}

/** What the account's rules say, and what that means for this user now. */
function RulesNote({ known }: { readonly known: HeardTwoFactor }) {
  const { isRequired, frequency } = known;
  const isOn = methodsOn(known) > 0;
  const asked =
    frequency === "every-login"
      ? "you are asked at every sign-in"
      : "you are asked at every sign-in, except in browsers that you trust for 14 days";
  return (
    <Alert color="harbour" variant="light" icon={<InfoIcon />} role="note">
      <Text size="sm">
        {isRequired
          ? "Your account requires a second factor: the last method cannot be turned off."
          : "Your account leaves it to you whether you use a second factor."}{" "}
        {isOn ? `As one is on, ${asked}.` : `Once one is on, ${asked}.`}
      </Text>
    </Alert>
  );
}

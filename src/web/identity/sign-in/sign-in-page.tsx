// The page on which people sign in: with e-mail address and password, by a provider, or a passkey.
import { Alert, Divider, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import type { ProviderButton } from "../../../api/connection-api.ts";
import { answerOf, api } from "../../api/api.ts";
import type { EndReason } from "../../shell/end-reasons.ts";
import { InfoIcon } from "../../shell/icons.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { signInPageQueryOf } from "../../shell/sign-in-page-query.ts";
import { PasskeySignInButton } from "../passkeys/passkey-sign-in-button.tsx";
import { arePasskeysPossible } from "../passkeys/passkeys-possible.ts";
import { FaultNotice } from "../single-sign-on/fault-notice.tsx";
import { ProviderButtons } from "../single-sign-on/provider-buttons.tsx";
import type { ProviderButtonsProps } from "../single-sign-on/provider-buttons.tsx";
import { accountOfProvider } from "../single-sign-on/read-provider-search.ts";
import { AlreadySignedIn } from "./already-signed-in.tsx";
import { CardHeader } from "./card-header.tsx";
import { CredentialsForm } from "./credentials-form.tsx";
import { goOn } from "./go-on.ts";

export function SignInPage() {
  const { account, provider } = useSearch({ from: "/plain/sign-in" });
  const page = useQuery(signInPageQueryOf(account ?? accountOfProvider(provider)));
  // All at once, so that no button moves under the pointer. The form needs no answer to work.
  const isKnown = page.isFetched || page.failureCount > 0;
  return (
    <>
      <CardHeader title="Sign in" />
      {isKnown ? (
        <Ways
          providers={page.data?.providers ?? []}
          isSetupOpen={page.data?.isSetupOpen === true}
        />
      ) : (
        <LoadingLines lines={7} />
      )}
    </>
  );
}

type WaysProps = {
  readonly providers: readonly ProviderButton[];
  readonly isSetupOpen: boolean;
};

function Ways({ providers, isSetupOpen }: WaysProps) {
  const { returnTo, why, fault, provider } = useSearch({ from: "/plain/sign-in" });
  const router = useRouter();
  return (
    <Stack gap="md">
      <WhyNotice why={why} />
      {fault === undefined ? null : (
        <FaultNotice
          key={`${fault} ${provider}`}
          fault={fault}
          providerId={provider}
          providers={providers}
          doing="sign-in"
        />
      )}
      {isSetupOpen ? <SetupNotice /> : null}
      <AlreadySignedIn returnTo={returnTo} />
      <CredentialsForm
        submitLabel="Sign in"
        isFocused={fault === undefined}
        send={(typed) => {
          const body = returnTo === undefined ? typed : { ...typed, returnTo };
          return answerOf(api.POST("/api/v1/sign-in", { body }));
        }}
        onSignedIn={(answer) => goOn(router, answer, returnTo)}
      />
      <OtherWays
        providers={providers}
        returnTo={returnTo}
        // What came to nothing would come to nothing again with the same account.
        choosesAccount={fault !== undefined}
      />
    </Stack>
  );
}

function OtherWays({ providers, returnTo, choosesAccount }: ProviderButtonsProps) {
  const router = useRouter();
  const hasPasskeys = arePasskeysPossible();
  if (providers.length === 0 && !hasPasskeys) return null;
  return (
    <>
      <Divider label="or" />
      <Stack gap="xs">
        {providers.length === 0 ? null : (
          <ProviderButtons
            providers={providers}
            returnTo={returnTo}
            choosesAccount={choosesAccount}
          />
        )}
        {hasPasskeys ? (
          <PasskeySignInButton
            returnTo={returnTo}
            onSignedIn={(answer) => goOn(router, answer, returnTo)}
          />
        ) : null}
      </Stack>
    </>
  );
}

const WHY_WORDS: Partial<Record<EndReason, string>> = {
  ended: "Your session has ended. Sign in again to go on where you were.",
  unfinished: "This sign-in was not finished in time, or it was ended elsewhere. Sign in again.",
  idle: "You were signed out because nothing was done for a while. Sign in again to go on.",
};

function WhyNotice({ why }: { readonly why: EndReason | undefined }) {
  const words = why === undefined ? undefined : WHY_WORDS[why];
  if (words === undefined) return null;
  return (
    <Alert color="harbour" variant="light" icon={<InfoIcon />} role="status">
      {words}
    </Alert>
  );
}

function SetupNotice() {
  return (
    <Alert color="harbour" variant="light" icon={<InfoIcon />} title="Not set up yet">
      Nobody can sign in before the first operator is set up. Open the setup link that Postern
      printed when it started.
    </Alert>
  );
}

// Signs in with a passkey alone: no address, no password, no code.
import { Divider, Stack } from "@mantine/core";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askForPasskey } from "./ask-passkey.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { arePasskeysPossible } from "./passkeys-possible.ts";

export type PasskeySignInButtonProps = {
  /** Where the visitor wanted to go. */
  readonly returnTo: string | undefined;
  readonly onSignedIn: (answer: SignInAnswer) => Promise<void>;
};

/** Nothing where the browser can have no passkeys for this page. */
export function PasskeySignInButton({ returnTo, onSignedIn }: PasskeySignInButtonProps) {
  if (!arePasskeysPossible()) return null;
  async function signIn(): Promise<void> {
    const { options } = await answerOf(api.POST("/api/v1/sign-in/passkey-options"));
    const response = await askForPasskey(options);
    const body = returnTo === undefined ? { response } : { response, returnTo };
    await onSignedIn(await answerOf(api.POST("/api/v1/sign-in/passkey", { body })));
  }
  return (
    <Stack gap="md">
      <Divider label="or" />
      <PasskeyButton label="Sign in with a passkey" variant="default" act={signIn} />
    </Stack>
  );
}

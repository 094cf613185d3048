// Goes on with a sign-in by a passkey in place of a code.
import { Text } from "@mantine/core";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askForPasskey } from "./ask-passkey.ts";
import { PasskeyButton } from "./passkey-button.tsx";
import { arePasskeysPossible } from "./passkeys-possible.ts";

export type PasskeyFactorButtonProps = {
  /** "Trust this browser" is ticked. */
  readonly trustBrowser: boolean;
  readonly onSignedIn: (answer: SignInAnswer) => Promise<void>;
};

export function PasskeyFactorButton({ trustBrowser, onSignedIn }: PasskeyFactorButtonProps) {
  if (!arePasskeysPossible()) {
    return (
      <Text size="sm" c="dimmed">
        This browser cannot use passkeys at this address. Choose another way.
      </Text>
    );
  }
  async function confirm(): Promise<void> {
    const { options } = await answerOf(api.POST("/api/v1/sign-in/second-factor/passkey-options"));
    const response = await askForPasskey(options);
    const body = { response, trustBrowser };
    await onSignedIn(await answerOf(api.POST("/api/v1/sign-in/second-factor/passkey", { body })));
  }
  return <PasskeyButton label="Use a passkey" variant="filled" act={confirm} />;
}

// Signs in with a passkey alone: no address, no password, no code.
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askForPasskey } from "./ask-passkey.ts";
import { PasskeyButton } from "./passkey-button.tsx";

export type PasskeySignInButtonProps = {
  /** Where the visitor wanted to go. */
  readonly returnTo: string | undefined;
  readonly onSignedIn: (answer: SignInAnswer) => Promise<void>;
};

/** For browsers that can have passkeys for this page. */
export function PasskeySignInButton({ returnTo, onSignedIn }: PasskeySignInButtonProps) {
  async function signIn(): Promise<void> {
    const { options } = await answerOf(api.POST("/api/v1/sign-in/passkey-options"));
    const response = await askForPasskey(options);
    const body = returnTo === undefined ? { response } : { response, returnTo };
    await onSignedIn(await answerOf(api.POST("/api/v1/sign-in/passkey", { body })));
  }
  return <PasskeyButton label="Sign in with a passkey" variant="default" act={signIn} />;
}

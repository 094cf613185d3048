// Lets the browser ask for a passkey or make one; loaded when somebody first wants it.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { ApiProblem } from "../../api/api-problem.ts";
import { describePasskeyFault } from "./describe-passkey-fault.ts";

export type PasskeyOptions = Readonly<Record<string, unknown>>;
/** What navigator.credentials gave, as JSON. */
export type PasskeyResponse = Record<string, unknown>;

/** Rejects with the problem `passkey-not-given` when there is none, in words for the person. */
export async function askForPasskey(options: PasskeyOptions): Promise<PasskeyResponse> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  // The server's half of the same library made them; the API has no name for their shape.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return given(async () => ({ ...(await startAuthentication({ optionsJSON })) }), "ask");
}

/** The same for a new one. */
export async function createPasskey(options: PasskeyOptions): Promise<PasskeyResponse> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return given(async () => ({ ...(await startRegistration({ optionsJSON })) }), "create");
}

async function given(
  act: () => Promise<PasskeyResponse>,
  doing: "ask" | "create",
): Promise<PasskeyResponse> {
  try {
    return await act();
  } catch (error) {
    const message = describePasskeyFault(error, doing);
    throw new ApiProblem({ code: "passkey-not-given", status: 0, message });
  }
}

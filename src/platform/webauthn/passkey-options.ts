// Makes what a browser is given to create a passkey, or to sign with one.
import { generateAuthenticationOptions, generateRegistrationOptions } from "@simplewebauthn/server";
import type { RelyingParty } from "./relying-party.ts";

/** What the browser hands to its authenticators, as JSON (WebAuthn Level 3, 5.1.8). */
export type PasskeyOptions = Readonly<Record<string, unknown>>;

export type NamedPasskey = {
  /** base64url. */
  readonly credentialId: string;
  readonly transports: readonly string[];
};

/** So long a browser waits for the person. */
const TIMEOUT_MS = 120_000;

/**
 * COSE algorithms: Ed25519, ES256, RS256 (WebAuthn Level 3, 5.4). Named here, so that a new release
 * of the library or of Node accepts no other kind by itself.
 */
export const PASSKEY_ALGORITHMS = [-8, -7, -257];

/**
 * The passkey must be found without a name being typed, and must check the person by finger, face
 * or PIN: that makes it two factors (NIST SP 800-63B, 3.1.7).
 */
export async function creationOptions(wanted: {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly user: { readonly id: string; readonly email: string; readonly name: string };
  /** Those that the user has: an authenticator makes no second one. */
  readonly present: readonly NamedPasskey[];
}): Promise<PasskeyOptions> {
  const { party, challenge, user, present } = wanted;
  const options = await generateRegistrationOptions({
    rpID: party.id,
    rpName: party.name,
    challenge,
    userID: new Uint8Array(Buffer.from(user.id, "utf8")),
    userName: user.email,
    userDisplayName: user.name,
    timeout: TIMEOUT_MS,
    attestationType: "none",
    excludeCredentials: toDescriptors(present),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
  });
  return { ...options };
}

/** `passkeys` null: whoever it is chooses, and is known by what they choose. */
export async function requestOptions(wanted: {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly passkeys: readonly NamedPasskey[] | null;
}): Promise<PasskeyOptions> {
  const { party, challenge, passkeys } = wanted;
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge,
    timeout: TIMEOUT_MS,
    userVerification: "required",
    ...(passkeys === null ? {} : { allowCredentials: toDescriptors(passkeys) }),
  });
  return { ...options };
}

function toDescriptors(passkeys: readonly NamedPasskey[]) {
  return passkeys.map(({ credentialId, transports }) => ({
    id: credentialId,
    transports: [...transports],
  }));
}

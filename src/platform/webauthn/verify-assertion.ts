// Verifies what a browser gives when a passkey has signed a challenge.
import { verifyAuthenticationResponse } from "@simplewebauthn/server";
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import type { RelyingParty } from "./relying-party.ts";

export type Assertion = {
  /** How often the authenticator says it has signed; 0 when it does not count. */
  readonly counter: number;
  readonly isSynced: boolean;
  /** The user it was made for, as the authenticator remembers; null: it did not say. */
  readonly userId: string | null;
};

/** Which credential a response says it is of; null for what cannot be one. */
export function readCredentialId(response: Readonly<Record<string, unknown>>): string | null {
  const { id } = response;
  return typeof id === "string" && /^[A-Za-z0-9_-]{1,1364}$/.test(id) ? id : null;
}

/**
 * Null for whatever is not right: another origin or relying party, a signature that is not the
 * key's, a person who was not there or not checked. The counter is for the caller to compare, in
 * the write that raises it.
 */
export async function verifyAssertion(wanted: {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly response: Readonly<Record<string, unknown>>;
  readonly credentialId: string;
  /** COSE, in base64url. */
  readonly publicKey: string;
}): Promise<Assertion | null> {
  const { party, challenge, credentialId, publicKey } = wanted;
  // Of any shape: the library looks at each member, and what it throws is a refusal below.
  const response = wanted.response as unknown as AuthenticationResponseJSON;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: credentialId,
        publicKey: new Uint8Array(Buffer.from(publicKey, "base64url")),
        counter: 0,
      },
    });
    if (!verified || response.id !== credentialId) return null;
    // Our pages are in nobody's frame (WebAuthn Level 3, 13.4.9).
    if (decodeClientDataJSON(response.response.clientDataJSON).crossOrigin === true) return null;
    const { userHandle } = response.response;
    return {
      counter: authenticationInfo.newCounter,
      isSynced: authenticationInfo.credentialBackedUp,
      userId:
        typeof userHandle === "string" ? Buffer.from(userHandle, "base64url").toString() : null,
    };
  } catch {
    return null;
  }
}

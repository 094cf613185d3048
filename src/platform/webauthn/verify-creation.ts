// Verifies what a browser gives when it has created a passkey.
import { verifyRegistrationResponse } from "@simplewebauthn/server";
import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import { decodeAttestationObject, decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import { PASSKEY_ALGORITHMS } from "./passkey-options.ts";
import type { RelyingParty } from "./relying-party.ts";

export type CreatedPasskey = {
  /** base64url. */
  readonly credentialId: string;
  /** COSE, in base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly isSynced: boolean;
};

/** WebAuthn Level 3, 4: a credential id has 1023 bytes at most. */
const CREDENTIAL_ID_BYTES_MAX = 1023;
const PUBLIC_KEY_BYTES_MAX = 2048;
/** WebAuthn Level 3, 5.8.4; others are left out rather than stored. */
const TRANSPORTS = new Set(["ble", "hybrid", "internal", "nfc", "smart-card", "usb"]);

/** Null for whatever is not right; why is the browser's business and goes nowhere. */
export async function verifyCreation(wanted: {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly response: Readonly<Record<string, unknown>>;
}): Promise<CreatedPasskey | null> {
  const { party, challenge } = wanted;
  // Of any shape: the library looks at each member, and what it throws is a refusal below.
  const response = wanted.response as unknown as RegistrationResponseJSON;
  try {
    if (!isWithoutCertificates(response) || isFramed(response)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    });
    if (!verified) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    const idBytes = Buffer.from(credential.id, "base64url").length;
    if (idBytes === 0 || idBytes > CREDENTIAL_ID_BYTES_MAX) return null;
    if (credential.publicKey.length > PUBLIC_KEY_BYTES_MAX) return null;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: readTransports(credential.transports),
      isSynced: credentialBackedUp,
    };
  } catch {
    return null;
  }
}

/**
 * INVARIANT: no certificate of a response is looked at, as we ask for none. To check one, the
 * library may fetch the revocation list at the address it names; this process asks nobody.
 */
function isWithoutCertificates({ response }: RegistrationResponseJSON): boolean {
  const object = Buffer.from(response.attestationObject, "base64url");
  const decoded = decodeAttestationObject(new Uint8Array(object));
  const format = decoded.get("fmt");
  return format === "none" || (format === "packed" && !decoded.get("attStmt").get("x5c"));
}

/** Our pages are in nobody's frame (WebAuthn Level 3, 13.4.9). */
function isFramed({ response }: RegistrationResponseJSON): boolean {
  return decodeClientDataJSON(response.clientDataJSON).crossOrigin === true;
}

function readTransports(given: unknown): readonly string[] {
  if (!Array.isArray(given)) return [];
  return [...TRANSPORTS].filter((transport) => given.includes(transport));
}

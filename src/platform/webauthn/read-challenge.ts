// Reads which challenge a browser's response is an answer to, before anything in it is believed.
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";

/** A client's data has a type, a challenge and an origin, and little more. */
const CLIENT_DATA_LENGTH_MAX = 8192;

/** The text that was given out; null for what is no response at all. */
export function readChallenge(response: Readonly<Record<string, unknown>>): string | null {
  const { response: inner } = response;
  if (typeof inner !== "object" || inner === null || !("clientDataJSON" in inner)) return null;
  const { clientDataJSON } = inner;
  if (typeof clientDataJSON !== "string") return null;
  if (clientDataJSON.length > CLIENT_DATA_LENGTH_MAX) return null;
  try {
    const { challenge }: { readonly challenge?: unknown } = decodeClientDataJSON(clientDataJSON);
    return typeof challenge === "string" ? Buffer.from(challenge, "base64url").toString() : null;
  } catch {
    return null;
  }
}

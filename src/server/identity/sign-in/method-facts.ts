// Reads from how a session was opened what its later stages go by.
import type { NextStageFacts } from "../../../core/identity/next-stage.ts";
import type { FirstProof, SessionMethod } from "../sessions/session-store.ts";

/** Whether a provider signed the user in, and vouched for a second factor. */
export function providerFactsOf(method: SessionMethod): NextStageFacts["provider"] {
  const first = firstProofOf(method);
  return first === "sso" || first === "sso-vouched" ? { vouches: first === "sso-vouched" } : null;
}

/** By a code or passkey in this sign-in, or by a browser that is trusted. */
export function hasPassedFactor(method: SessionMethod): boolean {
  return method === "passkey" || method.includes("+");
}

export function withFactor(method: SessionMethod, factor: string): SessionMethod {
  return `${firstProofOf(method)}+${factor}`;
}

function firstProofOf(method: SessionMethod): FirstProof {
  const [first = ""] = method.split("+", 1);
  return first as FirstProof;
}

// Decides whether somebody proved recently enough who they are.
import { PROOF_MS } from "./second-factor.ts";

/** Either way, as the clock of the node that wrote it may be a little ahead of this one's. */
export function isProofFresh(provedAtMs: number | null, nowMs: number): boolean {
  return provedAtMs !== null && Math.abs(nowMs - provedAtMs) < PROOF_MS;
}

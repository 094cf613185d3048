// Decides what comes after the first proof of a sign-in, and uses a browser's trust for it.
import type { Transaction } from "kysely";
import { decideNextStage } from "../../../core/identity/next-stage.ts";
import type { NextStageFacts } from "../../../core/identity/next-stage.ts";
import { isBrowserTrusted } from "../../../core/identity/trusted-browser.ts";
import type { Schema } from "../../migrations/schema.ts";
import { methodsOf, readFactors } from "../second-factor/factor-store.ts";
import { findTrustedBrowser, useTrustedBrowser } from "../second-factor/trusted-browser-store.ts";
import type { FirstProof } from "../sessions/session-store.ts";
import { providerFactsOf, withFactor } from "./method-facts.ts";
import type { SignedIn } from "./open-signed-in.ts";
import type { PersonReading } from "./read-person.ts";

export type FirstProved = {
  readonly userId: string;
  readonly policy: PersonReading["policy"];
  readonly proof: FirstProof;
  readonly mustChangePassword: boolean;
  /** Of the cookie of trusted browsers; null: its trust is not asked for. */
  readonly trustToken: string | null;
  readonly nowMs: number;
};

/** A trusted browser is looked for only where it matters. */
export async function nextStep(
  trx: Transaction<Schema>,
  proved: FirstProved,
): Promise<Pick<SignedIn, "next" | "method">> {
  const { userId, policy, proof, mustChangePassword, trustToken, nowMs } = proved;
  const facts: Omit<NextStageFacts, "isBrowserTrusted"> = {
    methods: methodsOf(await readFactors(trx, userId)),
    isFactorPassed: false,
    provider: providerFactsOf(proof),
    mustChangePassword,
    rules: policy,
  };
  const { verdict } = decideNextStage({ ...facts, isBrowserTrusted: false });
  const trust =
    trustToken === null || verdict !== "second-factor"
      ? null
      : await findTrustedBrowser(trx, trustToken, userId);
  if (trust === null || !isBrowserTrusted(trust, policy.twoFactor, nowMs)) {
    return { next: verdict, method: proof };
  }
  await useTrustedBrowser(trx, trust.id, nowMs);
  const trusted = decideNextStage({ ...facts, isBrowserTrusted: true });
  return { next: trusted.verdict, method: withFactor(proof, "trusted-browser") };
}

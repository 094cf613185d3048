// What a request is told, as one small number that is quickly compared and counted.

import type { RequestOutcome } from "../gate/decide-request.ts";
import { firstMonitored, NETWORK_STEPS } from "../network/network-steps.ts";
import type { NetworkReason } from "../network/network-steps.ts";

export type ToldVerdict = "pass" | "refuse" | "monitor";
export type Told = { readonly verdict: ToldVerdict; readonly reason: NetworkReason };

const VERDICTS: readonly ToldVerdict[] = ["pass", "refuse", "monitor"];
const REASONS: readonly NetworkReason[] = [
  "no-rule-matched",
  ...new Set(NETWORK_STEPS.map(({ step }) => step)),
];
const REASON_OF_STEP = NETWORK_STEPS.map(({ step }) => REASONS.indexOf(step));
const VERDICT_SIZE = 32;

/** Of visits that are decided alike with a change and without it, whatever the decision is. */
export const ALIKE = -1;

/**
 * As the journal records it: a request that passes although a rule in monitor mode matched is
 * `monitor` with that rule's reason. Equal codes are equal verdicts and reasons.
 */
export function decisionCode({ network }: RequestOutcome): number {
  const { verdict, step, stepBits } = network;
  if (verdict === "refuse") return VERDICT_SIZE + REASON_OF_STEP[step]!;
  const monitored = firstMonitored(stepBits);
  if (monitored !== -1) return 2 * VERDICT_SIZE + REASON_OF_STEP[monitored]!;
  return step === -1 ? 0 : REASON_OF_STEP[step]!;
}

export function toldByCode(code: number): Told {
  const verdict = VERDICTS[Math.floor(code / VERDICT_SIZE)];
  const reason = REASONS[code % VERDICT_SIZE];
  if (verdict === undefined || reason === undefined) throw new Error(`no decision code: ${code}`);
  return { verdict, reason };
}

export function isSameVerdict(code: number, other: number): boolean {
  return Math.floor(code / VERDICT_SIZE) === Math.floor(other / VERDICT_SIZE);
}

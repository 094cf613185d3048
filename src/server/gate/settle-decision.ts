// Carries out what was decided about a request: records it, makes the ban, words the answer.

import type { Address } from "../../core/network/address.ts";
import type { RequestOutcome, RequestReason } from "../../core/gate/decide-request.ts";
import { locationOfIndex } from "../../core/network/iso-3166.ts";
import { ruleIdOf } from "../../core/network/network-facts.ts";
import { firstMonitored, NETWORK_STEPS } from "../../core/network/network-steps.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Network } from "../network/index.ts";
import type { GateParts, GateQuery } from "./decide-live.ts";
import { describeDecision } from "./describe-decision.ts";
import type { GateAnswer, GateIdentity } from "./gate-answer.ts";
import type { LaterRefusal } from "./later-refusal.ts";

export type Settled = {
  readonly outcome: RequestOutcome;
  readonly nowMs: number;
  readonly address: Address;
  /** By what is asked after the network rules; null where that lets it in, or was not asked. */
  readonly refusal: LaterRefusal | null;
  readonly identity: GateIdentity | null;
};

export function settleDecision(parts: GateParts, query: GateQuery, settled: Settled): GateAnswer {
  const { outcome, refusal } = settled;
  const { network: decision, place } = outcome;
  const monitored = decision.verdict === "pass" ? firstMonitored(decision.stepBits) : -1;
  countTraffic(parts, settled, toldOf(settled, monitored));
  let decisionId = "";
  if (decision.verdict !== "pass" || monitored !== -1) {
    decisionId = recordNetwork(parts, query, { ...settled, monitored });
  }
  const stored = applyChange(parts, settled, decisionId);
  if (refusal !== null && refusal.isRecorded) {
    decisionId = recordLater(parts, query, { ...settled, refusal });
  }
  return {
    verdict: refusal === null ? decision.verdict : "refuse",
    status: refusal?.status ?? decision.status,
    reason: refusal?.reason ?? decision.reason,
    decisionId,
    retryAfterSeconds: decision.retryAfterSeconds,
    account: place.account,
    identity: refusal === null ? settled.identity : null,
    stored,
  };
}

type Told = {
  readonly verdict: "pass" | "refuse" | "monitor";
  readonly reason: RequestReason;
  readonly layer: "platform" | "account";
};

/** As what it counts, and whose rule it was: the platform's stands first and alone for a pass. */
function toldOf({ outcome: { network }, refusal }: Settled, monitored: number): Told {
  if (monitored !== -1) {
    const { step: reason, layer } = NETWORK_STEPS[monitored]!;
    return { verdict: "monitor", reason, layer };
  }
  if (refusal !== null) {
    const layer = refusal.owner === "platform" ? "platform" : "account";
    return { verdict: "refuse", reason: refusal.reason, layer };
  }
  const { verdict, reason, step } = network;
  const layer = verdict === "refuse" ? NETWORK_STEPS[step]!.layer : "platform";
  return { verdict, reason, layer };
}

function countTraffic(parts: GateParts, { outcome, nowMs, address }: Settled, told: Told): void {
  const { facts, place } = outcome;
  parts.journal.countTraffic({
    atMs: nowMs,
    client: address,
    surface: SURFACES[place.surface]!,
    account: place.account,
    country: locationOfIndex(facts.country),
    verdict: told.verdict,
    reason: told.reason,
    layer: told.layer,
  });
}

function recordNetwork(
  parts: GateParts,
  query: GateQuery,
  settled: Settled & { readonly monitored: number },
): string {
  const { outcome, nowMs, address, monitored } = settled;
  const { network: decision, facts, place } = outcome;
  const step = monitored === -1 ? decision.step : monitored;
  const reason = monitored === -1 ? decision.reason : NETWORK_STEPS[monitored]!.step;
  return parts.journal.recordDecision({
    atMs: nowMs,
    client: address,
    surface: SURFACES[place.surface]!,
    account: place.account,
    country: locationOfIndex(facts.country),
    verdict: monitored === -1 ? "refuse" : "monitor",
    status: decision.status,
    reason,
    owner: ownerOf(parts.network, outcome, step),
    // A ban gets its id only when it is stored; it is one ban before and after.
    ruleId: reason === "banned" ? 0 : ruleIdOf(facts, step),
    describe: () => describeDecision(parts.network, query, outcome),
  });
}

function recordLater(
  parts: GateParts,
  query: GateQuery,
  settled: Settled & { readonly refusal: LaterRefusal },
): string {
  const { outcome, nowMs, address, refusal } = settled;
  const { facts, place } = outcome;
  return parts.journal.recordDecision({
    atMs: nowMs,
    client: address,
    surface: SURFACES[place.surface]!,
    account: place.account,
    country: locationOfIndex(facts.country),
    verdict: "refuse",
    status: refusal.status,
    reason: refusal.reason,
    owner: refusal.owner,
    ruleId: refusal.ruleId,
    describe: () => {
      const described = describeDecision(parts.network, query, outcome);
      return {
        ...described,
        steps: [...described.steps, ...refusal.steps],
        detail: { ...described.detail, ...refusal.detail },
      };
    },
  });
}

/** Whose rule it was: `platform` or the account's id. */
function ownerOf(network: Network, outcome: RequestOutcome, step: number): string {
  if (step === -1 || NETWORK_STEPS[step]!.layer === "platform") return "platform";
  const layer = network.state.accounts.get(outcome.place.account ?? "");
  return layer?.owner ?? "platform";
}

function applyChange(parts: GateParts, settled: Settled, decisionId: string): Promise<void> | null {
  const { outcome, nowMs, address } = settled;
  const { change } = outcome.network;
  if (change === null) return null;
  if (change.kind === "alarm") {
    parts.onAlarm(address, change.cause);
    return null;
  }
  const { state, bans } = parts.network;
  const account = outcome.place.account === null ? null : state.accounts.get(outcome.place.account);
  const layer = change.layer === "account" && account != null ? account : state.platform;
  const { surface } = outcome.place;
  return bans.ban({ change, address, surface, layer, decisionId, nowMs });
}

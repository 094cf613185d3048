// Explains what the gate would decide, by the function that decides, without counting anything.

import { decideRequest } from "../../core/gate/decide-request.ts";
import type { AddressReason } from "../../core/gate/decide-request.ts";
import { wouldPassIf } from "../../core/gate/would-pass-if.ts";
import type { Remedy } from "../../core/gate/would-pass-if.ts";
import type { Decision, Step } from "../../core/decision.ts";
import { formatAddress } from "../../core/network/address.ts";
import type { Address } from "../../core/network/address.ts";
import { formatRange } from "../../core/network/address-range.ts";
import { locationOfIndex } from "../../core/network/iso-3166.ts";
import { ruleIdOf } from "../../core/network/network-facts.ts";
import { firstMonitored, NETWORK_STEPS } from "../../core/network/network-steps.ts";
import { locateRange } from "../../core/network/private-addresses.ts";
import { nameSubscription } from "../../core/network/subscribed-lists.ts";
import { spellSteps } from "../../core/network/spell-steps.ts";
import { SURFACES } from "../../core/network/surface.ts";
import type { Surface } from "../../core/network/surface.ts";
import { findEntries, rangeTextOf } from "../network/index.ts";
import type { Network } from "../network/index.ts";

export type ExplainQuestion = {
  readonly address: Address;
  readonly surface: Surface;
  readonly account: string | null;
  /** Bans, entries and counters as they would be then, under today's rules. */
  readonly atMs: number;
};

export type Explanation = Decision<"pass" | "refuse", AddressReason> & {
  readonly address: string;
  readonly surface: Surface;
  readonly account: string | null;
  readonly at: string;
  readonly status: number;
  /** What would have refused but for monitor mode, or null. */
  readonly monitored: string | null;
  readonly wouldPassIf: readonly Remedy[];
  readonly country: string;
  readonly network: string;
  readonly countryDatabaseDate: string | null;
};

export async function explain(network: Network, question: ExplainQuestion): Promise<Explanation> {
  const { address, surface, account, atMs } = question;
  const place = { surface: SURFACES.indexOf(surface), account };
  const outcome = decideRequest(
    network.state,
    { address, places: [place], play: null, countsAgainstRate: true },
    { nowMs: atMs, counting: "peek" },
  );
  const decision = outcome.network;
  const { facts } = outcome;
  const layer = account === null ? null : (network.state.accounts.get(account) ?? null);
  const steps = spellSteps(decision, {
    facts,
    policy: network.state.policy,
    account: layer?.compiled ?? null,
  });
  const located = locateRange(network.state.countries, address);
  const monitored = firstMonitored(decision.stepBits);
  const inUse = network.countries.status().inUse;
  return {
    address: formatAddress(address),
    surface,
    account,
    at: new Date(atMs).toISOString(),
    verdict: decision.verdict,
    status: decision.status,
    reason: decision.reason,
    monitored: monitored === -1 ? null : NETWORK_STEPS[monitored]!.step,
    steps: await nameEntries(network, steps, layer?.owner ?? "platform"),
    wouldPassIf:
      decision.verdict === "pass"
        ? []
        : wouldPassIf({
            reason: decision.reason,
            layer: NETWORK_STEPS[decision.step]!.layer,
            // Monitored entries stand in the facts too; only the one that refused is meant.
            entryId: ruleIdOf(facts, decision.step),
            banId: ruleIdOf(facts, decision.step),
            banEndsAtMs: facts.banEndsAtMs || facts.accountBanEndsAtMs,
            retryAfterSeconds: decision.retryAfterSeconds,
          }),
    country: locationOfIndex(facts.country),
    network: formatRange({ family: address.family, start: located.start, end: located.end }),
    countryDatabaseDate:
      inUse === null ? null : new Date(inUse.info.buildDateMs).toISOString().slice(0, 10),
  };
}

/** Adds to each step that found an entry or a subscription what that is. */
async function nameEntries(
  network: Network,
  steps: readonly Step[],
  accountOwner: string,
): Promise<readonly Step[]> {
  return Promise.all(
    steps.map(async (step) => {
      const named = nameSubscription(step, network.state.subscribed);
      if (named !== null) return named;
      const entryId = step.detail?.["entryId"];
      if (typeof entryId !== "number") return step;
      const owner = step.layer === "account" ? accountOwner : "platform";
      const [entry] = await findEntries(network.database.kysely, owner, [entryId]);
      if (entry === undefined) return step;
      return { ...step, detail: { ...step.detail, entry: rangeTextOf(entry), note: entry.note } };
    }),
  );
}

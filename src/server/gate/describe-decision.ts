// Spells out a live decision for the journal: its steps as they were at that moment.

import type { RequestOutcome } from "../../core/gate/decide-request.ts";
import { formatAddress } from "../../core/network/address.ts";
import { spellSteps } from "../../core/network/spell-steps.ts";
import type { Step } from "../../core/decision.ts";
import type { Network } from "../network/index.ts";
import type { GateQuery } from "./decide-live.ts";

const TEXT_MAX = 300;

export type DescribedDecision = {
  readonly address: string | null;
  readonly steps: readonly Step[];
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

export function describeDecision(
  network: Network,
  query: GateQuery,
  outcome: RequestOutcome,
): DescribedDecision {
  const { client, request } = query;
  const { place } = outcome;
  const account = place.account === null ? null : network.state.accounts.get(place.account);
  const countries = network.countries.status().inUse;
  return {
    address: client.ok ? formatAddress(client.address) : null,
    steps: spellSteps(outcome.network, {
      facts: outcome.facts,
      policy: network.state.policy,
      account: account?.compiled ?? null,
    }),
    detail: {
      addressFrom: client.ok ? client.source : null,
      method: request.ok ? request.method : null,
      host: request.ok ? request.host : null,
      // Queries carry tokens and names; the path alone was decided on.
      path: request.ok ? cut(request.uri.split("?", 1)[0]!) : null,
      readings: request.ok ? request.readings.length : null,
      userAgent: query.userAgent === null ? null : cut(query.userAgent),
      countryDatabaseDate:
        countries === null ? null : new Date(countries.info.buildDateMs).toISOString().slice(0, 10),
    },
  };
}

function cut(text: string): string {
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

// Spells out a live decision for the journal: its steps as they were at that moment.

import type { RequestOutcome } from "../../core/gate/decide-request.ts";
import { readPath } from "../../core/gate/request-path.ts";
import { findCoveringEntry } from "../../core/network/address-set.ts";
import { formatAddress } from "../../core/network/address.ts";
import { formatRange } from "../../core/network/address-range.ts";
import type { LayerState } from "../../core/network/network-state.ts";
import { nameSubscription } from "../../core/network/subscribed-lists.ts";
import { spellSteps } from "../../core/network/spell-steps.ts";
import type { Step } from "../../core/decision.ts";
import type { Network } from "../network/index.ts";
import type { GateQuery } from "./decide-live.ts";
import type { ReadOfRequest } from "./described-request.ts";

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
  const { client } = query;
  const { place } = outcome;
  const account = place.account === null ? null : network.state.accounts.get(place.account);
  const countries = network.countries.status().inUse;
  return {
    address: client.ok ? formatAddress(client.address) : null,
    steps: spellSteps(outcome.network, {
      facts: outcome.facts,
      policy: network.state.policy,
      account: account?.compiled ?? null,
    }).map((step) => nameEntry(step, network, { query, account: account ?? null })),
    detail: {
      ...describeRequest(query),
      countryDatabaseDate:
        countries === null ? null : new Date(countries.info.buildDateMs).toISOString().slice(0, 10),
    },
  };
}

/** What is known of the request, also where it was refused because it could not be read. */
export function describeRequest({
  client,
  request,
  userAgent,
}: GateQuery): DescribedDecision["detail"] {
  const sent = request.ok ? request : (request.read ?? NOTHING_READ);
  const isPathRead = request.ok || (sent.uri !== null && readPath(sent.uri).ok);
  // Queries carry tokens and names; the path alone was decided on.
  const path = sent.uri === null ? null : cut(sent.uri.split(/[?#]/, 1)[0]!);
  const { method, host } = sent;
  return {
    addressFrom: client.ok ? client.source : null,
    method,
    host,
    ...(isPathRead ? { path } : { path: null, unreadablePath: path }),
    readings: request.ok ? request.readings.length : null,
    userAgent: userAgent === null ? null : cut(userAgent),
  };
}

const NOTHING_READ: ReadOfRequest = { method: null, host: null, uri: null };

/** The entry as it stands now: it may be gone when somebody asks. */
function nameEntry(
  step: Step,
  network: Network,
  at: { readonly query: GateQuery; readonly account: LayerState | null },
): Step {
  const named = nameSubscription(step, network.state.subscribed);
  if (named !== null) return named;
  const { client } = at.query;
  const layer = step.layer === "account" ? at.account : network.state.platform;
  if (step.detail?.["entryId"] === undefined || !client.ok || layer === null) return step;
  const set = step.step === "on-allow-list" ? layer.allow : layer.deny;
  const found = findCoveringEntry(set, client.address, network.clock.nowMs());
  if (found === null || found.id !== step.detail["entryId"]) return step;
  return Object.assign({}, step, {
    detail: { ...step.detail, entry: formatRange(found.range) },
  });
}

function cut(text: string): string {
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

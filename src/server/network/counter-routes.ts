// The API's route that tells how far one address is from each limit.

import { CounterQuerySchema, CountersSchema } from "../../api/counters-api.ts";
import type { CountersAnswer } from "../../api/counters-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { addressBits, formatRange } from "../../core/network/address-range.ts";
import { fillAddress, formatAddress } from "../../core/network/address.ts";
import type { Address } from "../../core/network/address.ts";
import { countingAddress } from "../../core/network/network-state.ts";
import { readCounters } from "../../core/network/read-counters.ts";
import type { CounterReading } from "../../core/network/read-counters.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { reachOf } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import { findLayer } from "./apply-delta.ts";
import { listBans } from "./ban-store.ts";
import type { Network } from "./create-network.ts";
import { readRule } from "./edit-entries.ts";
import { timeText, toBanAnswer } from "./network-answers.ts";
import { networkProblem } from "./network-problem.ts";
import { ownerFor, ownersFor } from "./owner-of-principal.ts";

const BANS_TOLD_MAX = 100;

export function registerCounterRoutes(
  app: FastifyApp,
  { network, accounts }: { readonly network: Network; readonly accounts: Accounts },
): void {
  app.get(
    "/api/v1/counters",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags: ["policy"],
        summary: "How far an address is from each limit now, and its bans; asking counts nothing",
        querystring: CounterQuerySchema,
        response: { 200: CountersSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { account = null } = request.query;
      const principal = accounts.principalOf(request);
      const owner = ownerFor(network, principal, account ?? undefined);
      const address = readAddressOnly(request.query.address);
      const layer = account === null ? null : findLayer(network.state, owner);
      const readings = readCounters(
        network.state,
        { address, account: layer },
        network.clock.nowMs(),
      );
      // What the platform counts is traffic to other accounts too (attack row 141).
      const isOperator = reachOf(principal).kind === "platform";
      const told = isOperator ? readings : readings.filter((one) => one.layer === "account");
      const bans = await listBans(network.database.kysely, {
        owners: ownersFor(network, principal, undefined),
        covering: { family: address.family, start: address, end: address },
        overlapping: null,
        inForceAtMs: network.clock.nowMs(),
        beforeId: 0,
        limit: BANS_TOLD_MAX,
      });
      return {
        address: formatAddress(address),
        network: countedText(network, address),
        account,
        bans: bans.map((ban) => toBanAnswer(network, ban)),
        counters: told.map(toCounterAnswer),
      };
    },
  );
}

function readAddressOnly(text: string): Address {
  const { kind, range } = readRule(text);
  if (kind === "address") return range.start;
  throw networkProblem("address-refused", { detail: "Give one address, not a range." });
}

function countedText(network: Network, address: Address): string {
  const start = countingAddress(network.state, address);
  const { family } = address;
  const bits = family === 4 ? addressBits(4) : network.state.policy.ban.ipv6PrefixLength;
  return formatRange({ family, start, end: fillAddress(start, bits) });
}

function toCounterAnswer(reading: CounterReading): CountersAnswer["counters"][number] {
  const { ban } = reading;
  return {
    ...reading,
    ban: ban === null ? null : { endsAt: timeText(ban.endsAtMs), holds: ban.holds },
  };
}

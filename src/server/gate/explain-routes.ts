// The API's route that explains what the gate would decide.

import { ExplainQuerySchema, ExplanationSchema } from "../../api/explain-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { parseAddress } from "../../core/network/address.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { defineProblems } from "../../platform/problem/define-problems.ts";
import type { Accounts } from "../accounts/index.ts";
import type { Network } from "../network/index.ts";
import { explain } from "./explain.ts";

const gateProblem = defineProblems({
  "address-refused": {
    status: 400,
    title: "The address is not accepted",
    detail: "Give one IPv4 or IPv6 address, such as 203.0.113.7 or 2001:db8::1.",
  },
  "time-refused": {
    status: 400,
    title: "The time is not accepted",
    detail: "Give an RFC 3339 time such as 2027-01-31T12:00:00Z.",
  },
});

export function registerExplainRoutes(
  app: FastifyApp,
  { network, accounts }: { readonly network: Network; readonly accounts: Accounts },
): void {
  app.get(
    "/api/v1/explain",
    {
      onRequest: accounts.requireScope("policy:read"),
      schema: {
        tags: ["decisions"],
        summary: "What the gate would decide for an address, step by step",
        querystring: ExplainQuerySchema,
        response: { 200: ExplanationSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { query } = request;
      const address = parseAddress(trimBlanks(query.address));
      if (address === null) throw gateProblem("address-refused");
      const atMs = query.at === undefined ? network.clock.nowMs() : readTime(query.at);
      network.ownerOf(query.account);
      const explanation = await explain(network, {
        address,
        surface: query.surface ?? "portal",
        account: query.account ?? null,
        atMs,
      });
      return {
        ...explanation,
        steps: [...explanation.steps],
        wouldPassIf: [...explanation.wouldPassIf],
      };
    },
  );
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

function readTime(text: string): number {
  const ms = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw gateProblem("time-refused");
  return ms;
}

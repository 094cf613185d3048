// The API's routes for the network rules.

import { Type } from "typebox";
import {
  AccountQuerySchema,
  DisableSchema,
  PolicyAnswerSchema,
  PolicyChangeSchema,
  SECTION_SCHEMAS,
  SectionParamsSchema,
} from "../../api/policy-api.ts";
import type { PolicyAnswer } from "../../api/policy-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { PolicyOwner } from "../../core/accounts/account.ts";
import { canReach } from "../../core/accounts/reach.ts";
import { ACCOUNT_SECTIONS, PLATFORM_SECTIONS } from "../../core/network/network-policy.ts";
import type { PolicySection } from "../../core/network/network-policy.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { accountsProblem, describePrincipal, reachOf } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";
import type { Network } from "./create-network.ts";
import { disableRule, editPolicy } from "./edit-policy.ts";
import { timeTextOrNull } from "./network-answers.ts";
import { accountUnknown, networkProblem } from "./network-problem.ts";
import { hasSection, readSection } from "./policy-store.ts";
import type { StoredSection } from "./policy-store.ts";

const tags = ["policy"];
const PLATFORM_DETAIL =
  "The platform's own rules are for its operators; name your account with ?account=code.";

type Parts = { readonly network: Network; readonly accounts: Accounts };

export function registerPolicyRoutes(app: FastifyApp, parts: Parts): void {
  addReadRoutes(app, parts);
  addWriteRoutes(app, parts);
}

function addReadRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  app.get(
    "/api/v1/policy",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Read all sections of the platform's or an account's rules",
        querystring: AccountQuerySchema,
        response: {
          200: Type.Object({ sections: Type.Array(PolicyAnswerSchema) }),
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request) => {
      const { account } = request.query;
      const owner = ownerFor(network, accounts.principalOf(request), account);
      const names = owner === "platform" ? PLATFORM_SECTIONS : ACCOUNT_SECTIONS;
      const read = network.database.kysely;
      const sections = await Promise.all(
        names.map(async (section) =>
          toAnswer({ section, account }, await readSection(read, owner, section)),
        ),
      );
      return { sections };
    },
  );

  app.get(
    "/api/v1/policy/:section",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Read one section",
        params: SectionParamsSchema,
        querystring: AccountQuerySchema,
        response: { 200: PolicyAnswerSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { account } = request.query;
      const section = request.params.section as PolicySection;
      const owner = ownerFor(network, accounts.principalOf(request), account);
      if (!hasSection(owner, section)) throw networkProblem("section-unknown");
      return toAnswer(
        { section, account },
        await readSection(network.database.kysely, owner, section),
      );
    },
  );
}

function addWriteRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  app.put(
    "/api/v1/policy/:section",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Set one section as a whole; it holds from the next request",
        description: describeSections(),
        params: SectionParamsSchema,
        querystring: AccountQuerySchema,
        body: PolicyChangeSchema,
        response: { 200: PolicyAnswerSchema, ...problemResponses(400, 401, 403, 404, 412) },
      },
    },
    async (request) => {
      const { account } = request.query;
      const section = request.params.section as PolicySection;
      const principal = accounts.principalOf(request);
      const stored = await editPolicy(network, {
        owner: ownerFor(network, principal, account),
        section,
        value: request.body.value,
        version: request.body.version ?? null,
        changedBy: describePrincipal(principal),
      });
      return toAnswer({ section, account }, stored);
    },
  );

  app.post(
    "/api/v1/policy/disable",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Switch one rule off at once (break-glass)",
        body: DisableSchema,
        response: { 200: PolicyAnswerSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { rule, account } = request.body;
      const stored = await disableRule(network, {
        owner: network.ownerOf(account),
        section: rule,
        changedBy: describePrincipal(accounts.principalOf(request)),
      });
      return toAnswer({ section: rule, account }, stored);
    },
  );
}

/**
 * Admins have the rules of their accounts, nothing of the platform's; to them another account is
 * not there: codes of other customers are not theirs to know.
 */
function ownerFor(
  network: Network,
  principal: Principal,
  account: string | undefined,
): PolicyOwner {
  const reach = reachOf(principal);
  if (reach.kind === "platform") return network.ownerOf(account);
  if (account === undefined) {
    throw accountsProblem("operator-required", { detail: PLATFORM_DETAIL });
  }
  const owner = network.state.accounts.get(account)?.owner;
  if (owner === undefined || !canReach(reach, owner)) throw accountUnknown(account);
  return owner;
}

function toAnswer(
  at: { readonly section: PolicySection; readonly account: string | undefined },
  stored: StoredSection,
): PolicyAnswer {
  return {
    section: at.section,
    account: at.account ?? null,
    value: stored.value,
    version: stored.version,
    changedAt: timeTextOrNull(stored.changedAtMs),
    changedBy: stored.changedBy,
  };
}

function describeSections(): string {
  const names = Object.keys(SECTION_SCHEMAS).join(", ");
  return `Sections: ${names}. The value is the whole section, as the GET gives it.`;
}

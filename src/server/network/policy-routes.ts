// The API's routes for the network rules.

import { Type } from "typebox";
import {
  AccountChangeQuerySchema,
  AccountQuerySchema,
  DisabledSchema,
  DisableSchema,
  EffectivePolicySchema,
  PolicyAnswerSchema,
  PolicyChangeSchema,
  PolicyChangesSchema,
  RequiredAccountQuerySchema,
  SECTION_SCHEMAS,
  SectionParamsSchema,
} from "../../api/policy-api.ts";
import type { PolicyAnswer } from "../../api/policy-api.ts";
import { ChangeSafetySchema } from "../../api/change-safety-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import { effectiveRules } from "../../core/network/effective-rules.ts";
import { ACCOUNT_SECTIONS, PLATFORM_SECTIONS } from "../../core/network/network-policy.ts";
import type { PolicySection } from "../../core/network/network-policy.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import type { Accounts } from "../accounts/index.ts";
import { breakGlass } from "./break-glass.ts";
import { createContextOf } from "./context-of.ts";
import type { Network } from "./create-network.ts";
import { editPolicies, editPolicy } from "./edit-policy.ts";
import { timeTextOrNull } from "./network-answers.ts";
import { networkProblem } from "./network-problem.ts";
import { ownerFor } from "./owner-of-principal.ts";
import { hasSection, readAccountPolicy, readPlatformPolicy, readSection } from "./policy-store.ts";
import type { StoredSection } from "./policy-store.ts";

const tags = ["policy"];

type Parts = { readonly network: Network; readonly accounts: Accounts };

export function registerPolicyRoutes(app: FastifyApp, parts: Parts): void {
  addReadRoutes(app, parts);
  addEffectiveRoute(app, parts);
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

function addEffectiveRoute(app: FastifyApp, { network, accounts }: Parts): void {
  app.get(
    "/api/v1/effective-policy",
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "What both layers together do to the requests of an account",
        querystring: RequiredAccountQuerySchema,
        response: { 200: EffectivePolicySchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const { account } = request.query;
      const owner = ownerFor(network, accounts.principalOf(request), account);
      const read = network.database.kysely;
      const effective = effectiveRules(
        await readPlatformPolicy(read),
        await readAccountPolicy(read, owner),
      );
      return { ...effective, account, countries: [...effective.countries] };
    },
  );
}

function addWriteRoutes(app: FastifyApp, { network, accounts }: Parts): void {
  const contextOf = createContextOf({ network, accounts });
  app.put(
    "/api/v1/policy",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Set several sections in one step: all of them or none",
        querystring: ChangeSafetySchema,
        body: PolicyChangesSchema,
        response: {
          200: Type.Object({ sections: Type.Array(PolicyAnswerSchema) }),
          ...problemResponses(400, 401, 403, 404, 409, 412),
        },
      },
    },
    async (request) => {
      const { account, sections } = request.body;
      const principal = accounts.principalOf(request);
      const names = new Set(sections.map(({ section }) => section));
      if (names.size < sections.length) throw networkProblem("section-doubled");
      const owner = ownerFor(network, principal, account);
      const edits = sections.map(({ section, value, version = null }) => ({
        owner,
        section: section as PolicySection,
        value,
        version,
      }));
      const stored = await editPolicies(network, edits, contextOf(request));
      return {
        sections: edits.map(({ section }, index) => toAnswer({ section, account }, stored[index]!)),
      };
    },
  );

  app.put(
    "/api/v1/policy/:section",
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Set one section as a whole; it holds from the next request",
        description: describeSections(),
        params: SectionParamsSchema,
        querystring: AccountChangeQuerySchema,
        body: PolicyChangeSchema,
        response: { 200: PolicyAnswerSchema, ...problemResponses(400, 401, 403, 404, 409, 412) },
      },
    },
    async (request) => {
      const { account } = request.query;
      const section = request.params.section as PolicySection;
      const owner = ownerFor(network, accounts.principalOf(request), account);
      const { value, version = null } = request.body;
      const context = contextOf(request);
      const stored = await editPolicy(network, { owner, section, value, version, context });
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
        description:
          "A change of the rule that waits to be confirmed is taken back first, with all else " +
          "that it changed.",
        querystring: ChangeSafetySchema,
        body: DisableSchema,
        response: { 200: DisabledSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request) => {
      const { rule, account } = request.body;
      const { stored, takenBack } = await breakGlass(network, {
        owner: network.ownerOf(account),
        section: rule,
        contextOf: () => contextOf(request),
        asking: {
          principal: accounts.principalOf(request),
          request: request.raw,
          safety: request.query,
        },
      });
      return { ...toAnswer({ section: rule, account }, stored), takenBack: [...takenBack] };
    },
  );
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

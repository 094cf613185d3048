// The API's routes for policy files: the rules as code.
import { Readable } from "node:stream";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import {
  ApplyAnswerSchema,
  ApplyQuerySchema,
  PlanAnswerSchema,
  PlanQuerySchema,
  POLICY_FILE_BYTES_MAX,
  POLICY_FILE_JSON_SCHEMA,
  POLICY_FILE_TYPE,
  PolicyFileQuerySchema,
} from "../../api/policy-file-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { Account } from "../../core/accounts/account.ts";
import { answerWhileThere } from "../../platform/http/answer-while-there.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { ownerFor } from "../network/index.ts";
import { accountsProblem } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";
import type { PreviewChanges } from "../preview/index.ts";
import { applyPolicyFile } from "./apply-policy-file.ts";
import type { ApplyFileParts } from "./apply-policy-file.ts";
import { describePlanned, describeWaits, toProposedChanges } from "./describe-plan.ts";
import { exportPolicyFile } from "./export-policy-file.ts";
import { planPolicyFile } from "./plan-policy-file.ts";
import type { Plan } from "./plan-policy-file.ts";
import { policyFileProblem } from "./policy-file-problem.ts";
import { readPolicyFile } from "./read-policy-file.ts";

type Parts = Omit<ApplyFileParts, "accounts"> & {
  readonly accounts: Accounts;
  readonly previewChanges: PreviewChanges;
};

const tags = ["policy file"];
const PATH = "/api/v1/policy-file";

export function registerPolicyFileRoutes(app: FastifyApp, parts: Parts): void {
  addReadingRoutes(app, parts);
  app.register(async (plugin) => {
    const scope = plugin.withTypeProvider<TypeBoxTypeProvider>();
    const options = { parseAs: "buffer", bodyLimit: POLICY_FILE_BYTES_MAX } as const;
    scope.addContentTypeParser(POLICY_FILE_TYPE, options, (_request, body, done) =>
      done(null, body),
    );
    addPlanRoute(scope, parts);
    addApplyRoute(scope, parts);
  });
}

function addReadingRoutes(app: FastifyApp, { network, accounts, changes }: Parts): void {
  app.get(
    PATH,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "Export the rules as a policy file (YAML)",
        querystring: PolicyFileQuerySchema,
        response: {
          200: Type.String({ description: "The file, streamed" }),
          ...problemResponses(400, 401, 403, 404),
        },
      },
    },
    async (request, reply) => {
      const { account } = request.query;
      // Refuses who may not see them, before the first line is written.
      const principal = accounts.principalOf(request);
      ownerFor(network, principal, account);
      const named = account === undefined ? null : await accounts.findAccount(account);
      // One that is being deleted is still in memory; it must never stand for everybody.
      if (account !== undefined && named === null) throw accountsProblem("account-not-found");
      const owners: readonly (Account | null)[] =
        named === null ? [null, ...(await accounts.listAccounts())] : [named];
      const ids = new Set(owners.map((one) => one?.id ?? "platform"));
      const waiting = await changes.unconfirmed.about(({ owner }) => ids.has(owner), principal);
      const file = exportPolicyFile(network, { owners, waiting });
      return reply
        .type(`${POLICY_FILE_TYPE}; charset=utf-8`)
        .header("content-disposition", 'attachment; filename="policy.yaml"')
        .send(Readable.from(file, { objectMode: false }));
    },
  );

  app.get(
    `${PATH}/schema`,
    {
      onRequest: accounts.requireKnown,
      schema: {
        tags,
        summary: "The JSON Schema of policy files",
        response: { 200: Type.Unknown(), ...problemResponses(401) },
      },
    },
    () => POLICY_FILE_JSON_SCHEMA,
  );
}

function addPlanRoute(app: FastifyApp, parts: Parts): void {
  const { accounts } = parts;
  app.post(
    `${PATH}/plan`,
    {
      onRequest: accounts.requireManager("policy:read"),
      schema: {
        tags,
        summary: "What a policy file would change; nothing is stored",
        description: `The body is ${POLICY_FILE_TYPE}. Every fault is told with line and column.`,
        querystring: PlanQuerySchema,
        response: { 200: PlanAnswerSchema, ...problemResponses(400, 401, 403, 413, 503) },
      },
    },
    (request, reply) =>
      answerWhileThere(reply, async (signal) => {
        const { period } = request.query;
        const principal = accounts.principalOf(request);
        const maker = parts.changes.makerOf({ principal, request: request.raw });
        const plan = await planOf(parts, request, principal);
        const changes = toProposedChanges(plan.changes);
        const preview =
          period === undefined || changes.length === 0
            ? null
            : await parts.previewChanges({ ...maker, period, changes, signal });
        const differences = describePlanned(plan.changes);
        const { fingerprint } = plan;
        const waiting = describeWaits(plan.waiting);
        const isSame = differences.length === 0;
        return { fingerprint, waiting, isSame, differences, changes: [...changes], preview };
      }),
  );
}

function addApplyRoute(app: FastifyApp, parts: Parts): void {
  const { accounts, changes } = parts;
  app.post(
    `${PATH}/apply`,
    {
      onRequest: accounts.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Make the rules what a policy file says: all of them or none",
        description:
          `The body is ${POLICY_FILE_TYPE}. What is so already is not touched, so that a file ` +
          "can be applied again. Accounts that are not there are added before, one by one. " +
          "While a change waits to be confirmed of a section or list that the file names, it is " +
          "refused with change-waits, also where nothing differs.",
        querystring: ApplyQuerySchema,
        response: {
          200: ApplyAnswerSchema,
          ...problemResponses(400, 401, 403, 409, 412, 413, 503),
        },
      },
    },
    async (request) => {
      const { fingerprint = null } = request.query;
      const principal = accounts.principalOf(request);
      const plan = await planOf(parts, request, principal);
      const context = changes.contextOf({
        principal,
        request: request.raw,
        safety: request.query,
      });
      await applyPolicyFile(parts, plan, { fingerprint, context });
      const isSame = plan.changes.length === 0;
      const differences = describePlanned(plan.changes);
      return { isSame, changeId: isSame ? null : context.changeId, differences };
    },
  );
}

type PlanRequest = {
  readonly body: unknown;
  readonly query: { readonly createAccounts?: boolean; readonly confirmWide?: boolean };
};

async function planOf(parts: Parts, request: PlanRequest, principal: Principal): Promise<Plan> {
  const { createAccounts = false, confirmWide = false } = request.query;
  const reading = await readPolicyFile(textOf(request.body));
  return planPolicyFile(parts, reading, { principal, createAccounts, confirmWide });
}

function textOf(body: unknown): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body as Buffer);
  } catch {
    throw policyFileProblem("policy-file-no-text");
  }
}

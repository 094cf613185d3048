// The API's routes for client accounts.
import { Type } from "typebox";
import {
  AccountDeletionQuerySchema,
  AccountListSchema,
  AccountParamsSchema,
  AccountPatchSchema,
  AccountSchema,
  NewAccountSchema,
} from "../../api/accounts-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { accountsProblem } from "./accounts-problem.ts";
import type { Accounts } from "./create-accounts.ts";
import { describePrincipal } from "./principal.ts";

const tags = ["accounts"];

export function registerAccountRoutes(app: FastifyApp, accounts: Accounts): void {
  addReadingRoutes(app, accounts);
  addCreationRoute(app, accounts);
  addChangingRoutes(app, accounts);
}

function addReadingRoutes(app: FastifyApp, accounts: Accounts): void {
  const onRequest = accounts.requireManager("policy:read");
  app.get(
    "/api/v1/accounts",
    {
      onRequest,
      schema: {
        tags,
        summary: "List client accounts, in the order of their codes; admins see their own",
        response: { 200: AccountListSchema, ...problemResponses(401, 403) },
      },
    },
    async (request) => ({
      accounts: await accounts.describeAccounts(accounts.principalOf(request)),
    }),
  );

  app.get(
    "/api/v1/accounts/:code",
    {
      onRequest,
      schema: {
        tags,
        summary: "Show a client account",
        params: AccountParamsSchema,
        response: { 200: AccountSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => accounts.describeAccount(accounts.principalOf(request), request.params.code),
  );
}

function addCreationRoute(app: FastifyApp, accounts: Accounts): void {
  app.post(
    "/api/v1/accounts",
    {
      onRequest: accounts.requireScope("policy:write"),
      schema: {
        tags,
        summary: "Add a client account",
        body: NewAccountSchema,
        response: { 201: AccountSchema, ...problemResponses(400, 401, 403, 409) },
      },
    },
    async (request, reply) => {
      const { code, name } = request.body;
      const principal = accounts.principalOf(request);
      const createdBy = describePrincipal(principal);
      const outcome = await accounts.addAccount({ code, name, createdBy });
      if (outcome.ok) {
        return reply.code(201).send(await accounts.describeAccount(principal, code));
      }
      if (outcome.why === "code-refused") throw accountsProblem("account-code-reserved");
      const detail = `There is an account with the code ${code}; take another code.`;
      throw accountsProblem("account-exists", { detail });
    },
  );
}

function addChangingRoutes(app: FastifyApp, accounts: Accounts): void {
  const onRequest = accounts.requireScope("policy:write");
  app.patch(
    "/api/v1/accounts/:code",
    {
      onRequest,
      schema: {
        tags,
        summary: "Rename a client account; its code stays",
        params: AccountParamsSchema,
        body: AccountPatchSchema,
        response: { 200: AccountSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const { code } = request.params;
      const actor = describePrincipal(principal);
      await accounts.renameAccount({ code, name: request.body.name, actor });
      return accounts.describeAccount(principal, code);
    },
  );

  app.delete(
    "/api/v1/accounts/:code",
    {
      onRequest,
      schema: {
        tags,
        summary: "Delete a client account with all that belongs to it",
        description: "Without `confirm` nothing is deleted: the refusal (409) tells what would go.",
        params: AccountParamsSchema,
        querystring: AccountDeletionQuerySchema,
        response: {
          204: Type.Null({ description: "Deleted" }),
          ...problemResponses(400, 401, 403, 404, 409),
        },
      },
    },
    async (request, reply) => {
      const { code } = request.params;
      const { confirm } = request.query;
      const actor = describePrincipal(accounts.principalOf(request));
      await accounts.deleteAccount({ code, confirm, actor });
      return reply.code(204).send(null);
    },
  );
}

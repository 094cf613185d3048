// The API's routes for API tokens.
import { Type } from "typebox";
import {
  CreatedTokenSchema,
  NewTokenSchema,
  TokenListSchema,
  TokenParamsSchema,
} from "../../api/accounts-api.ts";
import type { TokenAnswer } from "../../api/accounts-api.ts";
import { problemResponses } from "../../api/problem-api.ts";
import type { FastifyApp } from "../../platform/http/create-fastify.ts";
import { accountsProblem } from "./accounts-problem.ts";
import type { Accounts } from "./create-accounts.ts";
import { describePrincipal } from "./principal.ts";
import type { StoredToken } from "./token-store.ts";

const RevokedSchema = Type.Null({ description: "Revoked, or it was before" });

export function registerTokenRoutes(app: FastifyApp, accounts: Accounts): void {
  const tags = ["tokens"];
  const onRequest = accounts.requireHostShell;
  app.get(
    "/api/v1/tokens",
    {
      onRequest,
      schema: {
        tags,
        summary: "List API tokens, newest first (from the host's shell)",
        response: { 200: TokenListSchema, ...problemResponses(401, 403) },
      },
    },
    async () => ({ tokens: (await accounts.listTokens()).map(toTokenAnswer) }),
  );

  app.post(
    "/api/v1/tokens",
    {
      onRequest,
      schema: {
        tags,
        summary: "Make an API token; its text is in this answer only (from the host's shell)",
        body: NewTokenSchema,
        response: { 201: CreatedTokenSchema, ...problemResponses(400, 401, 403) },
      },
    },
    async (request, reply) => {
      const { name, scopes, expiresAt = null } = request.body;
      const expiresAtMs = expiresAt === null ? null : Date.parse(expiresAt);
      const createdBy = describePrincipal(accounts.principalOf(request));
      const outcome = await accounts.createToken({ name, scopes, expiresAtMs, createdBy });
      if (!outcome.ok) throw accountsProblem("expiry-passed");
      const { created, token } = outcome;
      return reply.code(201).send({ ...toTokenAnswer(created), token });
    },
  );

  app.delete(
    "/api/v1/tokens/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Revoke an API token, at once (from the host's shell)",
        params: TokenParamsSchema,
        response: { 204: RevokedSchema, ...problemResponses(401, 403, 404) },
      },
    },
    async (request, reply) => {
      const revokedBy = describePrincipal(accounts.principalOf(request));
      const outcome = await accounts.revokeToken(request.params.id, revokedBy);
      if (outcome === "not-found") throw accountsProblem("token-not-found");
      return reply.code(204).send(null);
    },
  );
}

function toTokenAnswer(token: StoredToken): TokenAnswer {
  return {
    id: token.id,
    name: token.name,
    scopes: [...token.scopes],
    createdAt: toTime(token.createdAtMs),
    createdBy: token.createdBy,
    expiresAt: token.expiresAtMs === null ? null : toTime(token.expiresAtMs),
    revokedAt: token.revokedAtMs === null ? null : toTime(token.revokedAtMs),
    lastUsedAt: token.lastUsedAtMs === null ? null : toTime(token.lastUsedAtMs),
  };
}

function toTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

// The API's route for how this installation is. Public is only that it lives.
import { HealthSchema } from "../api/health-api.ts";
import type { HealthAnswer } from "../api/health-api.ts";
import { problemResponses } from "../api/problem-api.ts";
import type { FastifyApp } from "../platform/http/create-fastify.ts";
import type { Accounts } from "./accounts/index.ts";

export function registerHealthRoutes(
  app: FastifyApp,
  parts: {
    readonly accounts: Pick<Accounts, "requireScope">;
    readonly checkHealth: () => Promise<HealthAnswer>;
  },
): void {
  app.get(
    "/api/v1/health",
    {
      onRequest: parts.accounts.requireScope("journal:read"),
      schema: {
        tags: ["system"],
        summary: "How each part of this installation is, with what to do, and its nodes",
        response: { 200: HealthSchema, ...problemResponses(401, 403) },
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "no-store");
      return await parts.checkHealth();
    },
  );
}

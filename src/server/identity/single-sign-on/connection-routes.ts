// The API's routes by which connections with providers are seen and removed.
import {
  ConnectionParamsSchema,
  ConnectionRemovedSchema,
  OwnConnectionsSchema,
  UserConnectionParamsSchema,
  UserConnectionsSchema,
} from "../../../api/connection-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { UserParamsSchema } from "../../../api/users-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Connections } from "./create-connections.ts";

export function addConnectionRoutes(app: FastifyApp, connections: Connections): void {
  addOwnRoutes(app, connections);
  addUserRoutes(app, connections);
}

function addOwnRoutes(app: FastifyApp, connections: Connections): void {
  const tags = ["me"];
  const onRequest = connections.requireUser;
  app.get(
    "/api/v1/me/connections",
    {
      onRequest,
      schema: {
        tags,
        summary: "The providers you are connected with, and those you can connect with",
        response: { 200: OwnConnectionsSchema, ...problemResponses(401, 403, 503) },
      },
    },
    (request) => connections.readOwn(request),
  );

  app.delete(
    "/api/v1/me/connections/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Disconnect a provider; needs a fresh proof, and is mailed to you",
        params: ConnectionParamsSchema,
        response: {
          204: ConnectionRemovedSchema,
          ...problemResponses(400, 401, 403, 404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      await connections.disconnect(request, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function addUserRoutes(app: FastifyApp, connections: Connections): void {
  const tags = ["users"];
  app.get(
    "/api/v1/users/:id/connections",
    {
      onRequest: connections.requireManager("policy:read"),
      schema: {
        tags,
        summary: "The providers that a user is connected with",
        params: UserParamsSchema,
        response: { 200: UserConnectionsSchema, ...problemResponses(400, 401, 403, 404, 503) },
      },
    },
    (request) => {
      const principal = connections.principalOf(request);
      return connections.readFor({ principal, request, userId: request.params.id });
    },
  );

  app.delete(
    "/api/v1/users/:id/connections/:connectionId",
    {
      onRequest: connections.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Disconnect a user from a provider; the sessions that came by it end",
        params: UserConnectionParamsSchema,
        response: {
          204: ConnectionRemovedSchema,
          ...problemResponses(400, 401, 403, 404, 409, 503),
        },
      },
    },
    async (request, reply) => {
      const { id: userId, connectionId } = request.params;
      const principal = connections.principalOf(request);
      await connections.disconnectFor({ principal, request, userId }, connectionId);
      return reply.code(204).send(null);
    },
  );
}

// The API's routes for users and their memberships.
import { Type } from "typebox";
import { problemResponses } from "../../../api/problem-api.ts";
import {
  MembershipBodySchema,
  MembershipParamsSchema,
  NewUserSchema,
  UserListSchema,
  UserParamsSchema,
  UserPatchSchema,
  UserQuerySchema,
  UserSchema,
} from "../../../api/users-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import type { Authentication } from "../authenticate.ts";
import type { Users } from "./create-users.ts";

const tags = ["users"];

type Parts = Authentication & { readonly users: Users };

export function registerUserRoutes(app: FastifyApp, accounts: Parts): void {
  addReadingRoutes(app, accounts);
  addWritingRoutes(app, accounts);
  addMembershipRoutes(app, accounts);
}

function addReadingRoutes(app: FastifyApp, { users, ...accounts }: Parts): void {
  const onRequest = accounts.requireManager("policy:read");
  app.get(
    "/api/v1/users",
    {
      onRequest,
      schema: {
        tags,
        summary: "List users, in the order of their e-mail addresses",
        querystring: UserQuerySchema,
        response: { 200: UserListSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => users.list(accounts.principalOf(request), request.query),
  );

  app.get(
    "/api/v1/users/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Show a user",
        params: UserParamsSchema,
        response: { 200: UserSchema, ...problemResponses(400, 401, 403, 404) },
      },
    },
    (request) => users.find(accounts.principalOf(request), request.params.id),
  );
}

function addWritingRoutes(app: FastifyApp, { users, ...accounts }: Parts): void {
  const onRequest = accounts.requireManager("policy:write");
  app.post(
    "/api/v1/users",
    {
      onRequest,
      schema: {
        tags,
        summary: "Add a user; an admin names accounts of their own",
        body: NewUserSchema,
        response: { 201: UserSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const created = await users.create(accounts.principalOf(request), request.body);
      return reply.code(201).send(created);
    },
  );

  app.patch(
    "/api/v1/users/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Change a user's address, name, rights or primary account",
        params: UserParamsSchema,
        body: UserPatchSchema,
        response: { 200: UserSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    (request) => users.change(accounts.principalOf(request), request.params.id, request.body),
  );

  app.delete(
    "/api/v1/users/:id",
    {
      onRequest,
      schema: {
        tags,
        summary: "Delete a user with everything kept for the user",
        params: UserParamsSchema,
        response: {
          204: Type.Null({ description: "Deleted" }),
          ...problemResponses(400, 401, 403, 404, 409),
        },
      },
    },
    async (request, reply) => {
      await users.remove(accounts.principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function addMembershipRoutes(app: FastifyApp, { users, ...accounts }: Parts): void {
  const onRequest = accounts.requireManager("policy:write");
  const params = MembershipParamsSchema;
  app.put(
    "/api/v1/users/:id/memberships/:account",
    {
      onRequest,
      schema: {
        tags,
        summary: "Make a user a member of an account, or change the role there",
        params,
        body: MembershipBodySchema,
        response: { 200: UserSchema, ...problemResponses(400, 401, 403, 404, 409) },
      },
    },
    async (request) => {
      const principal = accounts.principalOf(request);
      const { id: userId, account: accountCode } = request.params;
      const { role } = request.body;
      await users.changeMembership(principal, { userId, accountCode, role });
      return users.find(principal, userId);
    },
  );

  app.delete(
    "/api/v1/users/:id/memberships/:account",
    {
      onRequest,
      schema: {
        tags,
        summary: "End a user's membership, and the grants of the account's numbers with it",
        params,
        response: {
          204: Type.Null({ description: "Ended" }),
          ...problemResponses(400, 401, 403, 404, 409),
        },
      },
    },
    async (request, reply) => {
      const { id: userId, account: accountCode } = request.params;
      const at = { userId, accountCode, role: null };
      await users.changeMembership(accounts.principalOf(request), at);
      return reply.code(204).send(null);
    },
  );
}

// The API's routes by which operators and admins open locked users and set their passwords.
import type { FastifyRequest } from "fastify";
import { CreatedLinkSchema, PasswordSetSchema } from "../../../api/passwords-api.ts";
import { problemResponses } from "../../../api/problem-api.ts";
import { SignInStateSchema, UserParamsSchema } from "../../../api/users-api.ts";
import type { FastifyApp } from "../../../platform/http/create-fastify.ts";
import { accountsProblem } from "../../accounts/index.ts";
import type { Passwords } from "./create-passwords.ts";
import type { Managing } from "./managed-passwords.ts";

const tags = ["users"];
const params = UserParamsSchema;
const detail = "API tokens mail no links to present users; an operator or admin does.";

export function registerUserPasswordRoutes(app: FastifyApp, passwords: Passwords): void {
  addStateRoutes(app, passwords);
  addLinkRoutes(app, passwords);
}

type UserRequest = FastifyRequest & { readonly params: { readonly id: string } };

function managingBy(passwords: Passwords): (request: UserRequest) => Managing {
  return (request) => ({
    principal: passwords.principalOf(request),
    request,
    userId: request.params.id,
  });
}

function addStateRoutes(app: FastifyApp, passwords: Passwords): void {
  const managing = managingBy(passwords);
  app.post(
    "/api/v1/users/:id/release",
    {
      onRequest: passwords.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Release a locked or dormant user; the count of wrong passwords begins anew",
        params,
        response: { 200: SignInStateSchema, ...problemResponses(401, 403, 404) },
      },
    },
    (request) => passwords.release(managing(request)),
  );

  app.put(
    "/api/v1/users/:id/password",
    {
      onRequest: passwords.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Set a user's password, which the user must change at the next sign-in",
        params,
        body: PasswordSetSchema,
        response: {
          200: SignInStateSchema,
          ...problemResponses(400, 401, 403, 404, 409, 422, 503),
        },
      },
    },
    (request) => passwords.setFor(managing(request), request.body.newPassword),
  );
}

function addLinkRoutes(app: FastifyApp, passwords: Passwords): void {
  const managing = managingBy(passwords);
  app.post(
    "/api/v1/users/:id/password-link",
    {
      onRequest: passwords.requireHostShell,
      schema: {
        tags,
        summary: "Make a link by which the user chooses a password (from the host's shell)",
        params,
        response: { 201: CreatedLinkSchema, ...problemResponses(401, 403, 404, 409) },
      },
    },
    async (request, reply) => reply.code(201).send(await passwords.makeLink(managing(request))),
  );

  app.post(
    "/api/v1/users/:id/invitation",
    {
      onRequest: passwords.requireManager("policy:write"),
      schema: {
        tags,
        summary: "Mail the user a new link to choose a password",
        params,
        response: { 202: SignInStateSchema, ...problemResponses(401, 403, 404, 409) },
      },
    },
    async (request, reply) => {
      const asked = managing(request);
      if (asked.principal.kind === "token") throw accountsProblem("token-refused", { detail });
      return reply.code(202).send(await passwords.invite(asked));
    },
  );
}

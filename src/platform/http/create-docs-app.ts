// Makes the description of the API, and the pages on it, from routes that others answer.
import type { IncomingMessage, ServerResponse } from "node:http";
import { fastifySwagger } from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import { fastify } from "fastify";
import { Problem, problemHeaders, toProblemDetails } from "../problem/problem.ts";
import { compilersFactory } from "./compilers-factory.ts";
import { OPENAPI_PATH, PAGES_PATH } from "./register-api-docs.ts";
import type { ApiDocsOptions, DescribedRoute } from "./register-api-docs.ts";

export type DocsApp = {
  readonly describe: () => unknown;
  /** Answers a request for the pages. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
};

// Swagger UI puts style attributes and data: images into its page; scripts are files only.
const PAGES_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** An app of its own that never listens: it knows the routes for their descriptions only. */
export async function createDocsApp(
  routes: readonly DescribedRoute[],
  options: ApiDocsOptions,
): Promise<DocsApp> {
  const { title, version, description } = options;
  const app = fastify({
    exposeHeadRoutes: false,
    schemaController: { compilersFactory },
  });
  app.setNotFoundHandler((_request, reply) => {
    const problem = new Problem("not-found", 404, { detail: "There is nothing at this address." });
    return reply
      .code(problem.status)
      .headers(problemHeaders(problem))
      .send(JSON.stringify(toProblemDetails(problem)));
  });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title, version, description },
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{ token: [] }],
    },
  });
  await app.register(fastifySwaggerUi, {
    routePrefix: PAGES_PATH,
    uiConfig: { url: OPENAPI_PATH, validatorUrl: null, deepLinking: true },
    uiHooks: {
      onRequest: function setPolicy(_request, reply, done) {
        void reply.header("content-security-policy", PAGES_CONTENT_SECURITY_POLICY);
        done();
      },
    },
  });
  await app.register(async (described) => {
    for (const route of routes) {
      if (route.url.startsWith(PAGES_PATH)) continue;
      described.route({ ...route, handler: answerNothing });
    }
  });
  await app.ready();
  return {
    describe: () => app.swagger(),
    answer: (request, response) => app.routing(request, response),
    close: () => app.close(),
  };
}

/** Never called: only requests for the pages come here. */
async function answerNothing(): Promise<null> {
  return null;
}

// Serves the description of the API (OpenAPI 3.1) and pages to read and try it.
import { fastifySwagger } from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import type { onRequestHookHandler } from "fastify";
import type { FastifyApp } from "./create-fastify.ts";

export type ApiDocsOptions = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Who may see the description; runs before it is answered. */
  readonly onRequest?: onRequestHookHandler;
};

const OPENAPI_PATH = "/api/openapi.json";
const PAGES_PATH = "/api/docs";

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

/** Call before routes are added: only routes that come after it are described. */
export async function registerApiDocs(app: FastifyApp, options: ApiDocsOptions): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: options.title,
        version: options.version,
        description: options.description,
      },
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
      security: [{ token: [] }],
    },
  });
  const { onRequest } = options;
  app.get(
    OPENAPI_PATH,
    { schema: { hide: true }, ...(onRequest === undefined ? {} : { onRequest }) },
    () => app.swagger(),
  );
  await app.register(fastifySwaggerUi, {
    routePrefix: PAGES_PATH,
    uiConfig: { url: OPENAPI_PATH, validatorUrl: null, deepLinking: true },
    uiHooks: {
      onRequest: function setPolicy(request, reply, done) {
        void reply.header("content-security-policy", PAGES_CONTENT_SECURITY_POLICY);
        if (onRequest === undefined) done();
        else return onRequest.call(app, request, reply, done);
      },
    },
  });
}

// Puts Fastify behind our HTTP server: strict bodies, strict schemas, one form for refusals.
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { fastify, LogController } from "fastify";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { Logger } from "../log/create-logger.ts";
import { Problem, problemHeaders, toProblemDetails } from "../problem/problem.ts";
import { compilersFactory } from "./compilers-factory.ts";
import type { HttpServer } from "./create-http-server.ts";
import { createRouteMethods, type RouteMethods } from "./route-methods.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { parseStrictJson } from "./strict-json.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Of a route whose body has more keys, values and brackets than those of others. */
    readonly jsonTokensMax?: number;
  }
}

export type FastifyApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type CreateFastifyOptions = {
  readonly http: HttpServer;
  readonly logger: Logger;
  /** For bodies of routes that do not say otherwise; 1 MiB by default. */
  readonly bodyMaxBytes?: number;
  /** Gives the address by which a request is routed; by default the one that was asked for. */
  readonly rewriteUrl?: (url: string) => string;
};

const BODY_MAX_BYTES = 1024 * 1024;

/**
 * Routes are added to what this gives; after `await app.ready()` they answer whatever no raw
 * handler took. Close the HTTP server first, then the app.
 */
export function createFastify(options: CreateFastifyOptions): FastifyApp {
  const { http } = options;
  const logger: FastifyBaseLogger = options.logger;
  const app: FastifyApp = fastify({
    serverFactory: (handler) => {
      http.setFallback((request, response) => {
        setSecurityHeaders(response);
        handler(request, response);
      });
      return http.server;
    },
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyMaxBytes ?? BODY_MAX_BYTES,
    // The gate has decided by what the socket and the configured header say; Fastify must not
    // believe X-Forwarded-* on its own (CVE-2026-3635).
    trustProxy: false,
    requestIdHeader: false,
    rewriteUrl: ({ url = "/" }) => options.rewriteUrl?.(url) ?? url,
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 200 },
    schemaController: { compilersFactory },
    // The HTTP server answers these; Fastify's own handler would write a second answer behind it.
    clientErrorHandler: () => undefined,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  }).withTypeProvider<TypeBoxTypeProvider>();

  const routeMethods = createRouteMethods();
  app.addHook("onRoute", (route) => {
    routeMethods.add(route.url, [route.method].flat());
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => answerProblem(noRoute(request, routeMethods), reply));
  app.addHook("onRequest", refuseEncodedBody);
  acceptOnlyStrictJson(app);
  return app;
}

async function refuseEncodedBody(request: FastifyRequest): Promise<void> {
  const encoding = request.headers["content-encoding"];
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  const detail = "The body must be sent as it is, without Content-Encoding.";
  throw new Problem("unsupported-media-type", 415, { detail, headers: { connection: "close" } });
}

function acceptOnlyStrictJson(app: FastifyApp): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    // A DELETE or POST without a body may still name a type.
    if (body.length === 0) return done(null, undefined);
    const { jsonTokensMax } = request.routeOptions.config;
    const result = parseStrictJson(body as Buffer, jsonTokensMax);
    if (result.ok) return done(null, result.value);
    const detail = `The body must be JSON (UTF-8, each key once); ${result.why}.`;
    request.log.debug({ why: result.why }, "body refused");
    done(new Problem("invalid-json", 400, { detail }));
  });
}

function noRoute(request: FastifyRequest, routeMethods: RouteMethods): Problem {
  const path = request.url.split("?", 1)[0] ?? "";
  const allowed = routeMethods.allowedFor(path);
  if (allowed.length === 0) {
    return new Problem("not-found", 404, { detail: "There is nothing at this address." });
  }
  const allow = allowed.join(", ");
  const detail = `This address accepts ${allow}.`;
  return new Problem("method-not-allowed", 405, { detail, headers: { allow } });
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Problem) return answerProblem(error, reply);
  const refusal = refusalOfFramework(error);
  if (refusal !== null) return answerProblem(refusal, reply);
  // Whoever went away had the work stopped by it: that is no mistake of ours, and nobody listens.
  if (reply.raw.closed && error instanceof Error && error.name === "AbortError") {
    request.log.info({ method: request.method, url: request.url }, "the caller left");
    return answerProblem(new Problem("internal-error", 500), reply);
  }
  request.log.error({ err: error, method: request.method, url: request.url }, "request failed");
  return answerProblem(new Problem("internal-error", 500), reply);
}

function answerProblem(problem: Problem, reply: FastifyReply): FastifyReply {
  // The serializer of a route's own 4xx schema must not drop members.
  return reply
    .code(problem.status)
    .headers(problemHeaders(problem))
    .serializer((body: unknown) => JSON.stringify(body))
    .send(toProblemDetails(problem));
}

const FRAMEWORK_REFUSALS: Readonly<Record<string, readonly [number, string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, "body-too-large", "The body is larger than accepted here."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    "unsupported-media-type",
    "Send the body as application/json.",
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    400,
    "length-ambiguous",
    "Content-Length is not the length of the body.",
  ],
  FST_ERR_BAD_URL: [400, "url-malformed", "The address is not correctly percent-encoded."],
  FST_ERR_MAX_PARAM_LENGTH: [414, "url-too-long", "A part of the address is too long."],
};

function refusalOfFramework(error: unknown): Problem | null {
  const code = (error as { code?: unknown } | null)?.code;
  const row = typeof code === "string" ? FRAMEWORK_REFUSALS[code] : undefined;
  if (row === undefined) return null;
  const [status, problemCode, detail] = row;
  return new Problem(problemCode, status, { detail });
}

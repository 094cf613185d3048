// Serves the description of the API (OpenAPI 3.1) and pages to read and try it.
import type { onRequestAsyncHookHandler, RouteOptions } from "fastify";
import type { FastifyApp } from "./create-fastify.ts";

export type ApiDocsOptions = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Who may see the description; runs before it is answered. */
  readonly onRequest?: onRequestAsyncHookHandler;
};

/** A route as it is described: what it does is not known here. */
export type DescribedRoute = Pick<RouteOptions, "method" | "url" | "schema">;

export const OPENAPI_PATH = "/api/openapi.json";
export const PAGES_PATH = "/api/docs";

type DocsApp = Awaited<ReturnType<(typeof import("./create-docs-app.ts"))["createDocsApp"]>>;

/**
 * Call before routes are added: only routes that come after it are described. What makes and
 * serves the description is loaded for its first reader: most starts have none.
 */
export function registerApiDocs(app: FastifyApp, options: ApiDocsOptions): void {
  const routes: DescribedRoute[] = [];
  app.addHook("onRoute", ({ method, url, schema }) => {
    if (method !== "HEAD")
      routes.push({ method, url, ...(schema === undefined ? {} : { schema }) });
  });
  let loading: Promise<DocsApp> | null = null;
  const load = (): Promise<DocsApp> => {
    loading ??= import("./create-docs-app.ts").then((module) =>
      module.createDocsApp(routes, options),
    );
    return loading;
  };
  app.addHook("onClose", async () => {
    await (await loading)?.close();
  });

  const { onRequest } = options;
  const route = { schema: { hide: true }, ...(onRequest === undefined ? {} : { onRequest }) };
  app.get(OPENAPI_PATH, route, async () => (await load()).describe());
  for (const url of [PAGES_PATH, `${PAGES_PATH}/*`]) {
    app.get(url, route, async (request, reply) => {
      const docs = await load();
      reply.hijack();
      docs.answer(request.raw, reply.raw);
    });
  }
}

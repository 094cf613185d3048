// Where people enter: the console and sign-in pages below /postern/, and the way there from /.

import { fileURLToPath } from "node:url";
import type { FastifyApp } from "../platform/http/create-fastify.ts";
import { serveWebApp } from "../platform/http/serve-web-app.ts";

/** What `npm run build` writes; the same seen from src/server and from dist/server. */
export const WEB_DIRECTORY = fileURLToPath(new URL("../../dist/web", import.meta.url));

const CONSOLE = "/postern/";
const CONSOLE_API = `${CONSOLE}api/`;

/** The console asks for the API below its own path; it is the same API. */
export function routeOfUrl(url: string): string {
  return url.startsWith(CONSOLE_API) ? url.slice(CONSOLE.length - 1) : url;
}

export async function registerWebRoutes(
  app: FastifyApp,
  { webDirectory }: { readonly webDirectory: string },
): Promise<void> {
  await serveWebApp(app, { prefix: CONSOLE, directory: webDirectory });
}

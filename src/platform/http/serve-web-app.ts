// Serves the built console: its files for ever, its page fresh each time with a nonce of its own.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply } from "fastify";
import { Problem } from "../problem/problem.ts";
import type { FastifyApp } from "./create-fastify.ts";

export type WebAppOptions = {
  /** Begins and ends with a slash. */
  readonly prefix: string;
  /** Absolute; what the build wrote: index.html and assets/. */
  readonly directory: string;
};

const NONCE_MARK = "__CSP_NONCE__";
const NONCE_BYTES = 16;

/**
 * `/` leads here too. Every GET below the prefix that is no file gets the page, and what it shows
 * is decided in the browser. Without a build the answer says so; nothing else is concerned.
 */
export async function serveWebApp(app: FastifyApp, options: WebAppOptions): Promise<void> {
  const { prefix, directory } = options;
  const pagePath = join(directory, "index.html");
  const page = existsSync(pagePath) ? readFileSync(pagePath, "utf8") : null;
  if (page !== null) await serveAssets(app, options);

  for (const entry of ["/", prefix.slice(0, -1)]) {
    app.get(entry, { schema: { hide: true } }, async (_request, reply) =>
      reply.header("cache-control", "no-store").redirect(prefix, 302),
    );
  }
  app.get(`${prefix}*`, { schema: { hide: true } }, async (_request, reply) =>
    page === null ? answerNotBuilt(reply) : answerPage(reply, page),
  );
}

/** Their names change with their content, so that no browser ever has to ask again. */
async function serveAssets(app: FastifyApp, { prefix, directory }: WebAppOptions): Promise<void> {
  await app.register(
    async (assets) => {
      // Of a version that was replaced: the page must not be taken for a script.
      assets.setNotFoundHandler(() => {
        throw noSuchFile();
      });
      assets.setErrorHandler((error: { readonly statusCode?: number }) => {
        // Folders and hidden files are refused by the package with an error that is not ours.
        throw error.statusCode === 403 || error.statusCode === 404 ? noSuchFile() : error;
      });
      await assets.register(fastifyStatic, {
        root: join(directory, "assets"),
        decorateReply: false,
        schemaHide: true,
        index: false,
        dotfiles: "deny",
        preCompressed: true,
        immutable: true,
        maxAge: "365d",
        // The package leaves it out; a cache in between must not hand gzip to who cannot read it.
        setHeaders: (response) => {
          response.setHeader("vary", "accept-encoding");
        },
      });
    },
    { prefix: `${prefix}assets` },
  );
}

function noSuchFile(): Problem {
  return new Problem("not-found", 404, { detail: "There is no such file." });
}

function answerPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(NONCE_BYTES).toString("base64url");
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-security-policy", contentSecurityPolicy(nonce))
    .send(page.replaceAll(NONCE_MARK, nonce));
}

/** Scripts are files only; the nonce is for the style blocks that the page makes as it runs. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function answerNotBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .type("text/plain; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      "The pages of this installation have not been built.\n" +
        "Run `npm run build` where Postern is installed and start it again.\n",
    );
}

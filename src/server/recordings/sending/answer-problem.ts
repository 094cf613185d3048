// Answers a raw request with a problem, where no Fastify stands in between.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setSecurityHeaders } from "../../../platform/http/security-headers.ts";
import { problemHeaders, toProblemDetails } from "../../../platform/problem/problem.ts";
import type { Problem } from "../../../platform/problem/problem.ts";

/** Nothing may be kept of it: it is true of this listener, at this moment. */
export function answerProblem(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  problem: Problem,
): void {
  const body = JSON.stringify(toProblemDetails(problem));
  // A body that nobody reads is not waited for.
  if (request.method !== "GET" && request.method !== "HEAD") response.shouldKeepAlive = false;
  setSecurityHeaders(response);
  response.writeHead(problem.status, {
    ...problemHeaders(problem),
    "content-length": Buffer.byteLength(body),
    "cache-control": "private, no-store",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

// Puts Postern's own pages and API behind the same gate as everything else.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { RawHandler } from "../../platform/http/create-http-server.ts";
import { answerRefusal } from "./answer-gate.ts";
import type { ClientReader } from "./client-of-request.ts";
import type { Gate } from "./decide-live.ts";
import { describe } from "./described-request.ts";
import { waitUntilStored } from "../network/index.ts";
import { readSingleHeaders } from "./single-headers.ts";

/** Paths by which machines look after the process; they tell nothing and let nobody in. */
const UNGUARDED = new Set(["/healthz"]);

const HEADERS = ["host", "accept", "user-agent"] as const;

/**
 * Decided before bodies are read. The control socket is the host's shell and passes: it is the way
 * back in when a rule has shut everybody out.
 */
export function createOwnDoor(
  gate: Gate,
  parts: {
    readonly clients: ClientReader;
    readonly isFromControlSocket: (request: IncomingMessage) => boolean;
  },
): RawHandler {
  return function guard(request, response) {
    const url = request.url ?? "/";
    if (UNGUARDED.has(url) || parts.isFromControlSocket(request)) return false;
    const [host, accept, userAgent] = readSingleHeaders(request.rawHeaders, HEADERS) ?? [];
    const answer = gate.decide({
      client: parts.clients.read(request),
      request: describe(request.method ?? "", host ?? "", url === "*" ? "/" : url),
      userAgent: userAgent ?? null,
      isOwn: true,
    });
    if (answer.verdict === "pass") return false;
    const write = (): void =>
      answerAndClose(response, () => answerRefusal(response, answer, accept ?? null));
    if (answer.stored === null) write();
    else void waitUntilStored(answer.stored).then(write);
    return true;
  };
}

/** The body of a refused request is not waited for: the connection ends with the answer. */
function answerAndClose(response: ServerResponse, answer: () => void): void {
  response.shouldKeepAlive = false;
  answer();
}

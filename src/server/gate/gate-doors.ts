// The forward-auth endpoints: one for each proxy, on raw requests.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { RawHandler } from "../../platform/http/create-http-server.ts";
import { waitUntilStored } from "../network/index.ts";
import { answerPassed, answerRefusal, answerRefused, answerRefusedToNginx } from "./answer-gate.ts";
import type { ClientReader } from "./client-of-request.ts";
import type { Gate, GateAnswer } from "./decide-live.ts";
import { readForwardedRequest, readNginxRequest } from "./described-request.ts";
import type { DescribedRequest } from "./described-request.ts";
import { readSingleHeaders } from "./single-headers.ts";

type Door = {
  readonly readRequest: (rawHeaders: readonly string[]) => DescribedRequest;
  readonly isNginx: boolean;
};

const DOORS: Readonly<Record<string, Door>> = {
  "/gate/nginx": { readRequest: readNginxRequest, isNginx: true },
  "/gate/caddy": { readRequest: readForwardedRequest, isNginx: false },
  "/gate/traefik": { readRequest: readForwardedRequest, isNginx: false },
  "/gate/haproxy": { readRequest: readForwardedRequest, isNginx: false },
};

export function createGateDoors(gate: Gate, clients: ClientReader): RawHandler {
  return function handleGate(request, response) {
    const url = request.url ?? "";
    if (!url.startsWith("/gate/")) return false;
    // Bodies are never read here: counting comes before them (attack row 62).
    // Some proxies append the visitor's query to this address; it is read from its header alone.
    const query = url.indexOf("?");
    const path = query === -1 ? url : url.slice(0, query);
    const door = DOORS[path];
    if (door !== undefined) {
      answerAtDoor(door, gate.decide(queryOf(door, clients, request)), { request, response });
    } else if (path === "/gate/nginx/answer") {
      answerForNginx(request, response);
    } else {
      answerRefusal(response, { status: 403, decisionId: "", retryAfterSeconds: 0 }, null);
    }
    return true;
  };
}

function queryOf(door: Door, clients: ClientReader, request: IncomingMessage) {
  return {
    client: clients.read(request),
    request: door.readRequest(request.rawHeaders),
    userAgent: readSingleHeaders(request.rawHeaders, USER_AGENT)?.[0] ?? null,
  };
}

const USER_AGENT = ["user-agent"] as const;
const ACCEPT = ["accept"] as const;

function answerAtDoor(
  door: Door,
  answer: GateAnswer,
  http: { readonly request: IncomingMessage; readonly response: ServerResponse },
): void {
  const { request, response } = http;
  if (answer.verdict === "pass") return answerPassed(response, answer);
  const accept = readSingleHeaders(request.rawHeaders, ACCEPT)?.[0] ?? null;
  const write = (): void => {
    if (door.isNginx) answerRefusedToNginx(response, answer);
    else answerRefused(response, answer, accept);
  };
  if (answer.stored === null) return write();
  void waitUntilStored(answer.stored).then(write);
}

const ANSWER_HEADERS = [
  "x-postern-status",
  "x-postern-decision",
  "x-postern-retry-after",
  "x-postern-location",
  "accept",
] as const;

const ANSWER_STATUSES = new Set(["400", "403", "429", "503"]);

/**
 * Gives nginx the visitor's answer for what the subrequest decided. Stateless, and of use to
 * nobody else: it says nothing that the asker did not say, and anything odd is a plain 403.
 */
function answerForNginx(request: IncomingMessage, response: ServerResponse): void {
  const values = readSingleHeaders(request.rawHeaders, ANSWER_HEADERS);
  const [status, decision, retryAfter, , accept] = values ?? [];
  const isKnown = status != null && ANSWER_STATUSES.has(status);
  answerRefusal(
    response,
    {
      status: isKnown ? Number(status) : 403,
      decisionId: /^[a-z2-7]{20}$/.test(decision ?? "") ? decision! : "",
      retryAfterSeconds: isKnown && /^[0-9]{1,9}$/.test(retryAfter ?? "") ? Number(retryAfter) : 0,
    },
    accept ?? null,
  );
}

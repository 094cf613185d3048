// The forward-auth endpoints: one for each proxy, on raw requests.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { RawHandler } from "../../platform/http/create-http-server.ts";
import { waitUntilStored } from "../network/index.ts";
import { answerNginxRedirect, answerRedirect, answerRefusedToNginx } from "./answer-gate.ts";
import { answerPassed, answerRefusal, answerRefused } from "./answer-gate.ts";
import type { ClientReader } from "./client-of-request.ts";
import type { Gate, GateQuery } from "./decide-live.ts";
import { readForwardedRequest, readForwardedUrl } from "./described-request.ts";
import { readNginxRequest, readNginxUrl } from "./described-request.ts";
import type { DescribedRequest } from "./described-request.ts";
import type { GateAnswer } from "./gate-answer.ts";
import { createRequirementReader, NOTHING_ASKED } from "./gate-requirement.ts";
import { REQUIREMENT_UNKNOWN } from "./judge-network.ts";
import type { SignInAddress } from "./sign-in-address.ts";
import { readSingleHeaders } from "./single-headers.ts";

type Door = {
  readonly readRequest: (rawHeaders: readonly string[]) => DescribedRequest;
  readonly readUrl: (rawHeaders: readonly string[]) => string | null;
  readonly isNginx: boolean;
};

const FORWARDED: Door = {
  readRequest: readForwardedRequest,
  readUrl: readForwardedUrl,
  isNginx: false,
};

const DOORS: Readonly<Record<string, Door>> = {
  "/gate/nginx": { readRequest: readNginxRequest, readUrl: readNginxUrl, isNginx: true },
  "/gate/caddy": FORWARDED,
  "/gate/traefik": FORWARDED,
  "/gate/haproxy": FORWARDED,
};

export type GateDoorParts = {
  readonly gate: Gate;
  readonly clients: ClientReader;
  readonly signIn: SignInAddress;
};

export function createGateDoors(parts: GateDoorParts): RawHandler {
  const readRequirement = createRequirementReader();

  return function handleGate(request, response) {
    const url = request.url ?? "";
    if (!url.startsWith("/gate/")) return false;
    // Bodies are never read here: counting comes before them (attack row 62).
    const query = url.indexOf("?");
    const path = query === -1 ? url : url.slice(0, query);
    const door = DOORS[path];
    if (door !== undefined) {
      const wanted = query === -1 ? NOTHING_ASKED : readRequirement(url.slice(query + 1));
      const asked = queryOf(door, parts.clients, request);
      const answer = decideAt(asked, wanted, request);
      const http = { request, response };
      // Whatever is known in memory is answered at once.
      if (answer instanceof Promise) void answer.then((late) => answerAtDoor(door, late, http));
      else answerAtDoor(door, answer, http);
    } else if (path === "/gate/nginx/answer") {
      answerForNginx(parts.signIn, request, response);
    } else {
      answerRefusal(response, { status: 403, decisionId: "", retryAfterSeconds: 0 }, null);
    }
    return true;
  };

  function decideAt(
    asked: GateQuery,
    wanted: ReturnType<typeof readRequirement>,
    request: IncomingMessage,
  ): GateAnswer | Promise<GateAnswer> {
    const { gate } = parts;
    if (wanted === null) {
      const read = asked.request.ok ? asked.request : asked.request.read;
      const refused = { ok: false, detail: REQUIREMENT_UNKNOWN, ...(read && { read }) } as const;
      return gate.decide({ ...asked, request: refused });
    }
    if (wanted === NOTHING_ASKED || !asked.request.ok) return gate.decide(asked);
    const { method } = asked.request;
    const { rawHeaders } = request;
    return gate.decideSignedIn(asked, { requirement: wanted, rawHeaders, method });
  }

  function answerAtDoor(door: Door, answer: GateAnswer, http: Http): void {
    const { request, response } = http;
    if (answer.verdict === "pass") return answerPassed(response, answer);
    const write = (): void => {
      const location =
        answer.status === 302 ? parts.signIn.leadingTo(door.readUrl(request.rawHeaders)) : "";
      if (door.isNginx) return answerRefusedToNginx(response, answer, location);
      if (location !== "") return answerRedirect(response, answer, location);
      const accept = readSingleHeaders(request.rawHeaders, ACCEPT)?.[0] ?? null;
      answerRefused(response, answer, accept);
    };
    if (answer.stored === null) return write();
    void waitUntilStored(answer.stored).then(write);
  }
}

type Http = { readonly request: IncomingMessage; readonly response: ServerResponse };

function queryOf(door: Door, clients: ClientReader, request: IncomingMessage): GateQuery {
  return {
    client: clients.read(request),
    request: door.readRequest(request.rawHeaders),
    userAgent: readSingleHeaders(request.rawHeaders, USER_AGENT)?.[0] ?? null,
  };
}

const USER_AGENT = ["user-agent"] as const;
const ACCEPT = ["accept"] as const;

const ANSWER_HEADERS = [
  "x-postern-status",
  "x-postern-decision",
  "x-postern-retry-after",
  "x-postern-location",
  "accept",
] as const;

const ANSWER_STATUSES = new Set(["400", "401", "403", "429", "503"]);

/**
 * Gives nginx the visitor's answer for what the subrequest decided. Stateless, and of use to
 * nobody else: it says nothing that the asker did not say, and anything odd is a plain 403.
 */
function answerForNginx(
  signIn: SignInAddress,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const values = readSingleHeaders(request.rawHeaders, ANSWER_HEADERS);
  const [status, decision, retryAfter, wanted, accept] = values ?? [];
  const location = status === "302" && wanted != null ? signIn.check(wanted) : null;
  if (location !== null) return answerNginxRedirect(response, location);
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

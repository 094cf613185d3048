// The door before recordings: their page, their audio and what the player shows, on raw requests.

import type { IncomingMessage, ServerResponse } from "node:http";
import { readRecordingPath } from "../../core/recordings/recording-path.ts";
import type { RecordingAsk } from "../../core/recordings/recording-path.ts";
import type { HttpServer, RawHandler } from "../../platform/http/create-http-server.ts";
import { waitUntilStored } from "../network/index.ts";
import type { Recordings } from "../recordings/index.ts";
import { answerRecordingRefusal } from "./answer-recording-refusal.ts";
import type { ClientReader } from "./client-of-request.ts";
import type { LetIn, RecordingGate, RecordingQuery } from "./decide-recording-live.ts";
import { describe } from "./described-request.ts";
import type { GateAnswer } from "./gate-answer.ts";
import type { GateSessions } from "./identity-at-gate.ts";
import { isNavigation } from "./identity-headers.ts";
import { isLinkPreview } from "./play-of-request.ts";
import type { SignInAddress } from "./sign-in-address.ts";
import { readSingleHeaders } from "./single-headers.ts";

export type RecordingDoor = {
  readonly handle: RawHandler;
  /** What was decided of a request that was handed on; null: it did not come through this door. */
  readonly letInOf: (request: IncomingMessage) => LetIn | null;
};

export type RecordingDoorParts = {
  readonly gate: RecordingGate;
  readonly clients: ClientReader;
  readonly cookies: Pick<GateSessions["cookies"], "read">;
  readonly signIn: SignInAddress;
  readonly publicUrl: string;
  readonly http: Pick<HttpServer, "handOn" | "isFromControlSocket">;
  readonly recordings: {
    readonly plays: Pick<Recordings["plays"], "begin">;
    readonly sendAudio: Recordings["sendAudio"];
  };
  readonly onError: (error: unknown) => void;
};

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** A request, what it asks for, and what its headers say of who looks at the answer. */
type Asked = RecordingAsk & {
  readonly query: RecordingQuery;
  /** Audio is handed out: it is written down, whoever takes it. */
  readonly isPlay: boolean;
  readonly userAgent: string;
  readonly accept: string | null;
};

export function createRecordingDoor(parts: RecordingDoorParts): RecordingDoor {
  const letIn = new WeakMap<IncomingMessage, LetIn>();

  function handle(request: IncomingMessage, response: ServerResponse): boolean {
    const ask = readRecordingPath(request.url ?? "");
    // The host's shell has its own ways to recordings, and is nobody who could hear them.
    if (ask === null || parts.http.isFromControlSocket(request)) return false;
    const asked = readAsked(parts, request, ask);
    // What cannot be read is counted and refused by the door behind this one.
    if (!asked.query.request.ok) return false;
    answer(asked, { request, response }).catch((error: unknown) => {
      parts.onError(error);
      if (response.headersSent) response.destroy();
      else answerRecordingRefusal(parts, { ...asked, answer: UNAVAILABLE }, { request, response });
    });
    return true;
  }

  async function answer(asked: Asked, exchange: Exchange): Promise<void> {
    const decided = await parts.gate.decide(asked.query);
    if (decided.kind === "let-in") return hand(asked, decided, exchange);
    const { stored } = decided.answer;
    if (stored !== null) await waitUntilStored(stored);
    answerRecordingRefusal(parts, { ...asked, answer: decided.answer }, exchange);
  }

  function hand(asked: Asked, decided: LetIn, exchange: Exchange): void {
    const { request, response } = exchange;
    // Nobody listens any more.
    if (request.destroyed || request.socket.destroyed || response.destroyed) return;
    if (asked.kind === "audio") return send(asked, decided, exchange);
    letIn.set(request, decided);
    parts.http.handOn(request, response);
  }

  function send(asked: Asked, decided: LetIn, exchange: Exchange): void {
    const { recording, user, address, country, reason } = decided;
    const { plays, sendAudio } = parts.recordings;
    const { userAgent } = asked;
    const [userId, email] = [user?.id ?? null, user?.email ?? null];
    const play = asked.isPlay
      ? plays.begin({ recording, userId, email, address, country, userAgent, reason })
      : null;
    const isTrustedPeer = parts.clients.isTrustedPeer(exchange.request);
    sendAudio(exchange, { recording, play, isTrustedPeer });
  }

  return { handle, letInOf: (request) => letIn.get(request) ?? null };
}

const HEADERS = ["host", "accept", "user-agent"] as const;

function readAsked(parts: RecordingDoorParts, request: IncomingMessage, ask: RecordingAsk): Asked {
  const { rawHeaders, method = "", url = "" } = request;
  const [host, accept = null, agent = null] = readSingleHeaders(rawHeaders, HEADERS) ?? [];
  const reading = parts.cookies.read(rawHeaders, "session");
  const token = reading.kind === "token" ? reading.token : null;
  // Those who fetch previews have no session; a browser that says it is one of them listens.
  const isPreview = token === null && isLinkPreview(agent);
  const isPlay = method === "GET" && ask.kind === "audio";
  const query = {
    client: parts.clients.read(request),
    request: describe(method, host ?? "", url),
    userAgent: agent,
    link: ask.link,
    countsAgainstRate: isPlay && !isPreview,
    isVisit: method === "GET" && !isPreview && ask.kind !== "facts",
    token,
    isNavigation: ask.kind !== "facts" && isNavigation(method, accept),
  };
  return { ...ask, query, isPlay, accept, userAgent: agent ?? "" };
}

const UNAVAILABLE: GateAnswer = {
  verdict: "refuse",
  status: 503,
  reason: "facts-unavailable",
  decisionId: "",
  retryAfterSeconds: 5,
  account: null,
  identity: null,
  stored: null,
};

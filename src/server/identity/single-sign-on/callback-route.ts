// Answers a browser that comes back from a provider: it always lands on a page, never on an error.
import type { FastifyReply } from "fastify";
import { Problem } from "../../../platform/problem/problem.ts";
import type { FlowCookies } from "./flow-cookie.ts";
import type { Flow } from "./flow-cookie.ts";
import { faultPath } from "./console-paths.ts";
import type { LandedFault } from "./console-paths.ts";
import type { FinishedFlow } from "./end-flow.ts";
import type { SingleSignOnParts, SsoAsking } from "./single-sign-on-parts.ts";

/** What is none is not written into an address. */
const PROVIDER_ID_FORM = /^[a-z0-9.-]{1,65}$/;
/** What providers send back unchanged: as it was made, and nothing else. */
const STATE_FORM = /^[A-Za-z0-9_-]{43}$/;

/** Gives where the browser goes on. */
export type EndFlow = (finished: FinishedFlow) => Promise<string>;

export function createCallback(
  parts: SingleSignOnParts,
  { flows, endFlow }: { readonly flows: FlowCookies; readonly endFlow: EndFlow },
): (asking: SsoAsking, providerId: string) => Promise<FastifyReply> {
  function land(reply: FastifyReply, path: string): FastifyReply {
    // The code and the state that stand in this address are told to nobody (RFC 9700, 4.2).
    return reply
      .header("referrer-policy", "no-referrer")
      .header("cache-control", "no-store")
      .redirect(path, 303);
  }

  return async function callback(asking, providerId) {
    const { request, reply } = asking;
    const nowMs = parts.clock.nowMs();
    const query = queryOf(request.raw.url ?? "");
    const state = stateOf(query);
    const flow = state === null ? null : flows.read(request.raw.rawHeaders, providerId, state);
    if (state !== null && flow !== null) flows.clear(reply, state);
    if (flow === null || flow.expiresAtMs <= nowMs) {
      return land(reply, faultPath(landedOf(flow, providerId, "flow-ended")));
    }
    try {
      return land(reply, await endFlow({ asking, providerId, flow, query, nowMs }));
    } catch (error) {
      // INVARIANT: fails closed (ASVS 16.5.3): what could not be recorded lets nobody in.
      if (!(error instanceof Problem)) parts.onError(error, "ending a sign-in by a provider");
      return land(reply, faultPath(landedOf(flow, providerId, "store-unavailable")));
    }
  };
}

function landedOf(flow: Flow | null, providerId: string, fault: LandedFault["fault"]): LandedFault {
  return {
    purpose: flow?.purpose ?? "sign-in",
    fault,
    providerId: PROVIDER_ID_FORM.test(providerId) ? providerId : null,
    returnTo: flow?.returnTo ?? null,
  };
}

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf("?");
  return new URLSearchParams(at === -1 ? "" : url.slice(at));
}

function stateOf(query: URLSearchParams): string | null {
  const states = query.getAll("state");
  const [state] = states;
  return states.length === 1 && state !== undefined && STATE_FORM.test(state) ? state : null;
}

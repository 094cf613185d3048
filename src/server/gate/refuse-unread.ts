// Refuses a request before any rule could be asked, or where the rules could not be.

import { formatAddress } from "../../core/network/address.ts";
import type { RequestReason } from "../../core/gate/decide-request.ts";
import type { GateParts, GateQuery } from "./decide-live.ts";
import { describeRequest } from "./describe-decision.ts";
import type { GateAnswer } from "./gate-answer.ts";

const UNAVAILABLE_RETRY_SECONDS = 5;

export type UnreadRefusal = {
  readonly nowMs: number;
  readonly reason: RequestReason;
  readonly status: number;
};

/** The address or the request could not be read. */
export function refuseUnread(
  parts: GateParts,
  query: GateQuery,
  refusal: UnreadRefusal,
): GateAnswer {
  const { nowMs, reason, status } = refusal;
  const client = query.client.ok ? query.client.address : null;
  const common = { atMs: nowMs, client, account: null, verdict: "refuse", reason } as const;
  parts.journal.countTraffic({ ...common, surface: "portal", country: "unknown" });
  const decisionId = parts.journal.recordDecision({
    ...common,
    surface: null,
    country: null,
    status,
    owner: "platform",
    ruleId: 0,
    describe: () => ({
      address: client === null ? null : formatAddress(client),
      steps: [
        {
          step: reason,
          layer: "request",
          result: "matched",
          detail: { why: whyUnread(query) },
        },
      ],
      detail: describeRequest(query),
    }),
  });
  return { ...NOTHING_KNOWN, status, reason, decisionId };
}

/** What the rules need failed. INVARIANT: the gate is closed then, and no rule is skipped. */
export function refuseUnavailable(parts: GateParts, query: GateQuery): GateAnswer {
  const nowMs = parts.clock.nowMs();
  const closed = { reason: "facts-unavailable", status: 503 } as const;
  const retryAfterSeconds = UNAVAILABLE_RETRY_SECONDS;
  try {
    return { ...refuseUnread(parts, query, { nowMs, ...closed }), retryAfterSeconds };
  } catch (error) {
    parts.onError(error);
    return { ...NOTHING_KNOWN, ...closed, decisionId: "", retryAfterSeconds };
  }
}

const NOTHING_KNOWN = {
  verdict: "refuse",
  retryAfterSeconds: 0,
  account: null,
  identity: null,
  stored: null,
} as const;

function whyUnread(query: GateQuery): string {
  if (!query.client.ok) return query.client.detail;
  return query.request.ok ? "internal-error" : query.request.detail;
}

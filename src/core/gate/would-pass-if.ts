// What would have to change for a refused request to pass, as codes with the facts they need.

import type { RecordingFacts } from "../recordings/decide-recording.ts";
import { wouldPlayIf } from "../recordings/would-play-if.ts";
import type { RecordingChange } from "../recordings/would-play-if.ts";
import type { AddressReason } from "./decide-request.ts";

export type Remedy =
  | { readonly code: "allow-address" }
  | { readonly code: "remove-entry"; readonly entryId: number }
  | { readonly code: "release-ban"; readonly banId: number; readonly endsAtMs: number }
  | { readonly code: "wait"; readonly seconds: number }
  | { readonly code: "allow-country" }
  | { readonly code: "mend-proxy-headers" }
  /** In place of all others, to those who may not know the platform's rules. */
  | { readonly code: "ask-operator" }
  /** `with`: what has to change together with it. */
  | { readonly code: RecordingChange; readonly with: readonly RecordingChange[] };

export type RefusedFor = {
  readonly reason: AddressReason;
  readonly layer: "request" | "platform" | "account";
  readonly entryId: number;
  readonly banId: number;
  readonly banEndsAtMs: number;
  readonly retryAfterSeconds: number;
};

/**
 * An allow entry always helps on the layer that refused, except against the hard limit, where only
 * waiting (or releasing the ban that follows) does.
 */
export function wouldPassIf(refused: RefusedFor): readonly Remedy[] {
  const allow: Remedy = { code: "allow-address" };
  switch (refused.reason) {
    case "on-deny-list":
      return [{ code: "remove-entry", entryId: refused.entryId }, allow];
    case "on-subscribed-list":
      return [allow];
    case "banned":
      return [{ code: "release-ban", banId: refused.banId, endsAtMs: refused.banEndsAtMs }, allow];
    case "country-denied":
      return [{ code: "allow-country" }, allow];
    case "over-hard-limit":
      return [{ code: "wait", seconds: refused.retryAfterSeconds }];
    case "over-webchat-limit":
    case "over-rate-limit":
      return [{ code: "wait", seconds: refused.retryAfterSeconds }, allow];
    case "client-address-unresolvable":
    case "request-malformed":
      return [{ code: "mend-proxy-headers" }];
    case "facts-unavailable":
    case "on-allow-list":
    case "no-rule-matched":
      return [];
    default:
      return refused.reason satisfies never;
  }
}

/** The same for a recording that the network rules leave to its account's access mode. */
export function wouldBeHeardIf(facts: RecordingFacts): readonly Remedy[] {
  return wouldPlayIf(facts).flatMap(([code, ...together]) =>
    code === undefined ? [] : [{ code, with: together }],
  );
}

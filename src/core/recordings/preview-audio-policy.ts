// Tells which of the visitors of late a proposed policy would decide differently about.
import type { Address } from "../network/address.ts";
import { isWhitelisted } from "./compile-whitelist.ts";
import type { CompiledAudioPolicy } from "./compile-whitelist.ts";
import { decideRecording } from "./decide-recording.ts";
import type { Listener, RecordingReason, RecordingVerdict } from "./decide-recording.ts";

/** Somebody who asked for recordings of one number; rights and number as they are today. */
export type RecordingVisitor = {
  /** Null: nobody was signed in. */
  readonly userId: string | null;
  readonly address: Address;
  readonly addressText: string;
  readonly trackingNumberId: string;
  readonly listener: Listener;
  readonly isNumberShareable: boolean;
  readonly requests: number;
  readonly lastAtMs: number;
};

export type PreviewedVisit = {
  readonly visitor: RecordingVisitor;
  readonly before: RecordingReason;
  readonly after: RecordingReason;
};

export type PreviewedVisits = {
  /** Played, and would not any more. */
  readonly lose: readonly PreviewedVisit[];
  /** Did not play, and would. */
  readonly gain: readonly PreviewedVisit[];
};

export type PolicyMove = {
  readonly before: CompiledAudioPolicy;
  readonly after: CompiledAudioPolicy;
};

/** By the function that decides; each visitor by itself, so they may come in parts. */
export function previewAudioPolicy(
  visitors: readonly RecordingVisitor[],
  { before, after }: PolicyMove,
): PreviewedVisits {
  const lose: PreviewedVisit[] = [];
  const gain: PreviewedVisit[] = [];
  for (const visitor of visitors) {
    const old = decideUnder(before, visitor);
    const proposed = decideUnder(after, visitor);
    if (isPlay(old.verdict) === isPlay(proposed.verdict)) continue;
    const visit = { visitor, before: old.reason, after: proposed.reason };
    (isPlay(old.verdict) ? lose : gain).push(visit);
  }
  return { lose, gain };
}

function decideUnder(policy: CompiledAudioPolicy, visitor: RecordingVisitor) {
  return decideRecording({
    recording: { isNumberShareable: visitor.isNumberShareable },
    mode: policy.mode,
    onlyShareable: policy.onlyShareable,
    isWhitelisted: isWhitelisted(policy, visitor.address),
    listener: visitor.listener,
  });
}

function isPlay(verdict: RecordingVerdict): boolean {
  return verdict === "play";
}

export type VisitCounts = {
  /** A user at an address, or nobody there, is one. */
  readonly visitors: number;
  readonly users: number;
  readonly addresses: number;
  readonly requests: number;
};

export function countVisits(visitors: readonly RecordingVisitor[]): VisitCounts {
  const pairs = new Set<string>();
  const users = new Set<string>();
  const addresses = new Set<string>();
  let requests = 0;
  for (const { userId, addressText, requests: asked } of visitors) {
    pairs.add(`${userId ?? ""} ${addressText}`);
    if (userId !== null) users.add(userId);
    addresses.add(addressText);
    requests += asked;
  }
  return { visitors: pairs.size, users: users.size, addresses: addresses.size, requests };
}

/** Those who asked most, the latest first where that is alike. */
export function busiestVisits(
  visits: readonly PreviewedVisit[],
  limit: number,
): readonly PreviewedVisit[] {
  const inOrder = visits.toSorted(
    ({ visitor: a }, { visitor: b }) => b.requests - a.requests || b.lastAtMs - a.lastAtMs,
  );
  return inOrder.slice(0, limit);
}

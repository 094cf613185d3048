// Decides live requests for recordings: the network rules first, then who may hear it.

import { SURFACES } from "../../core/network/surface.ts";
import { decideRecording } from "../../core/recordings/decide-recording.ts";
import type { RecordingReason } from "../../core/recordings/decide-recording.ts";
import type { Address } from "../../core/network/address.ts";
import type { Counting } from "../../core/network/gather-facts.ts";
import { locationOfIndex } from "../../core/network/iso-3166.ts";
import type { SessionCheck } from "../identity/index.ts";
import type { FoundRecording, Recordings } from "../recordings/index.ts";
import type { Gate, GateParts, GateQuery } from "./decide-live.ts";
import type { GateAnswer } from "./gate-answer.ts";
import { judgeNetwork } from "./judge-network.ts";
import type { Judged } from "./judge-network.ts";
import { fingerprintOf } from "./play-of-request.ts";
import { gatherRecordingFacts } from "./recording-facts.ts";
import type { Asker } from "./recording-facts.ts";
import { recordingRefusalOf } from "./recording-refusal.ts";
import { refuseUnavailable } from "./refuse-unread.ts";
import { settleDecision } from "./settle-decision.ts";

export type RecordingQuery = GateQuery & {
  readonly link: string;
  /** Plays do; what else there is of a recording, and link previews, do not. */
  readonly countsAgainstRate: boolean;
  /** Kept for previews of what another policy would change. */
  readonly isVisit: boolean;
  /** Of the session's cookie; null where there is none that can be read. */
  readonly token: string | null;
  /** A person looks at the answer. */
  readonly isNavigation: boolean;
};

/** Let in: what is handed out, to whom, and why. */
export type LetIn = {
  readonly kind: "let-in";
  readonly recording: FoundRecording;
  readonly reason: RecordingReason;
  /** Null: nobody is signed in. */
  readonly user: { readonly id: string; readonly email: string } | null;
  readonly address: Address;
  readonly country: string;
};

export type RecordingAnswer = LetIn | { readonly kind: "refused"; readonly answer: GateAnswer };

export type RecordingGate = {
  /** Never rejects: what fails is refused. */
  readonly decide: (query: RecordingQuery) => Promise<RecordingAnswer>;
};

export type RecordingGateParts = GateParts & {
  readonly count: Gate["count"];
  readonly recordings: Pick<Recordings, "links" | "policies" | "hasGrant" | "plays">;
};

type Found = {
  readonly recording: FoundRecording | null;
  /** The store did not say whether there is one. */
  readonly fault: { readonly error: unknown } | null;
};

const AUDIO = SURFACES.indexOf("audio");

export function createRecordingGate(parts: RecordingGateParts): RecordingGate {
  const { recordings, sessions } = parts;

  function judge(query: RecordingQuery, counting: Counting, found: Found): Judged {
    const { recording, fault } = found;
    const places = [{ surface: AUDIO, account: recording?.accountCode ?? null }];
    // Whatever of it is asked for and however its address is spelled, it is one recording. Where
    // it is not known whose it is, no rate limit is the right one.
    const play = {
      play: fingerprintOf(query.link),
      counts: query.countsAgainstRate && fault === null,
    };
    return judgeNetwork(parts, query, { places, play, counting });
  }

  /** INVARIANT: for an address that is banned or denied no store is asked. */
  async function judgeFound(query: RecordingQuery): Promise<Found & { readonly judged: Judged }> {
    const known = recordings.links.findNow(query.link);
    let found: Found = { recording: known, fault: null };
    if (known === null) {
      const peeked = judge(query, "peek", found);
      if (peeked.kind === "unread") return { ...found, judged: peeked };
      const { verdict, reason } = peeked.outcome.network;
      // The account, where there is one, has rate limits of its own in place of the platform's.
      const isCertain = verdict === "refuse" && reason !== "over-rate-limit";
      if (!isCertain) found = await findRecording(query.link);
    }
    return { ...found, judged: judge(query, "raise", found) };
  }

  async function findRecording(link: string): Promise<Found> {
    try {
      return { recording: await recordings.links.find(link), fault: null };
    } catch (error) {
      // Told when the request has been counted: a store that is away opens no way round limits.
      return { recording: null, fault: { error } };
    }
  }

  async function askerOf({ token }: RecordingQuery): Promise<Asker> {
    if (token === null) return NOBODY;
    // Listening is no activity: who only listens is signed out in time (attack row 83).
    const at = { nowMs: parts.clock.nowMs(), isActivity: false };
    return toAsker(sessions.checkNow(token, at) ?? (await sessions.check(token, at)));
  }

  async function decideOpen(query: RecordingQuery): Promise<RecordingAnswer> {
    parts.network.changes.unconfirmed.look();
    const { judged, recording, fault } = await judgeFound(query);
    if (judged.kind === "unread") return refused(judged.answer);
    const { outcome, address } = judged;
    if (outcome.network.verdict === "refuse") {
      return refused(settleDecision(parts, query, judged));
    }
    if (fault !== null) throw fault.error;
    const asker = await askerOf(query);
    const facts = await gatherRecordingFacts(recordings, { recording, address, asker });
    const decision = decideRecording(facts);
    const { verdict, reason } = decision;
    const user = asker.kind === "user" ? asker.user : null;
    if (recording !== null && query.isVisit) {
      recordings.plays.noteVisit({ recording, userId: user?.id ?? null, address, reason });
    }
    if (recording !== null && verdict === "play") {
      parts.count(settleDecision(parts, query, judged));
      const country = locationOfIndex(outcome.facts.country);
      return { kind: "let-in", recording, reason, user, address, country };
    }
    const { isNavigation } = query;
    const refusal = recordingRefusalOf(decision, { recording, asker, isNavigation });
    return refused(settleDecision(parts, query, { ...judged, refusal }));
  }

  function refused(answer: GateAnswer): RecordingAnswer {
    parts.count(answer);
    return { kind: "refused", answer };
  }

  async function decide(query: RecordingQuery): Promise<RecordingAnswer> {
    try {
      return await decideOpen(query);
    } catch (error) {
      // INVARIANT: whatever fails, nothing is handed out.
      parts.onError(error);
      return refused(refuseUnavailable(parts, query));
    }
  }

  return { decide };
}

const NOBODY: Asker = { kind: "nobody" };

/** A session that has ended, or is refused for another reason, is nobody's. */
function toAsker(check: SessionCheck): Asker {
  if (check.kind !== "open") return NOBODY;
  const { user, memberships } = check.session;
  if (check.stage !== "none") return { kind: "unfinished", userId: user.id };
  return { kind: "user", user, memberships };
}

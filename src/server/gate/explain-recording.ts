// Explains whether a recording would play for somebody, by the functions that decide.

import type { AccessMode } from "../../core/recordings/audio-policy.ts";
import { decideRecording } from "../../core/recordings/decide-recording.ts";
import type { RecordingReason, RecordingVerdict } from "../../core/recordings/decide-recording.ts";
import { wouldBeHeardIf } from "../../core/gate/would-pass-if.ts";
import type { Address } from "../../core/network/address.ts";
import type { Network } from "../network/index.ts";
import type { FoundRecording } from "../recordings/index.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explain.ts";
import { gatherRecordingFacts } from "./recording-facts.ts";
import type { Asker, FactSources } from "./recording-facts.ts";
import { RECORDING_STATUSES } from "./recording-refusal.ts";

export type ExplainedRecording = {
  readonly id: string;
  readonly account: string;
  readonly number: string;
  readonly mode: AccessMode;
  /** Null: nobody is signed in. */
  readonly user: string | null;
  /** Null: the network rules refuse already, and it is not asked. */
  readonly verdict: RecordingVerdict | null;
};

export type RecordingExplanation = Omit<Explanation, "reason"> & {
  readonly reason: Explanation["reason"] | RecordingReason;
  readonly recording: ExplainedRecording;
};

/** The network rules are those of `atMs`; who may hear the recording is as it is now. */
export async function explainRecording(
  sources: FactSources & { readonly network: Network },
  question: {
    readonly address: Address;
    readonly recording: FoundRecording;
    readonly asker: Asker;
    readonly atMs: number;
  },
): Promise<RecordingExplanation> {
  const { address, recording, asker, atMs } = question;
  const { accountCode: account } = recording;
  const network = await explain(sources.network, { address, surface: "audio", account, atMs });
  const facts = await gatherRecordingFacts(sources, { recording, address, asker });
  const explained = {
    id: recording.id,
    account,
    number: recording.number,
    mode: facts.mode,
    user: asker.kind === "user" ? asker.user.id : null,
  };
  if (network.verdict === "refuse") {
    return { ...network, recording: { ...explained, verdict: null } };
  }
  const { verdict, reason, steps } = decideRecording(facts);
  return {
    ...network,
    verdict: verdict === "play" ? "pass" : "refuse",
    status: RECORDING_STATUSES[verdict],
    reason,
    steps: [...network.steps, ...steps],
    wouldPassIf: wouldBeHeardIf(facts),
    recording: { ...explained, verdict },
  };
}

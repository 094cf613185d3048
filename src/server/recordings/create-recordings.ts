// Puts the recordings domain together: library, ingest, access policies, plays, sending.
import type { PreviewEffect } from "../../api/preview-api.ts";
import { createIngest } from "./ingest/create-ingest.ts";
import type { Ingest } from "./ingest/create-ingest.ts";
import { createLibrary } from "./library/create-library.ts";
import type { Library } from "./library/create-library.ts";
import { createRecordingLinks } from "./library/recording-links.ts";
import type { RecordingLinks } from "./library/recording-links.ts";
import { createRecordingsListeners } from "./library/create-recordings-listeners.ts";
import { createPlayTracker } from "./plays/create-play-tracker.ts";
import type { RunningPlayTracker } from "./plays/create-play-tracker.ts";
import { createAudioPolicies } from "./policy/audio-policies.ts";
import type { AudioPolicies } from "./policy/audio-policies.ts";
import { hasGrant } from "./policy/has-grant.ts";
import { findAudioEffects } from "./preview/find-audio-effects.ts";
import type { ProposedAudioChange } from "./preview/find-audio-effects.ts";
import type { RecordingsListeners, SendAudio } from "./recordings-at-work.ts";
import type { RecordingsParts } from "./recordings-parts.ts";
import { createAudioSender } from "./sending/send-audio.ts";
import { createSweep } from "./sweep/create-sweep.ts";
import type { Sweep } from "./sweep/create-sweep.ts";

export type Recordings = {
  readonly parts: RecordingsParts;
  readonly links: RecordingLinks;
  readonly library: Library;
  readonly ingest: Ingest;
  readonly policies: AudioPolicies;
  /** One indexed query. */
  readonly hasGrant: (userId: string, trackingNumberId: string) => Promise<boolean>;
  /** What a policy would do, by the visits of the period. Throws `policy-refused`. */
  readonly previewEffects: (
    change: ProposedAudioChange,
    periodMs: number,
  ) => Promise<readonly PreviewEffect[]>;
  readonly plays: RunningPlayTracker;
  readonly sendAudio: SendAudio;
  readonly listeners: RecordingsListeners;
  readonly sweep: Sweep;
  readonly start: () => void;
  /** Writes what is in memory. */
  readonly close: () => Promise<void>;
};

export function createRecordings(parts: RecordingsParts): Recordings {
  const { database, clock, maxAgeMs } = parts;
  const links = createRecordingLinks({ read: database.kysely, clock, maxAgeMs });
  const plays = createPlayTracker(parts);
  const sweep = createSweep(parts);
  return {
    parts,
    links,
    library: createLibrary({ ...parts, links }),
    ingest: createIngest(parts),
    policies: createAudioPolicies({
      read: database.kysely,
      clock,
      maxAgeMs,
      unconfirmed: parts.changes.unconfirmed,
    }),
    hasGrant: (userId, trackingNumberId) => hasGrant(database.kysely, userId, trackingNumberId),
    previewEffects: (change, periodMs) => findAudioEffects({ ...parts, plays }, change, periodMs),
    plays,
    sendAudio: createAudioSender(parts),
    listeners: createRecordingsListeners({ links, clock }),
    sweep,
    start: () => {
      plays.start();
      sweep.start();
    },
    close: async () => {
      // First what would be lost.
      await plays.close();
      await sweep.close();
    },
  };
}

// Previews changes of the network rules: one at a time, in a thread, over all recorded visits.

import { randomBytes } from "node:crypto";
import type { PreviewAnswer, PreviewPeriod } from "../../api/preview-api.ts";
import type { PreviewedChange } from "../../api/preview-api.ts";
import type { AddressSet } from "../../core/network/address-set.ts";
import { ESCALATION_MEMORY_MS } from "../../core/network/ban-duration.ts";
import { createCandidate } from "../../core/preview/candidate.ts";
import type { CandidateChange } from "../../core/preview/candidate.ts";
import type { PreviewFindings } from "../../core/preview/preview-findings.ts";
import { imageOfState } from "../../core/preview/state-image.ts";
import { createWorkPlaces } from "../../platform/crypto/work-places.ts";
import { reachOf } from "../accounts/index.ts";
import type { Accounts, Principal } from "../accounts/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Network } from "../network/index.ts";
import { readCandidateChanges } from "./read-candidate-changes.ts";
import { readRecordedBans } from "./read-recorded-bans.ts";
import { readRecordedVisits } from "./read-recorded-visits.ts";
import { readSignedIn } from "./read-signed-in.ts";
import { PREVIEW_PERIOD_MS } from "./preview-period-ms.ts";
import { findScope } from "./preview-scope.ts";
import type { PreviewScope } from "./preview-scope.ts";
import { doRulesWait } from "./do-rules-wait.ts";
import { startPreviewThread } from "./start-preview-thread.ts";
import type { PreviewThread } from "./start-preview-thread.ts";
import { nothingFound, tellFindings } from "./tell-findings.ts";

export type PreviewOrder = {
  readonly period: PreviewPeriod;
  /** Those of the network rules are looked at. */
  readonly changes: readonly PreviewedChange[];
  /** Null: the system itself, which sees everything. */
  readonly principal: Principal | null;
  /** Given when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
};

export type NetworkPreview = Omit<PreviewAnswer, "effects" | "lockout">;

export type Previewer = {
  /** Throws what saving the changes would throw, and `busy` (503) when too many wait. */
  readonly preview: (order: PreviewOrder) => Promise<NetworkPreview>;
};

export type PreviewerParts = {
  readonly network: Network;
  readonly journal: Pick<Journal, "heldVisits">;
  readonly accounts: Pick<Accounts, "findAccount">;
  readonly protectedSet: AddressSet;
  /** Once so many rows were read, older visits of the period are left out. Default 5,000,000. */
  readonly rowsMax?: number;
};

const MINUTE_MS = 60_000;

/** About 150 MB in the thread; that older visits were left out is said. */
const ROWS_MAX = 5_000_000;

/** What is looked at, for how long and for whom. */
type Preview = {
  readonly changes: readonly CandidateChange[];
  readonly scope: PreviewScope;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly signal: AbortSignal;
};

export function createPreviewer(parts: PreviewerParts): Previewer {
  const { network } = parts;
  const places = createWorkPlaces({
    placesMax: 1,
    queueMax: 8,
    retryAfterSeconds: 5,
    busyDetail: "Other previews are running; try again in a few seconds.",
  });

  return {
    preview: async ({ period, changes: proposed, principal, signal }) => {
      const changes = await readCandidateChanges(network, proposed);
      const scope = await findScope(parts, { changes, principal });
      const untilMs = network.clock.nowMs();
      const asked = {
        changes,
        scope,
        fromMs: untilMs - PREVIEW_PERIOD_MS[period],
        untilMs,
        signal,
      };
      const areRulesWaiting = doRulesWait(network, proposed);
      const told = { period, changes, isOperator: isOperator(principal), areRulesWaiting };
      if (changes.length === 0) {
        return tellFindings(network, { ...told, fromMs: asked.fromMs, untilMs }, nothingFound());
      }
      const { findings, fromMs } = await places.run(() => run(parts, asked));
      return tellFindings(network, { ...told, fromMs, untilMs }, findings);
    },
  };
}

function isOperator(principal: Principal | null): boolean {
  return principal === null || reachOf(principal).kind === "platform";
}

type Found = { readonly findings: PreviewFindings; readonly fromMs: number };

async function run(parts: PreviewerParts, preview: Preview): Promise<Found> {
  const { signal } = preview;
  signal.throwIfAborted();
  const { network } = parts;
  const bans = await readRecordedBans(network.database.kysely, rememberedSince(network, preview));
  const thread = startPreviewThread(
    {
      image: imageOfState(network.state, parts.protectedSet),
      changes: preview.changes,
      scope: preview.scope.places,
      fromMs: preview.fromMs,
      bans,
      seed: randomBytes(4).readUInt32LE(),
    },
    signal,
  );
  try {
    const fromMs = await feed(thread, parts, preview);
    return { findings: await thread.find(), fromMs };
  } finally {
    await thread.end();
  }
}

/** Returns since when visits were read: later than asked where there are too many. */
async function feed(
  thread: PreviewThread,
  { network, journal, rowsMax = ROWS_MAX }: PreviewerParts,
  preview: Preview,
): Promise<number> {
  const { fromMs, untilMs, scope } = preview;
  const { kysely } = network.database;
  const within = scope.members;
  for await (const page of readSignedIn(kysely, { fromMs, untilMs, within })) {
    await thread.send({ kind: "people", page });
  }
  const minutes = {
    fromMinute: Math.ceil(fromMs / MINUTE_MS),
    untilMinute: Math.floor(untilMs / MINUTE_MS) + 1,
  };
  for await (const page of readRecordedVisits(kysely, journal.heldVisits, minutes)) {
    const rows = await thread.send({ kind: "visits", page: page.text });
    if (rows >= rowsMax) return (page.oldestMinute + 1) * MINUTE_MS;
  }
  return fromMs;
}

/** Earlier bans make later ones longer where one of both sides has it so. */
function rememberedSince({ state }: Network, { changes, fromMs }: Preview): number {
  const candidate = createCandidate(state, changes);
  const isRemembered = [state, candidate].some(({ policy }) => policy.ban.escalation.enabled);
  return isRemembered ? fromMs - ESCALATION_MEMORY_MS : fromMs;
}

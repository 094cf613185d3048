// How this installation is, part by part, each in a sentence for the person who has to act.
import type { HealthAnswer, HealthCheck, HealthState } from "../api/health-api.ts";
import { answerInTime } from "../platform/answer-in-time.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database/database.ts";
import { PROGRAM_VERSION } from "../platform/program-version.ts";
import { checkStore } from "./check-readiness.ts";
import type { Nodes, StoreNode } from "./follow-nodes.ts";
import {
  judgeAlarms,
  judgeBans,
  judgeCountries,
  judgeJournal,
  judgeKeys,
  judgeMail,
  judgeNodes,
  judgeSending,
  judgeStore,
} from "./health-checks.ts";
import type { Identity } from "./identity/index.ts";
import type { Journal, Sending } from "./journal/index.ts";
import type { Schema } from "./migrations/schema.ts";
import { judgeSubscriptions } from "./judge-subscriptions.ts";
import { describeCountries } from "./network/index.ts";
import type { Network } from "./network/index.ts";
import type { Alarms } from "./raise-alarms.ts";

export type HealthParts = {
  readonly database: Database<Schema>;
  readonly network: Network;
  readonly journal: Pick<Journal, "counts">;
  readonly identity: Pick<Identity, "keys" | "mails">;
  readonly sending: Pick<Sending, "judge" | "syslog">;
  readonly alarms: Pick<Alarms, "recent">;
  readonly nodes: Nodes;
  readonly clock: Clock;
  readonly startedAtMs: number;
};

const ANSWER_MAX_MS = 2_000;

/** Also while the store is away: what it alone knows is then said not to be known. */
export async function checkHealth(parts: HealthParts): Promise<HealthAnswer> {
  const { database, network, journal, identity, clock } = parts;
  const nowMs = clock.nowMs();
  const beganAtMs = performance.now();
  const store = await checkStore(database);
  const answerMs = Math.round(performance.now() - beganAtMs);
  const isThere = store === "ok";
  const mail = isThere ? await answerInTime(identity.mails.judge(), ANSWER_MAX_MS) : null;
  const lists = isThere ? await answerInTime(network.subscriptions.list(), ANSWER_MAX_MS) : null;
  const nodes = isThere ? await answerInTime(parts.nodes.list(), ANSWER_MAX_MS) : null;
  const sent = isThere ? await answerInTime(parts.sending.judge(), ANSWER_MAX_MS) : null;
  const { engine, engineVersion } = database;
  const checks: readonly HealthCheck[] = [
    judgeStore({ outcome: store, answerMs, engine, engineVersion }),
    judgeCountries(describeCountries(network.countries.status(), nowMs)),
    judgeSubscriptions(lists),
    judgeMail(mail, identity.mails.mailer),
    judgeNodes(nodes),
    judgeJournal(journal.counts()),
    judgeSending(sent, parts.sending.syslog?.counts() ?? null),
    judgeBans(network.bans.waiting()),
    judgeKeys(identity.keys.secretsWithoutKey()),
    judgeAlarms(parts.alarms.recent()),
  ];
  return {
    status: worstOf(checks),
    version: PROGRAM_VERSION,
    startedAt: timeText(parts.startedAtMs),
    checks: [...checks],
    nodes: (nodes ?? []).map(toNodeAnswer),
  };
}

function worstOf(checks: readonly HealthCheck[]): HealthState {
  if (checks.some(({ state }) => state === "failing")) return "failing";
  return checks.some(({ state }) => state === "attention") ? "attention" : "ok";
}

function toNodeAnswer(node: StoreNode): HealthAnswer["nodes"][number] {
  const { startedAtMs, seenAtMs, ...told } = node;
  return { ...told, startedAt: timeText(startedAtMs), seenAt: timeText(seenAtMs) };
}

function timeText(atMs: number): string {
  return new Date(atMs).toISOString();
}

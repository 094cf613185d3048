// Metrics of what is kept: events, audit, store, people, mails, recordings, nodes, health.
import { HEALTH_STATES } from "../api/health-api.ts";
import type { HealthAnswer } from "../api/health-api.ts";
import type { Database } from "../platform/database/database.ts";
import type { StatementTime } from "../platform/database/statement-times.ts";
import type { Identity } from "./identity/index.ts";
import type { Journal } from "./journal/index.ts";
import type { MetricSource, Sample } from "./metric-source.ts";
import type { Schema } from "./migrations/schema.ts";

export type RecordMetricsParts = {
  readonly database: Pick<Database<Schema>, "statementTimes">;
  readonly journal: Pick<Journal, "audit" | "counts" | "totals">;
  readonly identity: Pick<Identity, "mails" | "sessions">;
  readonly checkHealth: () => Promise<HealthAnswer>;
};

const SIGN_INS: Readonly<Record<string, string>> = {
  "sign-in": "signed-in",
  "sign-in-begun": "begun",
  "sign-in-refused": "refused",
  "second-factor-refused": "second-factor-refused",
};

export function recordMetrics(parts: RecordMetricsParts): readonly MetricSource[] {
  return [
    ...journalMetrics(parts),
    ...followerMetrics(parts),
    ...eventMetrics(parts),
    ...storeMetrics(parts),
    ...peopleMetrics(parts),
    ...healthMetrics(parts),
  ];
}

function journalMetrics({ journal }: RecordMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "gauge",
      name: "postern_journal_flush_lag_seconds",
      help: "Time since the journal was last written",
      read: () => journal.counts().flushLagMs / 1000,
    },
    {
      type: "gauge",
      name: "postern_journal_open_rows",
      help: "Rows of decisions that are still counted in memory",
      read: () => journal.counts().openRows,
    },
    {
      type: "gauge",
      name: "postern_journal_unwritten_rows",
      help: "Rows of decisions whose latest count the store does not have yet",
      read: () => journal.counts().unwrittenRows,
    },
    {
      type: "counter",
      name: "postern_journal_failed_flushes_total",
      help: "Writes of the journal that failed and were tried again",
      read: () => journal.counts().failedFlushes,
    },
    {
      type: "counter",
      name: "postern_journal_aggregated_decisions_total",
      help: "Decisions that share a row with other addresses, as in a flood",
      read: () => journal.counts().aggregatedDecisions,
    },
    {
      type: "counter",
      name: "postern_journal_lost_requests_total",
      help: "Requests of minutes that could not be written and are in no statistics",
      read: () => journal.counts().lostRequests,
    },
    {
      type: "gauge",
      name: "postern_audit_entries",
      help: "Entries of the audit: the number of its head",
      read: async () => [{ value: (await journal.audit.head()).number }],
    },
  ];
}

function followerMetrics({ journal }: RecordMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "gauge",
      name: "postern_streams",
      help: "Clients that follow events or traffic as they happen",
      read: () => journal.counts().streamsOpen,
    },
    {
      type: "counter",
      name: "postern_streams_cut_total",
      help: "Followers that were cut off because they did not take what they were sent",
      read: () => journal.counts().streamsCut,
    },
    {
      type: "counter",
      name: "postern_streams_refused_total",
      help: "Followers that found no place",
      read: () => journal.counts().streamsRefused,
    },
  ];
}

function eventMetrics({ journal }: RecordMetricsParts): readonly MetricSource[] {
  const countOf = (wanted: string): number =>
    journal
      .totals()
      .events.filter(({ kind }) => kind === wanted)
      .reduce((sum, { count }) => sum + count, 0);
  return [
    {
      type: "counter",
      name: "postern_events_total",
      help: "Events other than decisions, by kind",
      read: () => {
        const kinds = new Set(journal.totals().events.map(({ kind }) => kind));
        return Array.from(kinds, (kind) => ({ labels: { kind }, value: countOf(kind) }));
      },
      labelNames: ["kind"],
    },
    {
      type: "counter",
      name: "postern_sign_ins_total",
      help: "Sign-ins by what became of them, and why",
      read: () =>
        journal.totals().events.flatMap(({ kind, reason, count: value }): readonly Sample[] => {
          const outcome = SIGN_INS[kind];
          return outcome === undefined ? [] : [{ labels: { outcome, reason }, value }];
        }),
      labelNames: ["outcome", "reason"],
    },
    {
      type: "counter",
      name: "postern_recording_plays_total",
      help: "Recordings that somebody began to play",
      read: () => countOf("recording-played"),
    },
    {
      type: "counter",
      name: "postern_alarms_total",
      help: "Alarms raised",
      read: () => countOf("alarm"),
    },
  ];
}

function storeMetrics({ database }: RecordMetricsParts): readonly MetricSource[] {
  const perUse = (valueOf: (time: StatementTime) => number) => (): readonly Sample[] =>
    database.statementTimes().map((time) => ({ labels: { use: time.use }, value: valueOf(time) }));
  const labelNames = ["use"];
  return [
    {
      type: "counter",
      name: "postern_store_statements_total",
      help: "Statements of the store",
      read: perUse(({ statements }) => statements),
      labelNames,
    },
    {
      type: "counter",
      name: "postern_store_failed_statements_total",
      help: "Statements that the store refused or did not answer",
      read: perUse(({ failed }) => failed),
      labelNames,
    },
    {
      type: "counter",
      name: "postern_store_statement_seconds_total",
      help: "Time the store took for statements, waiting for their turn included",
      read: perUse(({ totalMs }) => totalMs / 1000),
      labelNames,
    },
  ];
}

function peopleMetrics({ identity }: RecordMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "gauge",
      name: "postern_sessions",
      help: "Open sessions of all nodes, by stage; none: whole",
      labelNames: ["stage"],
      read: async () =>
        Array.from(await identity.sessions.count(), ([stage, value]) => {
          return { labels: { stage }, value };
        }),
    },
    {
      type: "gauge",
      name: "postern_mails",
      help: "Mails that wait, and those of a day that failed",
      labelNames: ["state"],
      read: async () => {
        const { waiting, retried, failedLately } = await identity.mails.judge();
        return [
          { labels: { state: "waiting" }, value: waiting },
          { labels: { state: "retried" }, value: retried },
          { labels: { state: "failed" }, value: failedLately },
        ];
      },
    },
  ];
}

/** The checks of the console, so that an alert and the screen say the same. */
function healthMetrics({ checkHealth }: RecordMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "gauge",
      name: "postern_health",
      help: "By check: 0 ok, 1 attention, 2 failing",
      labelNames: ["check"],
      read: async () =>
        (await checkHealth()).checks.map(({ name: check, state }) => {
          return { labels: { check }, value: HEALTH_STATES.indexOf(state) };
        }),
    },
    {
      type: "gauge",
      name: "postern_nodes",
      help: "Nodes that share the store, by whether they are lost",
      labelNames: ["state"],
      read: async () => {
        const { nodes } = await checkHealth();
        const lost = nodes.filter(({ isLost }) => isLost).length;
        return [
          { labels: { state: "running" }, value: nodes.length - lost },
          { labels: { state: "lost" }, value: lost },
        ];
      },
    },
  ];
}

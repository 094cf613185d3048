// Judges each part of the installation by its facts. Whatever is not ok says what to do.
import type { HealthCheck } from "../api/health-api.ts";
import type { Identity } from "./identity/index.ts";
import type { StoreNode } from "./follow-nodes.ts";
import type { Journal, Sending } from "./journal/index.ts";
import type { describeCountries } from "./network/index.ts";

type JournalFacts = Pick<
  ReturnType<Journal["counts"]>,
  "flushLagMs" | "failedFlushes" | "unwrittenRows" | "lostRequests"
>;
type SendingFacts = Awaited<ReturnType<Sending["judge"]>>;
type MailFacts = Awaited<ReturnType<Identity["mails"]["judge"]>>;

const JOURNAL_LAG_MAX_MS = 30_000;

export function judgeStore(store: {
  readonly outcome: string;
  readonly answerMs: number;
  readonly engine: "sqlite" | "postgres";
  readonly engineVersion: string;
}): HealthCheck {
  const { outcome, answerMs, engine, engineVersion } = store;
  const isOk = outcome === "ok";
  const name = engine === "sqlite" ? "The embedded store" : "PostgreSQL";
  const todo =
    engine === "sqlite"
      ? "look at the disk of DATA_DIR and at the log, then start Postern again"
      : "start the database, or mend the way to it; Postern goes on by itself";
  return {
    name: "store",
    state: isOk ? "ok" : "failing",
    summary: isOk
      ? `${name} answers.`
      : `${name} does not answer: the gate decides from memory, nothing can be changed. ` +
        `What to do: ${todo}.`,
    facts: { engine, engineVersion, outcome, answerMs: isOk ? answerMs : null },
  };
}

export function judgeCountries(countries: ReturnType<typeof describeCountries>): HealthCheck {
  const { ageDays, buildDate, isStale, lastRefusal, origin } = countries;
  const facts = { ageDays, buildDate, origin, lastRefusal };
  const day = buildDate?.slice(0, 10) ?? "";
  if (ageDays === null) {
    const summary =
      "The country database is missing, so that every address is of unknown location. Run " +
      "postern geo update.";
    return { name: "country-database", state: "attention", summary, facts };
  }
  if (lastRefusal !== null) {
    const summary =
      `The newest country database was refused (${lastRefusal}); the one of ${day} is in use. ` +
      "Fetch it again with postern geo update.";
    return { name: "country-database", state: "attention", summary, facts };
  }
  if (isStale) {
    const summary =
      `The country database is ${ageDays} days old. Put a newer one in with postern geo update, ` +
      "or set COUNTRY_DATABASE_URL.";
    return { name: "country-database", state: "attention", summary, facts };
  }
  const summary = `The country database is of ${day}.`;
  return { name: "country-database", state: "ok", summary, facts };
}

export function judgeMail(
  mail: MailFacts | null,
  {
    transport,
    outboxDirectory,
  }: Pick<Identity["mails"]["mailer"], "transport" | "outboxDirectory">,
): HealthCheck {
  if (mail === null) {
    const summary = "How many mails wait is not known while the store does not answer.";
    return { name: "mail", state: "attention", summary, facts: { transport } };
  }
  const { waiting, retried, failedLately } = mail;
  const facts = { transport, waiting, retried, failedLately };
  if (retried > 0) {
    const summary =
      `${countOf(retried, "mail")} could not be sent yet and will be tried again. Look at ` +
      "Mails for the mail server's answer.";
    return { name: "mail", state: "attention", summary, facts };
  }
  if (failedLately > 0) {
    const summary =
      `${countOf(failedLately, "mail")} of the last 24 hours could not be sent. Look at Mails ` +
      "for the reason, and try again from there.";
    return { name: "mail", state: "attention", summary, facts };
  }
  const summary =
    transport === "smtp"
      ? "Mails are being sent."
      : `Mails are files in ${outboxDirectory ?? "DATA_DIR/outbox"}: nobody gets them until ` +
        "SMTP_URL is set.";
  return { name: "mail", state: "ok", summary, facts };
}

export function judgeNodes(nodes: readonly StoreNode[] | null): HealthCheck {
  if (nodes === null) {
    const summary = "Other nodes are not known while the store does not answer.";
    return { name: "nodes", state: "attention", summary, facts: {} };
  }
  const lost = nodes.filter(({ isLost }) => isLost);
  const versions = new Set(nodes.filter(({ isLost }) => !isLost).map(({ version }) => version));
  const facts = { nodes: nodes.length, lost: lost.length, versions: [...versions].join(", ") };
  if (lost.length > 0) {
    const names = [...new Set(lost.map(({ name }) => name))].join(", ");
    const summary =
      `Not heard of for 20 seconds: ${names}. Look at that ` +
      "machine, or start Postern there again; a lost node is forgotten after 7 days.";
    return { name: "nodes", state: "attention", summary, facts };
  }
  if (versions.size > 1) {
    const summary = `Nodes run different versions (${facts.versions}): bring all to the newest.`;
    return { name: "nodes", state: "attention", summary, facts };
  }
  const summary =
    nodes.length === 1 ? "This is the only node." : `All ${nodes.length} nodes are running.`;
  return { name: "nodes", state: "ok", summary, facts };
}

export function judgeJournal(counts: JournalFacts): HealthCheck {
  const { flushLagMs, failedFlushes, unwrittenRows, lostRequests } = counts;
  const facts = { lagSeconds: flushLagMs / 1000, failedFlushes, unwrittenRows, lostRequests };
  if (flushLagMs > JOURNAL_LAG_MAX_MS) {
    const summary =
      `Events were last written ${Math.round(flushLagMs / 1000)} seconds ago and are kept in ` +
      "memory. Look at the store and its disk.";
    return { name: "journal", state: "attention", summary, facts };
  }
  return { name: "journal", state: "ok", summary: "Events are being written.", facts };
}

export function judgeSending(
  webhooks: SendingFacts | null,
  syslog: ReturnType<NonNullable<Sending["syslog"]>["counts"]> | null,
): HealthCheck {
  const syslogFacts = syslog === null ? {} : { syslogLost: syslog.lost, syslogFault: syslog.fault };
  const counted = webhooks === null ? {} : { waiting: webhooks.waiting, lost: webhooks.lost };
  const facts = { webhooks: webhooks?.webhooks ?? null, ...counted, ...syslogFacts };
  const troubles = [
    ...(webhooks === null ? [NOT_KNOWN] : troublesOf(webhooks)),
    ...(syslog === null || syslog.fault === null
      ? []
      : [`The syslog server does not take messages (${syslog.fault}). Look at SYSLOG_URL.`]),
  ];
  if (troubles.length > 0) {
    return { name: "sending", state: "attention", summary: troubles.join(" "), facts };
  }
  const isUsed = syslog !== null || (webhooks?.webhooks ?? 0) > 0;
  const summary = isUsed ? "Events are being sent." : "Events are not sent to anybody.";
  return { name: "sending", state: "ok", summary, facts };
}

const NOT_KNOWN = "What webhooks have got is not known while the store does not answer.";

function troublesOf({ off, failing }: SendingFacts): readonly string[] {
  const advice = "Look at Webhooks for what the receiver answered";
  return [
    ...(off.length === 0 ? [] : [`Switched off: ${off.join(", ")}. ${advice}, then turn it on.`]),
    ...(failing.length === 0
      ? []
      : [`Failing, and tried again: ${failing.join(", ")}. ${advice}.`]),
  ];
}

export function judgeBans(waiting: number): HealthCheck {
  const facts = { waiting };
  if (waiting === 0) {
    return { name: "bans", state: "ok", summary: "Every ban is on disk.", facts };
  }
  const summary =
    `Held in memory only: ${countOf(waiting, "ban")}, which a new start would forget. ` +
    "Look at the store and its disk.";
  return { name: "bans", state: "attention", summary, facts };
}

export function judgeKeys(secretsWithoutKey: number): HealthCheck {
  const facts = { secretsWithoutKey };
  if (secretsWithoutKey === 0) {
    return { name: "keys", state: "ok", summary: "Every secret can be opened.", facts };
  }
  const summary =
    `Sealed with a key that is not here: ${countOf(secretsWithoutKey, "secret")}. Put the ` +
    "missing key into MASTER_KEY_PREVIOUS and start Postern again.";
  return { name: "keys", state: "attention", summary, facts };
}

export function judgeAlarms(lastHour: number): HealthCheck {
  const facts = { lastHour };
  if (lastHour === 0) {
    return { name: "alarms", state: "ok", summary: "No alarm in the last hour.", facts };
  }
  const summary =
    `Raised in the last hour: ${countOf(lastHour, "alarm")}. Look at Activity, filtered by ` +
    "alarms, for what each of them means.";
  return { name: "alarms", state: "attention", summary, facts };
}

/** `1 mail`, but `2 mails`. */
function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

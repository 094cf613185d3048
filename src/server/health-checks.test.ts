// Every state that a part of the installation can be in: how it is judged, and what is said to do.
import { describe, expect, it } from "vitest";
import type { HealthCheck } from "../api/health-api.ts";
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

const STORE = { outcome: "ok", answerMs: 3, engine: "sqlite", engineVersion: "3.53.0" } as const;
const COUNTRIES = {
  origin: "shipped" as const,
  path: "/srv/country.mmdb",
  databaseType: "country",
  buildDate: "2027-01-01T00:00:00.000Z",
  ageDays: 14,
  isStale: false,
  countryCount: 250,
  ipv4RangeCount: 1,
  ipv6RangeCount: 1,
  lastRefusal: null,
};
const MAIL = { waiting: 2, retried: 0, failedLately: 0 };
const SMTP = { transport: "smtp", outboxDirectory: null } as const;
const NO_WEBHOOKS = { webhooks: 0, off: [], failing: [], waiting: 0, lost: 0 };
const SYSLOG = { isConnected: true, sent: 5, waiting: 0, lost: 0, fault: null };
const JOURNAL = { flushLagMs: 900, failedFlushes: 0, unwrittenRows: 3, lostRequests: 0 };
const NODE = {
  id: "a",
  name: "gate-1",
  version: "1.0.0",
  startedAtMs: 0,
  seenAtMs: 0,
  isThis: true,
  isLost: false,
};
const OTHER = { ...NODE, id: "b", name: "gate-2", isThis: false };

const CASES: readonly (readonly [string, HealthCheck, string, string])[] = [
  ["store", judgeStore(STORE), "ok", "The embedded store answers."],
  ["store", judgeStore({ ...STORE, outcome: "away" }), "failing", "look at the disk of DATA_DIR"],
  [
    "store",
    judgeStore({ ...STORE, engine: "postgres", outcome: "does not answer" }),
    "failing",
    "start the database",
  ],
  ["country-database", judgeCountries(COUNTRIES), "ok", "is of 2027-01-01."],
  [
    "country-database",
    judgeCountries({ ...COUNTRIES, buildDate: null, ageDays: null, isStale: true }),
    "attention",
    "every address is of unknown location",
  ],
  [
    "country-database",
    judgeCountries({ ...COUNTRIES, ageDays: 61, isStale: true }),
    "attention",
    "61 days old",
  ],
  [
    "country-database",
    judgeCountries({ ...COUNTRIES, lastRefusal: "it is cut short" }),
    "attention",
    "was refused (it is cut short); the one of 2027-01-01 is in use",
  ],
  ["mail", judgeMail(MAIL, SMTP), "ok", "Mails are being sent."],
  ["mail", judgeMail({ ...MAIL, retried: 1 }, SMTP), "attention", "1 mail could not be sent yet"],
  ["mail", judgeMail({ ...MAIL, failedLately: 2 }, SMTP), "attention", "2 mails of the last 24"],
  [
    "mail",
    judgeMail(MAIL, { transport: "outbox", outboxDirectory: "/srv/outbox" }),
    "ok",
    "Mails are files in /srv/outbox: nobody gets them until SMTP_URL is set.",
  ],
  ["mail", judgeMail(null, SMTP), "attention", "not known while the store does not answer"],
  ["nodes", judgeNodes([NODE]), "ok", "This is the only node."],
  ["nodes", judgeNodes([NODE, OTHER]), "ok", "All 2 nodes are running."],
  ["nodes", judgeNodes([NODE, { ...OTHER, isLost: true }]), "attention", "20 seconds: gate-2."],
  ["nodes", judgeNodes([NODE, { ...OTHER, version: "0.9.0" }]), "attention", "(1.0.0, 0.9.0)"],
  ["nodes", judgeNodes(null), "attention", "not known while the store does not answer"],
  ["journal", judgeJournal(JOURNAL), "ok", "Events are being written."],
  ["journal", judgeJournal({ ...JOURNAL, flushLagMs: 30_000 }), "ok", "Events are being written."],
  ["journal", judgeJournal({ ...JOURNAL, flushLagMs: 31_000 }), "attention", "31 seconds ago"],
  ["sending", judgeSending(NO_WEBHOOKS, null), "ok", "Events are not sent to anybody."],
  ["sending", judgeSending({ ...NO_WEBHOOKS, webhooks: 1 }, null), "ok", "Events are being sent."],
  ["sending", judgeSending(NO_WEBHOOKS, SYSLOG), "ok", "Events are being sent."],
  [
    "sending",
    judgeSending({ ...NO_WEBHOOKS, off: ["SIEM"], failing: ["Chat"] }, null),
    "attention",
    "Switched off: SIEM. Look at Webhooks for what the receiver answered, then turn it on. Failing",
  ],
  [
    "sending",
    judgeSending(NO_WEBHOOKS, { ...SYSLOG, fault: "connect ECONNREFUSED" }),
    "attention",
    "does not take messages (connect ECONNREFUSED). Look at SYSLOG_URL",
  ],
  ["sending", judgeSending(null, null), "attention", "not known while the store does not answer"],
  ["bans", judgeBans(0), "ok", "Every ban is on disk."],
  ["bans", judgeBans(1), "attention", "1 ban"],
  ["keys", judgeKeys(0), "ok", "Every secret can be opened."],
  ["keys", judgeKeys(3), "attention", "Put the missing key into MASTER_KEY_PREVIOUS"],
  ["alarms", judgeAlarms(0), "ok", "No alarm in the last hour."],
  ["alarms", judgeAlarms(2), "attention", "2 alarms"],
];

describe("the health of", () => {
  it.each(CASES)("%s is judged by its facts (%#)", (name, check, state, words) => {
    expect([check.name, check.state]).toEqual([name, state]);
    expect(check.summary).toContain(words);
    expect(check.summary).toMatch(/^[A-Z0-9].*\.$/);
    // One sentence for what is well; with what to do for what is not.
    if (state === "ok") expect(check.summary).not.toMatch(/\. [A-Z]/);
  });
});

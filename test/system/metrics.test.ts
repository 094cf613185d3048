// What Prometheus reads, and that the shipped dashboard, rules and configuration fit it.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { RunningPeople } from "../people/start-people.ts";
import { isSkipped } from "../scenarios/scenario-settings.ts";

const DEPLOY = resolve(import.meta.dirname, "../../deploy");
const CLIENT = "203.0.113.7";

let portal: RunningPeople;
let directory: string;
let text: string;
/** Sums of all samples by name, and each sample by its whole line. */
let samples: ReadonlyMap<string, number>;

beforeAll(async () => {
  portal = await startPeople();
  directory = mkdtempSync(join(tmpdir(), "postern-metrics-"));
  await portal.addAccount("acme");
  const ada = await portal.addPerson({ email: "ada@example.com", accounts: { acme: "admin" } });
  await portal.must("POST", "/api/v1/entries", { range: "198.51.100.0/24", action: "deny" });
  const own = { range: "192.0.2.0/24", action: "allow", account: "acme" };
  await portal.must("POST", "/api/v1/entries?confirmMinutes=60", own);
  await portal.must("POST", "/api/v1/reports", { address: CLIENT, count: 11 });
  await portal.browser("192.0.2.1").signIn(ada.email, "a wrong password");
  await portal.browser("192.0.2.1").signIn(ada.email, ada.password);
  await portal.ask("nginx", { clientAddress: "198.51.100.7" });
  await portal.ask("nginx", { clientAddress: "192.0.2.99" });
  ({ text } = await portal.api("GET", "/metrics"));
  samples = readSamples(text);
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await portal.stop();
});

function readSamples(answer: string): ReadonlyMap<string, number> {
  const lines = answer.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** Names of metrics in an expression of PromQL: what is no label, function or keyword. */
function metricsIn(expression: string): readonly string[] {
  return expression.match(/\b(?:postern|process|nodejs)_[a-z0-9_]+/g) ?? [];
}

type Panel = { readonly title: string; readonly targets: readonly { readonly expr: string }[] };

function dashboard(): { readonly panels: readonly Panel[]; readonly uid: string } {
  return JSON.parse(readFileSync(join(DEPLOY, "grafana/postern-dashboard.json"), "utf8"));
}

const EXPRESSIONS = dashboard().panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr] as const),
);

describe("/metrics", () => {
  it.each([
    ['postern_decisions_total{verdict="refuse",reason="on-deny-list"}', 1],
    ['postern_requests_total{surface="portal",verdict="refuse"}', 1],
    ['postern_requests_total{surface="portal",verdict="pass"}', 1],
    ['postern_bans_made_total{cause="failed-authentication"}', 1],
    ['postern_offences_total{kind="reported"}', 11],
    ['postern_offences_total{kind="password"}', 1],
    ['postern_entries{layer="platform",action="deny"}', 1],
    ['postern_entries{layer="account",action="allow"}', 1],
    ['postern_entries{layer="account",action="deny"}', 0],
    ["postern_bans", 1],
    ["postern_bans_waiting", 0],
    ['postern_sign_ins_total{outcome="refused",reason="password-wrong"}', 1],
    ['postern_sign_ins_total{outcome="signed-in",reason="user-open"}', 1],
    ['postern_events_total{kind="ban"}', 1],
    ['postern_sessions{stage="none"}', 1],
    ['postern_mails{state="waiting"}', 0],
    ['postern_mails{state="failed"}', 0],
    ['postern_webhook_attempts_total{outcome="delivered"}', 0],
    ["postern_webhook_waiting", 0],
    ["postern_webhooks_failing", 0],
    ["postern_unconfirmed_changes", 1],
    ["postern_recording_plays_total", 0],
    ["postern_streams", 0],
    ["postern_streams_cut_total", 0],
    ["postern_journal_lost_requests_total", 0],
    ['postern_health{check="store"}', 0],
    ['postern_nodes{state="running"}', 1],
    ['postern_nodes{state="lost"}', 0],
    ['postern_store_failed_statements_total{use="read"}', 0],
  ])("counts %s", (sample, value) => {
    expect([sample, samples.get(sample)]).toEqual([sample, value]);
  });

  it("counts statements and their time, and the audit's entries", async () => {
    expect(samples.get('postern_store_statements_total{use="write"}')).toBeGreaterThan(20);
    expect(samples.get('postern_store_statement_seconds_total{use="write"}')).toBeGreaterThan(0);
    const { entries } = await portal.must("GET", "/api/v1/audit?limit=1");
    expect(samples.get("postern_audit_entries")).toBe(entries[0].number);
    const built = Date.UTC(2027, 0, 1) / 1000;
    expect(samples.get("postern_country_database_build_timestamp_seconds")).toBe(built);
  });

  it("never goes back in a counter from one reading to the next", async () => {
    await portal.ask("nginx", { clientAddress: "198.51.100.8" });
    portal.advance(61_000);
    await portal.ask("nginx", { clientAddress: "198.51.100.9" });
    await portal.must("GET", "/api/v1/events");
    const later = readSamples((await portal.api("GET", "/metrics")).text);
    const counters = [...samples].filter(([name]) => /_total(?:\{|$)/.test(name));
    expect(counters.length).toBeGreaterThan(20);
    for (const [name, value] of counters) {
      expect([name, (later.get(name) ?? -1) >= value]).toEqual([name, true]);
    }
    const refused = 'postern_requests_total{surface="portal",verdict="refuse"}';
    expect(later.get(refused)).toBe((samples.get(refused) ?? 0) + 2);
  });

  it("is what promtool calls well made", ({ skip }) => {
    if (isSkipped("prometheus")) skip("prometheus is not installed");
    const run = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
    expect([run.status, run.stderr, run.stdout]).toEqual([0, "", ""]);
  });
});

describe("deploy/prometheus and deploy/grafana", () => {
  const rules = readFileSync(join(DEPLOY, "prometheus/alerts.yml"), "utf8");

  it("name only metrics that there are", () => {
    const known = new Set(Array.from(text.matchAll(/^# TYPE (\S+) /gm), (match) => match[1]));
    const named = [rules, ...EXPRESSIONS.map(([, expression]) => expression)].flatMap(metricsIn);
    expect(new Set(named).size).toBeGreaterThan(20);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it("show every metric of ours", () => {
    const named = new Set([rules, ...EXPRESSIONS.map(([, one]) => one)].flatMap(metricsIn));
    const ours = Array.from(text.matchAll(/^# TYPE (postern_\S+) /gm), (match) => match[1] ?? "");
    expect(ours.filter((name) => !named.has(name)).toSorted()).toEqual([
      "postern_alarms_total",
      "postern_counted_keys",
      "postern_disbelieved_headers_total",
      "postern_journal_aggregated_decisions_total",
      "postern_journal_failed_flushes_total",
    ]);
  });

  it("are a configuration and rules that Prometheus takes", ({ skip }) => {
    if (isSkipped("prometheus")) skip("prometheus is not installed");
    cpSync(join(DEPLOY, "prometheus"), directory, { recursive: true });
    writeFileSync(join(directory, "postern-token"), "pst_example\n");
    const file = join(directory, "prometheus.yml");
    const config = execFileSync("promtool", ["check", "config", file], { encoding: "utf8" });
    expect(config).toContain("prometheus.yml is valid");
    expect(config).toContain(`SUCCESS: ${rules.match(/- alert:/g)?.length} rules found`);
  });

  it("ask nothing on the dashboard that Prometheus cannot read", ({ skip }) => {
    if (isSkipped("prometheus")) skip("prometheus is not installed");
    const records = EXPRESSIONS.map(([, expression], index) => ({
      record: `panel:${index}`,
      expr: expression.replaceAll("$__rate_interval", "1m"),
    }));
    const file = join(directory, "dashboard.json");
    writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: records }] }));
    const told = execFileSync("promtool", ["check", "rules", file], { encoding: "utf8" });
    expect(told).toContain(`SUCCESS: ${EXPRESSIONS.length} rules found`);
  });

  it("raise their alarms when they should", ({ skip }) => {
    if (isSkipped("prometheus")) skip("prometheus is not installed");
    const file = resolve(import.meta.dirname, "alerts-test.yml");
    const told = execFileSync("promtool", ["test", "rules", file], { encoding: "utf8" });
    expect(told).toContain("SUCCESS");
  });
});

// Metrics of the gate and its rules: what was decided, by which rules, who is banned.
import { SUBSCRIPTION_STATES } from "../api/subscription-api.ts";
import { entryCount } from "../core/network/address-set.ts";
import { banCount } from "../core/network/ban-table.ts";
import { slidingWindowSize } from "../core/network/sliding-window.ts";
import type { ClientReader, Gate } from "./gate/index.ts";
import type { Journal } from "./journal/index.ts";
import type { MetricSource, Sample } from "./metric-source.ts";
import { stateOfSubscription } from "./network/index.ts";
import type { Network } from "./network/index.ts";

export type GateMetricsParts = {
  readonly gate: Gate;
  readonly clients: ClientReader;
  readonly network: Network;
  readonly journal: Pick<Journal, "totals">;
};

export function gateMetrics(parts: GateMetricsParts): readonly MetricSource[] {
  return [
    ...requestMetrics(parts),
    ...ruleMetrics(parts),
    ...changeMetrics(parts),
    ...subscriptionMetrics(parts),
  ];
}

function requestMetrics({ clients, gate, journal }: GateMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "counter",
      name: "postern_decisions_total",
      help: "Requests decided, by verdict and reason",
      read: () =>
        Object.entries(gate.counts()).flatMap(([verdict, reasons]) =>
          Array.from(reasons, ([reason, value]) => ({ labels: { verdict, reason }, value })),
        ),
      labelNames: ["verdict", "reason"],
    },
    {
      type: "counter",
      name: "postern_requests_total",
      help: "Requests of visitors by surface and verdict; monitor: refused, had it been enforced",
      read: () =>
        journal.totals().requests.map(({ surface, verdict, requests: value }) => {
          return { labels: { surface, verdict }, value };
        }),
      labelNames: ["surface", "verdict"],
    },
    {
      type: "counter",
      name: "postern_disbelieved_headers_total",
      help: "Forwarding headers from peers that are not trusted",
      read: () => clients.disbelieved(),
    },
  ];
}

function ruleMetrics({ journal, network }: GateMetricsParts): readonly MetricSource[] {
  const { state } = network;
  return [
    {
      type: "counter",
      name: "postern_bans_made_total",
      help: "Bans made by this process, by their cause",
      read: () =>
        journal
          .totals()
          .events.filter(({ kind }) => kind === "ban")
          .map(({ reason: cause, count: value }) => ({ labels: { cause }, value })),
      labelNames: ["cause"],
    },
    {
      type: "counter",
      name: "postern_offences_total",
      help: "Failed authentications reported, by kind",
      read: () =>
        Array.from(network.offenceCounts(), ([kind, value]) => ({ labels: { kind }, value })),
      labelNames: ["kind"],
    },
    {
      type: "gauge",
      name: "postern_entries",
      help: "Address-list entries in memory, by layer and action",
      read: () => countEntries(network),
      labelNames: ["layer", "action"],
    },
    {
      type: "gauge",
      name: "postern_bans",
      help: "Bans in memory, ended ones that were not swept yet included",
      read: () => banCount(state.bans),
    },
    {
      type: "gauge",
      name: "postern_bans_waiting",
      help: "Bans that hold and are not on disk yet",
      read: () => network.bans.waiting(),
    },
    {
      type: "gauge",
      name: "postern_counted_keys",
      help: "Keys with counted requests in memory",
      read: () => slidingWindowSize(state.counters).keys,
    },
    {
      type: "gauge",
      name: "postern_country_database_build_timestamp_seconds",
      help: "When the country database in use was built, since 1970; 0: there is none",
      read: () => (network.countries.status().inUse?.info.buildDateMs ?? 0) / 1000,
    },
  ];
}

function changeMetrics({ network }: GateMetricsParts): readonly MetricSource[] {
  return [
    {
      type: "gauge",
      name: "postern_unconfirmed_changes",
      help: "Changes of rules that go back by themselves unless somebody confirms them",
      read: () => network.changes.unconfirmed.waiting().length,
    },
  ];
}

function subscriptionMetrics({ network }: GateMetricsParts): readonly MetricSource[] {
  const { state } = network;
  return [
    {
      type: "gauge",
      name: "postern_subscribed_ranges",
      help: "Ranges of subscribed lists in memory, by mode",
      read: () => [
        { labels: { mode: "enforce" }, value: entryCount(state.subscribed.enforced) },
        { labels: { mode: "monitor" }, value: entryCount(state.subscribed.monitored) },
      ],
      labelNames: ["mode"],
    },
    {
      type: "gauge",
      name: "postern_subscriptions",
      help: "Subscribed lists by how their last attempt ended",
      read: async () => countStates(await network.subscriptions.list()),
      labelNames: ["state"],
    },
  ];
}

function countStates(
  subscriptions: Awaited<ReturnType<Network["subscriptions"]["list"]>>,
): readonly Sample[] {
  const states = subscriptions.map(stateOfSubscription);
  return SUBSCRIPTION_STATES.map((state) => ({
    labels: { state },
    value: states.filter((its) => its === state).length,
  }));
}

function countEntries({ state }: Network): readonly Sample[] {
  const accounts = [...state.accounts.values()];
  const sum = (action: "allow" | "deny"): number =>
    accounts.reduce((count, layer) => count + entryCount(layer[action]), 0);
  const actions = ["allow", "deny"] as const;
  return actions.flatMap((action) => [
    { labels: { layer: "platform", action }, value: entryCount(state.platform[action]) },
    { labels: { layer: "account", action }, value: sum(action) },
  ]);
}

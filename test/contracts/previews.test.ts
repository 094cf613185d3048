// Previews on every engine: what is recorded is read whole, and what is predicted comes true.
import { expect, it } from "vitest";
import type { ProposedChange } from "../../src/api/proposed-change-api.ts";
import type { Mode } from "../../src/core/network/network-policy.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { locationOfIndex } from "../../src/core/network/iso-3166.ts";
import {
  ACCOUNT_POLICY_DEFAULT,
  PLATFORM_POLICY_DEFAULT,
} from "../../src/core/network/network-policy.ts";
import { locate } from "../../src/core/network/private-addresses.ts";
import { createTrustedSet } from "../../src/core/network/trusted-set.ts";
import { toldByCode } from "../../src/core/preview/decision-code.ts";
import { createReplayState } from "../../src/core/preview/replay-state.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import { changeBy, createJournal } from "../../src/server/journal/index.ts";
import type { Journal } from "../../src/server/journal/index.ts";
import {
  addSubscription,
  changeSubscription,
} from "../../src/server/network/subscriptions/edit-subscriptions.ts";
import { editPolicies } from "../../src/server/network/edit-policy.ts";
import type { PolicyEdit } from "../../src/server/network/edit-policy.ts";
import { removeEntries } from "../../src/server/network/edit-entries.ts";
import { createPreviewer } from "../../src/server/preview/index.ts";
import type { NetworkPreview } from "../../src/server/preview/create-previewer.ts";
import { useListHost } from "../network/list-host.ts";
import { decideLive, requestsOf, sampleTraffic } from "../network/recorded-traffic.ts";
import type { TimedVisit } from "../network/recorded-traffic.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, addEntry, useNode } from "./start-network.ts";
import type { ClockedNode } from "./start-network.ts";

const MINUTES = 45;
const VISITORS = 24_000;
const NOBODY = new AbortController().signal;
const ASKED = { period: "24h", principal: null, signal: NOBODY } as const;
/** A change that is none. */
const NOTHING: readonly ProposedChange[] = [{ kind: "address-list", add: [], remove: [] }];

const RATE = {
  mode: "enforce",
  requestMaxCount: 20,
  requestMaxSeconds: 60,
  requestBanExpirySeconds: 300,
} as const;
const RATES = { audio: { ...RATE, mode: "off" }, portal: RATE, api: { ...RATE, mode: "off" } };
const COUNTRY = { ...PLATFORM_POLICY_DEFAULT.country, mode: "enforce" };

const host = useListHost();

function journalOf({ database, clock }: ClockedNode): Journal {
  return createJournal({ database, clock, journalDays: 30, journalMaxMegabytes: 512 });
}

function previewerOf(
  { network, database, clock }: ClockedNode,
  journal: Pick<Journal, "heldVisits">,
  rowsMax?: number,
) {
  const accounts = createAccounts({ database, clock });
  const protectedSet = createTrustedSet([]);
  return createPreviewer({ network, journal, accounts, protectedSet, ...(rowsMax && { rowsMax }) });
}

/** Decides each request by the rules in force and counts it, as the gate does. */
function record(
  { network }: ClockedNode,
  journal: Journal,
  requests: readonly TimedVisit[],
): readonly number[] {
  return requests.map((request) => {
    const code = decideLive(network.state, request);
    const { address: client, atMs, surface, account } = request;
    const country = locationOfIndex(locate(network.state.countries, client));
    journal.countTraffic({ atMs, client, surface, account, country, ...toldByCode(code) });
    return code;
  });
}

type Summed = Record<string, { requests: number; addresses: Set<string> }>;

function sum(into: Summed, key: string, { address }: TimedVisit): void {
  into[key] ??= { requests: 0, addresses: new Set() };
  into[key].requests += 1;
  into[key].addresses.add(addressKey(address));
}

/** The same in order: by key, with counts for sets. */
function told(summed: Summed): readonly string[] {
  return Object.entries(summed)
    .map(([key, { requests, addresses }]) => `${key}: ${requests} of ${addresses.size}`)
    .toSorted();
}

function tellOf(
  { network }: ClockedNode,
  requests: readonly TimedVisit[],
  codes: { readonly before: readonly number[]; readonly after: readonly number[] },
): Record<string, readonly string[]> {
  const all: Summed = {};
  const [verdicts, reasons, surfaces]: [Summed, Summed, Summed] = [{}, {}, {}];
  const [accounts, countries]: [Summed, Summed] = [{}, {}];
  requests.forEach((request, index) => {
    const before = toldByCode(codes.before[index]!);
    const after = toldByCode(codes.after[index]!);
    if (before.verdict === after.verdict) return;
    sum(reasons, `${before.reason} ${after.reason}`, request);
    sum(all, "all", request);
    sum(verdicts, `${before.verdict} ${after.verdict}`, request);
    sum(surfaces, request.surface, request);
    sum(accounts, request.account ?? "-", request);
    const country = locationOfIndex(locate(network.state.countries, request.address));
    sum(countries, country, request);
  });
  return {
    all: told(all),
    verdicts: told(verdicts),
    reasons: told(reasons),
    surfaces: told(surfaces),
    accounts: told(accounts),
    countries: told(countries),
  };
}

function tellPreview({ differences: of }: NetworkPreview): Record<string, readonly string[]> {
  const line = (key: string, counts: { requests: number; addresses: number }): string =>
    `${key}: ${counts.requests} of ${counts.addresses}`;
  return {
    all: [line("all", of)],
    verdicts: of.verdicts.map((one) => line(`${one.before} ${one.after}`, one)).toSorted(),
    reasons: of.reasons.map((one) => line(`${one.before} ${one.after}`, one)).toSorted(),
    surfaces: of.surfaces.map((one) => line(one.surface, one)).toSorted(),
    accounts: of.accounts.map((one) => line(one.account ?? "-", one)).toSorted(),
    countries: of.countries.map((one) => line(one.country, one)).toSorted(),
  };
}

describeEachEngine("previews", (harness) => {
  const useIt = useNode(harness);

  async function setUp() {
    const node = await useIt();
    await addAccount(node, "acme");
    // The first whole minute, so that none of the traffic is before the period.
    node.clock.advance(60_000 - (node.clock.nowMs() % 60_000));
    await edit(node, [
      { owner: "platform", section: "rate-limits", value: RATES },
      { owner: node.network.ownerOf("acme"), section: "rate-limits", value: RATES },
    ]);
    const denied = await addEntry(node.network, "8.8.8.0/30");
    const journal = journalOf(node);
    return { node, journal, denied, previewer: previewerOf(node, journal) };
  }

  async function edit({ network }: ClockedNode, edits: readonly Omit<PolicyEdit, "version">[]) {
    await editPolicies(
      network,
      edits.map((one) => ({ ...one, version: null })),
      changeBy("test"),
    );
  }

  it("predicts what recorded requests are told by changed rules", async () => {
    const { node, journal, denied, previewer } = await setUp();
    const { network, clock } = node;
    const firstMinute = clock.nowMs() / 60_000;
    const size = { seed: 5, minutes: MINUTES, neighbours: 8, firstMinute };
    const requests = requestsOf(sampleTraffic(size));
    expect(requests.length).toBeGreaterThan(20_000);
    const before = record(node, journal, requests);
    // Written but for the last minute, which is told from memory.
    await journal.flush();
    clock.advance((MINUTES - 1) * 60_000 + 59_000);

    const country = { ...ACCOUNT_POLICY_DEFAULT.country, mode: "monitor", unknown: "deny" };
    const limits = { ...RATES, portal: { ...RATE, requestMaxCount: 8 } };
    const changes: readonly ProposedChange[] = [
      {
        kind: "network-policy",
        sections: [{ section: "country", value: { ...COUNTRY, countries: { DE: "deny" } } }],
      },
      { kind: "network-policy", sections: [{ section: "rate-limits", value: limits }] },
      {
        kind: "network-policy",
        account: "acme",
        sections: [{ section: "country", value: country }],
      },
      {
        kind: "address-list",
        add: [{ range: "2600::/16", action: "deny", expiresAt: null }],
        remove: [denied.id],
      },
    ];
    const preview = await previewer.preview({
      period: "24h",
      changes,
      principal: null,
      signal: NOBODY,
    });

    await edit(node, [
      { owner: "platform", section: "country", value: { ...COUNTRY, countries: { DE: "deny" } } },
      { owner: "platform", section: "rate-limits", value: limits },
      { owner: network.ownerOf("acme"), section: "country", value: country },
    ]);
    await addEntry(network, "2600::/16");
    await removeEntries(network, {
      owner: "platform",
      ids: [denied.id],
      context: changeBy("test"),
    });
    const afresh = createReplayState(network.state, 9);
    const after = requests.map((request) => decideLive(afresh, request));

    expect(preview.requests).toBe(requests.length);
    expect(preview.addresses).toBe(
      new Set(requests.map(({ address }) => addressKey(address))).size,
    );
    expect(tellPreview(preview)).toEqual(tellOf(node, requests, { before, after }));
    expect(preview.differences.verdicts.map(({ before: was }) => was)).toContain("refuse");
    expect(preview.notes.map(({ code }) => code)).toEqual(["limits-by-minute"]);
    const [example] = preview.differences.examples;
    expect(example?.requests).toBeGreaterThan(0);
    await journal.close();
  });

  it("finds nothing different by the rules in force, and looks at one account alone", async () => {
    const { node, journal, previewer } = await setUp();
    const firstMinute = node.clock.nowMs() / 60_000;
    const requests = requestsOf(sampleTraffic({ seed: 8, minutes: 3, neighbours: 3, firstMinute }));
    record(node, journal, requests);
    node.clock.advance(3 * 60_000);
    const same: ProposedChange = {
      kind: "network-policy",
      account: "acme",
      sections: [{ section: "rate-limits", value: RATES }],
    };
    const asked = { period: "7d", principal: null, signal: NOBODY } as const;
    const preview = await previewer.preview({ ...asked, changes: [same] });
    const own = requests.filter(({ account }) => account === "acme");
    expect(preview).toMatchObject({
      requests: own.length,
      addresses: new Set(own.map(({ address }) => addressKey(address))).size,
      differences: { requests: 0, addresses: 0, verdicts: [], reasons: [], examples: [] },
    });
    await journal.close();
  });

  it("knows subscribed lists, and whom an allow entry takes off them", async () => {
    const { node, journal, previewer } = await setUp();
    const { network, clock } = node;
    host().publish("198.51.100.0/24\n");
    const { id } = await addSubscription(network, { name: "bad", source: host().url }, "anna");
    await network.subscriptions.refresh(id, null);
    await changeSubscription(network, { id, context: changeBy("anna") }, { mode: "enforce" });
    const visit = { surface: "portal", account: null, minute: clock.nowMs() / 60_000 } as const;
    const requests = requestsOf([
      { ...visit, address: parseAddress("198.51.100.7")!, requests: 2 },
      { ...visit, address: parseAddress("192.0.2.7")!, requests: 1 },
    ]);
    record(node, journal, requests);
    clock.advance(60_000);
    const add = [{ range: "198.51.100.0/28", action: "allow", expiresAt: null }] as const;
    const preview = await previewer.preview({
      ...ASKED,
      changes: [{ kind: "address-list", add: [...add], remove: [] }],
    });
    expect(preview).toMatchObject({
      requests: 3,
      differences: {
        requests: 2,
        addresses: 1,
        reasons: [{ before: "on-subscribed-list", after: "on-allow-list", requests: 2 }],
        verdicts: [{ before: "refuse", after: "pass", requests: 2 }],
      },
    });
    await journal.close();
  });

  it("tells what a subscribed list would refuse, and then it does", async () => {
    const { node, journal, previewer } = await setUp();
    const { network, clock } = node;
    host().publish("198.51.100.0/24\n10.0.0.0/8\n");
    const { id } = await addSubscription(network, { name: "bad", source: host().url }, "anna");
    await network.subscriptions.refresh(id, null);
    const visit = { surface: "portal", account: null, minute: clock.nowMs() / 60_000 } as const;
    const requests = requestsOf([
      { ...visit, address: parseAddress("198.51.100.7")!, requests: 2 },
      { ...visit, address: parseAddress("192.0.2.7")!, requests: 3 },
      // Lists of others never hit private addresses.
      { ...visit, address: parseAddress("10.1.2.3")!, requests: 4 },
    ]);
    record(node, journal, requests);
    clock.advance(60_000);
    const inMode = (mode: Mode, of = id) =>
      previewer.preview({ ...ASKED, changes: [{ kind: "subscription-mode", id: of, mode }] });
    const enforced = await inMode("enforce");
    expect(enforced).toMatchObject({
      requests: 9,
      differences: {
        requests: 2,
        addresses: 1,
        verdicts: [{ before: "monitor", after: "refuse", requests: 2 }],
      },
    });
    expect((await inMode("monitor")).differences.requests).toBe(0);
    expect((await inMode("off")).differences).toMatchObject({
      requests: 2,
      verdicts: [{ before: "monitor", after: "pass", requests: 2 }],
    });
    await expect(inMode("enforce", id + 1)).rejects.toMatchObject({
      code: "subscription-not-found",
    });
    await changeSubscription(network, { id, context: changeBy("anna") }, { mode: "enforce" });
    const refused = requests.filter((request) => {
      const { verdict } = toldByCode(
        decideLive(network.state, { ...request, atMs: clock.nowMs() }),
      );
      return verdict === "refuse";
    });
    expect(refused).toHaveLength(2);
    expect((await inMode("enforce")).differences.requests).toBe(0);
    await journal.close();
  });

  it("leaves out what is older where there is too much, and says since when", async () => {
    const { node, journal } = await setUp();
    const { clock } = node;
    const firstMs = clock.nowMs();
    // More pages than are on the way at once, half of the visits in the second minute.
    const visits = Array.from({ length: VISITORS }, (_, index) => ({
      address: parseAddress(`10.1.${index >> 8}.${index & 255}`)!,
      surface: "portal" as const,
      account: null,
      minute: firstMs / 60_000 + (index % 2),
      requests: 1,
    }));
    record(node, journal, requestsOf(visits));
    clock.advance(3 * 60_000);
    await journal.flush();
    const whole = await previewerOf(node, journal).preview({ ...ASKED, changes: NOTHING });
    expect([whole.requests, whole.notes]).toEqual([VISITORS, []]);
    const cut = await previewerOf(node, journal, 1).preview({ ...ASKED, changes: NOTHING });
    expect(cut.requests).toBeGreaterThan(0);
    expect(cut.requests).toBeLessThan(VISITORS);
    expect(cut.notes).toEqual([{ code: "period-cut", requests: 0 }]);
    expect(Date.parse(cut.from)).toBeGreaterThan(firstMs + 60_000);
    await journal.close();
  });

  it("ends when nobody waits for it any more, and the next one finds its place", async () => {
    const { node, journal } = await setUp();
    const left = new AbortController();
    const heldVisits = {
      ...journal.heldVisits,
      // The thread runs when this is asked.
      settled: async () => {
        await journal.heldVisits.settled();
        left.abort(new Error("nobody waits"));
      },
    };
    const previewer = previewerOf(node, { heldVisits });
    const asked = { ...ASKED, changes: NOTHING };
    const ended = previewer.preview({ ...asked, signal: left.signal });
    const next = previewer.preview(asked);
    await expect(ended).rejects.toThrow("nobody waits");
    expect(await next).toMatchObject({ requests: 0, notes: [] });
    await journal.close();
  });
});

// Starts the network domain on a store of an engine: one node, or several on the same database.
import { changeBy } from "../../src/server/journal/index.ts";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { PolicyOwner } from "../../src/core/accounts/account.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import { findCovering } from "../../src/core/network/address-set.ts";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import type { ListAction } from "../../src/core/network/network-policy.ts";
import type { Clock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import type { OpenDatabaseInput } from "../../src/platform/database/open-database.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import { MIGRATIONS } from "../../src/server/migrations/migrations.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { recordChanges } from "../../src/server/network/change-feed.ts";
import { createNetwork } from "../../src/server/network/create-network.ts";
import type { Network } from "../../src/server/network/create-network.ts";
import { addEntryToList } from "../../src/server/network/edit-entries.ts";
import type { NetworkEvent } from "../../src/server/network/network-events.ts";
import { bitsOf, writeMmdb } from "../geo-ip/write-mmdb.ts";
import { visit } from "../network/example-network.ts";
import type { Visit } from "../network/example-network.ts";
import { freeChanges } from "./free-changes.ts";
import type { EngineHarness } from "./engines.ts";
import { createStandingClock } from "./open-store.ts";

export type Node = {
  readonly network: Network;
  readonly database: Database<Schema>;
  readonly events: NetworkEvent[];
  readonly errors: string[];
};

export type Nodes = {
  readonly clock: ReturnType<typeof createStandingClock>;
  /** One more node on the same database; on SQLite the one before must be closed. */
  start(): Promise<Node>;
  /** As the end of its process: what is in memory is gone. */
  stop(node: Node): Promise<void>;
};

/** @param followEveryMs null: nodes hear of changes only when told to follow */
export async function placeNodes(
  harness: EngineHarness,
  options: { readonly followEveryMs?: number } = {},
): Promise<Nodes> {
  const place = await harness.place();
  dropInCountries(place.dataDirectory);
  const clock = createStandingClock();
  const running = new Set<Node>();
  const stop = async (node: Node): Promise<void> => {
    if (!running.delete(node)) return;
    await node.network.close();
    await node.database.close();
  };
  afterAll(async () => {
    for (const node of running) await stop(node);
  });
  return {
    clock,
    stop,
    start: async () => {
      const followEveryMs = options.followEveryMs ?? null;
      const node = await startNode(harness, { place, clock, followEveryMs });
      running.add(node);
      return node;
    },
  };
}

export type ClockedNode = Node & { readonly clock: Nodes["clock"] };

/** A node that the tests of a suite share: each call gives it with an empty store. */
export function useNode(harness: EngineHarness): () => Promise<ClockedNode> {
  let started: Promise<ClockedNode> | null = null;
  return async () => {
    started ??= placeNodes(harness).then(async (nodes) => ({
      ...(await nodes.start()),
      clock: nodes.clock,
    }));
    const node = await started;
    await empty(node);
    return node;
  };
}

const EMPTIED = [
  "network_entry",
  "network_ban",
  "network_policy",
  "network_subscription",
  "network_subscription_range",
  "accounts_account",
] as const;

/** Bans that hold in memory end by the clock. */
async function empty(node: ClockedNode): Promise<void> {
  node.clock.advance(40 * 86_400_000);
  await node.database.transaction(async (trx) => {
    for (const table of EMPTIED) await trx.deleteFrom(table).execute();
  });
  node.network.state.accounts.clear();
  await node.network.follower.load();
  node.events.length = 0;
  node.errors.length = 0;
}

async function startNode(
  harness: EngineHarness,
  at: {
    readonly place: OpenDatabaseInput;
    readonly clock: Clock;
    readonly followEveryMs: number | null;
  },
): Promise<Node> {
  const { place, clock, followEveryMs } = at;
  const database = await harness.open<Schema>(place);
  const migrated = await migrate(database, MIGRATIONS, { nowMs: clock.nowMs() });
  if (!migrated.ok) throw new Error(migrated.message);
  const events: NetworkEvent[] = [];
  const errors: string[] = [];
  const network = await createNetwork({
    database,
    clock,
    seed: 1,
    isProtected: () => false,
    listAccounts: () => createAccounts({ database, clock }).listAccounts(),
    recordEvent: async (_, event) => void events.push(event),
    changes: freeChanges(database),
    onAlarm: () => undefined,
    onMonitored: () => undefined,
    onError: (error, doing) => void errors.push(`${doing}: ${String(error)}`),
    countryDirectory: place.dataDirectory,
    countryUrl: null,
    outbound: createOutboundFetch({ isPublicAddress }),
    subscriptionDirectory: join(place.dataDirectory, "subscriptions"),
    followEveryMs,
  });
  return { network, database, events, errors };
}

/** The shipped database takes half a second to read; these suites need no country. */
function dropInCountries(dataDirectory: string): void {
  mkdirSync(join(dataDirectory, "geo"), { recursive: true });
  const entries = [{ bits: bitsOf("5.0.0.0/8"), record: { country_code: "DE" } }];
  const file = writeMmdb({ entries, buildDateMs: Date.UTC(2026, 11, 1) });
  writeFileSync(join(dataDirectory, "geo", "country.mmdb"), file);
}

/** An account as the accounts domain makes it, with the change that nodes hear of. */
export async function addAccount({ network, database }: Node, code: string): Promise<string> {
  const { clock } = network;
  const accounts = createAccounts({
    database,
    clock,
    recordEvent: async (trx) => recordChanges(trx, [{ kind: "accounts" }], clock.nowMs()),
  });
  const added = await accounts.addAccount({ code, name: code, createdBy: "test" });
  if (!added.ok) throw new Error(added.why);
  await network.follower.follow();
  return network.ownerOf(code);
}

export async function addEntry(
  network: Network,
  range: string,
  more: {
    readonly action?: ListAction;
    readonly owner?: PolicyOwner;
    readonly expiresAt?: string;
    readonly note?: string;
  } = {},
) {
  const saved = await addEntryToList(network, {
    owner: more.owner ?? "platform",
    range,
    action: more.action ?? "deny",
    note: more.note ?? "",
    expiresAt: more.expiresAt ?? null,
    confirmWide: true,
    context: changeBy("test"),
  });
  return saved.entry;
}

/** What a node would answer this client now, without counting it. */
export function reasonFor(node: Node, client: string, how: Visit = {}): string {
  const nowMs = node.network.clock.nowMs();
  return visit(node.network.state, client, { nowMs, counting: "peek", ...how }).network.reason;
}

/** The id of the platform's entry that covers an address on a node, 0 for none. */
export function entryCovering(node: Node, action: ListAction, client: string): number {
  const { state, clock } = node.network;
  return findCovering(state.platform[action], parseAddress(client)!, clock.nowMs());
}

/** A ban of the platform, as too many failed authentications make it; resolves when stored. */
export async function offendUntilBanned({ network }: Node, client: string): Promise<void> {
  const address = parseAddress(client)!;
  const offence = { address, kind: "password", attempt: null, surface: "sign-in" } as const;
  const times = network.state.policy.failedAuthentication.offencesMax + 1;
  const reports = Array.from({ length: times }, () => network.reportOffence(offence));
  if (reports.at(-1)?.change?.kind !== "ban") throw new Error(`${client} was not banned`);
  await reports.at(-1)!.stored;
}

// Puts the network domain together: the state in memory, the record behind it, bans and offences.

import type { Account, PolicyOwner } from "../../core/accounts/account.ts";
import type { Address } from "../../core/network/address.ts";
import { dropEndedBans } from "../../core/network/ban-table.ts";
import { createNetworkState } from "../../core/network/network-state.ts";
import type { NetworkState } from "../../core/network/network-state.ts";
import type { CompiledRoutes } from "../../core/network/surface-routes.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/database.ts";
import type { OutboundFetch } from "../../platform/http/outbound-fetch.ts";
import type { PolicyChanges } from "../journal/index.ts";
import type { Schema } from "../migrations/schema.ts";
import { accountsProblem } from "../accounts/index.ts";
import { pruneChanges } from "./change-feed.ts";
import { createCountrySource } from "./country-source.ts";
import type { CountrySource } from "./country-source.ts";
import { createFollower } from "./follow-changes.ts";
import type { Follower } from "./follow-changes.ts";
import { createBanKeeper } from "./keep-bans.ts";
import type { BanKeeper } from "./keep-bans.ts";
import { prepareMemory, sectionsBefore } from "./memory-of-change.ts";
import type { RecordEvent, RecordNamedEvent } from "./network-events.ts";
import { createSubscriptions } from "./subscriptions/create-subscriptions.ts";
import type { Subscriptions } from "./subscriptions/create-subscriptions.ts";
import { createOffenceReporter } from "./report-offence.ts";
import type { ReportOffence } from "./report-offence.ts";

export type Network = {
  readonly state: NetworkState;
  readonly database: Database<Schema>;
  readonly clock: Clock;
  readonly follower: Follower;
  readonly bans: BanKeeper;
  readonly countries: CountrySource;
  readonly subscriptions: Subscriptions;
  readonly recordEvent: RecordEvent;
  /** The one way in which rules and lists are changed. */
  readonly changes: PolicyChanges;
  readonly reportOffence: ReportOffence;
  /** Since the start, by kind. */
  offenceCounts(): ReadonlyMap<string, number>;
  routes(): CompiledRoutes;
  /** Throws `account-not-found`. Without a code: the platform. */
  ownerOf(accountCode: string | undefined): PolicyOwner;
  accountCodeOf(owner: PolicyOwner): string | null;
  close(): Promise<void>;
};

export type NetworkOptions = {
  readonly database: Database<Schema>;
  readonly clock: Clock;
  /** Keeps strangers from choosing addresses that collide in the tables. */
  readonly seed: number;
  readonly isProtected: (address: Address) => boolean;
  readonly listAccounts: () => Promise<readonly Account[]>;
  readonly recordEvent: RecordNamedEvent;
  readonly changes: PolicyChanges;
  /** Raised where a ban would have hit an address that is never banned. */
  readonly onAlarm: (address: Address, cause: string) => void;
  /** Raised where a ban would have been made but for monitor mode. */
  readonly onMonitored: (address: Address, cause: string) => void;
  readonly onError: (error: unknown, doing: string) => void;
  readonly countryDirectory: string;
  readonly countryUrl: string | null;
  /** Asks the hosts of subscribed lists. */
  readonly outbound: OutboundFetch;
  /** Where files of subscribed lists are. */
  readonly subscriptionDirectory: string;
  /** How often other nodes' changes are looked for; null where there are no other nodes. */
  readonly followEveryMs: number | null;
};

/** Resolves when policy, entries, bans and the country database are in memory. */
export async function createNetwork(options: NetworkOptions): Promise<Network> {
  const { database, clock, onError } = options;
  const state = createNetworkState({ seed: options.seed, isProtected: options.isProtected });
  const follower = openFollower(options, state);
  const followQuietly = (): void => {
    follower.follow().catch((error: unknown) => onError(error, "following changes"));
  };
  const recordEvent: RecordEvent = (trx, event) =>
    options.recordEvent(trx, { ...event, account: findAccountCode(state, event.owner) });
  const bans = createBanKeeper({
    database,
    state,
    recordEvent,
    onStored: followQuietly,
    onError: (error) => onError(error, "storing bans"),
  });
  const offenceCounts = new Map<string, number>();
  const countries = createCountrySource({
    state,
    clock,
    directory: options.countryDirectory,
    url: options.countryUrl,
    onProblem: (reason) => onError(new Error(reason), "loading the country database"),
  });
  const subscriptions = openSubscriptions({ ...options, recordEvent }, follower);
  await Promise.all([follower.load(), countries.open()]);
  const timer =
    options.followEveryMs === null ? null : setInterval(followQuietly, options.followEveryMs);
  timer?.unref();
  const tidying = setInterval(() => {
    tidyMemory(database, state, clock.nowMs()).catch((error: unknown) => {
      onError(error, "tidying up");
    });
  }, TIDY_EVERY_MS).unref();

  function ownerOf(accountCode: string | undefined): PolicyOwner {
    if (accountCode === undefined) return "platform";
    const layer = state.accounts.get(accountCode);
    if (layer !== undefined) return layer.owner;
    throw accountsProblem("account-not-found");
  }

  return {
    state,
    database,
    clock,
    follower,
    bans,
    countries,
    subscriptions,
    recordEvent,
    changes: options.changes,
    reportOffence: createOffenceReporter({
      state,
      clock,
      bans,
      counts: offenceCounts,
      onAlarm: options.onAlarm,
      onMonitored: options.onMonitored,
    }),
    offenceCounts: () => offenceCounts,
    routes: () => follower.routes(),
    ownerOf,
    accountCodeOf: (owner) => findAccountCode(state, owner),
    close: async () => {
      if (timer !== null) clearInterval(timer);
      clearInterval(tidying);
      await subscriptions.close();
      await bans.close();
      await countries.close();
    },
  };
}

function findAccountCode({ accounts }: NetworkState, owner: string): string | null {
  if (owner === "platform") return null;
  for (const [code, layer] of accounts) if (layer.owner === owner) return code;
  return null;
}

function openFollower(options: NetworkOptions, state: NetworkState): Follower {
  const { database, clock, listAccounts, changes } = options;
  const { unconfirmed } = changes;
  const follower = createFollower({
    database,
    state,
    listAccounts,
    nowMs: () => clock.nowMs(),
    goneBack: (owner) => sectionsBefore(unconfirmed.due(), owner),
  });
  unconfirmed.join({
    prepare: (change) => prepareMemory({ read: database.kysely, state, follower }, change),
    readAgain: () => follower.load(),
  });
  return follower;
}

function openSubscriptions(
  options: Omit<NetworkOptions, "recordEvent"> & { readonly recordEvent: RecordEvent },
  follower: Follower,
): Subscriptions {
  const { database, clock, recordEvent, changes, onError } = options;
  return createSubscriptions({
    database,
    clock,
    follower,
    sources: { outbound: options.outbound, directory: options.subscriptionDirectory },
    recordEvent,
    changes,
    onError: (error) => onError(error, "reading subscribed lists"),
  });
}

const TIDY_EVERY_MS = 60_000;
const TIDY_SLOTS = 16_384;
/** Ended bans are freed late: one dropped while the clock was wrong would be gone for good. */
const ENDED_KEPT_MS = 3_600_000;

/** Frees what nothing needs any more; whether a ban or entry has ended is never decided here. */
async function tidyMemory(
  database: Database<Schema>,
  state: NetworkState,
  nowMs: number,
): Promise<void> {
  dropEndedBans(state.bans, { endedBeforeMs: nowMs - ENDED_KEPT_MS, steps: TIDY_SLOTS });
  await database.transaction((trx) => pruneChanges(trx, nowMs));
}

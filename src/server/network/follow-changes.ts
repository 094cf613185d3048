// Keeps the network state in memory equal to the record, change by change.

import { overlaySize, removedSize } from "../../core/network/address-set.ts";
import {
  removeAccountPolicy,
  setAccountPolicy,
  setPlatformPolicy,
} from "../../core/network/network-state.ts";
import type { LayerState, NetworkState } from "../../core/network/network-state.ts";
import { PLATFORM_POLICY_DEFAULT } from "../../core/network/network-policy.ts";
import type { AccountPolicy, PlatformPolicy } from "../../core/network/network-policy.ts";
import { compileRoutes } from "../../core/network/surface-routes.ts";
import type { CompiledRoutes } from "../../core/network/surface-routes.ts";
import type { Database } from "../../platform/database/database.ts";
import type { Schema } from "../migrations/schema.ts";
import type { Account, PolicyOwner } from "../../core/accounts/account.ts";
import { applyBan, applyEntry, findLayer } from "./apply-delta.ts";
import { readChangesAfter, readVersion } from "./change-feed.ts";
import type { NetworkDelta, NumberedDelta } from "./change-feed.ts";
import { ESCALATION_MEMORY_MS } from "../../core/network/ban-duration.ts";
import { streamBansSince } from "./ban-store.ts";
import { loadSubscribedLists } from "./subscriptions/load-subscribed-lists.ts";
import { loadAddressSets } from "./load-address-sets.ts";
import { readAccountPolicy, readPlatformPolicy } from "./policy-store.ts";

export type Follower = {
  /** Reads everything; the gate is closed until this has resolved. */
  load(): Promise<void>;
  /** Resolves when every change committed before the call holds in memory. */
  follow(): Promise<void>;
  /** Asks nothing: the owners' policies as they were read, with what has gone back meanwhile. */
  goBack(owners: ReadonlySet<string>): void;
  version(): number;
  routes(): CompiledRoutes;
};

export type FollowerOptions = {
  readonly database: Database<Schema>;
  readonly state: NetworkState;
  readonly listAccounts: () => Promise<readonly Account[]>;
  readonly nowMs: () => number;
  /** Sections of an owner that have gone back, and may not be so in the store yet. */
  readonly goneBack: (owner: PolicyOwner) => Readonly<Record<string, unknown>>;
};

type EntryDelta = Extract<NetworkDelta, { kind: "entry-saved" | "entry-removed" }>;
type Reload = {
  readonly done: Promise<void>;
  /** Changes that fell while the sets were being built. */
  readonly later: NumberedDelta[];
  /** Whether a change holds only once the reload is done; else it just tidies memory. */
  readonly isAwaited: boolean;
  hasFailed: boolean;
};

type AccountRules = { readonly account: Account; readonly policy: AccountPolicy };
type ReadPolicies = {
  platform: PlatformPolicy;
  /** By id. */
  accounts: Map<string, AccountRules>;
};

const CHANGES_PER_READ = 1000;
/** A larger overlay slows every decision a little; building anew takes seconds elsewhere. */
const OVERLAY_MAX = 2000;

export function createFollower(options: FollowerOptions): Follower {
  const { database, state } = options;
  const reloads = new Map<string, Reload>();
  let version = 0;
  let routes = compileRoutes([]);
  let policies: ReadPolicies = { platform: PLATFORM_POLICY_DEFAULT, accounts: new Map() };
  let tail: Promise<void> = Promise.resolve();

  async function loadAll(): Promise<void> {
    const loading = await readVersion(database.kysely);
    await loadPolicies(() => undefined);
    for (const layer of [state.platform, ...state.accounts.values()]) {
      const sets = await loadAddressSets(database, layer.owner);
      layer.allow = sets.allow;
      layer.deny = sets.deny;
    }
    state.subscribed = await loadSubscribedLists(database);
    const nowMs = options.nowMs();
    for await (const ban of streamBansSince(database.kysely, nowMs - ESCALATION_MEMORY_MS)) {
      const layer = findLayer(state, ban.owner);
      if (layer === null) continue;
      const range = { family: ban.family, start: ban.range_start, end: ban.range_end };
      applyBan(state, layer, {
        kind: "ban-saved",
        owner: ban.owner,
        id: ban.id,
        ...range,
        holds: ban.holds,
        createdAtMs: ban.created_at,
        endsAtMs: ban.released_at ?? ban.ends_at,
      });
    }
    // Only now: after a load that failed half-way the next look sees the gap again.
    version = loading;
    await catchUp();
  }

  async function loadPolicies(onNewAccount: (layer: LayerState) => void): Promise<void> {
    policies = { platform: await readPlatformPolicy(database.kysely), accounts: new Map() };
    setPlatform(policies.platform);
    await loadNewAccounts(onNewAccount);
  }

  /** Policies of accounts that are known are followed change by change. */
  async function loadNewAccounts(onNewAccount: (layer: LayerState) => void): Promise<void> {
    const accounts = await options.listAccounts();
    forgetAllBut(accounts);
    const known = policies.accounts;
    const rules = new Map<string, AccountRules>();
    for (const account of accounts) {
      const isNew = !state.accounts.has(account.code);
      const read = isNew ? undefined : known.get(account.id);
      const policy = read?.policy ?? (await readAccountPolicy(database.kysely, account.id));
      rules.set(account.id, { account, policy });
      if (read === undefined) setAccount({ account, policy });
      if (isNew) onNewAccount(state.accounts.get(account.code)!);
    }
    policies.accounts = rules;
  }

  /** One of an account that is not known here yet means that all are read. */
  async function loadPolicyOf(owner: string): Promise<void> {
    if (owner === "platform") {
      policies.platform = await readPlatformPolicy(database.kysely);
      return setPlatform(policies.platform);
    }
    const known = policies.accounts.get(owner);
    const isThere = known !== undefined && state.accounts.get(known.account.code)?.owner === owner;
    if (!isThere) return loadPolicies(reloadNow);
    const rules = { ...known, policy: await readAccountPolicy(database.kysely, owner) };
    policies.accounts.set(owner, rules);
    setAccount(rules);
  }

  function setPlatform(read: PlatformPolicy): void {
    const policy = { ...read, ...options.goneBack("platform") };
    setPlatformPolicy(state, policy);
    routes = compileRoutes(policy.routes.routes);
  }

  function setAccount({ account, policy }: AccountRules): void {
    setAccountPolicy(state, account, { ...policy, ...options.goneBack(account.id) });
  }

  function goBack(owners: ReadonlySet<string>): void {
    for (const owner of owners) {
      if (owner === "platform") setPlatform(policies.platform);
      const rules = policies.accounts.get(owner);
      // One that was deleted since then must not come back.
      if (rules !== undefined && state.accounts.get(rules.account.code)?.owner === owner) {
        setAccount(rules);
      }
    }
  }

  /** By id as well: a code may have gone to another account between two looks. */
  function forgetAllBut(accounts: readonly Account[]): void {
    const idByCode = new Map(accounts.map(({ code, id }) => [code, id]));
    for (const [code, { owner }] of state.accounts) {
      if (idByCode.get(code) === owner) continue;
      removeAccountPolicy(state, code);
      // A reload that failed is owed to nobody any more.
      reloads.delete(owner);
    }
  }

  async function catchUp(): Promise<void> {
    for (const [owner, reload] of reloads) {
      const layer = reload.hasFailed ? findLayer(state, owner) : null;
      if (layer !== null) reloadNow(layer);
    }
    for (;;) {
      if ((await readVersion(database.kysely)) === version) return;
      const changes = await readChangesAfter(database.kysely, version, CHANGES_PER_READ);
      // What this node has missed was pruned meanwhile: everything is read again.
      if (changes[0]?.version !== version + 1) return loadAll();
      for (const change of changes) {
        await apply(change);
        version = change.version;
      }
    }
  }

  async function apply(change: NumberedDelta): Promise<void> {
    const { delta } = change;
    if (delta.kind === "policy") return loadPolicyOf(delta.owner);
    if (delta.kind === "accounts") return loadNewAccounts(reloadNow);
    if (delta.kind === "subscriptions") {
      state.subscribed = await loadSubscribedLists(database);
      return;
    }
    const layer = findLayer(state, delta.owner);
    if (layer === null) return loadPolicies(reloadNow);
    switch (delta.kind) {
      case "entries-reloaded":
        reloadNow(layer);
        return;
      case "ban-saved":
      case "ban-released":
        applyBan(state, layer, delta);
        return;
      default:
        applyEntry(layer, delta);
        reloads.get(layer.owner)?.later.push(change);
        if (isWorthReloading(layer)) startReload(layer, false);
    }
  }

  function reloadNow(layer: LayerState): void {
    startReload(layer, true);
  }

  /**
   * Decisions go on with the old sets; what changes meanwhile is done again on the new ones.
   * INVARIANT: an awaited reload that failed stays owed, and `follow` goes on rejecting, until one
   * has been done: its change counts as seen, so nothing else would bring it back.
   */
  function startReload(layer: LayerState, isAwaited: boolean): void {
    const { owner } = layer;
    const running = reloads.get(owner);
    const later: NumberedDelta[] = [];
    const done = (running?.done ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => loadAddressSets(database, owner))
      .then((sets) => {
        layer.allow = sets.allow;
        layer.deny = sets.deny;
        for (const change of later) {
          if (change.version > sets.version) applyEntry(layer, change.delta as EntryDelta);
        }
        if (reloads.get(owner) === reload) reloads.delete(owner);
      });
    const reload: Reload = {
      done,
      later,
      isAwaited: isAwaited || running?.isAwaited === true,
      hasFailed: false,
    };
    reloads.set(owner, reload);
    done.catch(() => {
      if (reloads.get(owner) !== reload) return;
      if (reload.isAwaited) reload.hasFailed = true;
      else reloads.delete(owner);
    });
  }

  function follow(): Promise<void> {
    const next = tail.then(catchUp);
    tail = next.catch(() => undefined);
    return next.then(async () => {
      const awaited = [...reloads.values()].filter((reload) => reload.isAwaited);
      await Promise.all(awaited.map((reload) => reload.done));
    });
  }

  return {
    load: () => {
      const next = tail.then(loadAll);
      tail = next.catch(() => undefined);
      return next;
    },
    follow,
    goBack,
    version: () => version,
    routes: () => routes,
  };
}

function isWorthReloading(layer: LayerState): boolean {
  const changed = [layer.allow, layer.deny].map((set) => overlaySize(set) + removedSize(set));
  return Math.max(...changed) >= OVERLAY_MAX && Math.max(...changed) % OVERLAY_MAX === 0;
}

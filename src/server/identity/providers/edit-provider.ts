// Adds and changes providers: checked whole, stored with their version, told in the journal.
import type { Transaction } from "kysely";
import type { NewProviderBody, ProviderPatch } from "../../../api/provider-api.ts";
import type { Account } from "../../../core/accounts/account.ts";
import { RESERVED_CODES } from "../../../core/identity/single-sign-on/provider.ts";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";
import type { InputError } from "../../../platform/problem/problem.ts";
import type { Schema } from "../../migrations/schema.ts";
import { accountsProblem, describePrincipal, holdAccount, reachOf } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { IdentityParts } from "../identity-parts.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import { describeNewSettings, describeSettingsChange } from "./describe-settings.ts";
import { accountCodeOf, providerIdOf } from "./describe-provider.ts";
import { endProviderAccess } from "./end-provider-access.ts";
import type { ProviderLosses } from "./end-provider-access.ts";
import { keepOwnWayIn } from "./keep-own-way-in.ts";
import { findManagedProvider, refuseToken } from "./provider-owner.ts";
import { providerProblem } from "./provider-problem.ts";
import {
  insertProvider,
  listProviders,
  PROVIDERS_MAX,
  providerSecretRow,
  updateProvider,
} from "./provider-store.ts";
import type { ProviderSettings, StoredProvider } from "./provider-store.ts";
import { readProviderSettings } from "./read-provider-settings.ts";
import { removedBy } from "./record-removals.ts";
import type { SentSettings } from "./read-provider-settings.ts";

export type EditProviderParts = Pick<
  IdentityParts,
  "database" | "clock" | "keyRing" | "recordEvent"
>;

/** Returns the id. Throws `provider-refused`, `provider-exists`, `providers-full`. */
export async function createProvider(
  parts: EditProviderParts,
  principal: Principal,
  { account, body }: { readonly account: Account | null; readonly body: NewProviderBody },
): Promise<string> {
  refuseToken(principal);
  const { code, kind, ...sent } = body;
  if (RESERVED_CODES.includes(code)) {
    throw refused([{ path: "/code", message: `The code ${code} is kept: take another.` }]);
  }
  const settings = settingsOf(principal, sent, blank(kind));
  const id = providerIdOf(account?.code ?? null, code);
  const owner = account?.id ?? "platform";
  const nowMs = parts.clock.nowMs();
  const changedBy = describePrincipal(principal);
  const sealedSecret = sealSecret(parts, id, body.clientSecret);
  await parts.database.transaction(async (trx) => {
    // What is made for an account in the moment of its deletion would be there for ever.
    if (account !== null && !(await holdAccount(trx, account.id))) {
      throw accountsProblem("account-not-found");
    }
    if ((await listProviders(trx, owner)).length >= PROVIDERS_MAX) {
      throw providerProblem("providers-full");
    }
    const made = { id, owner, settings, sealedSecret, changedBy, nowMs };
    if (!(await insertProvider(trx, made))) throw codeTaken(code);
    await parts.recordEvent(trx, {
      kind: "provider-created",
      atMs: nowMs,
      userId: null,
      actor: changedBy,
      account: account?.code ?? null,
      detail: { provider: id, ...describeNewSettings(settings) },
    });
  });
  return id;
}

/**
 * Row 115: pointed elsewhere, it does not take its secret along. After the commit come
 * `followUserChanges` and `wakeMails`. Throws `provider-not-found`, `provider-refused`,
 * `provider-moved-on`, `last-way-in`.
 */
export async function changeProvider(
  parts: EditProviderParts,
  principal: Principal,
  { id, patch }: { readonly id: string; readonly patch: ProviderPatch },
): Promise<ProviderLosses> {
  const { version, ...sent } = patch;
  return parts.database.transaction(async (trx) => {
    const before = await findManagedProvider(trx, principal, id);
    refuseToken(principal);
    if (version !== undefined && version !== before.version) {
      throw providerProblem("provider-moved-on");
    }
    const after = settingsOf(principal, sent, before);
    const { clientSecret } = sent;
    if (clientSecret === undefined) demandSecret(before, after);
    return save(trx, parts, {
      before,
      after,
      sealedSecret:
        clientSecret === undefined ? before.sealedSecret : sealSecret(parts, id, clientSecret),
      principal,
    });
  });
}

type Saving = {
  readonly before: StoredProvider;
  readonly after: ProviderSettings;
  readonly sealedSecret: string | null;
  readonly principal: Principal;
};

async function save(
  trx: Transaction<Schema>,
  parts: EditProviderParts,
  { before, after, sealedSecret, principal }: Saving,
): Promise<ProviderLosses> {
  const { id } = before;
  const nowMs = parts.clock.nowMs();
  const changedBy = describePrincipal(principal);
  const change = { settings: after, sealedSecret, changedBy, nowMs };
  const losses = await keepOwnWayIn(trx, { principal, id, nowMs }, async () => {
    if (!(await updateProvider(trx, { id, versionBefore: before.version, ...change }))) {
      throw providerProblem("provider-moved-on");
    }
    // Its users know it by the name it had.
    const ending = { provider: before, by: removedBy(principal, nowMs) };
    return endProviderAccess(trx, parts, { ...ending, before, after });
  });
  const isSecretNew = sealedSecret !== before.sealedSecret;
  await parts.recordEvent(trx, {
    kind: "provider-changed",
    atMs: nowMs,
    userId: null,
    actor: changedBy,
    account: accountCodeOf(id),
    detail: {
      provider: id,
      version: before.version + 1,
      ...describeSettingsChange(before, after),
      ...(isSecretNew ? { isSecretNew } : {}),
      ...losses,
    },
  });
  // Of everybody: by which ways users can come in has changed, also of those who stay.
  await recordUserChange(trx, null, nowMs);
  return losses;
}

/** What a new provider has where nothing is sent. */
function blank(kind: ProviderKind): ProviderSettings {
  return {
    kind,
    name: "",
    issuer: "",
    tenant: null,
    tenants: [],
    clientId: "",
    factorAcrs: [],
    privateHosts: [],
    signsOut: false,
    isEnabled: false,
  };
}

function settingsOf(
  principal: Principal,
  sent: SentSettings,
  before: ProviderSettings,
): ProviderSettings {
  const read = readProviderSettings(sent, before);
  if (!read.ok) throw refused(read.errors);
  const isOperator = reachOf(principal).kind === "platform";
  if (!isOperator && !isSame(read.settings.privateHosts, before.privateHosts)) {
    const message = "Which hosts may be in a private network, operators of the platform say.";
    const errors = [{ path: "/privateHosts", message }];
    throw providerProblem("private-hosts-not-allowed", { detail: message, errors });
  }
  return read.settings;
}

/**
 * The secret would be sent to whoever answers at the new place (CVE-2026-15943). Throws
 * `provider-refused`.
 */
function demandSecret(before: StoredProvider, after: ProviderSettings): void {
  const changed = [
    before.issuer === after.issuer || after.kind === "microsoft" ? [] : ["the issuer"],
    before.tenant === after.tenant ? [] : ["the tenant"],
    before.clientId === after.clientId ? [] : ["the client id"],
    isSame(before.privateHosts, after.privateHosts) ? [] : ["the private hosts"],
  ].flat();
  if (changed.length > 0) {
    const what = changed.join(" and ");
    const message = `Enter the client secret again: with ${what} it goes elsewhere.`;
    throw refused([{ path: "/clientSecret", message }]);
  }
  if (after.isEnabled && before.sealedSecret === null) {
    const message = "Enter the client secret: without it nobody can sign in by this provider.";
    throw refused([{ path: "/clientSecret", message }]);
  }
}

function sealSecret({ keyRing }: EditProviderParts, id: string, secret: string): string {
  return keyRing.seal(Buffer.from(secret, "utf8"), providerSecretRow(id));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

function refused(errors: readonly InputError[]): Error {
  const detail = errors.map(({ message }) => message).join(" ");
  return providerProblem("provider-refused", { detail, errors });
}

function codeTaken(code: string): Error {
  const message = `Another provider has the code ${code}: take one that is free.`;
  const errors = [{ path: "/code", message }];
  return providerProblem("provider-exists", { detail: message, errors });
}

// Adds, changes and deletes webhooks: checked whole, versioned, told in the journal.
import type { Transaction } from "kysely";
import type { NewWebhookBody, WebhookPatch } from "../../../api/webhook-api.ts";
import { WEBHOOK_BOUNDS } from "../../../api/webhook-api.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import { randomId } from "../../../platform/crypto/random.ts";
import { newWebhookSecret } from "../../../platform/crypto/webhook-signature.ts";
import type { Database } from "../../../platform/database/database.ts";
import type { Schema } from "../../migrations/schema.ts";
import { describePrincipal } from "../../accounts/index.ts";
import type { Principal } from "../../accounts/index.ts";
import type { Journal } from "../create-journal.ts";
import { dropDeliveries } from "./delivery-store.ts";
import { readNewAddress } from "./webhook-address.ts";
import { webhookProblem } from "./webhook-problem.ts";
import {
  addLost,
  deleteWebhookRow,
  findWebhook,
  insertWebhook,
  listWebhooks,
  updateWebhook,
  webhookSecretRow,
} from "./webhook-store.ts";
import type { StoredWebhook, WebhookSettings } from "./webhook-store.ts";

export type EditParts = {
  readonly database: Database<Schema>;
  readonly journal: Pick<Journal, "recordEvent">;
  readonly keyRing: Pick<KeyRing, "seal">;
  readonly isPublicAddress: (address: string) => boolean;
  readonly nowMs: () => number;
};

/** The secret is told this once. */
export async function createWebhook(
  parts: EditParts,
  principal: Principal,
  body: NewWebhookBody,
): Promise<{ readonly id: string; readonly secret: string }> {
  refuseToken(principal);
  const { database, keyRing } = parts;
  const settings = { ...body, url: readUrl(parts, body.url), isOn: true };
  const id = randomId();
  const secret = newWebhookSecret();
  const nowMs = parts.nowMs();
  const createdBy = describePrincipal(principal);
  await database.transaction(async (trx) => {
    if ((await listWebhooks(trx)).length >= WEBHOOK_BOUNDS.webhooks) {
      throw webhookProblem("webhooks-full");
    }
    const sealedSecret = seal(keyRing, id, secret);
    await insertWebhook(trx, { ...settings, id, sealedSecret, createdBy, nowMs });
    const detail = { webhook: id, ...wordsOf(settings) };
    await tell(trx, parts, { kind: "webhook-created", principal, detail });
  });
  return { id, secret };
}

export async function changeWebhook(
  parts: EditParts,
  principal: Principal,
  { id, patch }: { readonly id: string; readonly patch: WebhookPatch },
): Promise<void> {
  refuseToken(principal);
  const { version, ...sent } = patch;
  const url = sent.url === undefined ? {} : { url: readUrl(parts, sent.url) };
  await parts.database.transaction(async (trx) => {
    const before = await find(trx, id);
    if (version !== undefined && version !== before.version) {
      throw webhookProblem("webhook-moved-on");
    }
    const { name, groups, isOn } = { ...before, ...sent };
    const after = { name, url: url.url ?? before.url, groups, isOn };
    await save(trx, before, { ...after, sealedSecret: before.sealedSecret });
    const dropped = after.isOn ? 0 : await dropDeliveries(trx, id);
    await addLost(trx, id, dropped);
    const detail = { webhook: id, ...differenceOf(before, after), ...(dropped > 0 && { dropped }) };
    await tell(trx, parts, { kind: "webhook-changed", principal, detail });
  });
}

/** Returns the new one, which is told this once. */
export async function renewSecret(
  parts: EditParts,
  principal: Principal,
  id: string,
): Promise<string> {
  refuseToken(principal);
  const secret = newWebhookSecret();
  await parts.database.transaction(async (trx) => {
    const before = await find(trx, id);
    await save(trx, before, { ...before, sealedSecret: seal(parts.keyRing, id, secret) });
    const detail = { webhook: id, name: before.name, isSecretNew: true };
    await tell(trx, parts, { kind: "webhook-changed", principal, detail });
  });
  return secret;
}

export async function deleteWebhook(
  parts: EditParts,
  principal: Principal,
  id: string,
): Promise<{ readonly dropped: number }> {
  refuseToken(principal);
  return await parts.database.transaction(async (trx) => {
    const before = await find(trx, id);
    if (!(await deleteWebhookRow(trx, id))) throw webhookProblem("webhook-not-found");
    const dropped = await dropDeliveries(trx, id);
    const detail = { webhook: id, ...wordsOf(before), dropped };
    await tell(trx, parts, { kind: "webhook-deleted", principal, detail });
    return { dropped };
  });
}

async function find(trx: Transaction<Schema>, id: string): Promise<StoredWebhook> {
  const webhook = await findWebhook(trx, id);
  if (webhook === null) throw webhookProblem("webhook-not-found");
  return webhook;
}

async function save(
  trx: Transaction<Schema>,
  before: StoredWebhook,
  after: WebhookSettings & { readonly sealedSecret: string },
): Promise<void> {
  if (!(await updateWebhook(trx, before, after))) throw webhookProblem("webhook-moved-on");
}

function refuseToken(principal: Principal): void {
  if (principal.kind === "token") throw webhookProblem("webhook-not-editable");
}

function readUrl({ isPublicAddress }: EditParts, text: string): string {
  const read = readNewAddress(text, isPublicAddress);
  if (read.ok) return read.url;
  const errors = [{ path: "/url", message: read.why }];
  throw webhookProblem("webhook-refused", { detail: `url: ${read.why}.`, errors });
}

function seal(keyRing: EditParts["keyRing"], id: string, secret: string): string {
  return keyRing.seal(Buffer.from(secret, "utf8"), webhookSecretRow(id));
}

async function tell(
  trx: Transaction<Schema>,
  { journal, nowMs }: EditParts,
  told: {
    readonly kind: "webhook-created" | "webhook-changed" | "webhook-deleted";
    readonly principal: Principal;
    readonly detail: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { kind, principal, detail } = told;
  const actor = describePrincipal(principal);
  await journal.recordEvent(trx, { kind, atMs: nowMs(), actor, detail });
}

/** The host says enough: receivers' paths are often as good as a password. */
function wordsOf({ name, url, groups, isOn }: WebhookSettings) {
  return { name, host: new URL(url).host, groups: groups.join(", "), isOn };
}

function differenceOf(before: WebhookSettings, after: WebhookSettings) {
  const old: Readonly<Record<string, unknown>> = wordsOf(before);
  const changes = Object.entries(wordsOf(after)).filter(([name, value]) => old[name] !== value);
  const isPathNew = before.url !== after.url;
  return {
    name: after.name,
    ...Object.fromEntries(changes.map(([name]) => [`before.${name}`, old[name]])),
    ...Object.fromEntries(changes.map(([name, value]) => [`after.${name}`, value])),
    ...(isPathNew && { isAddressNew: true }),
  };
}

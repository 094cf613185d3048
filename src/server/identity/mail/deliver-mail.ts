// Sends one mail of the queue: claim, fresh link or code, send, settle.
import type { Transaction } from "kysely";
import type { MailKind } from "../../../api/mail-api.ts";
import { parseAddress } from "../../../core/network/address.ts";
import { addressKey } from "../../../core/network/address-range.ts";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import type { Mailer } from "../../../platform/mail/create-mailer.ts";
import type { MailOutcome } from "../../../platform/mail/mail-message.ts";
import { findUserById } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import { makeEmailCode, takeBackEmailCode } from "../email-codes/email-code-store.ts";
import type { IdentityEvent, IdentityParts, PersonPlace } from "../identity-parts.ts";
import { issueLink } from "../links/link-store.ts";
import { linkPurposeOf } from "./mail-content.ts";
import type { MailPlace } from "./mail-content.ts";
import { claimMail, GIVE_UP_AFTER_MS, settleMail } from "./mail-store.ts";
import type { MailSettlement, StoredMail } from "./mail-store.ts";
import { renderMail } from "./render-mail.ts";
import { retryPauseMs } from "./retry-pause.ts";

export type DeliveryParts = Pick<
  IdentityParts,
  "database" | "clock" | "keyRing" | "publicUrl" | "portalName" | "recordEvent" | "onError"
> & { readonly mailer: Mailer };

/** Made for this attempt; null for mails without a link, or without a code. */
export type MailSecrets = { readonly token: string | null; readonly code: string | null };
export type ClaimedMail = MailSecrets & { readonly mail: StoredMail };

/** Kinds without a link to choose a password that go to who the user is now all the same. */
const HELD_TO_USER: ReadonlySet<MailKind> = new Set(["second-factor-code", "missed-call"]);
const NO_SECRETS: MailSecrets = { token: null, code: null };

/**
 * Null when another node has it. Link and code are made in the transaction of the claim, so each
 * attempt has its own: who is killed before sending has mailed none, and the next attempt's voids
 * the one that nobody has seen.
 */
export async function claimForDelivery(
  parts: DeliveryParts,
  id: string,
): Promise<ClaimedMail | null> {
  const { database, clock, keyRing } = parts;
  const nowMs = clock.nowMs();
  return await database.transaction(async (trx) => {
    const mail = await claimMail(trx, id, nowMs);
    if (mail === null) return null;
    const made = await makeSecrets(trx, mail, { keyRing, nowMs });
    if (made.ok) return { mail, ...made.secrets };
    await settleMail(trx, mail, { kind: "failed", atMs: nowMs, error: made.refusal });
    return null;
  });
}

type Secrets =
  | { readonly ok: true; readonly secrets: MailSecrets }
  | { readonly ok: false; readonly refusal: string };

async function makeSecrets(
  trx: Transaction<Schema>,
  mail: StoredMail,
  { keyRing, nowMs }: { readonly keyRing: KeyRing; readonly nowMs: number },
): Promise<Secrets> {
  const { userId } = mail;
  const purpose = linkPurposeOf(mail.kind);
  if (purpose === null && !HELD_TO_USER.has(mail.kind)) return { ok: true, secrets: NO_SECRETS };
  const refusal = await refuseRecipient(trx, mail);
  if (refusal !== null) return { ok: false, refusal };
  if (userId === null) return { ok: false, refusal: "the mail has no user" };
  if (mail.kind === "second-factor-code") {
    const code = await makeEmailCode(trx, keyRing, { ...mail.data, userId, nowMs });
    if (code === null) return { ok: false, refusal: "nobody waits for the code any more" };
    return { ok: true, secrets: { ...NO_SECRETS, code } };
  }
  if (purpose === null) return { ok: true, secrets: NO_SECRETS };
  const token = await issueLink(trx, { userId, purpose, nowMs });
  return { ok: true, secrets: { ...NO_SECRETS, token } };
}

/** Link, code and a recording are for one user: they go to who that is now, or to nobody. */
async function refuseRecipient(trx: Transaction<Schema>, mail: StoredMail): Promise<string | null> {
  const user = mail.userId === null ? null : await findUserById(trx, mail.userId);
  if (user === null) return "the user was deleted";
  if (user.isDisabled) return "the user is disabled";
  return user.email === mail.to ? null : "the user has another e-mail address now";
}

/** Rejects when the store is away; the claim then runs out and the mail is sent once more. */
export async function deliverMail(
  parts: DeliveryParts,
  claimed: ClaimedMail,
  signal: AbortSignal,
): Promise<void> {
  const { database, clock } = parts;
  const { mail } = claimed;
  const outcome = await send(parts, claimed, signal);
  const settlement = settlementOf(mail, outcome, clock.nowMs());
  const event = eventOf(mail, settlement, clock.nowMs());
  await database.transaction(async (trx) => {
    const isSettled = await settleMail(trx, mail, settlement);
    if (isSettled) await takeBackCode(trx, mail, settlement);
    // A mail that is out is out, whoever has its row by now.
    if (event !== null && (isSettled || settlement.kind === "sent")) {
      await parts.recordEvent(trx, event);
    }
  });
}

/** Who waits for a code is told that it has not left, in place of looking for it in vain. */
async function takeBackCode(
  trx: Transaction<Schema>,
  mail: StoredMail,
  { kind }: MailSettlement,
): Promise<void> {
  const { userId } = mail;
  if (mail.kind !== "second-factor-code" || userId === null || kind === "sent") return;
  await takeBackEmailCode(trx, { ...mail.data, userId, isWaiting: kind === "waiting" });
}

async function send(
  parts: DeliveryParts,
  { mail, token, code }: ClaimedMail,
  signal: AbortSignal,
): Promise<MailOutcome> {
  const { clock, mailer, portalName, publicUrl } = parts;
  try {
    const at = { portalName, publicUrl, nowMs: clock.nowMs() };
    const message = renderMail(mail, { ...at, token, code });
    return await mailer.send(message, signal);
  } catch (error) {
    // A mistake of ours would be the same at every further attempt.
    parts.onError(error, "composing a mail");
    return { kind: "permanent-failure", error: "the mail could not be composed" };
  }
}

function settlementOf(mail: StoredMail, outcome: MailOutcome, nowMs: number): MailSettlement {
  if (outcome.kind === "sent") return { kind: "sent", atMs: nowMs };
  const { error } = outcome;
  const untilMs = nowMs + retryPauseMs(mail.attempts);
  // Whoever asks for a test is waiting for the answer.
  const isOver = mail.kind === "test" || untilMs > mail.createdAtMs + GIVE_UP_AFTER_MS;
  if (outcome.kind === "permanent-failure" || isOver) return { kind: "failed", atMs: nowMs, error };
  return { kind: "waiting", untilMs, error };
}

function eventOf(
  mail: StoredMail,
  settlement: MailSettlement,
  nowMs: number,
): IdentityEvent | null {
  const { id, kind, userId, to, attempts } = mail;
  const common = { atMs: nowMs, userId, actor: null };
  if (settlement.kind === "sent" && mail.kind === "password-reset") {
    const place = toPersonPlace(mail.data.place);
    return { ...common, kind: "password-reset-sent", place, detail: { mailId: id } };
  }
  if (settlement.kind !== "failed" || kind === "test") return null;
  const detail = { mailId: id, mail: kind, to, attempts, error: settlement.error };
  return { ...common, kind: "mail-failed", detail };
}

function toPersonPlace(place: MailPlace | null): PersonPlace | null {
  const address = place === null ? null : parseAddress(place.address);
  if (place === null || address === null) return null;
  const { country, userAgent } = place;
  return {
    address,
    addressText: place.address,
    addressKey: addressKey(address),
    country,
    userAgent,
  };
}

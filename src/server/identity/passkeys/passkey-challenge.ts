// Challenges that carry their own proof: nothing is stored until one has been answered.
import type { Transaction } from "kysely";
import type { KeyRing } from "../../../platform/crypto/key-ring.ts";
import { randomToken } from "../../../platform/crypto/random.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import type { Schema } from "../../migrations/schema.ts";

/** What an answer is good for; one for another purpose is refused (row 93). */
export type ChallengePurpose = "sign-in" | "second-factor" | "proof" | "register";

export type ChallengeUse = {
  readonly purpose: ChallengePurpose;
  /** The session that asked; empty where nobody is known yet. */
  readonly sessionId: string;
};

export const CHALLENGE_MS = 300_000;
/** WebAuthn Level 3, 13.4.3 asks for 16 at least. */
const RANDOM_BYTES = 32;
const MAC_PURPOSE = "passkey-challenge";
/** One spelling only: a second one of the same challenge would be good a second time. */
const CHALLENGE_TEXT = /^([A-Za-z0-9_-]{43})\.([1-9][0-9]{0,14})\.([a-z0-9.]{1,200})$/;

/** `random.expiry.mac`; the mac says for whom and what, so that neither has to be kept. */
export function issueChallenge(keyRing: KeyRing, use: ChallengeUse, nowMs: number): string {
  const random = randomToken(RANDOM_BYTES);
  const expiresAtMs = nowMs + CHALLENGE_MS;
  return `${random}.${expiresAtMs}.${keyRing.mac(macText(use, random, expiresAtMs), MAC_PURPOSE)}`;
}

/** When it expires; null when it is not ours, for something or somebody else, or expired. */
export function judgeChallenge(
  keyRing: KeyRing,
  challenge: string,
  at: ChallengeUse & { readonly nowMs: number },
): number | null {
  const [, random, expiry, mac] = CHALLENGE_TEXT.exec(challenge) ?? [];
  if (random === undefined || expiry === undefined || mac === undefined) return null;
  const expiresAtMs = Number(expiry);
  if (!keyRing.isMac(mac, macText(at, random, expiresAtMs), MAC_PURPOSE)) return null;
  return expiresAtMs > at.nowMs ? expiresAtMs : null;
}

function macText(
  { purpose, sessionId }: ChallengeUse,
  random: string,
  expiresAtMs: number,
): string {
  return [purpose, sessionId, random, expiresAtMs].join("\n");
}

/**
 * Uses a challenge up, whatever comes of its answer. INVARIANT: of any number of answers to one, on
 * any number of nodes, one is looked at: the insert decides.
 */
export async function takeChallenge(
  trx: Transaction<Schema>,
  challenge: string,
  expiresAtMs: number,
): Promise<boolean> {
  const taken = await trx
    .insertInto("identity_used_challenge")
    .values({ hash: sha256Hex(challenge), expires_at: expiresAtMs })
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .returning("hash")
    .executeTakeFirst();
  return taken !== undefined;
}

/** An expired one is refused by its own words. A minute more, as nodes' clocks differ. */
export async function forgetUsedChallenges(trx: Transaction<Schema>, nowMs: number): Promise<void> {
  await trx
    .deleteFrom("identity_used_challenge")
    .where("expires_at", "<=", nowMs - 60_000)
    .execute();
}

// Gives people second factors by the store, for suites about giving them at the sign-in.
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import { encodeAppSecret, newAppSecret } from "../../src/platform/crypto/app-codes.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { appSecretRow, putFactor } from "../../src/server/identity/second-factor/factor-store.ts";
import { saveIdentitySection } from "../../src/server/identity/policies/identity-policy-store.ts";
import { recordUserChange } from "../../src/server/identity/sessions/user-changes.ts";
import {
  makeBackupCodes,
  prepareBackupCodes,
} from "../../src/server/identity/two-factor/backup-code-store.ts";
import type { TwoFactorRules } from "../../src/core/identity/identity-policy.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { createAuthenticator } from "../people/authenticator.ts";
import type { Authenticator } from "../people/authenticator.ts";
import type { createStandingClock } from "./open-store.ts";
import { RIGHT } from "./people-at-the-door.ts";
import type { Browser, CredentialsNode } from "./start-credentials.ts";

const WEAK = { memoryCost: 64, timeCost: 1, parallelism: 1 };
const hasher = createPasswordHasher({ threads: 1, parameters: WEAK });

export function factorsOf(store: {
  readonly database: Database<Schema>;
  readonly clock: ReturnType<typeof createStandingClock>;
}) {
  const { database, clock } = store;
  let versions = 0;

  /** As if it had been set up a while ago. */
  async function giveApp(userId: string): Promise<Authenticator> {
    const secret = newAppSecret();
    const sealedSecret = TEST_KEY_RING.seal(secret, appSecretRow(userId));
    const factor = { userId, method: "app", sealedSecret, lastStep: 0 } as const;
    await database.transaction((trx) => putFactor(trx, { ...factor, setUpAtMs: clock.nowMs() }));
    return createAuthenticator(encodeAppSecret(secret), clock);
  }

  async function giveEmail(userId: string): Promise<void> {
    const factor = { userId, method: "email", setUpAtMs: clock.nowMs() } as const;
    await database.transaction((trx) => putFactor(trx, factor));
  }

  async function giveBackupCodes(userId: string): Promise<readonly string[]> {
    const prepared = await prepareBackupCodes(hasher);
    const made = { prepared, nowMs: clock.nowMs() };
    return database.transaction((trx) => makeBackupCodes(trx, userId, made));
  }

  /** The platform's own, which hold for users without an account. */
  async function setTwoFactor(node: CredentialsNode, rules: Partial<TwoFactorRules>) {
    const value = { frequency: "every-login", required: { enabled: false }, ...rules } as const;
    const change = { owner: "platform", section: "two-factor", value } as const;
    const by = { changedBy: "test", nowMs: clock.nowMs() };
    await database.transaction(async (trx) => {
      await saveIdentitySection(trx, { ...change, ...by }, versions);
      await recordUserChange(trx, null, clock.nowMs());
    });
    versions += 1;
    await node.sessions.followUserChanges();
  }

  return { giveApp, giveEmail, giveBackupCodes, setTwoFactor };
}

/** A browser whose sign-in waits for the second factor. */
export async function halfSignedIn(
  node: CredentialsNode,
  email = "ada@example.com",
): Promise<Browser> {
  const browser = node.open();
  const answer = await browser.signIn(email, RIGHT);
  if (answer.json?.next !== "second-factor") throw new Error(answer.text);
  return browser;
}

/** Six digits that no app of a test shows at the time: told apart by their number. */
export function wrongCode(number: number, app: Authenticator): string {
  const near = new Set(Array.from({ length: 300 }, (_, index) => app.codeAt(index - 150)));
  let code = number;
  for (;;) {
    const text = String(code % 1_000_000).padStart(6, "0");
    if (!near.has(text)) return text;
    code += 1000;
  }
}

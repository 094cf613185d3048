// What a restored store still takes as a second factor: what is on, but nothing used before.
import { expect, it } from "vitest";
import { appCodeAt, findAppStep } from "../../src/platform/crypto/app-codes.ts";
import { judgeTimeStep, timeStepAt } from "../../src/core/identity/time-step.ts";
import { backUpTo } from "../../src/platform/database/back-up.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { restoreFrom } from "../../src/platform/database/restore.ts";
import { voidIdentitySecrets } from "../../src/server/identity/sessions/void-identity-secrets.ts";
import { MIGRATIONS } from "../../src/server/migrations/migrations.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { fillSecrets, userIdAt } from "../identity/sealed-secrets.ts";
import { describeEachEngine } from "./engines.ts";
import { openStore, placeStore } from "./open-store.ts";

const NOW_MS = 1_800_000_000_000;
const ada = userIdAt(0);

describeEachEngine("a restored store", (harness) => {
  it("takes no code, set-up, backup code or trusted browser of before", async () => {
    const place = await placeStore(harness);
    const database = await openStore(harness, place);
    await fillSecrets(database, TEST_KEY_RING, 2);
    await addSecrets(database);
    const path = `${place.dataDirectory}/store.backup`;
    expect(await backUpTo(database, path, NOW_MS)).toMatchObject({ ok: true });
    await database.close();
    const outcome = await restoreFrom<Schema>({
      ...place,
      path,
      migrations: MIGRATIONS,
      nowMs: NOW_MS,
      afterLoad: (trx) => voidIdentitySecrets(trx, NOW_MS),
    });
    expect(outcome).toMatchObject({ ok: true });

    const { kysely } = await harness.open<Schema>(place);
    for (const table of [
      "identity_email_code",
      "identity_factor_setup",
      "identity_trusted_browser",
      "identity_backup_set",
      "identity_backup_code",
    ] as const) {
      const left = await kysely.selectFrom(table).select("user_id").execute();
      expect([table, left]).toEqual([table, []]);
    }
    const methods = await kysely
      .selectFrom("identity_factor")
      .select(["user_id", "method", "sealed_secret", "last_step"])
      .orderBy("user_id")
      .orderBy("method")
      .execute();
    expect(methods.map(({ user_id: id, method }) => [id, method])).toEqual([
      [ada, "app"],
      [ada, "email"],
      [userIdAt(1), "app"],
    ]);
    const passkeys = await kysely.selectFrom("identity_passkey").select("user_id").execute();
    expect(passkeys).toEqual([{ user_id: ada }]);
    const used = await kysely.selectFrom("identity_used_challenge").select("hash").execute();
    expect(used).toEqual([{ hash: "used" }]);

    // Whatever code may have been seen before the restore is not right, the next one is.
    const secret = Buffer.from("12345678901234567890");
    const nowStep = timeStepAt(NOW_MS);
    const lastStep = methods[0]?.last_step ?? 0;
    const judge = (step: number, at: number) => {
      const code = appCodeAt({ secret, step });
      const codeStep = findAppStep({ secret, code, nowStep: at, stepsEitherWay: 1 });
      return judgeTimeStep({ codeStep, nowStep: at, lastStep });
    };
    for (const step of [nowStep - 1, nowStep, nowStep + 1]) {
      expect(judge(step, nowStep)).toBe("replayed");
    }
    expect(judge(nowStep + 2, nowStep + 2)).toBe("right");
  });
});

async function addSecrets(database: Database<Schema>): Promise<void> {
  const later = NOW_MS + 1_000_000;
  const place = { address: "203.0.113.7", country: "DE", user_agent: "" };
  const times = { created_at: 1, last_used_at: 1, expires_at: later };
  await database.transaction(async (trx) => {
    await trx
      .insertInto("identity_factor")
      .values({ user_id: ada, method: "email", sealed_secret: null, last_step: 0, set_up_at: 1 })
      .execute();
    const counts = { mac: "m", wrong_codes: 0, requested_at: 1, sent_at: NOW_MS };
    await trx
      .insertInto("identity_email_code")
      .values({ user_id: ada, purpose: "sign-in", session_id: "s", ...counts })
      .execute();
    await trx
      .insertInto("identity_trusted_browser")
      .values({ id: "t", token_hash: "t", user_id: ada, ...place, ...times })
      .execute();
    const set = { user_id: ada, salt: "salt", created_at: 1 };
    await trx.insertInto("identity_backup_set").values(set).execute();
    const code = { user_id: ada, hash: "hash", used_at: null };
    await trx.insertInto("identity_backup_code").values(code).execute();
    const key = { credential_id: "c", public_key: "k", counter: 0, transports_json: "[]" };
    await trx
      .insertInto("identity_passkey")
      .values({ id: "p", user_id: ada, ...key, name: "", is_synced: 0, created_at: 1 })
      .execute();
    const challenge = { hash: "used", expires_at: later };
    await trx.insertInto("identity_used_challenge").values(challenge).execute();
  });
}

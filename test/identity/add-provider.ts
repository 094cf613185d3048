// Puts a provider into a store, as if a manager had made it.
import type { KeyRing } from "../../src/platform/crypto/key-ring.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { GOOGLE_ISSUER } from "../../src/core/identity/single-sign-on/provider.ts";
import {
  insertProvider,
  providerSecretRow,
} from "../../src/server/identity/providers/provider-store.ts";
import type { ProviderSettings } from "../../src/server/identity/providers/provider-store.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

const GOOGLE_SETTINGS: ProviderSettings = {
  kind: "google",
  name: "Google",
  issuer: GOOGLE_ISSUER,
  tenant: null,
  tenants: [],
  clientId: "postern",
  factorAcrs: [],
  privateHosts: [],
  signsOut: false,
  isEnabled: true,
};

/** Its secret is `secret of <id>`. */
export async function addProvider(
  database: Database<Schema>,
  wanted: {
    readonly id: string;
    readonly keyRing: Pick<KeyRing, "seal">;
    readonly owner?: string;
    readonly settings?: Partial<ProviderSettings>;
  },
): Promise<void> {
  const { id, keyRing, owner = "platform", settings } = wanted;
  const secret = Buffer.from(`secret of ${id}`, "utf8");
  await database.transaction((trx) =>
    insertProvider(trx, {
      id,
      owner,
      settings: { ...GOOGLE_SETTINGS, ...settings },
      sealedSecret: keyRing.seal(secret, providerSecretRow(id)),
      changedBy: "test",
      nowMs: 1,
    }),
  );
}

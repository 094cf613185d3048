// Connects users with providers by the store, for suites about what connections open and end.
import { GOOGLE_ISSUER } from "../../src/core/identity/single-sign-on/provider.ts";
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import type { ProviderSettings } from "../../src/server/identity/providers/provider-store.ts";
import { insertConnection } from "../../src/server/identity/single-sign-on/connection-store.ts";
import { addProvider } from "../identity/add-provider.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { createSoftwarePasskey } from "../people/software-passkey.ts";
import type { SoftwarePasskey } from "../people/software-passkey.ts";
import type { EngineHarness } from "./engines.ts";
import { RIGHT, setUpDoor } from "./people-at-the-door.ts";
import { PUBLIC_URL } from "./start-credentials.ts";
import type { Answer, Browser } from "./start-credentials.ts";

export const ADA = "ada@example.com";
export const CONNECTIONS = "/api/v1/me/connections";
export const PASSWORD = "/api/v1/me/password";

export const refusalOf = ({ status, json }: Answer): readonly unknown[] => [status, json?.code];

/** Open to whole sessions alone. */
export async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.send("GET", CONNECTIONS)).status === 200;
}

export async function prove(browser: Browser): Promise<Browser> {
  const body = { method: "password", password: RIGHT };
  const answer = await browser.send("POST", "/api/v1/me/proof", { body });
  if (answer.status !== 200) throw new Error(answer.text);
  return browser;
}

/** In a session that has just proved who it is. */
export async function addPasskey(browser: Browser): Promise<SoftwarePasskey> {
  const passkey = createSoftwarePasskey(PUBLIC_URL);
  const { json } = await browser.send("POST", "/api/v1/me/passkeys/options");
  const body = { response: passkey.create(json.options), name: "Key" };
  const added = await browser.send("POST", "/api/v1/me/passkeys", { body });
  if (added.status !== 200) throw new Error(added.text);
  return passkey;
}

export async function signInByPasskey(browser: Browser, passkey: SoftwarePasskey): Promise<Answer> {
  const { json } = await browser.send("POST", "/api/v1/sign-in/passkey-options");
  const body = { response: passkey.sign(json.options) };
  return browser.send("POST", "/api/v1/sign-in/passkey", { body });
}

export async function setUpConnected(harness: EngineHarness) {
  const door = await setUpDoor(harness);
  const { database, clock, node } = door;

  async function addAccount(code: string): Promise<string> {
    const added = await node.accounts.addAccount({ code, name: code, createdBy: "test" });
    if (!added.ok) throw new Error(added.why);
    return added.account.id;
  }

  /** Its name is its id. */
  const provide = (id: string, settings: Partial<ProviderSettings> = {}, owner = "platform") =>
    addProvider(database, {
      id,
      owner,
      keyRing: TEST_KEY_RING,
      settings: { kind: "oidc", name: id, ...settings },
    });

  async function setEnabled(id: string, isEnabled: boolean): Promise<void> {
    await database.transaction((trx) =>
      trx
        .updateTable("identity_provider")
        .set({ is_enabled: isEnabled ? 1 : 0 })
        .where("id", "=", id)
        .execute(),
    );
  }

  /** Gives the connection's id. */
  async function connect(userId: string, providerId: string, tenant = ""): Promise<string> {
    const issuer =
      tenant === "" ? GOOGLE_ISSUER : `https://login.microsoftonline.com/${tenant}/v2.0`;
    const who = { issuer, subject: userId, tenant, accountShown: `ada at ${providerId}` };
    const made = await database.transaction((trx) =>
      insertConnection(trx, { ...who, providerId, userId, nowMs: clock.nowMs() }),
    );
    if (made.kind !== "made") throw new Error(made.kind);
    return made.id;
  }

  function sessionRow(browser: Browser) {
    const token = browser.cookies.get("__Host-postern-session") ?? "";
    return database.kysely
      .selectFrom("identity_session")
      .selectAll()
      .where("token_hash", "=", sha256Hex(token))
      .executeTakeFirst();
  }

  /** As if the sign-in had come by the connection, and been whole at once. */
  async function signedInBy(
    connectionId: string | null,
    more: { readonly email?: string; readonly stage?: "second-factor" } = {},
  ): Promise<Browser> {
    const browser = node.open();
    const answer = await browser.signIn(more.email ?? ADA, RIGHT);
    if (answer.status !== 200) throw new Error(answer.text);
    const id = (await sessionRow(browser))?.id ?? "";
    await database.transaction((trx) =>
      trx
        .updateTable("identity_session")
        .set({ connection_id: connectionId, stage: more.stage ?? "none" })
        .where("id", "=", id)
        .execute(),
    );
    return browser;
  }

  const mails = async (kind: string) => {
    const rows = await database.kysely
      .selectFrom("identity_mail")
      .select(["to_address", "data_json"])
      .where("kind", "=", kind)
      .orderBy("created_at")
      .execute();
    return rows.map((row) => ({ to: row.to_address, data: JSON.parse(row.data_json) as unknown }));
  };

  /** Without their times and places. */
  const events = (kind: string) =>
    node.events
      .filter((event) => event.kind === kind)
      .map(({ userId, actor, reason, detail }) => ({ userId, actor, reason, detail }));

  return {
    ...door,
    addAccount,
    provide,
    setEnabled,
    connect,
    sessionRow,
    signedInBy,
    mails,
    events,
  };
}

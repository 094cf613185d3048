// People at the door beside a provider that signs them in, for suites about single sign-on.
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import type { IdentitySection } from "../../src/core/identity/identity-policy.ts";
import {
  saveIdentitySection,
  type IdentitySectionValue,
} from "../../src/server/identity/policies/identity-policy-store.ts";
import { providerSecretRow } from "../../src/server/identity/providers/provider-store.ts";
import type { ProviderSettings } from "../../src/server/identity/providers/provider-store.ts";
import { recordUserChange } from "../../src/server/identity/sessions/user-changes.ts";
import { addProvider } from "../identity/add-provider.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import type { MisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { EngineHarness } from "./engines.ts";
import { factorsOf } from "./factors-at-the-door.ts";
import { RIGHT, setUpDoor } from "./people-at-the-door.ts";
import type { Answer, Browser } from "./start-credentials.ts";

export const BIND = "/api/v1/sign-in/bind";
export const BIND_COOKIE = "__Host-postern-bind";
export const SESSION_COOKIE = "__Host-postern-session";

/** With one provider of the platform, `idp`. */
export async function setUpSsoDoor(
  harness: EngineHarness,
  provider: MisbehavingProvider,
  given: Parameters<typeof setUpDoor>[1] = {},
) {
  const door = await setUpDoor(harness, given);
  const { database, clock, node } = door;
  provider.behave();

  async function provide(
    id: string,
    settings: Partial<ProviderSettings> = {},
    owner = "platform",
  ): Promise<void> {
    const { issuer, clientId, clientSecret } = provider;
    const own = { kind: "oidc", name: `The ${id}`, issuer, clientId } as const;
    const local = { ...own, privateHosts: ["127.0.0.1"], ...settings };
    await addProvider(database, { id, owner, keyRing: TEST_KEY_RING, settings: local });
    const secret = Buffer.from(clientSecret, "utf8");
    await changeProvider(id, { sealed_secret: TEST_KEY_RING.seal(secret, providerSecretRow(id)) });
  }

  async function changeProvider(
    id: string,
    columns: {
      readonly is_enabled?: 0 | 1;
      readonly sealed_secret?: string;
      readonly issuer?: string;
      readonly client_id?: string;
      readonly name?: string;
    },
  ): Promise<void> {
    await database.transaction((trx) =>
      trx.updateTable("identity_provider").set(columns).where("id", "=", id).execute(),
    );
  }

  let versions = 0;
  async function setSection(section: IdentitySection, value: IdentitySectionValue): Promise<void> {
    const change = { owner: "platform", section, value } as const;
    const by = { changedBy: "test", nowMs: clock.nowMs() };
    await database.transaction(async (trx) => {
      await saveIdentitySection(trx, { ...change, ...by }, versions);
      await recordUserChange(trx, null, clock.nowMs());
    });
    versions += 1;
    await node.sessions.followUserChanges();
  }

  /** Gives the address that the provider sends the browser back to, below the portal's own. */
  async function begin(browser: Browser, more: object = {}, path = "/api/v1/sign-in/provider") {
    const body = { provider: "idp", ...more };
    const answer = await browser.send("POST", path, { body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    const { pathname, search } = await provider.visit(String(answer.json.url));
    return pathname + search;
  }

  const land = (browser: Browser, callback: string): Promise<Answer> =>
    browser.send("GET", callback);

  /** The whole way; gives where it leads. */
  async function signInBy(
    browser: Browser,
    claims: Readonly<Record<string, unknown>>,
    more: object = {},
  ): Promise<string> {
    provider.behave({ claims });
    return leadsTo(await land(browser, await begin(browser, more)));
  }

  /** In a session that has just proved who it is. */
  async function connect(browser: Browser, sub: string, id = "idp"): Promise<string> {
    const proof = { method: "password", password: RIGHT };
    await browser.send("POST", "/api/v1/me/proof", { body: proof });
    provider.behave({ claims: { sub } });
    const callback = await begin(browser, { provider: id }, "/api/v1/me/connections");
    return leadsTo(await land(browser, callback));
  }

  const bind = (browser: Browser, email: string, password = RIGHT): Promise<Answer> =>
    browser.send("POST", BIND, { body: { email, password } });

  function sessionOf(browser: Browser) {
    const token = browser.cookies.get(SESSION_COOKIE) ?? "";
    return database.kysely
      .selectFrom("identity_session")
      .select(["user_id", "stage", "method", "browser_id", "connection_id", "bind_id"])
      .where("token_hash", "=", sha256Hex(token))
      .executeTakeFirst();
  }

  const connections = () =>
    database.kysely.selectFrom("identity_connection").selectAll().orderBy("subject").execute();
  const events = (kind: string) => node.events.filter((event) => event.kind === kind);
  const walking = { provide, changeProvider, setSection, begin, land, signInBy, connect, bind };
  await provide("idp");
  return {
    ...door,
    ...factorsOf(door),
    ...walking,
    sessionOf,
    connections,
    events,
  };
}

export function leadsTo({ status, headers, text }: Answer): string {
  if (status === 303 && headers.location !== undefined) return headers.location;
  throw new Error(`callback: ${status} ${text}`);
}

// What every engine promises about OpenID providers: secrets, versions, what ends with them.
import { expect, it } from "vitest";
import type { NewProviderBody, ProviderPatch } from "../../src/api/provider-api.ts";
import { createOpenIdClients } from "../../src/platform/oidc/open-id-clients.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { createAccounts } from "../../src/server/accounts/index.ts";
import type { IdentityEvent } from "../../src/server/identity/identity-parts.ts";
import { createProviders } from "../../src/server/identity/providers/create-providers.ts";
import { deleteProvidersOf } from "../../src/server/identity/providers/delete-provider.ts";
import { openIdSettingsOf } from "../../src/server/identity/providers/open-id-settings.ts";
import { listButtons, readProvider } from "../../src/server/identity/providers/provider-store.ts";
import { insertConnection } from "../../src/server/identity/single-sign-on/connection-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { requestWith, startSessions } from "./start-sessions.ts";

const PUBLIC_URL = "https://portal.example.com";
const SHELL = { kind: "host-shell" } as const;
const SECRET = "s3cret-of-the-client";
const ISSUER = "https://id.example.com/realms/acme";
const GOOGLE: NewProviderBody = {
  code: "google",
  kind: "google",
  name: "Google",
  clientId: "123.apps.example",
  clientSecret: SECRET,
};
const KEYCLOAK: NewProviderBody = {
  ...GOOGLE,
  code: "keycloak",
  kind: "oidc",
  issuer: ISSUER,
  isEnabled: true,
};
const TENANTS = ["1", "2", "9"].map((digit) => `${digit}2f988bf-86f1-41af-91ab-2d7cd011db47`);
const [OWN, OTHER] = TENANTS as [string, string, string];
const PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";
type Patched = readonly [string, ProviderPatch];
const issuerOf = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;

async function start(harness: EngineHarness) {
  const world = await startSessions(harness);
  const { database, clock } = world;
  const node = world.node();
  const events: IdentityEvent[] = [];
  const accounts = createAccounts({ database, clock });
  const acme = await accounts.addAccount({ code: "acme", name: "Acme", createdBy: "test" });
  if (!acme.ok) throw new Error(acme.why);
  const providers = createProviders({
    database,
    clock,
    accounts,
    keyRing: TEST_KEY_RING,
    publicUrl: PUBLIC_URL,
    openIdClients: createOpenIdClients({
      outbound: createOutboundFetch({ isPublicAddress: () => true }),
      clock,
    }),
    recordEvent: async (_, event) => void events.push(event),
    followUserChanges: node.sessions.followUserChanges,
  });

  /** Somebody who is connected and has a session that came by the connection. */
  async function connect(
    name: string,
    identity: { readonly providerId: string; readonly issuer: string; readonly tenant?: string },
  ): Promise<{ readonly isIn: () => Promise<boolean> }> {
    const userId = await world.addUser(name);
    const session = await world.open(userId);
    await database.transaction(async (trx) => {
      const asserted = { tenant: "", ...identity, subject: name, accountShown: name };
      const made = await insertConnection(trx, { ...asserted, userId, nowMs: clock.nowMs() });
      if (made.kind !== "made") throw new Error(made.kind);
      await trx
        .updateTable("identity_session")
        .set({ connection_id: made.id })
        .where("id", "=", session.id)
        .execute();
    });
    // From now on the node has it in memory.
    await node.sessions.readSession(requestWith(session.token));
    const isIn = () =>
      node.sessions.readSession(requestWith(session.token)).then(
        (user) => user !== null,
        () => false,
      );
    return { isIn };
  }

  const connected = async (providerId: string) => {
    const rows = database.kysely.selectFrom("identity_connection").select("subject");
    const found = await rows.where("provider_id", "=", providerId).orderBy("subject").execute();
    return found.map(({ subject }) => subject);
  };
  return { ...world, events, accounts, acme: acme.account, providers, connect, connected };
}

describeEachEngine("OpenID providers", (harness) => {
  it("keep their secret sealed for their own row, and tell it nobody", async () => {
    const { providers, database, events } = await start(harness);
    const made = await providers.create(SHELL, undefined, GOOGLE);
    expect(made).toMatchObject({
      id: "google",
      account: null,
      issuer: "https://accounts.google.com",
      hasSecret: true,
      isEnabled: false,
      redirectUri: `${PUBLIC_URL}/postern/sso/google/callback`,
      connections: 0,
      version: 1,
      changedBy: "host shell",
    });
    const own = await providers.create(SHELL, "acme", { ...GOOGLE, isEnabled: true });
    expect([own.id, own.account, own.isEnabled]).toEqual(["acme.google", "acme", true]);
    const list = await providers.list(SHELL, "acme");
    expect(list).toMatchObject({
      providers: [own],
      redirectUriPattern: `${PUBLIC_URL}/postern/sso/acme.{code}/callback`,
      signInUrl: `${PUBLIC_URL}/postern/sign-in?account=acme`,
    });

    const [stored, ofAcme] = await Promise.all(
      ["google", "acme.google"].map((id) => readProvider(database.kysely, id)),
    );
    const parts = { keyRing: TEST_KEY_RING, publicUrl: PUBLIC_URL };
    expect(openIdSettingsOf(stored!, parts)).toMatchObject({
      settings: { clientSecret: SECRET, redirectUri: made.redirectUri },
    });
    const swapped = { ...stored!, sealedSecret: ofAcme!.sealedSecret };
    expect(openIdSettingsOf(swapped, parts)).toEqual({ ok: false, reason: "secret-unopened" });
    const missing = openIdSettingsOf({ ...stored!, sealedSecret: null }, parts);
    expect(missing).toEqual({ ok: false, reason: "secret-missing" });

    expect(events).toMatchObject([
      { kind: "provider-created", account: null, detail: { provider: "google" } },
      {
        kind: "provider-created",
        actor: "host shell",
        account: "acme",
        detail: { provider: "acme.google", kind: "google", isEnabled: true, tenant: null },
      },
    ]);
    expect(JSON.stringify([made, own, list, events, stored])).not.toContain(SECRET);
  });

  it("are twenty to an owner, each code once, and buttons when they are on", async () => {
    const { providers, database, acme } = await start(harness);
    const add = (code: string, account?: string) =>
      providers.create(SHELL, account, { ...GOOGLE, code, name: code, isEnabled: code < "p10" });
    for (let count = 0; count < 20; count += 1) await add(`p${String(count).padStart(2, "0")}`);
    await expect(add("one-more")).rejects.toMatchObject({ code: "providers-full" });
    await add("p00", "acme");
    await expect(add("p00", "acme")).rejects.toMatchObject({
      code: "provider-exists",
      extra: { errors: [{ path: "/code", message: expect.stringContaining("code p00") }] },
    });
    const ids = (await listButtons(database.kysely, acme.id)).map(({ id }) => id);
    expect(ids).toEqual([...Array.from({ length: 10 }, (_, at) => `p0${at}`), "acme.p00"]);
    expect(await listButtons(database.kysely, null)).toHaveLength(10);
  });

  it("pointed elsewhere demand their secret again (row 115)", async () => {
    const { providers, database, events } = await start(harness);
    await providers.create(SHELL, undefined, { ...KEYCLOAK, privateHosts: ["b.lan", "a.lan"] });
    const entra = { ...GOOGLE, code: "entra", kind: "microsoft", tenant: OWN } as const;
    await providers.create(SHELL, undefined, entra);
    const elsewhere: readonly (readonly [...Patched, string])[] = [
      ["keycloak", { issuer: "https://id.example.com/realms/other" }, "issuer"],
      ["keycloak", { issuer: `${ISSUER}/` }, "issuer"],
      ["keycloak", { clientId: "another", name: "Other" }, "client id"],
      ["keycloak", { privateHosts: ["a.lan"] }, "private hosts"],
      ["keycloak", { privateHosts: ["a.lan", "b.lan", "c.lan"] }, "private hosts"],
      ["entra", { tenant: "common" }, "tenant"],
      ["entra", { tenant: OTHER, version: 1 }, "tenant"],
    ];
    for (const [id, patch, named] of elsewhere) {
      const before = await readProvider(database.kysely, id);
      await expect(providers.change(SHELL, id, patch)).rejects.toMatchObject({
        code: "provider-refused",
        extra: { errors: [{ path: "/clientSecret", message: expect.stringContaining(named) }] },
      });
      expect(await readProvider(database.kysely, id)).toEqual(before);
    }
    const staying: readonly Patched[] = [
      ["keycloak", { issuer: ISSUER, clientId: KEYCLOAK.clientId }],
      ["keycloak", { privateHosts: ["B.lan", "a.lan", "a.lan"], isEnabled: false }],
      ["keycloak", { name: "Keycloak", factorAcrs: ["phr"], signsOut: true, isEnabled: true }],
      ["entra", { tenant: OWN.toUpperCase(), tenants: [OWN] }],
    ];
    for (const [id, patch] of staying) await providers.change(SHELL, id, patch);
    const moved = { issuer: "https://other.example.com", clientSecret: "another" };
    const changed = await providers.change(SHELL, "keycloak", moved);
    expect(changed).toMatchObject({ version: 5, issuer: moved.issuer, signsOut: true });
    const stored = await readProvider(database.kysely, "keycloak");
    const parts = { keyRing: TEST_KEY_RING, publicUrl: PUBLIC_URL };
    expect(openIdSettingsOf(stored!, parts)).toMatchObject({
      settings: { issuer: moved.issuer, clientSecret: "another", privateHosts: ["a.lan", "b.lan"] },
    });
    expect(events.at(-1)).toMatchObject({
      kind: "provider-changed",
      detail: {
        "before.issuer": ISSUER,
        "after.issuer": moved.issuer,
        isSecretNew: true,
        version: 5,
      },
    });
    expect(Object.keys(events.at(-2)?.detail ?? {})).not.toContain("after.clientId");
  });

  it("are changed by one of two who read the same version", async () => {
    const { providers } = await start(harness);
    await providers.create(SHELL, undefined, GOOGLE);
    const names = ["One", "Two"];
    const both = await Promise.allSettled(
      names.map((name) => providers.change(SHELL, "google", { name, version: 1 })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const winner = names[both.findIndex(({ status }) => status === "fulfilled")];
    const after = await providers.read(SHELL, "google");
    expect([after.name, after.version]).toEqual([winner, 2]);
    const late = providers.change(SHELL, "google", { name: "Late", version: 1 });
    await expect(late).rejects.toMatchObject({ code: "provider-moved-on", status: 412 });
    expect(await providers.change(SHELL, "google", { name: "Late" })).toMatchObject({ version: 3 });
  });

  it("turned off or pointed elsewhere end what came by them, and nothing else", async () => {
    const { providers, connect, connected } = await start(harness);
    await providers.create(SHELL, undefined, KEYCLOAK);
    const acme = await providers.create(SHELL, "acme", KEYCLOAK);
    const identity = { providerId: "keycloak", issuer: ISSUER };
    const [ada, grace] = [await connect("ada", identity), await connect("grace", identity)];
    const stays = await connect("other", { ...identity, providerId: acme.id });
    expect(await providers.change(SHELL, "keycloak", { name: "New" })).toMatchObject({
      removedConnections: 0,
      endedSessions: 0,
      connections: 2,
    });
    expect([await ada.isIn(), await grace.isIn()]).toEqual([true, true]);
    const off = await providers.change(SHELL, "keycloak", { isEnabled: false });
    expect(off).toMatchObject({ removedConnections: 0, endedSessions: 2, connections: 2 });
    expect([await ada.isIn(), await grace.isIn()]).toEqual([false, false]);
    expect(await stays.isIn()).toBe(true);
    const moved = { issuer: "https://other.example.com", clientSecret: SECRET, isEnabled: true };
    const elsewhere = await providers.change(SHELL, "keycloak", moved);
    expect(elsewhere).toMatchObject({ removedConnections: 2, endedSessions: 0, connections: 0 });
    const alan = await connect("alan", { providerId: "keycloak", issuer: moved.issuer });
    const back = { issuer: ISSUER, clientSecret: SECRET };
    expect(await providers.change(SHELL, "keycloak", back)).toMatchObject({
      removedConnections: 1,
      endedSessions: 1,
    });
    expect([await alan.isIn(), await connected("keycloak")]).toEqual([false, []]);
    expect([await stays.isIn(), await connected(acme.id)]).toEqual([true, ["other"]]);
  });

  it("of Microsoft keep who their tenants let in, and the sessions of those", async () => {
    const { providers, connect, connected } = await start(harness);
    const patches: readonly (readonly [ProviderPatch, string, string])[] = [
      [{ tenant: "organizations" }, "other own", "other own"],
      [{ tenant: OWN }, "own", "own"],
      [{ tenant: "example.com" }, "", ""],
      [{ tenants: [OTHER] }, "other own personal", "other"],
      [{ tenants: [OWN, OTHER], tenant: "organizations" }, "other own", "other own"],
    ];
    for (const [index, [patch, stay, stayIn]] of patches.entries()) {
      const code = `entra-${index}`;
      const body = { ...GOOGLE, code, kind: "microsoft", tenant: "common" } as const;
      await providers.create(SHELL, undefined, { ...body, isEnabled: true });
      const people = new Map<string, Awaited<ReturnType<typeof connect>>>();
      for (const [name, tenant] of Object.entries({ own: OWN, other: OTHER, personal: PERSONAL })) {
        const identity = { providerId: code, issuer: issuerOf(tenant), tenant };
        people.set(name, await connect(`${name} ${index}`, identity));
      }
      const changed = await providers.change(SHELL, code, { ...patch, clientSecret: SECRET });
      const left = (await connected(code)).map((name) => name.split(" ")[0]);
      const stillIn: string[] = [];
      for (const [name, { isIn }] of people) if (await isIn()) stillIn.push(name);
      expect([patch, left.join(" "), stillIn.toSorted().join(" ")]).toEqual([patch, stay, stayIn]);
      const losses = [changed.removedConnections, changed.endedSessions];
      expect(losses).toEqual([3 - left.length, 3 - stillIn.length]);
    }
  });

  it("take with them what came by them, and go with their account", async () => {
    const { providers, connect, connected, database, acme, events } = await start(harness);
    await providers.create(SHELL, undefined, KEYCLOAK);
    const own = await providers.create(SHELL, "acme", KEYCLOAK);
    const issuer = ISSUER;
    const ada = await connect("ada", { providerId: "keycloak", issuer });
    const grace = await connect("grace", { providerId: own.id, issuer });
    await database.transaction((trx) =>
      trx
        .insertInto("identity_bind")
        .values({
          id: "b",
          token_hash: "h",
          provider_id: "keycloak",
          issuer,
          subject: "s",
          tenant: "",
          account_shown: "",
          created_at: 1,
          expires_at: 2,
          used_at: null,
        })
        .execute(),
    );
    const losses = { removedConnections: 1, endedSessions: 1 };
    expect(await providers.delete(SHELL, "keycloak")).toEqual(losses);
    expect([await ada.isIn(), await grace.isIn()]).toEqual([false, true]);
    expect(await database.kysely.selectFrom("identity_bind").selectAll().execute()).toEqual([]);
    const detail = { provider: "keycloak", name: KEYCLOAK.name, ...losses };
    expect(events.at(-1)).toMatchObject({ kind: "provider-deleted", detail });
    await expect(providers.read(SHELL, "keycloak")).rejects.toMatchObject({
      code: "provider-not-found",
    });
    expect(await connected(own.id)).toEqual(["grace"]);
    await database.transaction((trx) => deleteProvidersOf(trx, acme.id));
    expect([await readProvider(database.kysely, own.id), await connected(own.id)]).toEqual([
      null,
      [],
    ]);
    const sessions = await database.kysely.selectFrom("identity_session").selectAll().execute();
    expect(sessions).toEqual([]);
  });
});

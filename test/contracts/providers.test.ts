// What every engine promises about OpenID providers: secrets, versions, what ends with them.
import { expect, it } from "vitest";
import type { NewProviderBody, ProviderPatch } from "../../src/api/provider-api.ts";
import { deleteProvidersOf } from "../../src/server/identity/providers/delete-provider.ts";
import { openIdSettingsOf } from "../../src/server/identity/providers/open-id-settings.ts";
import { listButtons, readProvider } from "../../src/server/identity/providers/provider-store.ts";
import { insertConnection } from "../../src/server/identity/single-sign-on/connection-store.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";
import { describeEachEngine } from "./engines.ts";
import { PUBLIC_URL } from "./start-credentials.ts";
import { startProviders } from "./start-providers.ts";

const SHELL = { kind: "host-shell" } as const;
const operatorOf = (userId: string) => {
  const who = { userId, email: "op@example.com", name: "Op", sessionId: "s", memberships: [] };
  return { kind: "user", isOperator: true, ...who } as const;
};
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

describeEachEngine("OpenID providers", (harness) => {
  it("keep their secret sealed for their own row, and tell it nobody", async () => {
    const { providers, database, events } = await startProviders(harness);
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
    const { providers, database, acme } = await startProviders(harness);
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
    const { providers, database, events } = await startProviders(harness);
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
    const { providers } = await startProviders(harness);
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
    const { providers, connect, connected, ...world } = await startProviders(harness);
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
    // A slash more at the end names the same issuer.
    const slash = { issuer: `${ISSUER}/`, clientSecret: SECRET };
    expect(await providers.change(SHELL, "keycloak", slash)).toMatchObject({
      removedConnections: 0,
      endedSessions: 0,
    });
    const off = await providers.change(SHELL, "keycloak", { isEnabled: false });
    expect(off).toMatchObject({ removedConnections: 0, endedSessions: 2, connections: 2 });
    expect([await ada.isIn(), await grace.isIn()]).toEqual([false, false]);
    expect(await stays.isIn()).toBe(true);
    const moved = { issuer: "https://other.example.com", clientSecret: SECRET, isEnabled: true };
    const elsewhere = await providers.change(SHELL, "keycloak", moved);
    expect(elsewhere).toMatchObject({ removedConnections: 2, endedSessions: 0, connections: 0 });
    const told = { change: "disconnected-by-administrator", providerName: "New", place: null };
    const mailTo = ({ userId }: { userId: string }, name: string, changedBy: string | null) => {
      const data = expect.objectContaining({ ...told, accountShown: name, changedBy });
      return { userId, to: `${name}@example.com`, data };
    };
    const both = [mailTo(ada, "ada", null), mailTo(grace, "grace", null)];
    expect(await world.mails()).toEqual(both);
    const removals = world.events.filter(({ kind }) => kind === "connection-removed");
    expect(removals).toMatchObject([
      { userId: ada.userId, actor: "host shell", reason: told.change, account: null },
      { userId: grace.userId, detail: { provider: "keycloak", accountShown: "grace" } },
    ]);
    expect(world.wakes()).toBeGreaterThan(0);
    const alan = await connect("alan", { providerId: "keycloak", issuer: moved.issuer });
    const back = { issuer: ISSUER, clientSecret: SECRET };
    expect(await providers.change(operatorOf("user-9"), "keycloak", back)).toMatchObject({
      removedConnections: 1,
      endedSessions: 1,
    });
    expect((await world.mails()).at(-1)).toEqual(mailTo(alan, "alan", "op@example.com"));
    expect([await alan.isIn(), await connected("keycloak")]).toEqual([false, []]);
    expect([await stays.isIn(), await connected(acme.id)]).toEqual([true, ["other"]]);
  });

  it("are nobody's own last way in to shut, and say how many have no other", async () => {
    const { providers, connect, connected, database } = await startProviders(harness);
    await providers.create(SHELL, undefined, KEYCLOAK);
    await providers.create(SHELL, undefined, { ...GOOGLE, isEnabled: true });
    const entra = { code: "entra", kind: "microsoft", tenant: "organizations" } as const;
    await providers.create(SHELL, undefined, { ...GOOGLE, ...entra, isEnabled: true });
    const identity = { providerId: "keycloak", issuer: ISSUER };
    const [ada, alan] = [await connect("ada", identity), await connect("alan", identity)];
    for (const name of ["grace", "linus", "mary"]) await connect(name, identity);
    const rows = database.kysely.selectFrom("identity_connection").select(["subject", "user_id"]);
    const ids = new Map((await rows.execute()).map((row) => [row.subject, row.user_id]));
    const personal = { issuer: issuerOf(PERSONAL), tenant: PERSONAL };
    await database.transaction(async (trx) => {
      const also = (name: string, providerId: string, at: { issuer: string; tenant?: string }) => {
        const who = { subject: name, accountShown: name, userId: ids.get(name)!, nowMs: 1 };
        return insertConnection(trx, { tenant: "", ...at, ...who, providerId });
      };
      await also("alan", "google", { issuer: "https://accounts.google.com" });
      // Of an issuer that was given up, and of a tenant that is not let in: these open nothing.
      await also("linus", "google", { issuer: "https://old.example.com" });
      await also("mary", "entra", personal);
      const all = trx.deleteFrom("identity_password");
      await all.where("user_id", "<>", ids.get("grace")!).execute();
    });
    const shutOut = async (id: string) => {
      const { connections, onlyWayIn } = await providers.read(SHELL, id);
      return [connections, onlyWayIn];
    };
    expect(await shutOut("keycloak")).toEqual([5, 3]);
    expect(await shutOut("google")).toEqual([2, 0]);
    const own = operatorOf(ada.userId);
    const refusal = { code: "last-way-in", status: 409 };
    const elsewhere = { issuer: "https://other.example.com", clientSecret: SECRET };
    for (const patch of [{ isEnabled: false }, elsewhere]) {
      await expect(providers.change(own, "keycloak", patch)).rejects.toMatchObject(refusal);
    }
    await expect(providers.delete(own, "keycloak")).rejects.toMatchObject(refusal);
    expect([await ada.isIn(), (await connected("keycloak")).length]).toEqual([true, 5]);
    expect(await providers.change(own, "keycloak", { name: "New" })).toMatchObject({ version: 2 });
    const other = operatorOf(alan.userId);
    await providers.change(other, "keycloak", { isEnabled: false });
    await expect(providers.delete(other, "google")).rejects.toMatchObject(refusal);
    expect(await shutOut("google")).toEqual([2, 2]);
    expect(await providers.delete(SHELL, "google")).toMatchObject({ removedConnections: 2 });
  });

  it("of Microsoft keep who their tenants let in, and the sessions of those", async () => {
    const { providers, connect, connected } = await startProviders(harness);
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
    const { providers, connect, connected, database, acme, ...world } =
      await startProviders(harness);
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
    const { events, recordEvent, mails } = world;
    expect(events.at(-1)).toMatchObject({ kind: "provider-deleted", detail });
    await expect(providers.read(SHELL, "keycloak")).rejects.toMatchObject({
      code: "provider-not-found",
    });
    expect(await connected(own.id)).toEqual(["grace"]);
    // More than are in memory at a time.
    await providers.create(SHELL, undefined, KEYCLOAK);
    const at = { provider_id: "keycloak", issuer, tenant: "", account_shown: "" };
    const rows = Array.from({ length: 1001 }, (_, index) => {
      const id = `many-${index}`;
      return { ...at, id, user_id: id, subject: id, connected_at: 1, last_used_at: null };
    });
    await database.transaction((trx) =>
      trx.insertInto("identity_connection").values(rows).execute(),
    );
    const many = { removedConnections: 1001, endedSessions: 0 };
    expect(await providers.delete(SHELL, "keycloak")).toEqual(many);
    expect(await connected("keycloak")).toEqual([]);
    const by = { actor: "test", changedBy: null, nowMs: 5 };
    await database.transaction((trx) =>
      deleteProvidersOf(trx, { recordEvent }, { accountId: acme.id, by }),
    );
    expect([await readProvider(database.kysely, own.id), await connected(own.id)]).toEqual([
      null,
      [],
    ]);
    const sessions = await database.kysely.selectFrom("identity_session").selectAll().execute();
    expect(sessions).toEqual([]);
    const removed = { kind: "connection-removed", userId: grace.userId, actor: "test", atMs: 5 };
    const shown = { provider: own.id, accountShown: "grace" };
    expect(events.at(-1)).toMatchObject({ ...removed, detail: shown });
    expect((await mails()).map(({ userId }) => userId)).toEqual([ada.userId, grace.userId]);
  });
});

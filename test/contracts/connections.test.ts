// What connections promise on every engine: the last way in stays, and what came by one ends.
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { MICROSOFT_AUTHORITY } from "../../src/core/identity/single-sign-on/provider.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { randomId } from "../../src/platform/crypto/random.ts";
import { deleteProvider } from "../../src/server/identity/providers/delete-provider.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";
import { readPersonById } from "../../src/server/identity/sign-in/read-person.ts";
import { CONNECTIONS, isSignedIn, PASSWORD } from "./connected-people.ts";
import { ADA, addPasskey, prove, refusalOf, setUpConnected } from "./connected-people.ts";
import { describeEachEngine, useEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { RIGHT } from "./people-at-the-door.ts";
import { HOST_SHELL } from "./start-credentials.ts";

const TENANT = "0b7a4a2e-58a4-4a2c-9f35-3b7f4e0a9a10";
const AT = "2027-01-15T08:00:00.000Z";

/** Ada with a password, connected with both providers of the platform. */
async function setUpAda(harness: EngineHarness) {
  const world = await setUpConnected(harness);
  await world.provide("one");
  await world.provide("two");
  const id = await world.addUser();
  const one = await world.connect(id, "one");
  const two = await world.connect(id, "two");
  return { ...world, id, one, two };
}

function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Until so many wait for a row. */
async function untilWaiting(database: Database<Schema>, count: number): Promise<void> {
  for (let waiting = 0; waiting < count;) {
    const { rows } = await sql<{ readonly waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(database.kysely);
    waiting = rows[0]?.waiting ?? 0;
  }
}

describeEachEngine("connections", (harness) => {
  it("are shown with what they open now, beside what could be connected", async () => {
    const world = await setUpConnected(harness);
    const { node, provide, connect } = world;
    const acme = await world.addAccount("acme");
    const beta = await world.addAccount("beta");
    await provide("here");
    await provide("off", { isEnabled: false });
    await provide("office", {
      kind: "microsoft",
      issuer: `${MICROSOFT_AUTHORITY}/organizations/v2.0`,
      tenant: "organizations",
      tenants: [TENANT],
    });
    await provide("shut", { isEnabled: false });
    await provide("acme.sso", {}, acme);
    await provide("acme.more", {}, acme);
    await provide("beta.sso", {}, beta);
    const memberships = [{ account: "acme", role: "agent" as const }];
    const id = await world.addUser(ADA, { memberships });
    const ids: Record<string, string> = {};
    for (const provider of ["off", "acme.sso", "beta.sso"]) {
      ids[provider] = await connect(id, provider);
    }
    ids.office = await connect(id, "office", "11111111-58a4-4a2c-9f35-3b7f4e0a9a10");
    const browser = await world.signedInBy(null);
    const { json } = await browser.send("GET", CONNECTIONS);
    const shown = (provider: string, isUsable: boolean, kind = "oidc") => ({
      id: ids[provider],
      provider: { id: provider, kind, name: provider },
      accountShown: `ada at ${provider}`,
      connectedAt: AT,
      lastUsedAt: null,
      isUsable,
    });
    const byProvider = (a: { provider: { id: string } }, b: { provider: { id: string } }) =>
      a.provider.id.localeCompare(b.provider.id);
    expect(json.connections.toSorted(byProvider)).toEqual([
      shown("acme.sso", true),
      shown("beta.sso", false),
      shown("off", false),
      // Of a tenant that is let in no more.
      shown("office", false, "microsoft"),
    ]);
    const button = (name: string) => ({ id: name, kind: "oidc", name });
    expect(json.available).toEqual([button("here"), button("acme.more")]);
    expect([json.hasPassword, json.passkeys]).toEqual([true, 0]);

    // Who is in a second account, or an operator, is nobody's that an account's provider knows.
    await node.accounts.users.changeMembership(HOST_SHELL, {
      userId: id,
      accountCode: "beta",
      role: "agent",
    });
    await node.sessions.followUserChanges();
    const after = (await browser.send("GET", CONNECTIONS)).json;
    expect(after.available).toEqual([button("here")]);
    expect(after.connections.map((c: { isUsable: boolean }) => c.isUsable)).not.toContain(true);
  });

  it("count as a way in exactly where their provider may sign the user in", async () => {
    const world = await setUpConnected(harness);
    const { database, provide, connect } = world;
    const accounts: Record<string, string> = {};
    for (const code of ["acme", "beta"]) accounts[code] = await world.addAccount(code);
    const WAYS = [
      ["platform", ["acme"], false, true, true],
      ["platform", [], true, true, true],
      ["platform", ["acme"], false, false, false],
      ["acme", ["acme"], false, true, true],
      ["acme", ["acme"], false, false, false],
      ["acme", ["acme", "beta"], false, true, false],
      ["acme", ["beta"], false, true, false],
      ["acme", [], false, true, false],
      ["acme", ["acme"], true, true, false],
    ] as const;
    for (const [number, [owner, codes, isOperator, isEnabled, opens]] of WAYS.entries()) {
      await provide(`p${number}`, { isEnabled }, accounts[owner] ?? owner);
      const memberships = codes.map((account) => ({ account, role: "agent" as const }));
      const who = { memberships, isOperator, password: null };
      const id = await world.addUser(`user${number}@example.com`, who);
      const factsOf = async () => (await readPersonById(database.kysely, id)).person?.facts;
      expect((await factsOf())?.hasOtherWayIn).toBe(false);
      await connect(id, `p${number}`);
      expect([number, (await factsOf())?.hasOtherWayIn]).toEqual([number, opens]);
      const { signIn } = await world.node.accounts.users.find(HOST_SHELL, id);
      expect([number, signIn.status]).toEqual([number, opens ? "active" : "invited"]);
    }
  });

  it("go with the sessions that came by them, but for the one that asks", async () => {
    const { id, one, two, node, ...world } = await setUpAda(harness);
    const asking = await world.signedInBy(one);
    const others = [await world.signedInBy(one), await world.signedInBy(one)];
    const half = await world.signedInBy(one, { stage: "second-factor" });
    const spared = [await world.signedInBy(two), await world.signedInBy(null)];
    for (const browser of [...others, ...spared]) expect(await isSignedIn(browser)).toBe(true);
    const path = `${CONNECTIONS}/${one}`;
    expect(refusalOf(await asking.send("DELETE", path))).toEqual([403, "proof-required"]);
    const grace = await world.addUser("grace@example.com");
    const foreign = await prove(await world.signedInBy(null, { email: "grace@example.com" }));
    expect(refusalOf(await foreign.send("DELETE", path))).toEqual([404, "connection-not-found"]);
    expect(world.events("connection-removed")).toEqual([]);

    await prove(asking);
    expect((await asking.send("DELETE", path)).status).toBe(204);
    for (const browser of others) expect(await isSignedIn(browser)).toBe(false);
    expect(await world.sessionRow(half)).toBeUndefined();
    for (const browser of [asking, ...spared]) expect(await isSignedIn(browser)).toBe(true);
    expect((await world.sessionRow(asking))?.connection_id).toBeNull();
    expect((await world.sessionRow(spared[0]!))?.connection_id).toBe(two);
    const { json } = await asking.send("GET", CONNECTIONS);
    expect(json.connections.map((shown: { id: string }) => shown.id)).toEqual([two]);
    expect(json.available).toEqual([{ id: "one", kind: "oidc", name: "one" }]);
    expect(refusalOf(await asking.send("DELETE", path))).toEqual([404, "connection-not-found"]);
    const account = { email: ADA, provider: "one", accountShown: "ada at one" };
    expect(world.events("connection-removed")).toEqual([
      { userId: id, actor: ADA, reason: "disconnected", detail: account },
    ]);
    expect(await world.mails("connection-changed")).toEqual([
      {
        to: ADA,
        data: {
          changedAtMs: world.clock.nowMs(),
          change: "disconnected",
          providerName: "one",
          accountShown: "ada at one",
          changedBy: null,
          place: { address: "198.51.100.7", country: "unknown", userAgent: "" },
        },
      },
    ]);
    expect(grace).not.toBe(id);
    expect(node.errors).toEqual([]);
  });

  it("keep the last way in, of two that are removed at once too", async () => {
    const { id, one, two, node, ...world } = await setUpAda(harness);
    const both = [
      await prove(await world.signedInBy(null)),
      await prove(await world.signedInBy(null)),
    ] as const;
    await world.database.transaction((trx) =>
      trx.deleteFrom("identity_password").where("user_id", "=", id).execute(),
    );
    const race = await Promise.all([
      both[0].send("DELETE", `${CONNECTIONS}/${one}`),
      both[1].send("DELETE", `${CONNECTIONS}/${two}`),
    ]);
    const seen = race.map((answer) => refusalOf(answer));
    expect(seen).toContainEqual([204, undefined]);
    expect(seen).toContainEqual([409, "last-way-in"]);
    const [left] = (await both[0].send("GET", CONNECTIONS)).json.connections;
    const last = await both[0].send("DELETE", `${CONNECTIONS}/${left.id}`);
    expect(refusalOf(last)).toEqual([409, "last-way-in"]);
    expect(last.json.detail).toContain("First add another one");

    // Password and connection, from one session.
    await world.givePassword(id, RIGHT);
    const browser = await prove(await world.signedInBy(null));
    const more = await Promise.all([
      browser.send("DELETE", PASSWORD),
      browser.send("DELETE", `${CONNECTIONS}/${left.id}`),
    ]);
    const statuses = new Set(more.map(({ status }) => status));
    expect(statuses).toEqual(new Set([204, 409]));
    expect(node.errors).toEqual([]);
  });

  it("stay with who was locked or whose session was ended meanwhile (row 114)", async () => {
    const { id, one, node, database, ...world } = await setUpAda(harness);
    const browser = await prove(await world.signedInBy(null));
    const lock = (lockedAtMs: number | null) =>
      database.transaction((trx) =>
        trx
          .updateTable("identity_sign_in")
          .set({ locked_at: lockedAtMs })
          .where("user_id", "=", id)
          .execute(),
      );
    // In the store alone: this node lets the session in, as in the moment before it hears of it.
    expect(await isSignedIn(browser)).toBe(true);
    await lock(1);
    const path = `${CONNECTIONS}/${one}`;
    expect(refusalOf(await browser.send("DELETE", path))).toEqual([401, "user-locked"]);
    expect(refusalOf(await browser.send("DELETE", PASSWORD))).toEqual([401, "user-locked"]);
    await lock(null);
    await database.transaction((trx) =>
      trx.deleteFrom("identity_session").where("user_id", "=", id).execute(),
    );
    expect(refusalOf(await browser.send("DELETE", path))).toEqual([401, "session-ended"]);
    expect(refusalOf(await browser.send("DELETE", PASSWORD))).toEqual([401, "session-ended"]);
    expect(world.events("connection-removed")).toEqual([]);
    expect((await node.browse("DELETE", path)).status).toBe(401);
  });

  it("are removed by who manages the user: told, and not the last way in", async () => {
    const { id, one, two, node, ...world } = await setUpAda(harness);
    const graceId = await world.addUser("grace@example.com", { isOperator: true });
    const own = await world.signedInBy(null, { email: "grace@example.com" });
    const ended = await world.signedInBy(one);
    const path = `/api/v1/users/${id}/connections`;
    const { json } = await own.send("GET", path);
    expect(json.connections.map((shown: { id: string }) => shown.id).toSorted()).toEqual(
      [one, two].toSorted(),
    );
    const agent = await world.signedInBy(null);
    for (const [method, at] of [
      ["GET", path],
      ["DELETE", `${path}/${one}`],
    ] as const) {
      expect(refusalOf(await agent.send(method, at))).toEqual([403, "manager-required"]);
    }
    const { connections } = node.credentials;
    const token = { kind: "token", id: "t", name: "t", scopes: ["policy:write"] } as const;
    const asked = { request: {} as never, userId: id };
    const notManaged = { code: "connections-not-managed", status: 403 };
    const byToken = connections.disconnectFor({ ...asked, principal: token }, one);
    await expect(byToken).rejects.toMatchObject(notManaged);
    const ownPath = `/api/v1/users/${graceId}/connections/${one}`;
    expect(refusalOf(await own.send("DELETE", ownPath))).toEqual([403, "connections-not-managed"]);
    const absent = await own.send("DELETE", `/api/v1/users/${randomId()}/connections/${one}`);
    expect(refusalOf(absent)).toEqual([404, "user-not-found"]);

    expect((await own.send("DELETE", `${path}/${one}`)).status).toBe(204);
    expect(await isSignedIn(ended)).toBe(false);
    expect(await isSignedIn(agent)).toBe(true);
    const again = await own.send("DELETE", `${path}/${one}`);
    expect(refusalOf(again)).toEqual([404, "connection-not-found"]);
    const actor = `grace@example.com (${graceId})`;
    expect(world.events("connection-removed")).toMatchObject([
      { userId: id, actor, reason: "disconnected-by-administrator" },
    ]);
    expect(await world.mails("connection-changed")).toMatchObject([
      { to: ADA, data: { changedBy: "grace@example.com", place: null } },
    ]);
    await world.database.transaction((trx) =>
      trx.deleteFrom("identity_password").where("user_id", "=", id).execute(),
    );
    const last = await own.send("DELETE", `${path}/${two}`);
    expect(refusalOf(last)).toEqual([409, "last-way-in"]);
    expect(last.json.detail).toContain("mail the user a link");
  });

  it("are no part of a user who is deleted", async () => {
    const { id, node, database, ...world } = await setUpAda(harness);
    const grace = await world.addUser("grace@example.com");
    const kept = await world.connect(grace, "one");
    await node.accounts.users.remove(HOST_SHELL, id);
    const rows = await database.kysely.selectFrom("identity_connection").select("id").execute();
    expect(rows).toEqual([{ id: kept }]);
  });

  it("and passkeys stand in for a password, the last of them too", async () => {
    const { id, one, two, database, ...world } = await setUpAda(harness);
    const browser = await prove(await world.signedInBy(null));
    await addPasskey(browser);
    const [passkey] = await database.kysely.selectFrom("identity_passkey").select("id").execute();
    expect((await browser.send("DELETE", PASSWORD)).status).toBe(204);
    for (const connection of [one, two]) {
      expect((await browser.send("DELETE", `${CONNECTIONS}/${connection}`)).status).toBe(204);
    }
    const removed = await browser.send("DELETE", `/api/v1/me/passkeys/${passkey?.id}`);
    expect(refusalOf(removed)).toEqual([409, "last-way-in"]);
    await world.connect(id, "one");
    const path = `/api/v1/me/passkeys/${passkey?.id}`;
    expect((await browser.send("DELETE", path)).status).toBe(204);
  });
});

// SQLite's writers take turns.
describe("connections on postgres alone", () => {
  const harness = useEngine("postgres");

  it("and their provider are removed at once, and neither waits for ever", async () => {
    const { id, one, node, database, ...world } = await setUpAda(harness);
    const parts = { ...world, database, recordEvent: async () => undefined };
    // Its own session came by it: disconnecting holds that one, and deleting ends it.
    const browser = await prove(await world.signedInBy(one));
    const asking = await world.sessionRow(browser);
    const [held, released] = [createGate(), createGate()];
    const holding = database.transaction(async (trx) => {
      const own = trx.updateTable("identity_session").set({ user_id: id });
      await own.where("id", "=", asking?.id ?? "").execute();
      held.open();
      await released.opened;
    });
    await held.opened;
    const disconnecting = browser.send("DELETE", `${CONNECTIONS}/${one}`);
    await untilWaiting(database, 1);
    const deleting = deleteProvider(parts, HOST_SHELL, "one");
    await untilWaiting(database, 2);
    released.open();
    await holding;
    expect((await disconnecting).status).toBe(204);
    expect(await deleting).toEqual({ removedConnections: 0, endedSessions: 0 });
    expect(await isSignedIn(browser)).toBe(true);
    expect(node.errors).toEqual([]);
  });
});

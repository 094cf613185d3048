// Idleness, known browsers, and the ends of many sessions at once, on every engine.
import { expect, it } from "vitest";
import { parseRule } from "../../src/core/network/address-rule.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../src/core/identity/identity-policy.ts";
import {
  findKnownBrowser,
  forgetBrowser,
  forgetBrowsersOf,
  listBrowsersOf,
  rememberBrowser,
} from "../../src/server/identity/sessions/browser-store.ts";
import { endSessionsFromRange } from "../../src/server/identity/sessions/end-sessions.ts";
import { listOpenSessions } from "../../src/server/identity/sessions/list-sessions.ts";
import { voidIdentitySecrets } from "../../src/server/identity/sessions/void-identity-secrets.ts";
import { saveIdentitySection } from "../../src/server/identity/policies/identity-policy-store.ts";
import { describeEachEngine } from "./engines.ts";
import { placeAt, requestWith, startSessions } from "./start-sessions.ts";
import type { SessionsWorld } from "./start-sessions.ts";

const MINUTE_MS = 60_000;
const IDLE_MS = IDENTITY_POLICY_DEFAULT.logOut.minutes * MINUTE_MS;
const IDLE = { code: "session-idle", status: 401 };

function sessionIds({ database }: SessionsWorld): Promise<readonly string[]> {
  const rows = database.kysely.selectFrom("identity_session").select("id").execute();
  return rows.then((found) => found.map(({ id }) => id));
}

describeEachEngine("ends of sessions", (harness) => {
  const start = () => startSessions(harness);

  it("row 83: activity puts the end off, background requests do not", async () => {
    const world = await start();
    const node = world.node();
    const { token } = await world.open(await world.addUser("ada"));
    const ask = async (isBackground: boolean) =>
      node.sessions.readSession(requestWith(token, { isBackground }));
    for (let round = 0; round < 3; round += 1) {
      await ask(false);
      world.clock.advance(IDLE_MS - 1);
      await ask(true);
    }
    await ask(false);
    world.clock.advance(IDLE_MS - 1);
    await ask(true);
    world.clock.advance(1);
    await expect(ask(true)).rejects.toMatchObject(IDLE);
    await expect(ask(false)).rejects.toMatchObject({ code: "session-ended" });
    expect(await sessionIds(world)).toEqual([]);
    expect(world.events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["session-ended", "idle"],
    ]);
  });

  it("the answer tells when idleness ends the session, moved on by this very request", async () => {
    const world = await start();
    const node = world.node();
    const { token } = await world.open(await world.addUser("ada"));
    world.clock.advance(MINUTE_MS);
    const background = requestWith(token, { isBackground: true });
    await node.sessions.readSession(background);
    const [told, toldAfter] = [world.clock.nowMs() - MINUTE_MS, world.clock.nowMs()];
    expect(node.sessions.openSessionOf(background).idleEndsAtMs).toBe(told + IDLE_MS);
    const request = requestWith(token);
    await node.sessions.readSession(request);
    expect(node.sessions.openSessionOf(request).idleEndsAtMs).toBe(toldAfter + IDLE_MS);
  });

  it("what another node saw counts: the record is read again first", async () => {
    const world = await start();
    const [here, there] = [world.node(), world.node()];
    const { token } = await world.open(await world.addUser("ada"));
    await here.sessions.readSession(requestWith(token));
    world.clock.advance(IDLE_MS - MINUTE_MS);
    await there.sessions.readSession(requestWith(token));
    await there.sessions.flush();
    world.clock.advance(2 * MINUTE_MS);
    expect(await here.sessions.readSession(requestWith(token))).not.toBeNull();
    expect(await sessionIds(world)).toHaveLength(1);
  });

  it("last activities are written in batches, on close too, and never go back", async () => {
    const world = await start();
    const [node, late] = [world.node(), world.node()];
    const userId = await world.addUser("ada");
    const { id, token } = await world.open(userId);
    const openedAtMs = world.clock.nowMs();
    const stored = async () => {
      const query = world.database.kysely.selectFrom("identity_session").select("last_activity_at");
      return (await query.executeTakeFirstOrThrow()).last_activity_at;
    };
    world.clock.advance(MINUTE_MS);
    await late.sessions.readSession(requestWith(token));
    world.clock.advance(MINUTE_MS);
    await node.sessions.readSession(requestWith(token));
    expect(await stored()).toBe(openedAtMs);
    expect(node.sessions.unwrittenActivityOf(id)).toBe(openedAtMs + 2 * MINUTE_MS);
    const listed = await listOpenSessions(world.database.kysely, {
      userId,
      nowMs: world.clock.nowMs(),
      lastActivityOf: node.sessions.unwrittenActivityOf,
    });
    expect(listed.map((one) => one.lastActivityAtMs)).toEqual([openedAtMs + 2 * MINUTE_MS]);
    await node.sessions.close();
    expect(await stored()).toBe(openedAtMs + 2 * MINUTE_MS);
    await late.sessions.flush();
    expect(await stored()).toBe(openedAtMs + 2 * MINUTE_MS);
  });

  it("idle sessions are not listed, and tidied away with half ones; others stay", async () => {
    const world = await start();
    const node = world.node();
    const [ada, grace] = [await world.addUser("ada"), await world.addUser("grace", "account-1")];
    const never = { enabled: false, minutes: 30 };
    const nowMs = world.clock.nowMs();
    const change = {
      owner: "account-1",
      section: "log-out",
      value: never,
      changedBy: "test",
    } as const;
    await world.database.transaction(async (trx) => {
      const account = { id: "account-1", code: "acme", name: "Acme", created_at: nowMs };
      await trx.insertInto("accounts_account").values(account).execute();
      await saveIdentitySection(trx, { ...change, nowMs }, 0);
    });
    await world.open(ada);
    await world.open(ada, { stage: "change-password" });
    const endless = await world.open(grace);
    world.clock.advance(IDLE_MS - MINUTE_MS);
    const late = await world.open(ada);
    world.clock.advance(2 * MINUTE_MS);
    const list = async (userId: string) => {
      const lastActivityOf = node.sessions.unwrittenActivityOf;
      const wanted = { userId, nowMs: world.clock.nowMs(), lastActivityOf };
      return (await listOpenSessions(world.database.kysely, wanted)).map(({ id }) => id);
    };
    expect(await list(ada)).toEqual([late.id]);
    expect(await list(grace)).toEqual([endless.id]);
    await node.sessions.tidy();
    expect((await sessionIds(world)).toSorted()).toEqual([late.id, endless.id].toSorted());
  });

  it("ends the sessions that came from a range, and only those", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const addresses = ["203.0.113.7", "203.0.113.8", "198.51.100.1", "2001:db8::1", "2001:db9::1"];
    const opened = new Map<string, string>();
    for (const address of addresses) {
      opened.set(address, (await world.open(userId, { address })).token);
    }
    await node.sessions.followUserChanges();
    for (const token of opened.values()) await node.sessions.readSession(requestWith(token));
    const end = async (text: string) => {
      const parsed = parseRule(text);
      if (!parsed.ok) throw new Error(text);
      const nowMs = world.clock.nowMs();
      const ended = await world.database.transaction((trx) =>
        endSessionsFromRange(trx, parsed.range, nowMs),
      );
      await node.sessions.followUserChanges();
      return ended.map((one) => one.userId);
    };
    const isOpen = async (address: string) =>
      node.sessions.readSession(requestWith(opened.get(address)!)).then(
        () => true,
        () => false,
      );
    expect(await end("203.0.113.0/29")).toEqual([userId]);
    expect(await Promise.all(addresses.map(isOpen))).toEqual([false, true, true, true, true]);
    expect(await end("2001:db8::/32")).toEqual([userId]);
    expect(await Promise.all(addresses.map(isOpen))).toEqual([false, true, true, false, true]);
    expect(await end("192.0.2.0/24")).toEqual([]);
  });

  it("row 88: a restored store knows no session, browser or link any more", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const { token } = await world.open(userId);
    const nowMs = world.clock.nowMs();
    const link = { token_hash: "x", purpose: "reset", created_at: nowMs, expires_at: nowMs + 9 };
    const browser = await world.database.transaction(async (trx) => {
      await trx
        .insertInto("identity_reset")
        .values({ user_id: userId, ...link })
        .execute();
      await trx.updateTable("identity_setup").set({ token_hash: "x" }).execute();
      return rememberBrowser(trx, { userId, knownId: null, place: placeAt("::1"), nowMs });
    });
    await node.sessions.followUserChanges();
    await node.sessions.readSession(requestWith(token));
    await world.database.transaction((trx) => voidIdentitySecrets(trx, nowMs));
    await node.sessions.followUserChanges();
    await expect(node.sessions.readSession(requestWith(token))).rejects.toMatchObject({
      code: "session-ended",
    });
    const { kysely } = world.database;
    expect(await findKnownBrowser(kysely, browser.token, userId)).toBeNull();
    expect(await kysely.selectFrom("identity_reset").selectAll().execute()).toEqual([]);
    const setup = await kysely.selectFrom("identity_setup").selectAll().execute();
    expect(setup.map((row) => row.token_hash)).toEqual([null]);
  });

  it("knows the browsers of each user, with a new token at each sign-in", async () => {
    const world = await start();
    const [ada, grace] = [await world.addUser("ada"), await world.addUser("grace")];
    const { kysely } = world.database;
    const remember = (userId: string, knownId: string | null) =>
      world.database.transaction((trx) => {
        const place = placeAt("203.0.113.7", "Firefox/151.0 (Windows)");
        return rememberBrowser(trx, { userId, knownId, place, nowMs: world.clock.nowMs() });
      });
    const first = await remember(ada, null);
    expect(await findKnownBrowser(kysely, first.token, ada)).toEqual({
      id: first.id,
      wrongPasswords: 0,
    });
    expect(await findKnownBrowser(kysely, first.token, grace)).toBeNull();
    expect(await findKnownBrowser(kysely, "x", ada)).toBeNull();
    const again = await remember(ada, first.id);
    expect(again.id).toBe(first.id);
    expect(await findKnownBrowser(kysely, first.token, ada)).toBeNull();
    expect(await findKnownBrowser(kysely, again.token, ada)).not.toBeNull();
    // Another user's browser is not taken over.
    const other = await remember(grace, first.id);
    expect(other.id).not.toBe(first.id);
    const nowMs = world.clock.nowMs();
    const forget = (userId: string, id: string) =>
      world.database.transaction((trx) => forgetBrowser(trx, { id, userId }, nowMs));
    expect(await forget(grace, first.id)).toBe(false);
    expect(await forget(ada, first.id)).toBe(true);
    expect(await listBrowsersOf(kysely, ada)).toEqual([]);
    expect(await world.database.transaction((trx) => forgetBrowsersOf(trx, grace, nowMs))).toBe(1);
  });

  it("keeps the fifty browsers seen last", async () => {
    const world = await start();
    const userId = await world.addUser("ada");
    const ids: string[] = [];
    for (let count = 0; count < 52; count += 1) {
      world.clock.advance(1);
      const { id } = await world.database.transaction((trx) => {
        const place = placeAt("203.0.113.7");
        return rememberBrowser(trx, { userId, knownId: null, place, nowMs: world.clock.nowMs() });
      });
      ids.unshift(id);
    }
    const kept = await listBrowsersOf(world.database.kysely, userId);
    expect(kept.map(({ id }) => id)).toEqual(ids.slice(0, 50));
  });
});

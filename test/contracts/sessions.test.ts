// What the check of a session guarantees, on every engine and between nodes.
import { expect, it } from "vitest";
import { saveIdentitySection } from "../../src/server/identity/policies/identity-policy-store.ts";
import { endSession, endSessionsOf } from "../../src/server/identity/sessions/end-sessions.ts";
import { elevateSession } from "../../src/server/identity/sessions/session-store.ts";
import { FRESH_MS } from "../../src/server/identity/sessions/follow-user-changes.ts";
import { pruneUserChanges } from "../../src/server/identity/sessions/user-changes.ts";
import { sha256Hex } from "../../src/platform/crypto/sha256-hex.ts";
import { describeEachEngine } from "./engines.ts";
import { requestWith, startSessions } from "./start-sessions.ts";

const MINUTE_MS = 60_000;

describeEachEngine("sessions", (harness) => {
  const start = () => startSessions(harness);

  it("row 85: of a token only the hash is stored", async () => {
    const world = await start();
    const { id, token } = await world.open(await world.addUser("ada"));
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const rows = await world.database.kysely.selectFrom("identity_session").selectAll().execute();
    expect(rows.map((row) => [row.id, row.token_hash])).toEqual([[id, sha256Hex(token)]]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("a session that is known is checked without asking the store", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const { token } = await world.open(userId);
    await node.sessions.followUserChanges();
    const at = { nowMs: world.clock.nowMs(), isActivity: true };
    expect(node.sessions.checkNow(token, at)).toBeNull();
    expect(await node.sessions.check(token, at)).toMatchObject({ kind: "open", stage: "none" });
    const before = node.queries();
    for (let round = 0; round < 100; round += 1) {
      expect(node.sessions.checkNow(token, at)?.kind).toBe("open");
      expect(await node.sessions.readSession(requestWith(token))).toMatchObject({ userId });
    }
    expect(node.queries()).toBe(before);
  });

  it("50 requests that come together share one reading", async () => {
    const world = await start();
    const node = world.node();
    const { token } = await world.open(await world.addUser("ada"));
    await node.sessions.followUserChanges();
    const before = node.queries();
    const read = async () => node.sessions.readSession(requestWith(token));
    const users = await Promise.all(Array.from({ length: 50 }, read));
    expect(users.every((user) => user?.email === "ada@example.com")).toBe(true);
    expect(node.queries() - before).toBeLessThan(10);
  });

  it("rows 40, 88: an ended session is refused here at once, then elsewhere", async () => {
    const world = await start();
    const [here, there] = [world.node(), world.node()];
    const userId = await world.addUser("ada");
    const [one, other] = [await world.open(userId), await world.open(userId)];
    for (const { sessions } of [here, there]) {
      await sessions.followUserChanges();
      for (const { token } of [one, other]) await sessions.readSession(requestWith(token));
    }
    const nowMs = world.clock.nowMs();
    await world.database.transaction((trx) => endSession(trx, { id: one.id, userId }, nowMs));
    await here.sessions.followUserChanges();
    const ended = { code: "session-ended", status: 401 };
    const ask = async (node: typeof here, token: string) =>
      node.sessions.readSession(requestWith(token));
    await expect(ask(here, one.token)).rejects.toMatchObject(ended);
    await there.sessions.followUserChanges();
    await expect(ask(there, one.token)).rejects.toMatchObject(ended);
    for (const node of [here, there]) expect(await ask(node, other.token)).not.toBeNull();

    const all = await world.database.transaction((trx) => endSessionsOf(trx, userId, { nowMs }));
    expect(all).toBe(1);
    for (const node of [here, there]) {
      await node.sessions.followUserChanges();
      await expect(ask(node, other.token)).rejects.toMatchObject(ended);
    }
  });

  it("ending the others leaves the session that asks", async () => {
    const world = await start();
    const node = world.node();
    const [ada, grace] = [await world.addUser("ada"), await world.addUser("grace")];
    const [kept, ended] = [await world.open(ada), await world.open(ada)];
    const foreign = await world.open(grace);
    const except = { exceptId: kept.id, nowMs: world.clock.nowMs() };
    expect(await world.database.transaction((trx) => endSessionsOf(trx, ada, except))).toBe(1);
    const read = async (token: string) => node.sessions.readSession(requestWith(token));
    expect(await read(kept.token)).toMatchObject({ userId: ada });
    expect(await read(foreign.token)).toMatchObject({ userId: grace });
    await expect(read(ended.token)).rejects.toMatchObject({ code: "session-ended" });
    const foreignId = { id: foreign.id, userId: ada };
    const isEnded = await world.database.transaction((trx) => endSession(trx, foreignId, 1));
    expect(isEnded).toBe(false);
  });

  it("row 40: a disabled, then locked user is refused, and let in again after", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const { token } = await world.open(userId);
    const read = async () => {
      await node.sessions.followUserChanges();
      return node.sessions.readSession(requestWith(token));
    };
    expect(await read()).toMatchObject({ userId });
    const setDisabled = (isDisabled: number) =>
      world.change(userId, (trx) =>
        trx.updateTable("accounts_user").set({ is_disabled: isDisabled }).execute(),
      );
    await setDisabled(1);
    await expect(read()).rejects.toMatchObject({ code: "user-disabled", status: 401 });
    await setDisabled(0);
    expect(await read()).toMatchObject({ userId });
    const setLocked = (lockedAtMs: number | null) =>
      world.change(userId, (trx) =>
        trx.updateTable("identity_sign_in").set({ locked_at: lockedAtMs }).execute(),
      );
    await setLocked(world.clock.nowMs());
    await expect(read()).rejects.toMatchObject({ code: "user-locked", status: 401 });
    await setLocked(null);
    expect(await read()).toMatchObject({ userId });
  });

  it("where the store is away only known sessions go on, for seconds", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const [known, unknown] = [await world.open(userId), await world.open(userId)];
    const read = async (token: string) => node.sessions.readSession(requestWith(token));
    await node.sessions.followUserChanges();
    await read(known.token);
    node.setStoreAway(true);
    const closed = { code: "session-unchecked", status: 503 };
    await expect(read(unknown.token)).rejects.toMatchObject(closed);
    node.passMs(FRESH_MS - 1);
    expect(await read(known.token)).toMatchObject({ userId });
    node.passMs(1);
    await expect(read(known.token)).rejects.toMatchObject(closed);
    node.setStoreAway(false);
    expect(await read(known.token)).toMatchObject({ userId });
    expect(FRESH_MS).toBeLessThan(5000);
  });

  it("a follower that fails forgets everything rather than believe it", async () => {
    const world = await start();
    const node = world.node();
    const { token } = await world.open(await world.addUser("ada"));
    await node.sessions.followUserChanges();
    await node.sessions.readSession(requestWith(token));
    node.setStoreAway(true);
    await node.sessions.followUserChanges();
    const at = { nowMs: world.clock.nowMs(), isActivity: false };
    expect(node.sessions.checkNow(token, at)).toBeNull();
    expect(world.errors).toHaveLength(1);
  });

  it("a node that missed changes which were pruned forgets everything", async () => {
    const world = await start();
    const node = world.node();
    const { id, token } = await world.open(await world.addUser("ada"));
    await node.sessions.followUserChanges();
    await node.sessions.readSession(requestWith(token));
    await world.database.transaction(async (trx) => {
      await endSession(trx, { id, userId: "user-1" }, world.clock.nowMs());
      await pruneUserChanges(trx, world.clock.nowMs() + 3_600_001);
    });
    await node.sessions.followUserChanges();
    await expect(node.sessions.readSession(requestWith(token))).rejects.toMatchObject({
      code: "session-ended",
    });
  });

  it("row 79: a half sign-in's token stops at its elevation", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const half = await world.open(userId, { stage: "change-password" });
    const read = async (token: string, url?: string, method?: string) =>
      node.sessions.readSession(
        requestWith(token, { ...(url === undefined ? {} : { url }), ...(method && { method }) }),
      );
    const shut = { code: "password-change-required", status: 403 };
    await expect(read(half.token, "/api/v1/me/sessions")).rejects.toMatchObject(shut);
    await expect(read(half.token, "/api/v1/me/../users")).rejects.toMatchObject(shut);
    await expect(read(half.token, "/api/v1/me", "PATCH")).rejects.toMatchObject(shut);
    for (const [method, url] of [
      ["GET", "/api/v1/me?x=1"],
      ["GET", "/api/v1/me/password-rules"],
      ["POST", "/api/v1/me/password"],
    ] as const) {
      expect(await read(half.token, url, method)).toMatchObject({ userId });
    }
    const whole = await world.database.transaction((trx) =>
      elevateSession(trx, { sessionId: half.id, stage: "none", nowMs: world.clock.nowMs() }),
    );
    await node.sessions.followUserChanges();
    expect(whole).not.toBe(half.token);
    expect(await read(whole!, "/api/v1/me/sessions")).toMatchObject({ userId });
    await expect(read(half.token)).rejects.toMatchObject({ code: "session-ended" });
  });

  it("a half sign-in ends after ten minutes, whatever is done meanwhile", async () => {
    const world = await start();
    const node = world.node();
    const { token } = await world.open(await world.addUser("ada"), { stage: "change-password" });
    for (let minute = 0; minute < 10; minute += 1) {
      expect(await node.sessions.readSession(requestWith(token))).not.toBeNull();
      world.clock.advance(MINUTE_MS);
    }
    await expect(node.sessions.readSession(requestWith(token))).rejects.toMatchObject({
      code: "session-ended",
    });
  });

  it("row 87: while a token changes none of 50 is refused; then the old is dead", async () => {
    const world = await start();
    const node = world.node();
    const userId = await world.addUser("ada");
    const { id, token } = await world.open(userId);
    await node.sessions.followUserChanges();
    const read = async (which: string) => node.sessions.readSession(requestWith(which));
    const before = Array.from({ length: 25 }, () => read(token));
    const rotation = world.database
      .transaction((trx) =>
        elevateSession(trx, { sessionId: id, stage: "none", nowMs: world.clock.nowMs() }),
      )
      .then(async (rotated) => {
        await node.sessions.followUserChanges();
        return rotated!;
      });
    const during = Array.from({ length: 25 }, () => read(token));
    const users = await Promise.all([...before, ...during]);
    const rotated = await rotation;
    expect(users.every((user) => user?.userId === userId)).toBe(true);
    world.clock.advance(2_999);
    expect(await read(token)).toMatchObject({ sessionId: id });
    expect(await read(rotated)).toMatchObject({ sessionId: id });
    world.clock.advance(1);
    await expect(read(token)).rejects.toMatchObject({ code: "session-ended" });
    expect(await read(rotated)).toMatchObject({ sessionId: id });
    expect(
      await world.database.transaction((trx) =>
        elevateSession(trx, { sessionId: "gone", stage: "none", nowMs: 1 }),
      ),
    ).toBeNull();
  });

  it("a shorter log-out policy holds at once, for open sessions too", async () => {
    const world = await start();
    const node = world.node();
    const { token } = await world.open(await world.addUser("ada"));
    await node.sessions.readSession(requestWith(token));
    await node.sessions.followUserChanges();
    world.clock.advance(20 * MINUTE_MS);
    const read = async () => node.sessions.readSession(requestWith(token, { isBackground: true }));
    expect(await read()).not.toBeNull();
    const nowMs = world.clock.nowMs();
    const value = { enabled: true, minutes: 15 };
    const change = {
      owner: "platform",
      section: "log-out",
      value,
      changedBy: "test",
      nowMs,
    } as const;
    await world.change(null, (trx) => saveIdentitySection(trx, change, 0));
    await node.sessions.followUserChanges();
    await expect(read()).rejects.toMatchObject({ code: "session-idle", status: 401 });
  });
});

// What trusted browsers and the stages of a sign-in promise on every engine.
import { expect, it } from "vitest";
import {
  distrustBrowser,
  distrustBrowsersOf,
  findTrustedBrowser,
  listTrustedBrowsers,
  trustBrowser,
} from "../../src/server/identity/second-factor/trusted-browser-store.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { factorsOf, halfSignedIn } from "./factors-at-the-door.ts";
import { RIGHT, setUpDoor } from "./people-at-the-door.ts";

const DAY_MS = 86_400_000;
const SKIP = { frequency: "14-days-skip" } as const;
const TRUST = { body: { trustBrowser: true } };

const address = parseAddress("198.51.100.9")!;
const PLACE = {
  address,
  addressText: "198.51.100.9",
  addressKey: addressKey(address),
  country: "unknown",
  userAgent: "Example",
};

async function setUpAda(harness: EngineHarness) {
  const door = await setUpDoor(harness);
  const factors = factorsOf(door);
  const id = await door.addUser();
  return { ...door, ...factors, id, app: await factors.giveApp(id) };
}

describeEachEngine("trusted browsers", (harness) => {
  it("are one user's, until a fixed end, at most twenty of them", async () => {
    const { database, clock, id, addUser } = await setUpAda(harness);
    const other = await addUser("grace@example.com");
    const trust = (userId: string) =>
      database.transaction((trx) =>
        trustBrowser(trx, { userId, place: PLACE, nowMs: clock.nowMs() }),
      );
    const first = await trust(id);
    expect(await findTrustedBrowser(database.kysely, first.token, id)).toEqual({
      id: first.id,
      expiresAtMs: clock.nowMs() + 14 * DAY_MS,
    });
    expect(await findTrustedBrowser(database.kysely, first.token, other)).toBeNull();
    expect(await findTrustedBrowser(database.kysely, "anything", id)).toBeNull();
    const rows = await database.kysely.selectFrom("identity_trusted_browser").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(first.token);
    const made = [];
    for (let count = 0; count < 20; count += 1) {
      clock.advance(1000);
      made.push(await trust(id));
    }
    expect(await findTrustedBrowser(database.kysely, first.token, id)).toBeNull();
    const list = (userId: string) => listTrustedBrowsers(database.kysely, userId, clock.nowMs());
    expect((await list(id)).map((browser) => browser.id)).toEqual(
      made.map((browser) => browser.id).toReversed(),
    );
    await trust(other);
    const one = { id: made[0]!.id, userId: other };
    const drop = (which: typeof one) => database.transaction((trx) => distrustBrowser(trx, which));
    expect([await drop(one), await drop({ ...one, userId: id })]).toEqual([false, true]);
    expect(await database.transaction((trx) => distrustBrowsersOf(trx, id))).toBe(19);
    expect((await list(other)).length).toBe(1);
    clock.advance(14 * DAY_MS);
    expect(await list(other)).toEqual([]);
  });

  it("skip the question for fourteen days, by its rule, and never longer", async () => {
    const { node, app, clock, setTwoFactor } = await setUpAda(harness);
    await setTwoFactor(node, SKIP);
    const browser = await halfSignedIn(node);
    const cookie = "__Host-postern-trust";
    expect((await browser.sendCode(app.freshCode(), TRUST)).status).toBe(200);
    expect(browser.cookies.has(cookie)).toBe(true);
    const next = async () => (await browser.signIn("ada@example.com", RIGHT)).json.next;
    expect(await next()).toBe("none");
    expect(node.events.at(-1)).toMatchObject({
      kind: "sign-in",
      detail: { stage: "none", method: "password+trusted-browser" },
    });
    clock.advance(14 * DAY_MS - 1);
    expect(await next()).toBe("none");
    clock.advance(1);
    expect(await next()).toBe("second-factor");
    // Asked for again; a browser that was not to be trusted gets no cookie.
    browser.cookies.delete(cookie);
    expect((await browser.sendCode(app.freshCode())).status).toBe(200);
    expect(browser.cookies.has(cookie)).toBe(false);
  });

  it("are asked while the rule is every login, whatever cookie they have", async () => {
    const { node, app, clock, setTwoFactor, database } = await setUpAda(harness);
    const eager = await halfSignedIn(node);
    expect((await eager.sendCode(app.freshCode(), TRUST)).status).toBe(200);
    expect(eager.cookies.has("__Host-postern-trust")).toBe(false);
    await setTwoFactor(node, SKIP);
    const browser = await halfSignedIn(node);
    expect((await browser.sendCode(app.freshCode(), TRUST)).status).toBe(200);
    await setTwoFactor(node, { frequency: "every-login" });
    // The row is there still: the rule itself is compared at each sign-in.
    const rows = await database.kysely.selectFrom("identity_trusted_browser").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect((await browser.signIn("ada@example.com", RIGHT)).json.next).toBe("second-factor");
    clock.advance(1000);
    await setTwoFactor(node, SKIP);
    expect((await browser.signIn("ada@example.com", RIGHT)).json.next).toBe("none");
  });

  it("are of no use to another user, nor without the password", async () => {
    const { node, app, setTwoFactor, addUser, giveApp } = await setUpAda(harness);
    await setTwoFactor(node, SKIP);
    const grace = await addUser("grace@example.com");
    await giveApp(grace);
    const browser = await halfSignedIn(node);
    expect((await browser.sendCode(app.freshCode(), TRUST)).status).toBe(200);
    expect((await browser.signIn("grace@example.com", RIGHT)).json.next).toBe("second-factor");
    expect((await browser.signIn("ada@example.com", "not the right one")).status).toBe(401);
  });
});

describeEachEngine("stages of a sign-in", (harness) => {
  it("ask for the second factor, then a new password; each with a new token", async () => {
    const { node, app, id, database, signInRow } = await setUpAda(harness);
    await database.transaction((trx) =>
      trx
        .updateTable("identity_password")
        .set({ must_change: 1 })
        .where("user_id", "=", id)
        .execute(),
    );
    const browser = await halfSignedIn(node);
    const session = () => browser.cookies.get("__Host-postern-session");
    const tokens = [session()];
    const body = { currentPassword: RIGHT, newPassword: "Another lark 72 sings" };
    const early = await browser.send("POST", "/api/v1/me/password", { body });
    expect([early.status, early.json.code]).toEqual([403, "second-factor-required"]);
    expect((await browser.sendCode(app.freshCode())).json.next).toBe("change-password");
    tokens.push(session());
    expect((await signInRow(id))?.last_signed_in_at).toBeNull();
    const twice = await browser.sendCode(app.codeAt(1));
    expect([twice.status, twice.json.code]).toEqual([403, "password-change-required"]);
    const changed = await browser.send("POST", "/api/v1/me/password", { body });
    expect(changed.json).toEqual({ next: "none", returnTo: null });
    tokens.push(session());
    expect(new Set(tokens).size).toBe(3);
    expect((await signInRow(id))?.last_signed_in_at).not.toBeNull();
    const rows = await database.kysely.selectFrom("identity_session").selectAll().execute();
    expect(rows).toMatchObject([{ stage: "none", method: "password+app" }]);
    expect(rows[0]?.browser_id).not.toBeNull();
  });

  it("ask for a second factor to be set up where it is required, after all else", async () => {
    const { node, addUser, database, setTwoFactor } = await setUpAda(harness);
    await setTwoFactor(node, { required: { enabled: true } });
    const grace = await addUser("grace@example.com");
    await database.transaction((trx) =>
      trx
        .updateTable("identity_password")
        .set({ must_change: 1 })
        .where("user_id", "=", grace)
        .execute(),
    );
    const browser = node.open();
    expect((await browser.signIn("grace@example.com", RIGHT)).json.next).toBe("change-password");
    const body = { currentPassword: RIGHT, newPassword: "Another lark 72 sings" };
    const changed = await browser.send("POST", "/api/v1/me/password", { body });
    expect(changed.json.next).toBe("set-up-second-factor");
    const refused = await browser.send("GET", "/api/v1/me/password-rules");
    expect([refused.status, refused.json.code]).toEqual([403, "second-factor-set-up-required"]);
    expect(browser.cookies.has("__Host-postern-browser")).toBe(false);
  });

  it("ask for the factor that was set up while the new password was asked for", async () => {
    const { node, addUser, giveApp, database } = await setUpAda(harness);
    const grace = await addUser("grace@example.com");
    await database.transaction((trx) =>
      trx
        .updateTable("identity_password")
        .set({ must_change: 1 })
        .where("user_id", "=", grace)
        .execute(),
    );
    const browser = node.open();
    await browser.signIn("grace@example.com", RIGHT);
    await giveApp(grace);
    const body = { currentPassword: RIGHT, newPassword: "Another lark 72 sings" };
    const changed = await browser.send("POST", "/api/v1/me/password", { body });
    expect(changed.json.next).toBe("second-factor");
  });

  it("refuse who was locked or disabled in between, with the right code too", async () => {
    const { node, app, id, database, clock } = await setUpAda(harness);
    const browser = await halfSignedIn(node);
    const lock = (lockedAt: number | null) =>
      database.transaction((trx) =>
        trx
          .updateTable("identity_sign_in")
          .set({ locked_at: lockedAt })
          .where("user_id", "=", id)
          .execute(),
      );
    // Behind the back of what the node remembers: the transaction asks once more.
    await node.sessions.followUserChanges();
    expect((await browser.send("GET", "/api/v1/sign-in/second-factor")).status).toBe(200);
    await lock(clock.nowMs());
    const refused = await browser.sendCode(app.codeAt());
    expect([refused.status, refused.json.code]).toEqual([401, "user-locked"]);
    await lock(null);
    // What lets nobody in uses no code up.
    expect((await browser.sendCode(app.codeAt())).status).toBe(200);
  });
});

// What removing a password promises on every engine: it opens nothing, and a mail gives one again.
import { expect, it } from "vitest";
import { answerResetRequest } from "../../src/server/identity/mail/reset-requests.ts";
import { askForReset, listResetRequests } from "../../src/server/identity/mail/reset-requests.ts";
import { addPasskey, ADA, isSignedIn, PASSWORD, prove, refusalOf } from "./connected-people.ts";
import { setUpConnected, signInByPasskey } from "./connected-people.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { managing, RIGHT } from "./people-at-the-door.ts";
import { HOST_SHELL } from "./start-credentials.ts";
import { placeAt } from "./start-sessions.ts";

const NEXT = "Otter 19 swims upstream";
const SESSION = "__Host-postern-session";
const BROWSER = "__Host-postern-browser";

/** Ada, who has a password and a passkey, has just proved who she is. */
async function setUpHolder(harness: EngineHarness) {
  const world = await setUpConnected(harness);
  const id = await world.addUser();
  const browser = await prove(await world.signedInBy(null));
  const passkey = await addPasskey(browser);
  return { ...world, id, browser, passkey };
}

describeEachEngine("a removed password", (harness) => {
  it("opens nothing any more, and the passkey does", async () => {
    const { id, node, browser, passkey, ...world } = await setUpHolder(harness);
    const other = await world.signedInBy(null);
    const half = await world.signedInBy(null, { stage: "second-factor" });
    const link = await node.credentials.passwords.makeLink(managing(id));
    const [token, known] = [browser.cookies.get(SESSION), browser.cookies.get(BROWSER)];
    const removed = await browser.send("DELETE", PASSWORD);
    expect([removed.status, removed.text]).toEqual([204, ""]);

    expect(await isSignedIn(browser)).toBe(true);
    expect(browser.cookies.get(SESSION)).not.toBe(token);
    expect(browser.cookies.get(BROWSER)).not.toBe(known);
    expect([await isSignedIn(other), await world.sessionRow(half)]).toEqual([false, undefined]);
    const look = { body: { token: link.url.split("#token=")[1] } };
    const looked = await node.browse("POST", "/api/v1/password-links/look", look);
    expect(refusalOf(looked)).toEqual([404, "link-invalid"]);

    // As anybody with a wrong password: with no word of why, and however often.
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const refused = await node.open().signIn(ADA, RIGHT);
      expect(refusalOf(refused)).toEqual([401, "sign-in-refused"]);
    }
    expect((await world.signInRow(id))?.locked_at).toBeNull();
    const byPasskey = node.open();
    expect((await signInByPasskey(byPasskey, passkey)).json).toMatchObject({ next: "none" });
    expect(await isSignedIn(byPasskey)).toBe(true);
    const proof = { body: { method: "password", password: RIGHT } };
    const proved = await byPasskey.send("POST", "/api/v1/me/proof", proof);
    expect(refusalOf(proved)).toEqual([403, "password-wrong"]);
    const change = { body: { currentPassword: RIGHT, newPassword: NEXT } };
    const changed = await byPasskey.send("POST", PASSWORD, change);
    expect(refusalOf(changed)).toEqual([409, "password-none"]);
    expect(changed.json.detail).toContain("Forgotten password");
    expect(refusalOf(await browser.send("DELETE", PASSWORD))).toEqual([409, "password-none"]);

    const { signIn } = await node.accounts.users.find(HOST_SHELL, id);
    expect(signIn).toMatchObject({ status: "active", passwordChangedAt: null });
    const said = { userId: id, actor: ADA, reason: undefined, detail: { email: ADA } };
    expect(world.events("password-removed")).toEqual([said]);
    const place = { address: "198.51.100.7", country: "unknown", userAgent: "" };
    expect(await world.mails("password-removed")).toEqual([
      { to: ADA, data: { changedAtMs: world.clock.nowMs(), place } },
    ]);
    expect(node.errors).toEqual([]);
  });

  it("stays without a proof, and without another way in", async () => {
    const { node, ...world } = await setUpConnected(harness);
    const id = await world.addUser();
    const browser = await world.signedInBy(null);
    expect(refusalOf(await browser.send("DELETE", PASSWORD))).toEqual([403, "proof-required"]);
    await prove(browser);
    await world.provide("off", { isEnabled: false });
    await world.connect(id, "off");
    const refused = await browser.send("DELETE", PASSWORD);
    expect(refusalOf(refused)).toEqual([409, "last-way-in"]);
    expect(await isSignedIn(browser)).toBe(true);
    expect((await node.open().signIn(ADA, RIGHT)).status).toBe(200);
    expect(world.events("password-removed")).toEqual([]);
    expect(await world.mails("password-removed")).toEqual([]);
    await world.setEnabled("off", true);
    expect((await browser.send("DELETE", PASSWORD)).status).toBe(204);

    // The provider is turned off for everybody: nothing is left but a mailed link.
    await world.setEnabled("off", false);
    await world.setRules({});
    expect(await isSignedIn(browser)).toBe(false);
    const { signIn } = await node.accounts.users.find(HOST_SHELL, id);
    expect(signIn.status).toBe("invited");
  });

  it("is followed by a reset, not by an invitation, and counts for the history", async () => {
    const { id, node, browser, database, clock, ...world } = await setUpHolder(harness);
    const history = { enabled: true, passwords: 5 };
    await world.setRules({ history, lockout: { enabled: true, wrongPasswordsMax: 5 } });
    expect((await browser.send("DELETE", PASSWORD)).status).toBe(204);
    const mailed = (kind: string) => world.mails(kind);

    await node.credentials.passwords.invite(managing(id));
    const invited = [await mailed("password-reset"), await mailed("invitation")];
    expect(invited.map((mails) => mails.length)).toEqual([1, 0]);
    await askForReset({ database, clock }, { emailKey: ADA, place: placeAt("203.0.113.9") });
    for (const request of await listResetRequests(database.kysely, 10)) {
      await database.transaction((trx) => answerResetRequest(trx, request, clock.nowMs()));
    }
    expect(await mailed("password-reset")).toMatchObject([
      { to: ADA, data: { askedAtMs: clock.nowMs() } },
    ]);
    expect(await mailed("invitation")).toEqual([]);

    for (let attempt = 0; attempt < 8; attempt += 1) await node.open().signIn(ADA, RIGHT);
    const link = await node.credentials.passwords.makeLink(managing(id));
    expect(link.purpose).toBe("reset");
    const token = link.url.split("#token=")[1];
    const choose = (newPassword: string) =>
      node.browse("POST", "/api/v1/password-resets", { body: { token, newPassword } });
    expect(refusalOf(await choose(RIGHT))).toEqual([422, "password-refused"]);
    expect((await choose(NEXT)).status).toBe(204);
    expect(await mailed("password-changed")).toMatchObject([{ to: ADA, data: { how: "reset" } }]);
    expect(await isSignedIn(browser)).toBe(false);
    const again = await node.open().signIn(ADA, NEXT);
    expect(again.json).toMatchObject({ next: "second-factor" });
  });

  it("given by an administrator opens at once, whatever was guessed before", async () => {
    const { id, node, browser, ...world } = await setUpHolder(harness);
    await world.setRules({ lockout: { enabled: true, wrongPasswordsMax: 5 } });
    expect((await browser.send("DELETE", PASSWORD)).status).toBe(204);
    for (let attempt = 0; attempt < 8; attempt += 1) await node.open().signIn(ADA, RIGHT);
    await node.credentials.passwords.setFor(managing(id), NEXT);
    const signedIn = await node.open().signIn(ADA, NEXT);
    expect(signedIn.json).toMatchObject({ next: "second-factor" });
  });
});

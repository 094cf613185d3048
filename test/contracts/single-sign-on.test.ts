// What single sign-on promises on every engine: one use each, the right session, one connection.
import { afterAll, beforeAll, expect, it } from "vitest";
import { endSessionsOf } from "../../src/server/identity/sessions/end-sessions.ts";
import { voidIdentitySecrets } from "../../src/server/identity/sessions/void-identity-secrets.ts";
import { dropOverdueBinds } from "../../src/server/identity/single-sign-on/bind-store.ts";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { MisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import { createMeetingHasher } from "./create-meeting-hasher.ts";
import { describeEachEngine } from "./engines.ts";
import { RIGHT, WRONG } from "./people-at-the-door.ts";
import { HOST_SHELL } from "./start-credentials.ts";
import { BIND, BIND_COOKIE, leadsTo, SESSION_COOKIE, setUpSsoDoor } from "./sso-at-the-door.ts";

const ADA = "ada@example.com";
const GRACE = "grace@example.com";
const MINUTE_MS = 60_000;
const CONSOLE = "/postern/";
const SETTINGS = "/postern/settings/single-sign-on";

let idp: MisbehavingProvider;
beforeAll(async () => {
  idp = await startMisbehavingProvider();
});
afterAll(() => idp.stop());

describeEachEngine("single sign-on", (harness) => {
  it("binds whom nobody knows by a local password, and knows them the next time", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const { node, database, clock } = door;
    const ada = await door.addUser(ADA);
    const first = node.open();
    const returnTo = "/postern/users?a=1";
    // The same address as Ada's says nothing.
    const claims = { sub: "s-1", email: ADA, email_verified: true };
    expect(await door.signInBy(first, claims, { returnTo })).toBe(
      `/postern/bind?returnTo=${encodeURIComponent(returnTo)}`,
    );
    expect(await door.sessionOf(first)).toBe(undefined);
    const shown = { id: "idp", kind: "oidc", name: "The idp" };
    const { status, json } = await first.send("GET", BIND);
    expect([status, json.provider, json.accountShown]).toEqual([200, shown, ADA]);
    expect(Date.parse(json.expiresAt) - clock.nowMs()).toBe(10 * MINUTE_MS);

    const wrong = await door.bind(first, ADA, WRONG);
    expect([wrong.status, wrong.json.code]).toEqual([401, "sign-in-refused"]);
    expect(node.offences.map(({ kind }) => kind)).toEqual(["bind"]);
    expect(await door.signInRow(ada)).toMatchObject({ wrong_passwords: 1 });
    expect(await door.connections()).toEqual([]);

    expect((await door.bind(first, ADA)).json).toEqual({ next: "none", returnTo: null });
    const [connection] = await door.connections();
    expect(connection).toMatchObject({
      provider_id: "idp",
      issuer: idp.issuer,
      subject: "s-1",
      tenant: "",
      user_id: ada,
      account_shown: ADA,
      connected_at: clock.nowMs(),
      last_used_at: null,
    });
    const bound = { stage: "none", method: "password", connection_id: null, bind_id: null };
    expect(await door.sessionOf(first)).toMatchObject({ user_id: ada, ...bound });
    expect(first.cookies.has(BIND_COOKIE)).toBe(false);
    expect((await first.send("GET", BIND)).json.code).toBe("bind-ended");
    const [made] = door.events("connection-made");
    expect(made).toMatchObject({ reason: "bound", userId: ada, detail: { provider: "idp" } });
    const mails = await database.kysely.selectFrom("identity_mail").select("kind").execute();
    expect(mails).toEqual([{ kind: "connection-changed" }]);

    const second = node.open();
    clock.advance(MINUTE_MS);
    await door.bind(node.open(), ADA, WRONG);
    expect(await door.signInBy(second, claims, { returnTo })).toBe(returnTo);
    const session = await door.sessionOf(second);
    expect(session).toMatchObject({ stage: "none", method: "sso", connection_id: connection?.id });
    expect(session?.browser_id).toMatch(/^[a-z2-7]{20}$/);
    expect(await door.connections()).toMatchObject([{ last_used_at: clock.nowMs() }]);
    const signedIn = door.events("sign-in").at(-1);
    expect(signedIn).toMatchObject({ userId: ada, detail: { method: "sso", provider: "idp" } });
    expect(await door.signInRow(ada)).toMatchObject({ last_signed_in_at: clock.nowMs() });
    // A browser has one session; a provider that vouches is remembered in it.
    const before = second.cookies.get(SESSION_COOKIE);
    expect(await door.signInBy(second, { ...claims, amr: ["mfa"] })).toBe(CONSOLE);
    expect(second.cookies.get(SESSION_COOKIE)).not.toBe(before);
    const again = await door.sessionOf(second);
    expect(again).toMatchObject({ method: "sso-vouched", browser_id: session?.browser_id });
    const rows = await database.kysely.selectFrom("identity_session").select("method").execute();
    expect(rows.map(({ method }) => method).toSorted()).toEqual(["password", "sso-vouched"]);
  });

  it("clears no count of wrong passwords", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const ada = await door.addUser(ADA);
    const browser = door.node.open();
    await browser.signIn(ADA, RIGHT);
    await door.connect(browser, "s-1");
    await door.node.open().signIn(ADA, WRONG);
    expect(await door.signInBy(door.node.open(), { sub: "s-1" })).toBe(CONSOLE);
    expect(await door.signInRow(ada)).toMatchObject({ wrong_passwords: 1 });
  });

  it("asks for the second factor before it binds, also in a trusted browser", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const ada = await door.addUser(ADA);
    const app = await door.giveApp(ada);
    await door.setTwoFactor(door.node, { frequency: "14-days-skip" });
    const browser = door.node.open();
    await browser.signIn(ADA, RIGHT);
    await browser.sendCode(app.freshCode(), { body: { trustBrowser: true } });
    await door.signInBy(browser, { sub: "s-1" });
    expect((await door.bind(browser, ADA)).json.next).toBe("second-factor");
    const half = await door.sessionOf(browser);
    expect(half).toMatchObject({ stage: "second-factor", method: "password" });
    expect(half?.bind_id).toMatch(/^[a-z2-7]{20}$/);
    expect(await door.connections()).toEqual([]);
    door.clock.advance(MINUTE_MS);
    expect((await browser.sendCode(app.freshCode())).json.next).toBe("none");
    expect(await door.connections()).toMatchObject([{ subject: "s-1", user_id: ada }]);
    const whole = { stage: "none", method: "password+app", bind_id: null, connection_id: null };
    expect(await door.sessionOf(browser)).toMatchObject(whole);
    expect(browser.cookies.has(BIND_COOKIE)).toBe(false);
  });

  it("connects nobody after ten minutes, though the sign-in becomes whole", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const app = await door.giveApp(await door.addUser(ADA));
    const [late, later] = [door.node.open(), door.node.open()];
    await door.signInBy(late, { sub: "s-1" });
    await door.signInBy(later, { sub: "s-1" });
    expect((await door.bind(late, ADA)).json.next).toBe("second-factor");
    door.clock.advance(10 * MINUTE_MS);
    expect((await later.send("GET", BIND)).json.code).toBe("bind-ended");
    expect((await door.bind(later, ADA)).json.code).toBe("bind-ended");
    expect((await late.sendCode(app.freshCode())).json.next).toBe("none");
    expect(await door.connections()).toEqual([]);
    expect(door.events("provider-failed")).toMatchObject([{ reason: "bind-ended" }]);
    await door.database.transaction((trx) => dropOverdueBinds(trx, door.clock.nowMs() + MINUTE_MS));
    const left = await door.database.kysely.selectFrom("identity_bind").select("id").execute();
    expect(left).toEqual([]);
  });

  it("can be given up, and does not survive a restored backup", async () => {
    const door = await setUpSsoDoor(harness, idp);
    await door.addUser(ADA);
    const [given, restored] = [door.node.open(), door.node.open()];
    await door.signInBy(given, { sub: "s-1" });
    const token = given.cookies.get(BIND_COOKIE) ?? "";
    expect((await given.send("DELETE", BIND)).status).toBe(204);
    expect(given.cookies.has(BIND_COOKIE)).toBe(false);
    given.cookies.set(BIND_COOKIE, token);
    expect((await door.bind(given, ADA)).json.code).toBe("bind-ended");
    await door.signInBy(restored, { sub: "s-1" });
    await door.database.transaction((trx) => voidIdentitySecrets(trx, door.clock.nowMs()));
    expect((await door.bind(restored, ADA)).json.code).toBe("bind-ended");
  });

  it("connects one user of two who prove themselves for one identity at once", async () => {
    // Both have found it before either has used it: who comes later finds none.
    const door = await setUpSsoDoor(harness, idp, { hasher: createMeetingHasher(2) });
    await Promise.all([door.addUser(ADA), door.addUser(GRACE)]);
    const browsers = [door.node.open(), door.node.open()] as const;
    for (const browser of browsers) await door.signInBy(browser, { sub: "s-1" });
    const [ada, grace] = browsers;
    const answers = await Promise.all([door.bind(ada, ADA), door.bind(grace, GRACE)]);
    expect(answers.map(({ json }) => json.next)).toEqual(["none", "none"]);
    expect(await door.connections()).toHaveLength(1);
    expect(door.events("connection-made")).toHaveLength(1);
    expect(door.events("provider-failed")).toMatchObject([{ reason: "connection-taken" }]);
  });

  it("uses one bind once, also when two prove themselves in the same browser", async () => {
    const door = await setUpSsoDoor(harness, idp);
    await Promise.all([door.addUser(ADA), door.addUser(GRACE)]);
    const browser = door.node.open();
    await door.signInBy(browser, { sub: "s-1" });
    const answers = await Promise.all([door.bind(browser, ADA), door.bind(browser, GRACE)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await door.connections()).toHaveLength(1);
    expect(door.events("provider-failed")).toMatchObject([{ reason: "bind-ended" }]);
  });

  it("lets one of fifty answers to one flow in", async () => {
    const door = await setUpSsoDoor(harness, idp);
    await door.addUser(ADA);
    const browser = door.node.open();
    await door.signInBy(browser, { sub: "s-1" });
    await door.bind(browser, ADA);
    const asked = idp.asked.token;
    const other = door.node.open();
    const callback = await door.begin(other);
    const cookies = new Map(other.cookies);
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const racing = door.node.open();
        for (const [name, value] of cookies) racing.cookies.set(name, value);
        return leadsTo(await door.land(racing, callback));
      }),
    );
    const ended = "/postern/sign-in?fault=flow-ended&provider=idp";
    expect(answers.filter((path) => path === CONSOLE)).toHaveLength(1);
    expect(answers.filter((path) => path === ended)).toHaveLength(49);
    expect(idp.asked.token - asked).toBe(1);
    expect(
      door.events("sign-in").filter(({ detail }) => detail?.["method"] === "sso"),
    ).toHaveLength(1);
  });

  it("goes only by the flow of this browser, of this provider, within ten minutes", async () => {
    const door = await setUpSsoDoor(harness, idp);
    await door.provide("other");
    const browser = door.node.open();
    const ended = (id: string) => `/postern/sign-in?fault=flow-ended&provider=${id}`;
    const callback = await door.begin(browser);
    const stranger = door.node.open();
    expect(leadsTo(await door.land(stranger, callback))).toBe(ended("idp"));
    const mixedUp = callback.replace("/idp/", "/other/");
    expect(leadsTo(await door.land(browser, mixedUp))).toBe(ended("other"));
    for (const spoiled of [`${callback}&state=x`, callback.replace("state=", "state=x")]) {
      expect(leadsTo(await door.land(browser, spoiled))).toBe(ended("idp"));
    }
    door.clock.advance(10 * MINUTE_MS);
    const late = await door.land(browser, callback);
    expect(leadsTo(late)).toBe(ended("idp"));
    expect(late.headers).toMatchObject({ "referrer-policy": "no-referrer" });
    expect(late.headers["cache-control"]).toBe("no-store");
    for (let count = 0; count < 6; count += 1) await door.begin(browser);
    const flows = [...browser.cookies.keys()].filter((name) => name.includes("flow"));
    expect(flows).toHaveLength(4);
  });

  it("tells what went wrong, to the person and once to operators", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const ada = await door.addUser(ADA);
    const browser = door.node.open();
    await browser.signIn(ADA, RIGHT);
    await door.connect(browser, "s-1");
    const faultOf = async (behaviour: Parameters<typeof idp.behave>[0]): Promise<string> => {
      idp.behave(behaviour);
      const opened = door.node.open();
      return leadsTo(await door.land(opened, await door.begin(opened)));
    };
    const fault = (code: string) => `/postern/sign-in?fault=${code}&provider=idp`;
    const denied = { code: undefined, error: "access_denied" };
    expect(await faultOf({ callbackFields: denied })).toBe(fault("provider-cancelled"));
    expect(door.events("provider-failed")).toEqual([]);
    const failed = { code: undefined, error: "server_error" };
    expect(await faultOf({ callbackFields: failed })).toBe(fault("provider-refused"));
    for (let count = 0; count < 3; count += 1) {
      expect(await faultOf({ claims: { aud: "somebody-else" } })).toBe(fault("token-refused"));
    }
    // What a browser comes back with anybody may write: it hides no word of the provider's own.
    const refusing = { token: { status: 400, body: { error: "invalid_client" } } };
    expect(await faultOf(refusing)).toBe(fault("provider-refused"));
    const told = door.events("provider-failed");
    expect(told.map(({ reason }) => reason)).toEqual([
      "provider-refused",
      "token-refused",
      "provider-refused",
    ]);
    expect(String(told[0]?.detail?.["meaning"])).toContain("A browser came back");
    expect(String(told[2]?.detail?.["meaning"])).toContain("invalid_client");
    expect(told.every(({ detail }) => String(detail?.["meaning"]).length > 20)).toBe(true);
    await door.database.transaction((trx) =>
      trx
        .updateTable("identity_sign_in")
        .set({ locked_at: door.clock.nowMs() })
        .where("user_id", "=", ada)
        .execute(),
    );
    expect(await faultOf({ claims: { sub: "s-1" } })).toBe(fault("sign-in-refused"));
    expect(door.events("sign-in-refused").at(-1)).toMatchObject({
      userId: ada,
      reason: "user-locked",
      detail: { method: "sso", provider: "idp" },
    });
    const under = door.node.open();
    idp.behave({ claims: { sub: "s-1" } });
    const callback = await door.begin(under);
    await door.changeProvider("idp", { is_enabled: 0 });
    expect(leadsTo(await door.land(under, callback))).toBe(fault("provider-off"));
    const off = await under.send("POST", "/api/v1/sign-in/provider", { body: { provider: "idp" } });
    expect([off.status, off.json.code]).toEqual([404, "provider-off"]);
    expect(door.node.errors).toEqual([]);
  });

  it("asks for a second factor where the rules have it, and the provider did not", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const ada = await door.addUser(ADA);
    const browser = door.node.open();
    await browser.signIn(ADA, RIGHT);
    await door.connect(browser, "s-1");
    const landing = async (more: object = {}, returnTo?: string): Promise<string> =>
      door.signInBy(browser, { sub: "s-1", ...more }, returnTo === undefined ? {} : { returnTo });
    await door.setTwoFactor(door.node, { required: { enabled: true }, frequency: "14-days-skip" });
    const back = "/postern/users";
    const query = `?returnTo=${encodeURIComponent(back)}`;
    expect(await landing({}, back)).toBe(`/postern/set-up-second-factor${query}`);
    expect(await door.sessionOf(browser)).toMatchObject({
      stage: "set-up-second-factor",
      method: "sso",
    });
    expect(await landing({ amr: ["mfa"] })).toBe(CONSOLE);
    const app = await door.giveApp(ada);
    expect(await landing({}, back)).toBe(`/postern/second-factor${query}`);
    await browser.sendCode(app.freshCode(), { body: { trustBrowser: true } });
    const [connection] = await door.connections();
    const whole = { stage: "none", method: "sso+app", connection_id: connection?.id };
    expect(await door.sessionOf(browser)).toMatchObject(whole);
    expect(door.events("sign-in").at(-1)?.detail).toMatchObject({ provider: "idp" });
    expect(await landing()).toBe(CONSOLE);
    expect(await door.sessionOf(browser)).toMatchObject({ method: "sso+trusted-browser" });
    await door.setTwoFactor(door.node, {});
    expect(await landing()).toBe(CONSOLE);
    expect(await door.sessionOf(browser)).toMatchObject({ method: "sso" });
    await door.setSection("single-sign-on", { askSecondFactor: { enabled: true } });
    expect(await landing({ amr: ["mfa"] })).toBe("/postern/second-factor");
    expect(await door.sessionOf(browser)).toMatchObject({ method: "sso-vouched" });
  });

  it("connects in the session that began it and proved itself, and in no other", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const [ada, grace] = [await door.addUser(ADA), await door.addUser(GRACE)];
    const [hers, graces] = [door.node.open(), door.node.open()];
    await hers.signIn(ADA, RIGHT);
    await graces.signIn(GRACE, RIGHT);
    const path = "/api/v1/me/connections";
    const unproved = await hers.send("POST", path, { body: { provider: "idp" } });
    expect([unproved.status, unproved.json.code]).toEqual([403, "proof-required"]);
    expect(await door.connect(hers, "s-1")).toBe(`${SETTINGS}?connected=idp`);
    expect(await door.connections()).toMatchObject([{ subject: "s-1", user_id: ada }]);
    expect(door.events("connection-made")).toMatchObject([{ reason: "connected", userId: ada }]);
    const again = await hers.send("POST", path, { body: { provider: "idp" } });
    expect([again.status, again.json.code]).toEqual([409, "connection-exists"]);
    const fault = (code: string) => `${SETTINGS}?fault=${code}&provider=idp`;
    expect(await door.connect(graces, "s-1")).toBe(fault("connection-taken"));
    idp.behave({ claims: { sub: "s-2" } });
    const callback = await door.begin(graces, {}, path);
    const [ownCookie, hersCookie] = [graces, hers].map((browser) =>
      String(browser.cookies.get(SESSION_COOKIE)),
    );
    graces.cookies.set(SESSION_COOKIE, String(hersCookie));
    expect(leadsTo(await door.land(graces, callback))).toBe(fault("session-changed"));
    graces.cookies.set(SESSION_COOKIE, String(ownCookie));
    const stale = await door.begin(graces, {}, path);
    // This node has not heard of it yet; the store decides.
    await door.database.transaction((trx) =>
      endSessionsOf(trx, grace, { nowMs: door.clock.nowMs() }),
    );
    expect(leadsTo(await door.land(graces, stale))).toBe(fault("session-changed"));
    expect(await door.connections()).toHaveLength(1);
  });

  it("binds nobody with an account's own provider but users of that account alone", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const { node } = door;
    const added = await node.accounts.addAccount({ code: "acme", name: "Acme", createdBy: "test" });
    const owner = added.ok ? added.account.id : "";
    await door.provide("acme.idp", {}, owner);
    const buttonsOf = async (query: string): Promise<readonly string[]> => {
      const { json } = await node.browse("GET", `/api/v1/sign-in-page${query}`);
      return json.providers.map(({ id }: { readonly id: string }) => id);
    };
    expect(await buttonsOf("")).toEqual(["idp"]);
    expect(await buttonsOf("?account=acme")).toEqual(["idp", "acme.idp"]);
    expect(await buttonsOf("?account=nobody")).toEqual(["idp"]);
    await door.addUser(GRACE);
    const memberships = [{ account: "acme", role: "agent" as const }];
    const ada = await door.addUser(ADA, { memberships });
    const browser = node.open();
    await door.signInBy(browser, { sub: "s-1" }, { provider: "acme.idp" });
    const refused = await door.bind(browser, GRACE);
    expect([refused.status, refused.json.code]).toEqual([403, "user-not-theirs"]);
    expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
    expect((await door.bind(browser, ADA)).json.next).toBe("none");
    const signedIn = node.open();
    expect(await door.signInBy(signedIn, { sub: "s-1" }, { provider: "acme.idp" })).toBe(CONSOLE);
    const me = async () => (await signedIn.send("GET", "/api/v1/me/connections")).status;
    expect(await me()).toBe(200);
    await node.accounts.users.change(HOST_SHELL, ada, { isOperator: true });
    expect(await me()).toBe(401);
    expect(await door.signInBy(signedIn, { sub: "s-1" }, { provider: "acme.idp" })).toBe(
      "/postern/sign-in?fault=user-not-theirs&provider=acme.idp",
    );
  });
});

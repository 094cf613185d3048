// What becomes of a flow or a bind when the provider or the person in the browser is another one.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { MisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import { describeEachEngine } from "./engines.ts";
import { RIGHT } from "./people-at-the-door.ts";
import { BIND_COOKIE, leadsTo, setUpSsoDoor } from "./sso-at-the-door.ts";

const ADA = "ada@example.com";
const GRACE = "grace@example.com";
const CONSOLE = "/postern/";
const SETTINGS = "/postern/settings/single-sign-on";

let idp: MisbehavingProvider;
beforeAll(async () => {
  idp = await startMisbehavingProvider();
});
afterAll(() => idp.stop());

describeEachEngine("single sign-on that is overtaken", (harness) => {
  it("is no sign-in by whom the provider stood for before it was pointed elsewhere", async () => {
    const door = await setUpSsoDoor(harness, idp);
    await Promise.all([door.addUser(ADA), door.addUser(GRACE)]);
    const [hers, graces] = [door.node.open(), door.node.open()];
    await hers.signIn(ADA, RIGHT);
    await graces.signIn(GRACE, RIGHT);
    await door.connect(hers, "s-1");
    const { issuer, clientId } = idp;
    const pointed = { issuer: "https://elsewhere.example", client_id: "another" };
    const own = { issuer, client_id: clientId };
    const meanwhile = async (sub: string, change: object, connecting = false): Promise<string> => {
      const browser = connecting ? graces : door.node.open();
      const beforeToken = (): Promise<void> => door.changeProvider("idp", change);
      if (connecting) {
        const proof = { method: "password", password: RIGHT };
        await browser.send("POST", "/api/v1/me/proof", { body: proof });
      }
      idp.behave({ claims: { sub }, beforeToken });
      const path = connecting ? "/api/v1/me/connections" : "/api/v1/sign-in/provider";
      const led = leadsTo(await door.land(browser, await door.begin(browser, {}, path)));
      await door.changeProvider("idp", own);
      return led;
    };
    const ended = "fault=flow-ended&provider=idp";
    for (const change of [pointed, { issuer: pointed.issuer }, { client_id: "another" }]) {
      expect(await meanwhile("s-1", change)).toBe(`/postern/sign-in?${ended}`);
      expect(await meanwhile("nobody", change)).toBe(`/postern/sign-in?${ended}`);
      expect(await meanwhile("s-2", change, true)).toBe(`${SETTINGS}?${ended}`);
    }
    expect(await door.connections()).toHaveLength(1);
    const binds = await door.database.kysely.selectFrom("identity_bind").select("id").execute();
    expect(binds).toEqual([]);
    // A new name points nowhere else.
    expect(await meanwhile("s-1", { name: "Renamed" })).toBe(CONSOLE);
  });

  it("shows no code to another one than gave it", async () => {
    const door = await setUpSsoDoor(harness, idp);
    idp.behave({ claims: { sub: "s-1" } });
    const browser = door.node.open();
    const begun = await door.begin(browser);
    await door.changeProvider("idp", { client_id: "another" });
    const askedBefore = idp.asked.token;
    const led = leadsTo(await door.land(browser, begun));
    expect(led).toBe("/postern/sign-in?fault=flow-ended&provider=idp");
    expect(idp.asked.token).toBe(askedBefore);
  });

  it("tells of a right password that binds nothing", async () => {
    const door = await setUpSsoDoor(harness, idp);
    const ada = await door.addUser(ADA);
    const [first, second] = [door.node.open(), door.node.open()];
    await door.signInBy(first, { sub: "s-1" });
    await door.bind(first, ADA);
    await door.signInBy(second, { sub: "s-2" });
    const refused = await door.bind(second, ADA);
    expect([refused.status, refused.json.code]).toEqual([409, "connection-exists"]);
    expect(await door.sessionOf(second)).toBe(undefined);
    expect(door.events("sign-in-refused")).toMatchObject([
      {
        userId: ada,
        reason: "connection-exists",
        place: { addressText: "198.51.100.7" },
        detail: { email: ADA, method: "password", provider: "idp" },
      },
    ]);
  });

  it("ends a bind with another sign-in in its browser", async () => {
    const door = await setUpSsoDoor(harness, idp);
    await door.addUser(ADA);
    const app = await door.giveApp(await door.addUser(GRACE));
    const browser = door.node.open();
    const bound = (): boolean => browser.cookies.has(BIND_COOKIE);
    const begin = async (): Promise<string> => {
      await door.signInBy(browser, { sub: "s-1" });
      return browser.cookies.get(BIND_COOKIE) ?? "";
    };
    await begin();
    await browser.signIn(ADA, RIGHT);
    expect(bound()).toBe(false);
    await begin();
    await browser.signIn(GRACE, RIGHT);
    // Half a sign-in may still turn out to be nobody's.
    expect(bound()).toBe(true);
    await browser.sendCode(app.freshCode());
    expect(bound()).toBe(false);
    await browser.signIn(ADA, RIGHT);
    await door.connect(browser, "s-2");
    await begin();
    expect(await door.signInBy(browser, { sub: "s-2" })).toBe(CONSOLE);
    expect(bound()).toBe(false);
  });
});

// Attack rows 30, 40, 79 and 85 to 88 over the API: fixation, cookies, CSRF, rotation, ends.
import { once } from "node:events";
import { request as sendRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSessionToken } from "../../src/server/identity/sessions/session-token.ts";
import { ORIGIN, PASSWORD, startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";

const SESSION = "__Host-postern-session";
const BROWSER = "__Host-postern-browser";
const BACKGROUND = { headers: { "x-postern-background": "1" } };

let portal: RunningPeople;
let ada: Person;
let count = 0;

beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
  ada = await portal.addPerson({ email: "ada@example.com", accounts: { acme: "agent" } });
}, 60_000);
afterAll(() => portal?.stop());

function newPerson(accounts: Readonly<Record<string, "admin" | "agent">>): Promise<Person> {
  count += 1;
  return portal.addPerson({ email: `grace-${count}@example.com`, accounts });
}

async function codeOf(browser: TestBrowser, path = "/api/v1/me"): Promise<string> {
  const answer = await browser.ask("GET", path);
  return answer.status === 200 ? "open" : String(answer.json.code);
}

function withCookie(cookie: string): TestBrowser {
  const browser = portal.browser();
  return { ...browser, ask: (method, path) => browser.ask(method, path, { headers: { cookie } }) };
}

describe("row 79: no session id is ever adopted", () => {
  it("one that was set before the sign-in is replaced and worth nothing", async () => {
    const planted = createSessionToken().token;
    const browser = portal.browser();
    browser.cookies.set(SESSION, planted);
    expect((await browser.signIn(ada.email, ada.password)).status).toBe(200);
    expect(browser.cookies.get(SESSION)).not.toBe(planted);
    expect(await codeOf(browser)).toBe("open");
    expect(await codeOf(withCookie(`${SESSION}=${planted}`))).toBe("session-ended");
  });

  it("a second sign-in in the same browser ends the first session", async () => {
    const browser = await portal.signedIn(ada);
    const first = browser.cookies.get(SESSION);
    await browser.signIn(ada.email, ada.password);
    expect(await codeOf(withCookie(`${SESSION}=${first}`))).toBe("session-ended");
  });

  it("one from before a change of the password stops", async () => {
    const person = await newPerson({ acme: "agent" });
    await portal.must("PUT", `/api/v1/users/${person.id}/password`, { newPassword: PASSWORD });
    const browser = portal.browser();
    const half = await browser.signIn(person.email, PASSWORD);
    expect([half.status, half.json.next]).toEqual([200, "change-password"]);
    const token = browser.cookies.get(SESSION);
    expect((await browser.ask("GET", "/api/v1/me")).json.stage).toBe("change-password");
    expect(await codeOf(browser, "/api/v1/me/sessions")).toBe("password-change-required");
    const body = { currentPassword: PASSWORD, newPassword: "three-quiet-mornings" };
    expect((await browser.ask("POST", "/api/v1/me/password", { body })).status).toBe(200);
    expect(browser.cookies.get(SESSION)).not.toBe(token);
    expect(await codeOf(browser, "/api/v1/me/sessions")).toBe("open");
    expect(await codeOf(withCookie(`${SESSION}=${token}`))).toBe("session-ended");
  });

  it("one in the address is not looked at", async () => {
    const token = (await portal.signedIn(ada)).cookies.get(SESSION);
    for (const query of [`session=${token}`, `${SESSION}=${token}`, `token=${token}`]) {
      const answer = await portal.browser().ask("GET", `/api/v1/me?${query}`);
      expect(answer.status).toBe(401);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });
});

describe("row 30: a malformed cookie is nobody's, and is cleared", () => {
  it("of another form, too long, or there twice in both orders", async () => {
    const token = (await portal.signedIn(ada)).cookies.get(SESSION)!;
    const other = createSessionToken().token;
    for (const cookie of [
      `${SESSION}=`,
      `${SESSION}=${"\u00e9".repeat(43)}`,
      `${SESSION}=${"A".repeat(4096)}`,
      `${SESSION}=${token.slice(0, 42)}`,
      `${SESSION}=${other}`,
      `${SESSION}=${token}; ${SESSION}=${other}`,
      `${SESSION}=${other}; ${SESSION}=${token}`,
    ]) {
      const answer = await portal.browser().ask("GET", "/api/v1/me", { headers: { cookie } });
      expect([cookie, answer.status, answer.json.code]).toEqual([cookie, 401, "session-ended"]);
      expect(String(answer.headers["set-cookie"])).toContain(`${SESSION}=; Max-Age=0; Path=/`);
    }
  });
});

describe("row 85: the cookies of a sign-in", () => {
  it("carry every flag, are opaque and short, and are in no other answer", async () => {
    const browser = portal.browser();
    const signIn = await browser.signIn(ada.email, ada.password);
    const lines = signIn.headers["set-cookie"] ?? [];
    const flags = "Path=/; HttpOnly; Secure; SameSite=Lax";
    expect(lines.map((line) => line.replace(/=[A-Za-z0-9_-]{43};/, "=…;")).toSorted()).toEqual([
      `__Host-postern-bind=; Max-Age=0; ${flags}`,
      `${BROWSER}=…; Max-Age=34560000; ${flags}`,
      `${SESSION}=…; ${flags}`,
    ]);
    expect(signIn.text).not.toContain(browser.cookies.get(SESSION));
    const me = await browser.ask("GET", "/api/v1/me");
    expect(me.headers["set-cookie"]).toBeUndefined();
    expect(me.text).not.toContain(browser.cookies.get(SESSION));
    const out = await browser.ask("POST", "/api/v1/sign-out");
    expect([out.status, out.json]).toEqual([200, { providerUrl: null }]);
    expect(out.headers["set-cookie"]).toEqual([`${SESSION}=; Max-Age=0; ${flags}`]);
    expect(browser.cookies.has(BROWSER)).toBe(true);
  });
});

describe("row 86: another site changes nothing", () => {
  const FOREIGN = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "https://portal.example.com.evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: null, "sec-fetch-site": "none" },
    { origin: null, "sec-fetch-site": null },
  ] as const;

  it("no name, session or password with the cookies of who is signed in", async () => {
    const browser = await portal.signedIn(ada);
    const asks = [
      ["PATCH", "/api/v1/me", { name: "Mallory" }],
      ["DELETE", "/api/v1/me/sessions", undefined],
      ["POST", "/api/v1/sign-out", undefined],
      ["POST", "/api/v1/me/activity", undefined],
      ["POST", "/api/v1/me/password", { currentPassword: PASSWORD, newPassword: "taken-over-now" }],
      ["POST", "/api/v1/sign-in", { email: "mallory@example.com", password: "x" }],
    ] as const;
    for (const headers of FOREIGN) {
      for (const [method, path, body] of asks) {
        const answer = await browser.ask(method, path, { headers, body });
        const seen = [method, path, headers, answer.status, answer.json.code];
        expect(seen).toEqual([method, path, headers, 403, "cross-site-refused"]);
        expect(answer.headers["set-cookie"]).toBeUndefined();
      }
    }
    const me = await browser.ask("GET", "/api/v1/me");
    expect([me.status, me.json.name]).toEqual([200, ada.email]);
  });

  it("login CSRF: another site signs nobody in, without any cookie too", async () => {
    const body = { email: ada.email, password: ada.password };
    for (const headers of FOREIGN.slice(0, 5)) {
      const browser = portal.browser();
      const answer = await browser.ask("POST", "/api/v1/sign-in", { headers, body });
      expect([answer.status, browser.cookies.size]).toEqual([403, 0]);
    }
  });

  it("JSON as text, forms and two Content-Type lines are refused to our own pages", async () => {
    const browser = await portal.signedIn(ada);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain; application/json",
    ]) {
      const headers = { "content-type": type };
      const answer = await browser.ask("PATCH", "/api/v1/me", { headers, body: { name: "M" } });
      expect([type, answer.status]).toEqual([type, 415]);
    }
    const twice = await sendTwoTypes(browser, ["application/json", "text/plain"]);
    expect(twice).toBe(403);
    expect(await sendTwoTypes(browser, ["text/plain", "application/json"])).toBe(403);
    expect((await browser.ask("GET", "/api/v1/me")).json.name).toBe(ada.email);
  });

  it("GET, HEAD and OPTIONS of what changes something change nothing", async () => {
    const browser = await portal.signedIn(ada);
    for (const path of ["/api/v1/sign-out", "/api/v1/me/activity", "/api/v1/me/password"]) {
      for (const method of ["GET", "HEAD", "OPTIONS"]) {
        const { status } = await browser.ask(method, path);
        expect([path, method, status]).toEqual([path, method, 405]);
      }
    }
    expect(await codeOf(browser)).toBe("open");
  });
});

function sendTwoTypes(browser: TestBrowser, types: readonly string[]): Promise<number> {
  const cookie = `${SESSION}=${browser.cookies.get(SESSION)}`;
  const headers = [
    ["Host", "portal.example.com"],
    ["Origin", ORIGIN],
    ["Cookie", cookie],
    ["X-Forwarded-For", "192.0.2.86"],
    ...types.map((type) => ["Content-Type", type]),
  ].flat();
  return new Promise((resolve, reject) => {
    const where = { host: "127.0.0.1", port: portal.port, method: "PATCH", path: "/api/v1/me" };
    const sent = sendRequest({ ...where, headers, agent: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end('{"name":"Mallory"}');
  });
}

describe("row 87: a token that changes while 50 requests run", () => {
  it("signs nobody out; three seconds later only the new one lives", async () => {
    const person = await newPerson({ acme: "agent" });
    const browser = await portal.signedIn(person);
    const old = withCookie(`${SESSION}=${browser.cookies.get(SESSION)}`);
    const body = { currentPassword: PASSWORD, newPassword: "three-quiet-mornings" };
    const rotation = browser.ask("POST", "/api/v1/me/password", { body });
    const parallel = await Promise.all(Array.from({ length: 50 }, () => codeOf(old)));
    expect((await rotation).status).toBe(200);
    expect(new Set(parallel)).toEqual(new Set(["open"]));
    portal.advance(2_999);
    expect([await codeOf(old), await codeOf(browser)]).toEqual(["open", "open"]);
    portal.advance(1);
    expect([await codeOf(old), await codeOf(browser)]).toEqual(["session-ended", "open"]);
  });
});

describe("row 88: sessions ended by administrators", () => {
  it("an admin ends one or all of a user's, a stranger's admin none; it is recorded", async () => {
    const [person, admin, stranger] = [
      await newPerson({ acme: "agent" }),
      await newPerson({ acme: "admin" }),
      await newPerson({ globex: "admin" }),
    ];
    const browsers = [await portal.signedIn(person), await portal.signedIn(person)] as const;
    const [own, foreign] = [await portal.signedIn(admin), await portal.signedIn(stranger)];
    const path = `/api/v1/users/${person.id}/sessions`;
    expect((await foreign.ask("GET", path)).status).toBe(404);
    expect((await foreign.ask("DELETE", path)).status).toBe(404);
    expect((await browsers[0].ask("GET", path)).status).toBe(403);
    const { sessions } = (await own.ask("GET", path)).json;
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ isCurrent: false, device: "Firefox on Linux" });
    const first = (await browsers[0].ask("GET", "/api/v1/me")).json.session.id;
    expect((await foreign.ask("DELETE", `${path}/${first}`)).status).toBe(404);
    expect((await own.ask("DELETE", `${path}/${first}`)).status).toBe(204);
    expect((await own.ask("DELETE", `${path}/${first}`)).status).toBe(404);
    expect([await codeOf(browsers[0]), await codeOf(browsers[1])]).toEqual([
      "session-ended",
      "open",
    ]);
    expect((await own.ask("DELETE", path)).json).toEqual({ ended: 1 });
    expect(await codeOf(browsers[1])).toBe("session-ended");
    const found = await portal.must("GET", `/api/v1/events?kind=session-ended&user=${person.id}`);
    expect(found.events.map((event: { reason: string }) => event.reason)).toEqual([
      "by-administrator",
      "by-administrator",
    ]);
    expect(found.events[0].actor).toContain(admin.email);
  });

  it("people see and end their own only", async () => {
    const person = await newPerson({ acme: "agent" });
    const [here, there] = [await portal.signedIn(person), await portal.signedIn(person)];
    const foreign = (await (await portal.signedIn(ada)).ask("GET", "/api/v1/me")).json.session.id;
    expect((await here.ask("DELETE", `/api/v1/me/sessions/${foreign}`)).status).toBe(404);
    const { sessions } = (await here.ask("GET", "/api/v1/me/sessions")).json;
    expect(sessions.map((one: { isCurrent: boolean }) => one.isCurrent).toSorted()).toEqual([
      false,
      true,
    ]);
    expect((await here.ask("DELETE", "/api/v1/me/sessions")).json).toEqual({ ended: 1 });
    expect([await codeOf(here), await codeOf(there)]).toEqual(["open", "session-ended"]);
    const { browsers } = (await here.ask("GET", "/api/v1/me/browsers")).json;
    expect(browsers).toHaveLength(2);
    expect((await here.ask("DELETE", "/api/v1/me/browsers")).json).toEqual({ ended: 2 });
    const { signIns } = (await here.ask("GET", "/api/v1/me/sign-ins")).json;
    expect(signIns.map((one: { outcome: string }) => one.outcome)).toEqual([
      "signed-in",
      "signed-in",
    ]);
  });
});

describe("signed-in answers", () => {
  it("tell when idleness ends the session, and background requests do not move it", async () => {
    const browser = await portal.signedIn(ada);
    const endOf = async (ask: object) =>
      Date.parse(
        String((await browser.ask("GET", "/api/v1/me", ask)).headers["x-postern-idle-ends-at"]),
      );
    const first = await endOf({});
    expect(first).toBe(portal.nowMs() + 30 * 60_000);
    portal.advance(60_000);
    expect(await endOf(BACKGROUND)).toBe(first);
    const stay = await browser.ask("POST", "/api/v1/me/activity");
    expect(Date.parse(stay.json.idleEndsAt)).toBe(first + 60_000);
  });

  it("a stream is nothing that somebody does, whatever it says of itself", async () => {
    const browser = await portal.signedIn(await newPerson({ acme: "admin" }));
    portal.advance(20 * 60_000);
    const cookie = `${SESSION}=${browser.cookies.get(SESSION)}`;
    const headers = { host: "portal.example.com", cookie, accept: "*/*" };
    const where = { host: "127.0.0.1", port: portal.port, path: "/api/v1/overview/live" };
    const request = sendRequest({ ...where, headers, agent: false }).end();
    request.on("error", () => undefined);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect(response.headers["content-type"]).toBe("text/event-stream");
    portal.advance(9 * 60_000);
    let told = "";
    response.setEncoding("utf8").on("data", (text: string) => (told += text));
    // Before a second is told it is asked anew whether they may see it.
    await expect.poll(() => told, { timeout: 5_000 }).toContain("event: traffic");
    portal.advance(2 * 60_000);
    expect(await codeOf(browser)).toBe("session-idle");
    request.destroy();
  });

  it("a name is changed by its owner", async () => {
    const browser = await portal.signedIn(ada);
    const renamed = await browser.ask("PATCH", "/api/v1/me", { body: { name: "Ada Example" } });
    expect([renamed.status, renamed.json.name]).toEqual([200, "Ada Example"]);
    expect((await browser.ask("GET", "/api/v1/me")).json.name).toBe("Ada Example");
    const back = await browser.ask("PATCH", "/api/v1/me", { body: { name: ada.email } });
    expect(back.status).toBe(200);
  });

  it("the web address of people's pages leads to the same API", async () => {
    const browser = await portal.signedIn(ada);
    expect((await browser.ask("GET", "/postern/api/v1/me")).json.email).toBe(ada.email);
  });
});

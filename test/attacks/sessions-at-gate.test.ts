// Attack rows 28, 30, 32, 37, 40, 79 and 83 at the proxies' doors with session= and role=.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";
import { PORTAL_HOST, PROXY_DOORS } from "./start-gate.ts";
import type { Door, GateAnswer, Visit } from "./start-gate.ts";

const PAGE = "text/html,application/xhtml+xml";
const NAME = "__Host-postern-session";
const SIGN_IN = `${ORIGIN}/postern/sign-in`;
const MINUTE_MS = 60_000;

let portal: RunningPeople;
let ada: Person;
let neighbour: Person;
let operator: Person;
let count = 0;

beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  await portal.addAccount("globex");
  ada = await portal.addPerson({
    email: "ada@example.com",
    accounts: { acme: "admin", globex: "agent" },
  });
  neighbour = await portal.addPerson({
    email: "neighbour@example.com",
    accounts: { globex: "agent" },
  });
  operator = await portal.addPerson({ email: "operator@example.com", isOperator: true });
  await portal.must("PUT", "/api/v1/policy/routes", {
    value: {
      routes: [
        { host: "*", pathPrefix: "/acme", surface: "portal", account: "acme" },
        { host: "*", pathPrefix: "/globex", surface: "portal", account: "globex" },
        { host: "*", pathPrefix: "/audio", surface: "audio", account: "acme" },
      ],
    },
  });
}, 60_000);
afterAll(() => portal?.stop());

function cookieOf(browser: TestBrowser): string {
  return `${NAME}=${browser.cookies.get(NAME)}`;
}

/** One visitor, one address: no limit of one test falls into another. */
function visit(door: Door, wanted: Visit & { cookie?: string; page?: boolean }) {
  count += 1;
  const { cookie, page = true, headers, ...rest } = wanted;
  return portal.ask(door, {
    clientAddress: `203.0.${100 + (count >> 8)}.${count & 255}`,
    doorQuery: "session=required",
    ...rest,
    headers: {
      ...(page ? { Accept: PAGE } : {}),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...headers,
    },
  });
}

function identityOf({ headers }: GateAnswer): readonly (string | undefined)[] {
  const names = ["user", "email", "account", "role"];
  return names.map((name) => headers[`x-postern-${name}`] as string | undefined);
}

/** Where the visitor is sent, by what any proxy makes of the answer. */
function locationOf(door: Door, answer: GateAnswer): string {
  return String(answer.headers[door === "nginx" ? "x-postern-location" : "location"] ?? "");
}

const NOBODY = ["", "", "", ""];

describe.each(PROXY_DOORS)("%s", (door) => {
  it("nobody signed in: a page leads to the sign-in, anything else gets 401", async () => {
    const page = await visit(door, { uri: "/inbox?folder=3" });
    const back = encodeURIComponent(`https://${PORTAL_HOST}/inbox?folder=3`);
    expect([page.realStatus, locationOf(door, page)]).toEqual([302, `${SIGN_IN}?returnTo=${back}`]);
    expect(identityOf(page)).toEqual(NOBODY);
    for (const [method, isPage] of [
      ["GET", false],
      ["POST", true],
      ["PUT", false],
      ["OPTIONS", true],
    ] as const) {
      const other = await visit(door, { method, page: isPage });
      expect([other.realStatus, locationOf(door, other)]).toEqual([401, ""]);
      expect(identityOf(other)).toEqual(NOBODY);
    }
    expect((await visit(door, { doorQuery: "session=optional" })).realStatus).toBe(200);
  });

  it("somebody signed in passes with identity headers, by place", async () => {
    const browser = await portal.signedIn(ada);
    const cookie = cookieOf(browser);
    const told = async (uri: string, doorQuery: string) =>
      identityOf(await visit(door, { uri, cookie, doorQuery }));
    const [user, email] = [ada.id, ada.email];
    expect(await told("/", "session=required")).toEqual([user, email, "acme", "admin"]);
    expect(await told("/globex", "session=required")).toEqual([user, email, "globex", "agent"]);
    expect(await told("/globex", "session=optional")).toEqual([user, email, "globex", "agent"]);
    expect(await told("/globex", "")).toEqual(NOBODY);
  });

  it("people of other accounts do not come to an account's place, or come as nobody", async () => {
    const cookie = cookieOf(await portal.signedIn(neighbour));
    for (const [uri, status] of [
      ["/globex/x", 200],
      ["/other", 200],
      ["/acme/x", 403],
      // Two readings, two places, in both orders.
      ["/globex/..%2facme/x", 403],
      ["/acme/..%2fglobex/x", 403],
    ] as const) {
      const required = await visit(door, { uri, cookie });
      expect([uri, required.realStatus]).toEqual([uri, status]);
      const optional = await visit(door, { uri, cookie, doorQuery: "session=optional" });
      expect([uri, optional.realStatus]).toEqual([uri, 200]);
      const told = [neighbour.id, neighbour.email, "globex", "agent"];
      expect([uri, identityOf(optional)]).toEqual([uri, status === 200 ? told : NOBODY]);
      if (status === 200) continue;
      expect(identityOf(required)).toEqual(NOBODY);
      const decision = await portal.decisionOf(required);
      expect([decision.reason, decision.status]).toEqual(["role-missing", 403]);
    }
    const operatorCookie = cookieOf(await portal.signedIn(operator));
    const admitted = await visit(door, { uri: "/acme/x", cookie: operatorCookie });
    expect([admitted.realStatus, identityOf(admitted)[3]]).toEqual([200, "operator"]);
  });

  it("a role is asked towards the place's account", async () => {
    const cookie = cookieOf(await portal.signedIn(ada));
    const ask = async (uri: string, role: string) =>
      visit(door, { uri, cookie, doorQuery: `session=required&role=${role}` });
    for (const [uri, role, status] of [
      ["/", "admin", 200],
      ["/acme/x", "admin", 200],
      ["/globex/x", "admin", 403],
      ["/globex/x", "agent", 200],
      ["/acme/x", "operator", 403],
      // Two readings, two places: the stricter one decides.
      ["/acme/..%2fglobex/x", "admin", 403],
    ] as const) {
      const answer = await ask(uri, role);
      expect([uri, role, answer.realStatus]).toEqual([uri, role, status]);
      if (status !== 403) continue;
      expect(identityOf(answer)).toEqual(NOBODY);
      const decision = await portal.decisionOf(answer);
      expect([decision.reason, decision.status]).toEqual(["role-missing", 403]);
      expect(decision.detail.userId).toBe(ada.id);
      expect(decision.steps.at(-1)).toMatchObject({ step: "role-missing", result: "matched" });
    }
  });

  it("row 28: a WebSocket's handshake without a session is denied", async () => {
    const headers = {
      Upgrade: "websocket",
      Connection: "keep-alive",
      "Sec-WebSocket-Version": "13",
    };
    expect((await visit(door, { headers, page: false })).realStatus).toBe(401);
    const cookie = cookieOf(await portal.signedIn(ada));
    expect((await visit(door, { headers, cookie, page: false })).realStatus).toBe(200);
  });

  it("row 30: a malformed cookie is nobody's", async () => {
    const token = (await portal.signedIn(ada)).cookies.get(NAME)!;
    const cookies = [
      `${NAME}=`,
      `${NAME}=${"x".repeat(43)}`,
      `${NAME}=${"A".repeat(4096)}`,
      `${NAME}="${token}"`,
      `${NAME}=${token.slice(1)}`,
      `${NAME}=${token}; ${NAME}=${"A".repeat(43)}`,
      `${NAME}=${"A".repeat(43)}; ${NAME}=${token}`,
      `${NAME}=${token}; ${NAME}=${token}`,
      `postern-session=${token}`,
      `__host-postern-session=${token}`,
    ];
    for (const cookie of cookies) {
      const answer = await visit(door, { cookie, page: false });
      expect([cookie, answer.realStatus, identityOf(answer)]).toEqual([cookie, 401, NOBODY]);
      const open = await visit(door, { cookie, doorQuery: "session=optional" });
      expect([cookie, open.realStatus, identityOf(open)]).toEqual([cookie, 200, NOBODY]);
    }
    const both = await visit(door, {
      headers: { Cookie: [`${NAME}=${token}`, `a=1; ${NAME}=${token}`] },
      page: false,
    });
    expect(both.realStatus).toBe(401);
  });

  it("row 27: only a true CORS preflight goes without a session, and as nobody", async () => {
    const cookie = cookieOf(await portal.signedIn(ada));
    const full = { Origin: "https://x.example", "Access-Control-Request-Method": "PUT" };
    const passed = await visit(door, { method: "OPTIONS", headers: full, cookie });
    expect([passed.realStatus, identityOf(passed)]).toEqual([200, NOBODY]);
    for (const [method, headers] of [
      ["OPTIONS", { Origin: "https://x.example" }],
      ["OPTIONS", { "Access-Control-Request-Method": "PUT" }],
      ["GET", full],
      ["POST", full],
    ] as const) {
      expect((await visit(door, { method, headers, page: false })).realStatus).toBe(401);
    }
  });

  it("what a visitor appends to the door's query only makes it stricter", async () => {
    for (const more of ["session=none", "session=optional", "SESSION=none", "x=1"]) {
      const doorQuery = `session=required&${more}`;
      expect((await visit(door, { doorQuery })).realStatus).toBe(302);
    }
    for (const doorQuery of ["session=required&session=x", "session=", "role=root"]) {
      const answer = await visit(door, { doorQuery });
      expect([doorQuery, answer.realStatus]).toEqual([doorQuery, 403]);
    }
  });
});

describe("row 32: statuses that nginx understands", () => {
  const answerFor = async (headers: Readonly<Record<string, string>>) =>
    portal.ask("own", { uri: "/gate/nginx/answer", headers: { Accept: PAGE, ...headers } });

  it("the door answers 200, 401 and 403 only, and the true one in a header", async () => {
    const cookie = cookieOf(await portal.signedIn(ada));
    const answers = [
      await visit("nginx", {}),
      await visit("nginx", { page: false }),
      await visit("nginx", { cookie, doorQuery: "role=operator" }),
      await visit("nginx", { cookie }),
      await visit("nginx", { headers: { "X-Original-Method": "GETz" } }),
    ];
    expect(answers.map(({ status, realStatus }) => [status, realStatus])).toEqual([
      [401, 302],
      [401, 401],
      [403, 403],
      [200, 200],
      [403, 400],
    ]);
  });

  it("the redirect is made for our own sign-in page only", async () => {
    const location = `${SIGN_IN}?returnTo=https%3A%2F%2Fportal.example.com%2F`;
    const own = await answerFor({ "X-Postern-Status": "302", "X-Postern-Location": location });
    expect([own.status, own.headers.location]).toEqual([302, location]);
    expect(own.headers["cache-control"]).toBe("no-store");
    for (const elsewhere of [
      "https://evil.example/postern/sign-in",
      "https://portal.example.com.evil.example/postern/sign-in",
      "https://portal.example.com@evil.example/postern/sign-in",
      "https://user@portal.example.com/postern/sign-in",
      "http://portal.example.com/postern/sign-in",
      "https://portal.example.com:8443/postern/sign-in",
      "https://portal.example.com/postern/sign-in/../../x",
      "https://portal.example.com/x",
      "//evil.example/postern/sign-in",
      "/postern/sign-in",
      "javascript:alert(1)",
      "",
    ]) {
      const headers = { "X-Postern-Status": "302", "X-Postern-Location": elsewhere };
      const answer = await answerFor(headers);
      expect([elsewhere, answer.status, answer.headers.location]).toEqual([
        elsewhere,
        403,
        undefined,
      ]);
    }
  });

  it("401 becomes a page or problem details, with a scheme that no browser asks for", async () => {
    const page = await answerFor({ "X-Postern-Status": "401" });
    expect([page.status, page.headers["www-authenticate"]]).toEqual([
      401,
      'Postern realm="sign-in"',
    ]);
    expect(page.text).toContain("<h1>Please sign in</h1>");
    const problem = await answerFor({ "X-Postern-Status": "401", Accept: "*/*" });
    expect(JSON.parse(problem.text)).toMatchObject({ status: 401 });
  });
});

describe("row 37: no way leads elsewhere", () => {
  it.each([
    "evil.example",
    "portal.example.com.evil.example",
    "portal.example.com:8443",
    "sub.portal.example.com",
  ])("a visit of %s goes to the sign-in page without a way back", async (host) => {
    for (const door of PROXY_DOORS) {
      const answer = await visit(door, { host });
      expect([answer.realStatus, locationOf(door, answer)]).toEqual([302, SIGN_IN]);
    }
  });

  it.each(["//evil.example", "/\\evil.example", "/./\\evil.example", "/%09/evil.example"])(
    "the path %s stays behind our own host, or is dropped",
    async (uri) => {
      for (const door of PROXY_DOORS) {
        const answer = await visit(door, { uri });
        if (answer.realStatus === 400) continue;
        expect(answer.realStatus).toBe(302);
        const location = new URL(locationOf(door, answer));
        expect(`${location.origin}${location.pathname}`).toBe(SIGN_IN);
        const back = location.searchParams.get("return");
        if (back !== null) expect(new URL(back).origin).toBe(ORIGIN);
      }
    },
  );
});

describe("row 40: freshness at the gate", () => {
  const statusOf = async (cookie: string) =>
    (await visit("nginx", { cookie, page: false })).realStatus;

  it("an ended session, a disabled user and a signed-out one are refused at once", async () => {
    const grace = await portal.addPerson({
      email: "grace@example.com",
      accounts: { acme: "agent" },
    });
    const cookie = cookieOf(await portal.signedIn(grace));
    expect(await statusOf(cookie)).toBe(200);
    await portal.must("DELETE", `/api/v1/users/${grace.id}/sessions`);
    expect(await statusOf(cookie)).toBe(401);

    const again = cookieOf(await portal.signedIn(grace));
    expect(await statusOf(again)).toBe(200);
    await portal.must("PATCH", `/api/v1/users/${grace.id}`, { isDisabled: true });
    expect(await statusOf(again)).toBe(401);
    await portal.must("PATCH", `/api/v1/users/${grace.id}`, { isDisabled: false });
    expect(await statusOf(again), "enabling brings no session back").toBe(401);

    const browser = await portal.signedIn(grace);
    const last = cookieOf(browser);
    expect(await statusOf(last)).toBe(200);
    expect((await browser.ask("POST", "/api/v1/sign-out")).status).toBe(200);
    expect(await statusOf(last)).toBe(401);
  });

  it("a new role holds with the next request", async () => {
    const person = await portal.addPerson({
      email: "new-role@example.com",
      accounts: { acme: "agent" },
    });
    const cookie = cookieOf(await portal.signedIn(person));
    const ask = async () => visit("caddy", { cookie, doorQuery: "role=admin", page: false });
    expect((await ask()).realStatus).toBe(403);
    await portal.must("PUT", `/api/v1/users/${person.id}/memberships/acme`, { role: "admin" });
    const answer = await ask();
    expect([answer.realStatus, identityOf(answer)[3]]).toEqual([200, "admin"]);
  });
});

describe("row 83: what keeps a session from becoming idle at the gate", () => {
  it.each([
    ["a page", { page: true }, true],
    ["a page as browsers ask", { headers: { "Sec-Fetch-Mode": "navigate" } }, true],
    ["a change", { method: "POST" }, true],
    ["a poll", {}, false],
    ["an image", { page: true, headers: { "Sec-Fetch-Mode": "no-cors" } }, false],
    ["an event stream", { headers: { Accept: "text/event-stream" } }, false],
    ["audio", { uri: "/audio/1.mp3", page: true }, false],
  ] as const)("%s: %j", async (_name, wanted, isActive) => {
    const cookie = cookieOf(await portal.signedIn(ada));
    const poll = async () => (await visit("caddy", { cookie, page: false })).realStatus;
    portal.advance(29 * MINUTE_MS);
    await visit("caddy", { page: false, cookie, ...wanted });
    portal.advance(2 * MINUTE_MS);
    expect(await poll()).toBe(isActive ? 200 : 401);
  });
});

it("visits without a session are traffic, not events", async () => {
  const eventsOf = async () =>
    (await portal.must("GET", "/api/v1/events?limit=1000")).events.length;
  const before = await eventsOf();
  for (let asked = 0; asked < 30; asked += 1) await visit("caddy", { page: asked % 2 === 0 });
  expect(await eventsOf()).toBe(before);
});

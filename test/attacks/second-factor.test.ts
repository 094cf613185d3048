// Attacks on the second factor of sign-ins: windows, skipped steps, shapes, clocks.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startPeople } from "../people/start-people.ts";
import type { Person, RunningPeople, TestBrowser } from "../people/start-people.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const FACTOR = "/api/v1/sign-in/second-factor";
const SESSION = "__Host-postern-session";

let portal: RunningPeople;
let ada: Person;
beforeAll(async () => {
  portal = await startPeople();
  await portal.addAccount("acme");
  ada = await addWithApp("ada@example.com");
});
afterAll(() => portal.stop());
// No count, pause or lock of the test before, nor a code that was used in it.
beforeEach(async () => {
  portal.advance(MINUTE_MS);
  await portal.must("POST", `/api/v1/users/${ada.id}/release`);
});

function addWithApp(email: string): Promise<Person> {
  return portal.addPerson({ email, accounts: { acme: "agent" }, app: true });
}

async function halfSignedIn(person = ada): Promise<TestBrowser> {
  const browser = portal.browser();
  const answer = await browser.signIn(person.email, person.password);
  expect(answer.json).toEqual({ next: "second-factor", returnTo: null });
  return browser;
}

/** What the page that asks shows; it is read with a sign-in of its own. */
async function stateOf(person = ada) {
  return (await (await halfSignedIn(person)).ask("GET", FACTOR)).json;
}

/** One that the app does not show within two hours either way. */
function wrongCode(person = ada, number = 0): string {
  const near = new Set(Array.from({ length: 480 }, (_, index) => person.app!.codeAt(index - 240)));
  for (let code = number; ; code += 1000) {
    const text = String(code).padStart(6, "0");
    if (!near.has(text)) return text;
  }
}

describe("row 91: codes of which moment are right", () => {
  it("of this half minute, the one before and the one after, and no other", async () => {
    for (const [steps, status, code] of [
      [-2, 403, "code-of-another-time"],
      // Counted like a guess, and told nothing: it would be right in a while.
      [2, 403, "code-wrong"],
      [-1, 200, undefined],
      [0, 200, undefined],
      [1, 200, undefined],
    ] as const) {
      portal.advance(10 * MINUTE_MS);
      const answer = await (await halfSignedIn()).sendCode(ada.app!.codeAt(steps));
      expect([steps, answer.status, answer.json.code]).toEqual([steps, status, code]);
    }
  });
});

describe("row 93: no step is skipped", () => {
  it("a half session opens its own routes and nothing else", async () => {
    const half = await halfSignedIn();
    const paths = Object.entries((await portal.must("GET", "/api/openapi.json")).paths);
    let refused = 0;
    for (const [path, methods] of paths) {
      for (const method of Object.keys(methods as object)) {
        if (path.endsWith("/sign-out")) continue;
        const asked = path.replaceAll(/\{\w+\}/g, "aaaaaaaaaaaaaaaaaaaa");
        const browser = portal.browser();
        browser.cookies.set(SESSION, half.cookies.get(SESSION)!);
        const sent = method.startsWith("p") ? { body: {} } : {};
        const answer = await browser.ask(method.toUpperCase(), asked, sent);
        if (answer.json?.code === "second-factor-required") refused += 1;
        else if (answer.status < 400) expect(OPEN).toContain(`${method.toUpperCase()} ${path}`);
      }
    }
    expect(refused).toBeGreaterThan(80);
    expect((await half.ask("GET", FACTOR)).status).toBe(200);
  });

  it("an empty answer, an answer again and a restart open nothing", async () => {
    const half = await halfSignedIn();
    for (const body of [
      undefined,
      {},
      { method: "app" },
      { code: "" },
      { method: "app", code: "" },
    ]) {
      const answer = await half.ask("POST", FACTOR, body === undefined ? {} : { body });
      expect([body, answer.status]).toEqual([body, 400]);
    }
    for (const path of ["/restart", "/complete", "/", "?restart=1"]) {
      const answer = await half.ask("POST", `${FACTOR}${path}`, { body: {} });
      expect([path, answer.status >= 400]).toEqual([path, true]);
    }
    expect((await half.ask("GET", "/api/v1/me")).json.code).toBe("second-factor-required");
    portal.advance(MINUTE_MS);
    const code = ada.app!.codeAt();
    expect((await half.sendCode(code)).status).toBe(200);
    const again = await half.sendCode(code);
    expect([again.status, again.json.code]).toEqual([409, "second-factor-not-asked"]);
    expect((await half.ask("GET", FACTOR)).status).toBe(409);
    // A new sign-in in the same browser asks anew, and ends the session that was whole.
    expect((await half.signIn(ada.email, ada.password)).json.next).toBe("second-factor");
    expect((await half.ask("GET", "/api/v1/me")).json.code).toBe("second-factor-required");
  });

  it("the gate takes a half session for nobody", async () => {
    const [half, whole] = [await halfSignedIn(), await portal.signedIn(ada)];
    const statusOf = async (browser: TestBrowser, door: "nginx" | "caddy") => {
      const headers = { Cookie: `${SESSION}=${browser.cookies.get(SESSION)}`, Accept: "text/html" };
      const visit = { clientAddress: "198.51.100.77", headers, doorQuery: "session=required" };
      return (await portal.ask(door, visit)).realStatus;
    };
    for (const door of ["nginx", "caddy"] as const) {
      expect([door, await statusOf(half, door)]).toEqual([door, 302]);
      expect([door, await statusOf(whole, door)]).toEqual([door, 200]);
    }
  });

  it("twenty minutes after the password the sign-in begins anew", async () => {
    const half = await halfSignedIn();
    portal.advance(20 * MINUTE_MS - 1);
    expect((await half.ask("GET", FACTOR)).status).toBe(200);
    portal.advance(1);
    const late = await half.sendCode(ada.app!.codeAt());
    expect([late.status, late.json.code]).toEqual([401, "session-ended"]);
  });
});

const OPEN = [
  `GET ${FACTOR}`,
  "GET /api/v1/sign-in-page",
  "POST /api/v1/sign-in/passkey-options",
  // Anybody gives up what a provider named them for in their browser.
  "DELETE /api/v1/sign-in/bind",
  "GET /readyz",
];

describe("row 79: a new token at each elevation", () => {
  it("and what a browser brought along is never adopted", async () => {
    portal.advance(MINUTE_MS);
    const browser = portal.browser();
    const foreign = "A".repeat(43);
    browser.cookies.set(SESSION, foreign);
    await browser.signIn(ada.email, ada.password);
    const half = browser.cookies.get(SESSION)!;
    expect((await browser.sendCode(portal.freshCodeOf(ada))).status).toBe(200);
    const whole = browser.cookies.get(SESSION)!;
    expect(new Set([foreign, half, whole]).size).toBe(3);
    for (const token of [foreign, half]) {
      const other = portal.browser();
      other.cookies.set(SESSION, token);
      expect((await other.ask("GET", "/api/v1/me")).json.code).toBe("session-ended");
    }
    expect((await browser.ask("GET", "/api/v1/me")).status).toBe(200);
  });
});

describe("row 86: another site sends no code", () => {
  it("whatever headers it makes the browser send", async () => {
    const half = await halfSignedIn();
    const body = { method: "app", code: ada.app!.codeAt() };
    const foreign: Readonly<Record<string, string | null>>[] = [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      { origin: null, "sec-fetch-site": "same-site" },
      { origin: null, "sec-fetch-site": null },
    ];
    for (const headers of foreign) {
      const answer = await half.ask("POST", FACTOR, { body, headers });
      expect([headers, answer.json.code]).toEqual([headers, "cross-site-refused"]);
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      const headers = { "content-type": type };
      const { status } = await half.ask("POST", FACTOR, { body, headers });
      expect([type, status]).toEqual([type, 415]);
    }
    expect((await stateOf()).attemptsLeft).toBe(5);
  });
});

describe("row 101: shapes of a code", () => {
  it("takes six digits with spaces, refuses all else, and counts none of it", async () => {
    portal.advance(MINUTE_MS);
    const half = await halfSignedIn();
    const right = ada.app!.codeAt();
    const fullWidth = right.replaceAll(/\d/g, (digit) =>
      String.fromCodePoint(0xff10 + Number(digit)),
    );
    for (const code of [
      fullWidth,
      "٠١٢٣٤٥",
      right.slice(1),
      `${right}0`,
      `${right}\u0000`,
      `-${right.slice(1)}`,
      "1e5000",
      Number(right),
      ["000000", right],
      { $gt: "" },
      true,
      null,
    ]) {
      const answer = await half.sendCode(code);
      expect([code, answer.status]).toEqual([code, 400]);
    }
    const big = await half.sendCode("1".repeat(1_000_000));
    expect(big.status).toBe(413);
    for (const more of [
      { userId: ada.id },
      { session: "x" },
      { next: "none" },
      { method: "sms" },
    ]) {
      const answer = await half.sendCode(right, more);
      expect([more, answer.status]).toEqual([more, 400]);
    }
    expect((await half.ask("GET", FACTOR)).json.attemptsLeft).toBe(5);
    expect((await half.sendCode(` ${right.slice(0, 3)} ${right.slice(3)} `)).status).toBe(200);
  });
});

describe("row 102: a clock that is wrong", () => {
  async function alarms(): Promise<
    readonly { detail: { offsetSeconds: number }; lastAtMs: number }[]
  > {
    const { events } = await portal.must("GET", "/api/v1/events?kind=alarm&limit=200");
    return events.filter(
      ({ reason }: { reason: string }) => reason === "authenticator-clock-differs",
    );
  }

  it.each([
    ["ninety seconds ahead", 90_000, -90],
    ["ninety seconds behind", -90_000, 90],
    ["an hour ahead", HOUR_MS, -3600],
    ["an hour behind", -HOUR_MS, 3600],
  ])("%s: refused with an alarm, and not everybody is locked out", async (_, ms, offset) => {
    const people = await Promise.all(
      Array.from({ length: 4 }, (_unused, at) => addWithApp(`drift${at}${ms}@example.com`)),
    );
    portal.advance(2 * HOUR_MS);
    const codes = people.map(({ app }) => app!.codeAt());
    const before = (await alarms()).length;
    portal.advance(ms);
    for (const [at, person] of people.entries()) {
      const answer = await (await halfSignedIn(person)).sendCode(codes[at]);
      expect(answer.status).toBe(403);
      const isTold = answer.json.code === "code-of-another-time";
      expect(isTold).toBe(ms > 0);
    }
    const raised = (await alarms()).length - before;
    expect(raised).toBe(1);
    expect((await alarms()).some(({ detail }) => detail.offsetSeconds === offset)).toBe(true);
    const left = await Promise.all(
      people.map(async (person) => (await stateOf(person)).attemptsLeft),
    );
    // Of a clock that is behind, the codes of two are counted until it is suspected.
    expect(left).toEqual(ms > 0 ? [5, 5, 5, 5] : [4, 4, 5, 5]);
    const { checks } = await portal.must("GET", "/readyz");
    expect(checks.alarms).toMatch(/in the last hour/);
  });

  it("a guess that fits no time raises no alarm and is counted", async () => {
    portal.advance(MINUTE_MS);
    const before = (await alarms()).length;
    await (await halfSignedIn()).sendCode(wrongCode());
    expect((await alarms()).length).toBe(before);
    expect((await stateOf()).attemptsLeft).toBe(4);
  });
});

describe("row 161: every route answers every method and type by its contract", () => {
  it("never with a server error", async () => {
    const half = await halfSignedIn();
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]) {
      for (const body of [undefined, null, [], "text", 7, { method: [], code: {} }]) {
        const asked = body === undefined ? {} : { body };
        const answer = await half.ask(method, FACTOR, asked).catch(() => ({ status: 400 }));
        expect([method, body, answer.status < 500]).toEqual([method, body, true]);
      }
    }
  });
});

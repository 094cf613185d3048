// Attack rows 17 to 38 at the gate's own doors: what a request may look like and what it gets.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PORTAL_HOST, PROXY_DOORS, startGate } from "./start-gate.ts";
import type { Door, GateAnswer, RunningGate, Visit } from "./start-gate.ts";

/** Shut out of the account's pages, which begin with /admin; everything else is open to it. */
const SHUT_OUT = "203.0.113.50";
const DENIED = "203.0.113.66";
const WELCOME = "198.51.100.1";
const FORWARDED_DOORS = ["caddy", "traefik", "haproxy"] as const;
const IDENTITY = ["user", "email", "account", "role"].map((name) => `x-postern-${name}`);

let gate: RunningGate;
beforeAll(async () => {
  gate = await startGate();
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
  await gate.must("POST", "/api/v1/entries", { range: DENIED, action: "deny" });
  await gate.must("POST", "/api/v1/entries", { range: SHUT_OUT, action: "deny", account: "acme" });
  const place = { surface: "portal", account: null };
  await gate.must("PUT", "/api/v1/policy/routes", {
    value: {
      routes: [
        { host: PORTAL_HOST, pathPrefix: "/", ...place },
        { host: PORTAL_HOST, pathPrefix: "/public", ...place },
        { host: PORTAL_HOST, pathPrefix: "/admin", ...place, account: "acme" },
      ],
    },
  });
});
afterAll(() => gate?.stop());

/** A visit is refused at a door, by this rule and with an answer that tells nothing else. */
async function expectRefused(
  door: Door,
  visit: Visit,
  expected: { readonly reason: string; readonly status: number },
): Promise<GateAnswer> {
  const answer = await gate.ask(door, visit);
  const about = `${door} ${visit.method ?? "GET"} ${visit.uri ?? ""}`;
  expect([about, answer.realStatus]).toEqual([about, expected.status]);
  const { reason, status } = await gate.decisionOf(answer);
  expect([about, reason, status]).toEqual([about, expected.reason, expected.status]);
  return answer;
}

const BY_DENY_LIST = { reason: "on-deny-list", status: 403 };
const AS_MALFORMED = { reason: "request-malformed", status: 400 };

describe("attack rows 22 and 24: queries and dot segments", () => {
  it.each([
    "/admin",
    "/admin/users",
    "/ADMIN/users",
    "/admin?x=/public",
    "/admin/?/public",
    "/admin%3f/public/../../admin",
    "/public/../admin",
    "/public/%2e%2e/admin",
    "/public/.%2E/admin",
    "/public/..%2fadmin",
    "/public%2f..%2fadmin",
    "/public/..;/admin",
    "/public;x/..;y/admin",
    "/public\\..\\admin",
    "/public/..%5cadmin",
    "//admin",
    "///admin//users",
    "/./admin",
    "/public/./../admin",
    "/%61dmin",
    "/%2561dmin",
    "/public/%252e%252e/admin",
    "/%2fadmin",
    "/admin;jsessionid=1",
    "/admin/../public/../admin",
    "/admin/../public",
  ])("%s is what it may be read as", async (uri) => {
    for (const door of PROXY_DOORS) {
      await expectRefused(door, { clientAddress: SHUT_OUT, uri }, BY_DENY_LIST);
    }
  });

  it.each(["/public", "/public?x=/admin", "/public?../admin", "/administrator", "/pub/admin"])(
    "%s is not the account's",
    async (uri) => {
      for (const door of PROXY_DOORS) {
        expect((await gate.ask(door, { clientAddress: SHUT_OUT, uri })).realStatus).toBe(200);
      }
    },
  );
});

describe("attack row 17: host confusion", () => {
  it.each([
    PORTAL_HOST.toUpperCase(),
    `${PORTAL_HOST}:443`,
    `${PORTAL_HOST}:8443`,
    `${PORTAL_HOST}.`,
    `Portal.Example.Com.:443`,
  ])("%s is the portal", async (host) => {
    const visit = { clientAddress: SHUT_OUT, host, uri: "/admin" };
    for (const door of PROXY_DOORS) await expectRefused(door, visit, BY_DENY_LIST);
  });

  it.each([
    "",
    "portal.example.com, evil.test",
    "portal.example.com/x",
    "user@portal.example.com",
    "portal..example.com",
    ".portal.example.com",
    "portal.example.com:99999",
    "portal.example.com:",
    "[::1",
    "portal%2eexample.com",
  ])("%j is no host", async (host) => {
    // In nginx's one URL the first slash ends the host.
    const doors = host.includes("/") ? FORWARDED_DOORS : PROXY_DOORS;
    for (const door of doors) {
      await expectRefused(door, { clientAddress: WELCOME, host }, AS_MALFORMED);
    }
  });

  it.each([
    ["an absolute URL of another host", "GET http://evil.test/ HTTP/1.1\r\nHost: portal\r\n"],
    ["two Host lines", "GET / HTTP/1.1\r\nHost: portal\r\nHost: evil.test\r\n"],
    ["two equal Host lines", "GET / HTTP/1.1\r\nHost: portal\r\nHost: portal\r\n"],
    ["no Host line", "GET / HTTP/1.1\r\n"],
    ["another port", "GET http://portal:81/ HTTP/1.1\r\nHost: portal\r\n"],
  ])("Postern itself refuses %s", async (_name, head) => {
    const received = await sendRaw(`${head}X-Forwarded-For: ${WELCOME}\r\n\r\n`);
    expect(received).toMatch(/^HTTP\/1\.1 400 /);
    expect(received.match(/^HTTP\/1\.1/gm)).toHaveLength(1);
  });
});

describe("attack row 26: missing or bad metadata", () => {
  const BAD_URIS = ["page", "", "*", "/a b", "/a\tb", "/a#b"];
  const HIDING = ["/pa%00ge", "/pa%0age", "/%7f", "/%", "/%zz", "/%2"];

  it.each([...BAD_URIS, ...HIDING])("the target %j is refused", async (uri) => {
    for (const door of PROXY_DOORS) {
      await expectRefused(door, { clientAddress: WELCOME, uri }, AS_MALFORMED);
    }
  });

  it("a target of 20 KB does not fit, and is no pass for any proxy", async () => {
    const visit = { clientAddress: WELCOME, uri: `/${"x".repeat(20_480)}` };
    for (const door of ["nginx", "own"] as const) {
      expect((await gate.ask(door, visit)).status).toBe(431);
    }
  });

  it.each([
    ["nginx", "X-Original-URL"],
    ["nginx", "X-Original-Method"],
    ...FORWARDED_DOORS.flatMap((door) =>
      ["X-Forwarded-Method", "X-Forwarded-Host", "X-Forwarded-Uri"].map(
        (name) => [door, name] as const,
      ),
    ),
  ] as const)("%s without %s, with two of it, or with an empty one", async (door, name) => {
    for (const value of [null, "", ["/", "/"], ["GET", "GET"]]) {
      const visit = { clientAddress: WELCOME, headers: { [name]: value } };
      const answer = await expectRefused(door, visit, AS_MALFORMED);
      expect(answer.status).toBe(door === "nginx" ? 403 : 400);
    }
  });

  it.each([
    "/page",
    "portal.example.com/page",
    "//portal.example.com/page",
    "ftp://portal.example.com/page",
    "https://user@portal.example.com/page",
    "https:///page",
    "https://portal.example.com",
    "https://portal.example.com?x",
  ])("X-Original-URL: %s is refused", async (url) => {
    const headers = { "X-Original-URL": url };
    await expectRefused("nginx", { clientAddress: WELCOME, headers }, AS_MALFORMED);
  });

  it("headers of another proxy's door are not looked at", async () => {
    const nginx = { "X-Original-URL": `https://${PORTAL_HOST}/`, "X-Original-Method": "GET" };
    const none = { "X-Forwarded-Uri": null, "X-Forwarded-Host": null, "X-Forwarded-Method": null };
    await expectRefused("caddy", { headers: { ...nginx, ...none } }, AS_MALFORMED);
    const forwarded = { "X-Forwarded-Uri": "/", "X-Forwarded-Host": PORTAL_HOST };
    const headers = { ...forwarded, "X-Original-URL": null };
    await expectRefused("nginx", { headers }, AS_MALFORMED);
  });

  it("a denied visitor is denied, not told about its request", async () => {
    await expectRefused("nginx", { clientAddress: DENIED, uri: "*" }, BY_DENY_LIST);
  });
});

describe("attack row 27: methods", () => {
  it.each(["OPTIONS", "HEAD", "TRACE", "PROPFIND", "CONNECT", "DELETE"])(
    "%s meets the whole network policy",
    async (method) => {
      const preflight = { origin: "https://a.test", "access-control-request-method": "PUT" };
      const override = { "x-http-method-override": "GET", "x-method-override": "OPTIONS" };
      for (const door of PROXY_DOORS) {
        for (const headers of [{}, preflight, override]) {
          await expectRefused(door, { clientAddress: DENIED, method, headers }, BY_DENY_LIST);
        }
        expect((await gate.ask(door, { clientAddress: WELCOME, method })).realStatus).toBe(200);
      }
    },
  );

  it.each(["get", "GETz", "FOO", "G ET", "GET,POST", "*"])("%s is no method", async (method) => {
    for (const door of PROXY_DOORS) {
      await expectRefused(door, { clientAddress: WELCOME, method }, AS_MALFORMED);
    }
  });

  it.each(["OPTIONS", "HEAD", "TRACE", "PROPFIND", "POST"])("%s to Postern itself", (method) =>
    gate.ask("own", { clientAddress: DENIED, method }).then((answer) => {
      expect(answer.status).toBe(403);
      if (method === "HEAD") expect(answer.text).toBe("");
    }),
  );
});

const WEBSOCKET = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

describe("attack row 28: websocket", () => {
  it.each([...PROXY_DOORS, "own"] as const)(
    "%s: a denied address gets no handshake",
    async (door) => {
      const visit = { clientAddress: DENIED, uri: "/ws", headers: WEBSOCKET };
      await expectRefused(door, visit, BY_DENY_LIST);
    },
  );
});

describe("attack row 29: health-check door", () => {
  it.each(["kube-probe/1.0", "GoogleHC/1.0", "ELB-HealthChecker/2.0", "Prometheus/2"])(
    "%s opens nothing",
    async (agent) => {
      for (const uri of ["/ping", "/healthz", "/readyz", "/metrics", "/gate/nginx"]) {
        const visit = { clientAddress: DENIED, uri, headers: { "User-Agent": agent } };
        for (const door of PROXY_DOORS) await expectRefused(door, visit, BY_DENY_LIST);
      }
    },
  );

  it("liveness tells nothing and leads nowhere else", async () => {
    const health = await gate.ask("own", { clientAddress: DENIED, uri: "/healthz" });
    expect([health.status, health.text]).toEqual([200, '{"status":"ok"}']);
    for (const uri of ["/healthz?x", "/healthz/", "/healthz/../metrics", "/readyz", "/ping"]) {
      await expectRefused("own", { clientAddress: DENIED, uri }, BY_DENY_LIST);
    }
  });
});

describe("attack row 30: malformed session cookie", () => {
  const NAME = "__Host-postern";
  it.each([
    ["random bytes", `${NAME}=\x80\xff\xfe"; ;=`],
    ["4 KB", `${NAME}=${"A".repeat(4096)}`],
    ["a forged value", `${NAME}=operator.operator@portal.test.AAAA`],
    ["two of one name", `${NAME}=a; ${NAME}=b`],
    ["two of one name, the other way round", `${NAME}=b; ${NAME}=a`],
  ])("%s: whoever passes is nobody", async (_name, cookie) => {
    const forged = Object.fromEntries(IDENTITY.map((name) => [name, "operator"]));
    for (const door of PROXY_DOORS) {
      for (const clientAddress of [WELCOME, DENIED]) {
        const visit = { clientAddress, headers: { cookie, ...forged } };
        const { headers } = await gate.ask(door, visit);
        expect(IDENTITY.map((name) => headers[name])).toEqual(["", "", "", ""]);
      }
    }
  });
});

describe("attack row 32: status mapping", () => {
  it.each([
    ["a pass", { clientAddress: WELCOME }, 200, 200],
    ["a denial", { clientAddress: DENIED }, 403, 403],
    ["a malformed request", { clientAddress: WELCOME, method: "FOO" }, 403, 400],
  ] as const)("nginx hears 200, 401 or 403 of %s", async (_name, visit, status, realStatus) => {
    const answer = await gate.ask("nginx", visit);
    expect([answer.status, answer.realStatus, answer.text]).toEqual([status, realStatus, ""]);
    for (const door of FORWARDED_DOORS) {
      expect((await gate.ask(door, visit)).status).toBe(realStatus);
    }
  });

  it.each(["400", "403", "429", "503"])("the visitor sees the real %s", async (status) => {
    const headers = {
      "X-Postern-Status": status,
      "X-Postern-Decision": "a".repeat(20),
      "X-Postern-Retry-After": status === "429" ? "3600" : "",
      accept: "text/html",
    };
    const answer = await gate.ask("own", { uri: "/gate/nginx/answer", headers });
    expect(String(answer.status)).toBe(status);
    expect(answer.headers["retry-after"]).toBe(status === "429" ? "3600" : undefined);
    expect(answer.text).toContain("a".repeat(20));
  });

  it.each([
    ["200", "", ""],
    ["302", "", ""],
    ["500", "", ""],
    ["", "", ""],
    ["403", "<script>alert(1)</script>", "0x10"],
    ["403", "A".repeat(20), "-1"],
  ])("an odd answer (%j, %j, %j) is a plain 403", async (status, decision, retryAfter) => {
    const headers = {
      "X-Postern-Status": status,
      "X-Postern-Decision": decision,
      "X-Postern-Retry-After": retryAfter,
      "X-Postern-Location": "https://evil.test/",
      accept: "text/html",
    };
    const answer = await gate.ask("own", { uri: "/gate/nginx/answer", headers });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([403, undefined]);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.text).not.toMatch(/<script|evil|AAAA/);
  });

  it("there is no other door", async () => {
    for (const uri of ["/gate/", "/gate/nginx/", "/gate/nginx?x=1", "/gate/NGINX", "/gate/envoy"]) {
      expect((await gate.ask("own", { uri })).status).toBe(403);
    }
  });
});

describe("attack row 35: verdict caching", () => {
  it("no answer may be kept", async () => {
    for (const door of PROXY_DOORS) {
      for (const clientAddress of [WELCOME, DENIED, "a"]) {
        const { headers } = await gate.ask(door, { clientAddress });
        expect([headers["cache-control"], headers.vary]).toEqual(["no-store", "*"]);
      }
    }
  });
});

describe("attack row 38: smuggling set, at Postern's own port", () => {
  const BODY = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: portal\r\n\r\n";
  it.each([
    ["CL and TE", `Content-Length: ${BODY.length}\r\nTransfer-Encoding: chunked\r\n`],
    ["two CL", "Content-Length: 5\r\nContent-Length: 50\r\n"],
    ["xchunked", "Transfer-Encoding: xchunked\r\n"],
    ["two TE", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"],
    ["chunked, identity", "Transfer-Encoding: chunked, identity\r\n"],
    ["obs-fold", "X-A: b\r\n c\r\n"],
    ["space before colon", "Content-Length : 5\r\n"],
    ["NUL in a value", "X-A: b\0c\r\n"],
    ["300 header lines", Array.from({ length: 300 }, (_, n) => `X-${n}: 1\r\n`).join("")],
    ["20 KB of header", `X-A: ${"a".repeat(20_480)}\r\n`],
    ["bare LF", "X-A: b\nX-B: c\n"],
  ])("%s gets one refusal, and what follows is not answered", async (_name, lines) => {
    const before = await decided();
    const received = await sendRaw(
      `POST /first HTTP/1.1\r\nHost: portal\r\nX-Forwarded-For: ${WELCOME}\r\n${lines}\r\n${BODY}`,
    );
    expect(received).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect([received.match(/HTTP\/1\.1 \d/g)?.length, received]).toEqual([1, received]);
    expect(await decided()).toBe(before);
  });
});

/** How many requests the gate has decided so far. */
async function decided(): Promise<number> {
  const { text } = await gate.api("GET", "/metrics");
  return [...text.matchAll(/^postern_decisions_total\{.* (\d+)$/gm)]
    .map((match) => Number(match[1]))
    .reduce((sum, count) => sum + count, 0);
}

/** Exact bytes to the server, and everything it says until it is silent or hangs up. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: gate.port });
    let received = "";
    socket.setTimeout(1500, () => socket.destroy());
    socket.on("data", (chunk) => (received += chunk.toString("latin1")));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(received));
    socket.write(text, "latin1");
  });
}

// Asks real servers on loopback, good and bad ones, through the client for addresses people type.
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { OutboundError } from "./outbound-error.ts";
import { createOutboundFetch, isPrivateHost } from "./outbound-fetch.ts";
import type { OutboundParts } from "./outbound-fetch.ts";

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** `connections` grows with each one, whatever comes of it. */
async function open(listener: RequestListener, host = "127.0.0.1") {
  const server = createServer(listener).listen(0, host);
  opened.push(server);
  const seen = { connections: 0 };
  server.on("connection", () => (seen.connections += 1));
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, port, origin: `http://127.0.0.1:${port}` };
}

const echo: RequestListener = (request, response) => {
  const { method, url, headers } = request;
  response.setHeader("content-type", "application/json");
  response.setHeader("x-other", "1");
  void textOf(request).then((body) => response.end(JSON.stringify({ method, url, headers, body })));
};

const allowed = ["127.0.0.1"];

function outbound(parts: Partial<OutboundParts> = {}) {
  return createOutboundFetch({ isPublicAddress: () => false, ...parts });
}

async function reasonOf(asking: Promise<Response>): Promise<OutboundError> {
  const error: unknown = await asking.then(
    (response) => new Error(`answered with ${response.status}`),
    (reason: unknown) => reason,
  );
  if (error instanceof OutboundError) return error;
  throw error;
}

describe("createOutboundFetch", () => {
  it("sends method, headers and form, on a new connection each time", async () => {
    const { origin, seen } = await open(echo);
    const ask = outbound().fetchFor(allowed);
    const init = {
      method: "POST",
      headers: { authorization: "Basic x" },
      body: new URLSearchParams({ code: "é" }),
    };
    const response = await ask(`${origin}/token?a=1`, init);
    const headers = { authorization: "Basic x", connection: "close", "content-length": "11" };
    expect(await response.json()).toMatchObject({
      method: "POST",
      url: "/token?a=1",
      body: "code=%C3%A9",
      headers,
    });
    expect(Object.fromEntries(response.headers)).toEqual({ "content-type": "application/json" });
    await ask(origin);
    expect(seen.connections).toBe(2);
  });

  it.each([200, 400, 401, 500])("gives an answer of status %d as it is", async (status) => {
    const { origin } = await open((_, response) => void response.writeHead(status).end("{}"));
    const response = await outbound().fetchFor(allowed)(origin);
    expect([response.status, await response.text()]).toEqual([status, "{}"]);
  });

  it.each([301, 302, 303, 307, 308])("follows no redirect: %d", async (status) => {
    const location = "http://169.254.169.254/latest";
    const { origin, seen } = await open(
      (_, response) => void response.writeHead(status, { location }).end(),
    );
    const error = await reasonOf(outbound().fetchFor(allowed)(origin));
    expect(error).toMatchObject({ reason: "redirected", location });
    expect(seen.connections).toBe(1);
  });

  const limits = { totalMs: 150, bytesMax: 1000, atOncePerHost: 2 };
  it.each<[string, RequestListener, string]>([
    ["announces too much", (_, response) => void response.end("x".repeat(1001)), "too-large"],
    [
      "sends without end",
      (_, response) => {
        const timer = setInterval(() => response.write("x".repeat(400)), 1);
        response.once("close", () => clearInterval(timer));
      },
      "too-large",
    ],
    ["sends long headers", (_, res) => void res.setHeader("a", "x".repeat(2e4)).end(), "too-large"],
    ["never answers", () => undefined, "timed-out"],
    [
      "sends a byte at a time",
      (_, response) => {
        const timer = setInterval(() => response.write("x"), 10);
        response.once("close", () => clearInterval(timer));
      },
      "timed-out",
    ],
    ["hangs up", (request) => void request.socket.destroy(), "unreachable"],
    [
      "hangs up half-way",
      (request, response) => {
        response.writeHead(200, { "content-length": "10" }).write("x", () => {
          request.socket.destroy();
        });
      },
      "unreachable",
    ],
  ])("gives up on a server that %s", async (_name, listener, reason) => {
    const { origin } = await open(listener);
    const error = await reasonOf(outbound({ limits }).fetchFor(allowed)(`${origin}/secret?a=b`));
    expect(error).toMatchObject({ reason });
    expect(error.message).toContain(new URL(origin).host);
    expect(error.message).not.toMatch(/secret|a=b/);
  });

  it("asks one host so many times at once, and again when those are done", async () => {
    const waiting: (() => void)[] = [];
    const { origin } = await open((_, response) => void waiting.push(() => response.end("{}")));
    const other = await open(echo);
    const ask = outbound({ limits: { atOncePerHost: 2 } }).fetchFor(allowed);
    const both = [ask(origin), ask(origin)];
    expect(await reasonOf(ask(origin))).toMatchObject({ reason: "busy" });
    expect((await ask(other.origin)).status).toBe(200);
    await expect.poll(() => waiting.length).toBe(2);
    for (const answer of waiting.splice(0)) answer();
    await Promise.all(both);
    const next = ask(origin);
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.();
    expect((await next).status).toBe(200);
  });

  it("speaks https to all but private hosts, and verifies the other side", async () => {
    const { origin, port, seen } = await open(echo);
    const ask = outbound({ isPublicAddress: () => true }).fetchFor(["localhost"]);
    for (const url of [origin, "ftp://idp.example/", "file:///etc/passwd", "data:,x"]) {
      expect(await reasonOf(ask(url))).toMatchObject({ reason: "not-https" });
    }
    expect(seen.connections).toBe(0);
    expect(await reasonOf(ask(`https://127.0.0.1:${port}/`))).toMatchObject({ reason: "tls" });
    expect(seen.connections).toBe(1);
  });

  it("says that a name is unknown, and that nobody is there", async () => {
    const { origin } = await open(echo);
    opened.splice(0).forEach((server) => server.close());
    expect(await reasonOf(outbound().fetchFor(allowed)(origin))).toMatchObject({
      reason: "unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    const resolve = () => Promise.reject(Object.assign(new Error("x"), { code: "ENOTFOUND" }));
    for (const parts of [{ resolve }, { resolve: () => Promise.resolve([]) }]) {
      const error = await reasonOf(outbound(parts).fetchFor([])("https://idp.test/"));
      expect(error).toMatchObject({ reason: "host-unknown" });
    }
  });

  it("connects to the addresses it has checked, and checks anew the next time", async () => {
    const { port, seen } = await open(echo, "127.0.0.2");
    const answers = [["127.0.0.2"], ["127.0.0.1"], ["127.0.0.2", "127.0.0.1"], ["127.0.0.2"]];
    let resolved = 0;
    const resolve = (name: string) => {
      expect(name).toBe("rebinding.test");
      const addresses = answers[resolved] ?? [];
      resolved += 1;
      return Promise.resolve(addresses.map((address) => ({ address, family: 4 })));
    };
    const isPublicAddress = (address: string) => address === "127.0.0.2";
    const ask = outbound({ isPublicAddress, resolve }).fetchFor([]);
    // It is there that somebody answers, though not by TLS.
    const expected = ["tls", "address-private", "address-private", "tls"];
    for (const [index, reason] of expected.entries()) {
      expect(await reasonOf(ask(`https://rebinding.test:${port}/`))).toMatchObject({ reason });
      expect(resolved).toBe(index + 1);
    }
    expect(seen.connections).toBe(2);
  });

  it("asks a stand-in in the real one's name, and sends browsers there", async () => {
    const { origin } = await open(echo);
    const real = "https://accounts.google.com";
    const { fetchFor, standIn } = outbound({ standIns: new Map([[real, origin]]) });
    const response = await fetchFor([])(`${real}/token?a=1`);
    const headers = { host: "accounts.google.com", "x-forwarded-proto": "https" };
    expect(await response.json()).toMatchObject({ url: "/token?a=1", headers });
    expect(standIn(new URL(`${real}/auth?b=2`)).href).toBe(`${origin}/auth?b=2`);
    expect(standIn(new URL("https://idp.example/a")).href).toBe("https://idp.example/a");
  });
});

describe("isPrivateHost", () => {
  it.each([
    ["http://idp.test:8080/a", "IDP.test", true],
    ["http://[::1]/", "::1", true],
    ["http://[::1]/", "[::1]", true],
    ["http://[0:0::1]/", "::1", true],
    ["http://idp.test./", "idp.test", false],
    ["http://a.idp.test/", "idp.test", false],
    ["http://idp.test@evil.test/", "idp.test", false],
  ])("%s, %s: %s", (url, host, expected) => {
    expect(isPrivateHost(new URL(url), ["other.test", host])).toBe(expected);
  });
});

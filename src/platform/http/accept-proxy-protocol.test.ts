// Puts a real HAProxy, and hand-written bytes, in front of a server that expects the preface.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ProxyProtocolOptions } from "./accept-proxy-protocol.ts";
import { createHttpServer, type HttpServer } from "./create-http-server.ts";

const hasHaproxy = spawnSync("haproxy", ["-v"]).status === 0;
const opened: HttpServer[] = [];
const spawned: ChildProcess[] = [];

afterEach(async () => {
  for (const child of spawned.splice(0)) child.kill("SIGKILL");
  for (const server of opened.splice(0)) await server.close(0);
});

async function open(options: Partial<ProxyProtocolOptions> = {}): Promise<number> {
  const server = createHttpServer({
    rawHandlers: [],
    proxyProtocol: { isTrustedPeer: () => true, ...options },
  });
  opened.push(server);
  server.setFallback((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.end(JSON.stringify({ client: server.proxiedClientOf(request) ?? null, body }));
    });
  });
  return (await server.listen({ host: "127.0.0.1", port: 0 })).port;
}

function exchange(port: number, parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect({ port, host: "127.0.0.1" });
    socket.setNoDelay(true);
    const queue = [...parts];
    function sendNext(): void {
      const part = queue.shift();
      if (part !== undefined) socket.write(part, () => setImmediate(sendNext));
    }
    socket.on("connect", sendNext);
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("close", () => resolve(received));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve(received) : reject(error),
    );
  });
}

const PREFACE = "PROXY TCP4 203.0.113.7 127.0.0.1 1234 80\r\n";
const GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const STATED = '"client":{"kind":"stated","address":"203.0.113.7"}';

describe("acceptProxyProtocol", () => {
  it("takes the preface off, in one piece or in many", async () => {
    const port = await open();
    expect(await exchange(port, [PREFACE + GET])).toContain(STATED);
    expect(await exchange(port, [PREFACE, GET])).toContain(STATED);
    expect(await exchange(port, (PREFACE + GET).split(""))).toContain(STATED);
  });

  it("keeps the address for all requests of the connection, and the bodies whole", async () => {
    const port = await open();
    const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
    const received = await exchange(port, [PREFACE + post, post, GET]);
    expect(received.match(/203\.0\.113\.7/g)).toHaveLength(3);
    expect(received.match(/"body":"body"/g)).toHaveLength(2);
  });

  it.each([
    ["no preface", GET],
    ["a malformed preface", `PROXY TCP4 203.0.113.300 127.0.0.1 1 80\r\n${GET}`],
  ])("closes a trusted peer's connection with %s, without an answer", async (_name, bytes) => {
    const told: string[] = [];
    const port = await open({ onMalformed: (peer) => told.push(peer) });
    expect(await exchange(port, [bytes])).toBe("");
    expect(told).toEqual(["127.0.0.1"]);
  });

  it("closes when the preface does not come in time", async () => {
    const port = await open({ prefaceTimeoutMs: 30 });
    expect(await exchange(port, ["PROXY "])).toBe("");
  });

  it("does not wait for the preface when the server closes", async () => {
    const port = await open();
    const received = exchange(port, ["PROXY "]);
    const server = opened[0];
    await new Promise((resolve) => setImmediate(resolve));
    await server?.close(5_000);
    expect(await received).toBe("");
    opened.splice(0);
  });

  it("treats an untrusted peer as plain, and its preface as no request", async () => {
    const port = await open({ isTrustedPeer: () => false });
    expect(await exchange(port, [GET])).toContain('"client":null');
    expect(await exchange(port, [PREFACE + GET])).toMatch(/^HTTP\/1.1 400 /);
  });

  it.skipIf(!hasHaproxy).each(["send-proxy", "send-proxy-v2"])(
    "understands HAProxy's %s",
    async (directive) => {
      const seen: string[] = [];
      const isTrustedPeer = (peer: string): boolean => seen.push(peer) > 0;
      const port = await open({ isTrustedPeer });
      const front = await startHaproxy(port, directive);
      const received = await exchange(front, [GET]);
      expect(received).toContain('"client":{"kind":"stated","address":"127.0.0.1"}');
      expect(seen.length).toBeGreaterThan(0);
    },
  );
});

async function startHaproxy(port: number, directive: string): Promise<number> {
  const front = await freePort();
  const file = join(mkdtempSync(join(tmpdir(), "postern-")), "haproxy.cfg");
  const lines = [
    "defaults",
    "  mode tcp",
    "  timeout connect 2s",
    "  timeout client 5s",
    "  timeout server 5s",
    "listen front",
    `  bind 127.0.0.1:${front}`,
    `  server postern 127.0.0.1:${port} ${directive}`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const child = spawn("haproxy", ["-db", "-f", file], { stdio: "ignore" });
  spawned.push(child);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await isListening(front)) return front;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("HAProxy did not start");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => resolve(Boolean(socket.destroy())));
    socket.once("error", () => resolve(false));
  });
}

// Speaks to a real listening socket: strict checks, handler order, control socket, draining.
import { mkdtempSync, renameSync, statSync, writeFileSync } from "node:fs";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "./create-http-server.ts";

const opened: HttpServer[] = [];

afterEach(async () => {
  for (const server of opened.splice(0)) await server.close(0);
});

async function open(options: Partial<HttpServerOptions> = {}): Promise<[HttpServer, number]> {
  const server = createHttpServer({ rawHandlers: [], ...options });
  opened.push(server);
  server.setFallback((request, response) => {
    const text = `${request.method} ${request.url}`;
    response.end(server.isFromControlSocket(request) ? `control ${text}` : text);
  });
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
  return [server, port];
}

/** Sends bytes as they are and gives all that comes back until the connection ends. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(bytes, "latin1"));
    socket.on("data", (chunk) => (received += chunk.toString("latin1")));
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

function ask(options: RequestOptions): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent: false, ...options }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode, body }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end();
  });
}

const CLOSE = "Connection: close\r\n";

describe("strict requests", () => {
  it("passes a plain request and one in absolute form for the same host", async () => {
    const [, port] = await open();
    expect(await exchange(port, `GET /x HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`)).toMatch(/GET \/x$/);
    const absolute = `GET http://a/y HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`;
    expect(await exchange(port, absolute)).toMatch(/GET \/y$/);
  });

  it.each([
    ["two Host lines", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400],
    ["another host in the URL", "GET http://evil/x HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    ["no Host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["xchunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", 400],
    [
      "length and chunked",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
      400,
    ],
    ["a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400],
    ["a NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400],
    ["a NUL in the URL", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    ["no HTTP", "\x16\x03\x01\x02\r\n\r\n", 400],
    ["300 headers", `GET / HTTP/1.1\r\nHost: a\r\n${"a: b\r\n".repeat(300)}\r\n`, 431],
    ["20 KB of header", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["a URL of 9 KB", `GET /${"x".repeat(9_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
    ["a URL of 100 KB", `GET /${"x".repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
  ])("refuses %s and closes (attack rows 17, 38, 185)", async (_name, bytes, status) => {
    const [, port] = await open({
      rawHandlers: [
        () => {
          throw new Error("a refused request reached a handler");
        },
      ],
    });
    expect(await exchange(port, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it.each([
    ["of unknown length", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"],
    ["for two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
  ])("serves nothing that was pipelined behind a request %s", async (_name, refused) => {
    const served: string[] = [];
    const rawHandlers = [
      (request: IncomingMessage): boolean => {
        served.push(request.url ?? "");
        return false;
      },
    ];
    const [, port] = await open({ rawHandlers });
    const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    expect((await exchange(port, refused + smuggled)).match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(served).toEqual([]);
  });
});

describe("handlers", () => {
  it("asks raw handlers in order and falls back to the rest", async () => {
    const [, port] = await open({
      rawHandlers: [
        (request, response) => request.url === "/one" && Boolean(response.end("first")),
        (request, response) => request.url !== "/rest" && Boolean(response.end("second")),
      ],
    });
    expect((await ask({ port, path: "/one" })).body).toBe("first");
    expect((await ask({ port, path: "/two" })).body).toBe("second");
    expect((await ask({ port, path: "/rest" })).body).toBe("GET /rest");
  });

  it("answers 500 without words when a handler throws, and goes on", async () => {
    const errors: unknown[] = [];
    const rawHandlers = [
      (): boolean => {
        throw new Error("s3cr3t");
      },
    ];
    const [, port] = await open({ rawHandlers, onError: (error) => errors.push(error) });
    const answer = await ask({ port, path: "/" });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("s3cr3t");
    expect(errors).toHaveLength(1);
    expect((await ask({ port, path: "/" })).status).toBe(500);
  });

  it("answers 503 until the rest is there", async () => {
    const server = createHttpServer({ rawHandlers: [] });
    opened.push(server);
    const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
    expect((await ask({ port, path: "/" })).status).toBe(503);
  });
});

describe("requests that are handed on", () => {
  const waiting = new Map<string, () => void>();

  /** Takes what begins with /later, and lets it go on when the test says so. */
  async function openDoor(more: Partial<HttpServerOptions> = {}): Promise<[HttpServer, number]> {
    const server: HttpServer = createHttpServer({
      rawHandlers: [
        (request, response) => {
          const url = request.url ?? "";
          if (!url.startsWith("/later")) return false;
          waiting.set(url, () => server.handOn(request, response));
          return true;
        },
        (request, response) => request.url !== "/now" && Boolean(response.end("behind the door")),
      ],
      ...more,
    });
    opened.push(server);
    server.setFallback((request, response) => void response.end(`rest: ${request.url};`));
    const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
    return [server, port];
  }

  async function isWaiting(url: string): Promise<() => void> {
    for (;;) {
      const found = waiting.get(url);
      if (waiting.delete(url) && found !== undefined) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it("go past the other raw handlers, to the rest", async () => {
    const [, port] = await openDoor();
    const answer = ask({ port, path: "/later" });
    (await isWaiting("/later"))();
    expect((await answer).body).toBe("rest: /later;");
    expect((await ask({ port, path: "/other" })).body).toBe("behind the door");
  });

  it("are answered in the order they came in, also where a later one is ready first", async () => {
    const [, port] = await openDoor();
    const answers = exchange(
      port,
      "GET /later/1 HTTP/1.1\r\nHost: a\r\n\r\n" +
        "GET /now HTTP/1.1\r\nHost: a\r\n\r\n" +
        `GET /later/2 HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`,
    );
    const [first, second] = [await isWaiting("/later/1"), await isWaiting("/later/2")];
    second();
    first();
    const bodies = (await answers).match(/rest: [^;]+/g);
    expect(bodies).toEqual(["rest: /later/1", "rest: /now", "rest: /later/2"]);
  });

  it("keep their body until somebody reads it", async () => {
    const [server, port] = await openDoor();
    server.setFallback((request, response) => request.pipe(response));
    const sent = `POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n${CLOSE}\r\nbody`;
    const answer = exchange(port, sent);
    (await isWaiting("/later"))();
    expect(await answer).toMatch(/body\r\n0\r\n\r\n$/);
  });

  it("reach nobody when the visitor has gone", async () => {
    const [server, port] = await openDoor();
    const reached: string[] = [];
    server.setFallback((request) => void reached.push(request.url ?? ""));
    const isClosed = new Promise((resolve) => {
      server.server.once("connection", (accepted) => accepted.once("close", resolve));
    });
    const socket = connect({ port, host: "127.0.0.1" }, () =>
      socket.write("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"),
    );
    const handOn = await isWaiting("/later");
    socket.destroy();
    await isClosed;
    handOn();
    expect(reached).toEqual([]);
  });

  it("get 500 without words when what is behind the door throws", async () => {
    const errors: unknown[] = [];
    const [server, port] = await openDoor({ onError: (error) => errors.push(error) });
    server.setFallback(() => {
      throw new Error("s3cr3t");
    });
    const answer = ask({ port, path: "/later" });
    (await isWaiting("/later"))();
    const { status, body } = await answer;
    expect(status).toBe(500);
    expect(body).not.toContain("s3cr3t");
    expect(errors).toHaveLength(1);
  });
});

describe("the control socket", () => {
  function socketPath(): string {
    return join(mkdtempSync(join(tmpdir(), "postern-")), "control.sock");
  }

  it("is open to its owner only and cannot be feigned on the network", async () => {
    const [server, port] = await open();
    const path = socketPath();
    await server.listenOnControlSocket(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await ask({ socketPath: path, path: "/x" })).body).toBe("control GET /x");
    expect((await ask({ port, path: "/x" })).body).toBe("GET /x");
  });

  it("refuses a path somebody answers on, another kind of file, and a long path", async () => {
    const [first] = await open();
    const [second] = await open();
    const path = socketPath();
    await first.listenOnControlSocket(path);
    await expect(second.listenOnControlSocket(path)).rejects.toThrow("another server answers");
    const file = socketPath();
    writeFileSync(file, "");
    await expect(second.listenOnControlSocket(file)).rejects.toThrow("not a socket");
    const long = join(tmpdir(), "x".repeat(120));
    await expect(second.listenOnControlSocket(long)).rejects.toThrow("shorter DATA_DIR");
  });

  it("replaces what a killed process left behind", async () => {
    const path = socketPath();
    const killed = createServer().listen({ path });
    await new Promise((resolve) => killed.once("listening", resolve));
    // Renaming hides the file from the removal that closing does; a kill leaves it likewise.
    renameSync(path, `${path}.left`);
    await new Promise((resolve) => killed.close(resolve));
    renameSync(`${path}.left`, path);
    const [server] = await open();
    await server.listenOnControlSocket(path);
    expect((await ask({ socketPath: path, path: "/" })).status).toBe(200);
  });
});

describe("close", () => {
  it("lets a request finish, closes idle connections, and refuses new ones", async () => {
    let finish = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => {
      opened.push(
        createHttpServer({
          rawHandlers: [
            (_request, response) => {
              finish = () => void response.end("finished");
              resolve();
              return true;
            },
          ],
        }),
      );
    });
    const server = opened.at(-1);
    if (server === undefined) throw new Error("no server");
    const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
    const idle = connect({ port, host: "127.0.0.1" });
    const answer = ask({ port, path: "/slow" });
    await isAsked;
    const closing = server.close(5_000);
    await expect(ask({ port, path: "/" })).rejects.toThrow("ECONNREFUSED");
    finish();
    expect((await answer).body).toBe("finished");
    idle.destroy();
    await closing;
  });

  it("cuts what does not finish in time", async () => {
    const [server, port] = await open({ rawHandlers: [() => true] });
    const answer = ask({ port, path: "/never" });
    const outcome = answer.catch((error: Error) => error.message);
    await new Promise((resolve) => server.server.once("request", resolve));
    await server.close(20);
    expect(await outcome).toBe("socket hang up");
  });
});

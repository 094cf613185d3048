// Calls a real server over TCP and a unix socket: JSON, streams, refusals, and nobody there.
import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { requestJson, requestStream } from "./http-client.ts";

const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function open(listener: RequestListener): Promise<{ origin: string }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  opened.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const echo: RequestListener = (request, response) => {
  const { method, url, headers } = request;
  void text(request).then((body) => response.end(JSON.stringify({ method, url, headers, body })));
};

describe("requestJson", () => {
  it("sends query, token and JSON", async () => {
    const target = { ...(await open(echo)), token: "t0k3n" };
    const query = { covering: "::1/128", limit: 5, account: undefined };
    const call = { method: "POST", path: "/a", query, body: { é: 1 } } as const;
    const answer = await requestJson(target, call);
    expect(answer).toMatchObject({
      ok: true,
      status: 200,
      body: {
        method: "POST",
        url: "/a?covering=%3A%3A1%2F128&limit=5",
        headers: { authorization: "Bearer t0k3n", "content-length": "8" },
        body: '{"é":1}',
      },
    });
  });

  it("speaks over a unix socket and takes an empty answer", async () => {
    const socketPath = join(mkdtempSync(join(tmpdir(), "postern-")), "s");
    const server = createServer((_request, response) => {
      response.writeHead(204, { "x-seen": "yes" }).end();
    });
    opened.push(server.listen({ path: socketPath }));
    await new Promise((resolve) => server.once("listening", resolve));
    const answer = await requestJson({ socketPath }, { method: "DELETE", path: "/" });
    expect(answer).toMatchObject({ ok: true, status: 204, headers: { "x-seen": "yes" } });
    expect(answer).toHaveProperty("body", null);
  });

  it.each([
    [
      '{"code":"entry-exists","detail":"It is entry 7.","errors":[{"line":2,"message":"x"}]}',
      { code: "entry-exists", detail: "It is entry 7.", errors: [{ line: 2, message: "x" }] },
    ],
    ["<html>", { code: "unknown", detail: "the server answered with status 409", errors: [] }],
    ["null", { code: "unknown", errors: [] }],
  ])("gives a refusal's words: %s", async (body, expected) => {
    const target = await open((_request, response) => void response.writeHead(409).end(body));
    const answer = await requestJson(target, { method: "GET", path: "/" });
    expect(answer).toMatchObject({ ok: false, kind: "refused", status: 409, ...expected });
  });

  it("says that nobody answers, by the system's code", async () => {
    const nobody = { socketPath: join(tmpdir(), "postern-nobody-there.sock") };
    const answer = await requestJson(nobody, { method: "GET", path: "/" });
    expect(answer).toMatchObject({ ok: false, kind: "unreachable", errorCode: "ENOENT" });
  });

  it("gives up on a silent server", async () => {
    const target = await open(() => undefined);
    const answer = await requestJson(target, { method: "GET", path: "/", silenceMs: 30 });
    expect(answer).toMatchObject({ kind: "unreachable", detail: "no answer in time" });
  });

  it("takes what is no JSON for no answer", async () => {
    const target = await open((_request, response) => void response.end("{"));
    expect(await requestJson(target, { method: "GET", path: "/" })).toMatchObject({ ok: false });
  });
});

describe("requestStream", () => {
  it("sends and gives streams", async () => {
    const target = await open((request, response) => void request.pipe(response));
    const body = Readable.from(["203.0.113.7\n", "::1\n"]);
    const call = { method: "POST", path: "/", body, contentType: "text/plain" } as const;
    const answer = await requestStream(target, call);
    expect(answer.ok && (await text(answer.body))).toBe("203.0.113.7\n::1\n");
  });
});

// The hub of event streams, with real answers of a small server.
import { once } from "node:events";
import { createServer, get } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEventStreamHub, HUB_LIMITS } from "./event-stream-hub.ts";
import type { EventStreamHub, HubLimits } from "./event-stream-hub.ts";

const asked: ((response: ServerResponse) => void)[] = [];
const server = createServer((_, response) => asked.shift()?.(response));
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The server's side of a new request, and the client's. */
async function openAnswer() {
  const answering = new Promise<ServerResponse>((resolve) => {
    asked.push(resolve);
  });
  const { port } = server.address() as AddressInfo;
  const request = get({ host: "127.0.0.1", port, agent: false });
  request.on("error", () => undefined);
  const answered = once(request, "response") as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  return { response: await answering, request, answered };
}

type Joining = { reader?: string; authorize?: () => Promise<unknown> };

function setUp(limits: Partial<HubLimits> = {}) {
  const clock = { nowMs: 1_000_000 };
  const hub = createEventStreamHub({
    nowMs: () => clock.nowMs,
    limits: { ...HUB_LIMITS, ...limits },
  });
  const topic = hub.createTopic();

  async function join({ reader, authorize = async () => undefined }: Joining = {}) {
    const { response, request, answered } = await openAnswer();
    const isIn = hub.join(topic, { response, reader: reader ?? null, authorize });
    if (!isIn) response.end();
    const [message] = await answered;
    let text = "";
    message.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    message.on("error", () => undefined);
    return { isIn, text: () => text, isOver: () => message.closed, leave: () => request.destroy() };
  }

  return { hub, topic, join, clock };
}

/** As many turns as the messages of these tests take. */
async function afterTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
}

function openOf(hub: EventStreamHub): () => number {
  return () => hub.counts().streamsOpen;
}

describe("places", () => {
  it("are so many, and free again when a client leaves", async () => {
    const { hub, join } = setUp({ streamsMax: 2 });
    const first = await join();
    await join();
    expect((await join()).isIn).toBe(false);
    first.leave();
    await expect.poll(openOf(hub)).toBe(1);
    expect((await join()).isIn).toBe(true);
    expect(hub.counts()).toEqual({ streamsOpen: 2, streamsCut: 0, streamsRefused: 1 });
  });

  it("are not all for one person, and programs are not counted", async () => {
    const { hub, join } = setUp({ readerStreamsMax: 1 });
    const first = await join({ reader: "ann" });
    expect((await join({ reader: "ann" })).isIn).toBe(false);
    expect((await join({ reader: "bob" })).isIn).toBe(true);
    expect((await join()).isIn && (await join()).isIn).toBe(true);
    first.leave();
    await expect.poll(openOf(hub)).toBe(3);
    expect((await join({ reader: "ann" })).isIn).toBe(true);
  });
});

describe("a topic", () => {
  const authorize = async () => undefined;

  it("keeps nothing for a client that left before its stream began", async () => {
    const { hub, topic } = setUp();
    const { response, request } = await openAnswer();
    request.destroy();
    await once(response, "close");
    expect(hub.join(topic, { response, reader: "ann", authorize })).toBe(true);
    expect([topic.streams.size, hub.counts().streamsOpen]).toEqual([0, 0]);
    expect(response.headersSent).toBe(false);
  });

  it("tells its owner when the last of its clients has left", async () => {
    const { hub } = setUp();
    let emptied = 0;
    const topic = hub.createTopic(() => {
      emptied += 1;
    });
    const clients = [await openAnswer(), await openAnswer()];
    for (const { response } of clients) hub.join(topic, { response, reader: null, authorize });
    clients[0]?.request.destroy();
    await expect.poll(openOf(hub)).toBe(1);
    expect(emptied).toBe(0);
    clients[1]?.request.destroy();
    await expect.poll(() => emptied).toBe(1);
    expect(hub.counts().streamsOpen).toBe(0);
  });
});

describe("a message", () => {
  it("is composed once for all, a slice of them in a turn", async () => {
    const { hub, topic, join } = setUp({ sliceStreams: 2 });
    const clients = [];
    for (let index = 0; index < 5; index += 1) clients.push(await join());
    let composed = 0;
    hub.send(topic, () => {
      composed += 1;
      return "data: one\n\n";
    });
    hub.send(topic, () => null);
    hub.send(topic, () => "data: two\n\n");
    for (const { text } of clients) {
      await expect.poll(text).toMatch(/^: .*\nretry: 2000\n\ndata: one\n\ndata: two\n\n$/);
    }
    expect(composed).toBe(1);
  });

  it("is not composed for a topic that nobody listens to", async () => {
    const { hub, join } = setUp();
    await join();
    hub.send(hub.createTopic(), () => {
      throw new Error("composed");
    });
    await afterTurns();
    expect(hub.counts().streamsOpen).toBe(1);
  });

  it("that a client has no room for cuts it off, and no other", async () => {
    const { hub, topic, join } = setUp({ unsentBytesMax: 1_000 });
    const client = await join();
    hub.send(topic, () => "x".repeat(1_001));
    await expect.poll(client.isOver).toBe(true);
    expect(client.text()).not.toContain("x");
    expect((await join()).isIn).toBe(true);
    expect(hub.counts()).toEqual({ streamsOpen: 1, streamsCut: 1, streamsRefused: 0 });
  });

  it("beyond those that may wait cuts off whom it is for", async () => {
    const { hub, topic, join } = setUp({ jobsMax: 1 });
    const client = await join();
    for (const data of ["a", "b"]) hub.send(topic, () => `data: ${data}\n\n`);
    await expect.poll(client.isOver).toBe(true);
    expect(hub.counts().streamsCut).toBe(1);
  });
});

describe("whether a client may see", () => {
  it("is asked at most once a second, and before anything is sent after that", async () => {
    const { hub, topic, join, clock } = setUp();
    let times = 0;
    const client = await join({
      authorize: async () => {
        times += 1;
        await nextTurn();
      },
    });
    const counts: number[] = [];
    for (const [waitMs, data] of [
      [999, "a"],
      [1, "b"],
      [999, "c"],
      [1, "d"],
      // Set back.
      [-60_000, "e"],
    ] as const) {
      clock.nowMs += waitMs;
      hub.send(topic, () => `data: ${data}\n\n`);
      await expect.poll(client.text).toContain(`data: ${data}`);
      counts.push(times);
    }
    expect(counts).toEqual([0, 1, 1, 2, 3]);
  });

  it("is waited for, and what comes meanwhile keeps its order", async () => {
    const { hub, topic, join, clock } = setUp();
    const answers: (() => void)[] = [];
    const client = await join({ authorize: () => new Promise<void>((done) => answers.push(done)) });
    clock.nowMs += 1_000;
    for (const data of ["a", "b", "c"]) hub.send(topic, () => `data: ${data}\n\n`);
    await afterTurns();
    expect(client.text()).not.toContain("data");
    expect(answers).toHaveLength(1);
    answers[0]?.();
    await expect.poll(client.text).toContain("data: a\n\ndata: b\n\ndata: c\n\n");
  });

  it("ends the stream when it is denied, with nothing sent", async () => {
    const { hub, topic, join, clock } = setUp();
    const client = await join({ authorize: () => Promise.reject(new Error("no")) });
    clock.nowMs += 1_000;
    hub.send(topic, () => "data: a\n\n");
    await expect.poll(client.isOver).toBe(true);
    expect(client.text()).not.toContain("data");
    expect(hub.counts()).toEqual({ streamsOpen: 0, streamsCut: 0, streamsRefused: 0 });
  });

  it("that is never said is not waited for without a bound", async () => {
    const { hub, topic, join, clock } = setUp({ unsentBytesMax: 1_000 });
    const client = await join({ authorize: () => new Promise(() => undefined) });
    clock.nowMs += 1_000;
    for (let index = 0; index < 3; index += 1) hub.send(topic, () => "x".repeat(400));
    await expect.poll(client.isOver).toBe(true);
    expect(hub.counts().streamsCut).toBe(1);
  });
});

describe("the end of the process", () => {
  it("ends all streams in order", async () => {
    const { hub, join } = setUp();
    const clients = [await join(), await join()];
    hub.endAll();
    for (const { isOver } of clients) await expect.poll(isOver).toBe(true);
    expect(hub.counts().streamsCut).toBe(0);
  });
});

// Shows the recordings' door with decisions that take their time: who has gone, what fails, order.
import { connect } from "node:net";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { parseAddress } from "../../core/network/address.ts";
import { createHttpServer } from "../../platform/http/create-http-server.ts";
import type { HttpServer } from "../../platform/http/create-http-server.ts";
import type { FoundRecording } from "../recordings/index.ts";
import { createClientReader } from "./client-of-request.ts";
import type { LetIn, RecordingAnswer } from "./decide-recording-live.ts";
import { createRecordingDoor } from "./recording-door.ts";
import { createSignInAddress } from "./sign-in-address.ts";

const LINK = "Zx_-0123456789abcdefgQ";
const PUBLIC_URL = "https://portal.example.com";

const RECORDING: FoundRecording = {
  id: "aaaaaaaaaaaaaaaaaaaa",
  link: LINK,
  accountId: "bbbbbbbbbbbbbbbbbbbb",
  accountCode: "acme",
  trackingNumberId: "cccccccccccccccccccc",
  number: "+61255501001",
  numberLabel: "",
  isNumberShareable: false,
  caller: "",
  name: "",
  recordedAtMs: 0,
  durationMs: 1000,
  format: "mp3",
  sizeBytes: 4,
  sha256: "",
  blobKey: "",
};

const LET_IN: LetIn = {
  kind: "let-in",
  recording: RECORDING,
  reason: "access-unrestricted",
  user: null,
  address: parseAddress("127.0.0.1")!,
  country: "private",
};

/** What is decided waits until the test says so. */
type Waiting = (answer: RecordingAnswer) => void;

const opened: { readonly http: HttpServer; readonly sockets: Socket[] }[] = [];

afterEach(async () => {
  for (const { http, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await http.close(0);
  }
});

async function openDoor(
  sendAudio: (response: { end: (text: string) => unknown }) => void = (response) =>
    void response.end("audio"),
) {
  const asked: Waiting[] = [];
  const seen = { plays: 0, sent: 0, errors: [] as unknown[], handedOn: [] as string[] };
  const http: HttpServer = createHttpServer({
    rawHandlers: [(request, response) => door.handle(request, response)],
  });
  const door = createRecordingDoor({
    gate: { decide: () => new Promise((resolve) => void asked.push(resolve)) },
    clients: createClientReader({
      header: "X-Forwarded-For",
      isTrusted: () => false,
      proxiedClientOf: () => undefined,
    }),
    cookies: { read: () => ({ kind: "absent" }) },
    signIn: createSignInAddress(PUBLIC_URL, []),
    publicUrl: PUBLIC_URL,
    http,
    recordings: {
      plays: {
        begin: () => {
          seen.plays += 1;
          return { id: "", note: () => undefined };
        },
      },
      sendAudio: ({ response }) => {
        seen.sent += 1;
        sendAudio(response);
      },
    },
    onError: (error) => void seen.errors.push(error),
  });
  http.setFallback((request, response) => {
    seen.handedOn.push(`${request.url} ${door.letInOf(request)?.recording.id ?? "undecided"}`);
    response.end("page");
  });
  const sockets: Socket[] = [];
  opened.push({ http, sockets });
  const { port } = await http.listen({ host: "127.0.0.1", port: 0 });

  async function isAsked(count: number): Promise<readonly Waiting[]> {
    while (asked.length < count) await new Promise((resolve) => setImmediate(resolve));
    return asked;
  }

  /** Resolves with all that comes back. */
  function send(...lines: readonly string[]): { received: Promise<string>; socket: Socket } {
    let text = "";
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      socket.write(lines.map((line) => `${line} HTTP/1.1\r\nHost: a\r\n\r\n`).join(""));
    });
    sockets.push(socket);
    const received = new Promise<string>((resolve) => {
      socket.on("data", (chunk) => (text += chunk.toString("latin1")));
      socket.on("close", () => resolve(text));
    });
    return { received, socket };
  }

  return { http, seen, isAsked, send };
}

const AUDIO = `GET /recordings/${LINK}/audio`;

describe("while it is decided", () => {
  it.each([AUDIO, `GET /recordings/${LINK}`])(
    "a visitor who goes gets nothing: %s",
    async (line) => {
      const { http, seen, isAsked, send } = await openDoor();
      const isClosed = new Promise((resolve) => {
        http.server.once("connection", (accepted) => accepted.once("close", resolve));
      });
      const { socket } = send(line);
      const [decided] = await isAsked(1);
      socket.destroy();
      await isClosed;
      decided?.(LET_IN);
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual({ plays: 0, sent: 0, errors: [], handedOn: [] });
    },
  );

  it("later requests of the connection wait for their turn", async () => {
    const { seen, isAsked, send } = await openDoor();
    const { received, socket } = send(
      AUDIO,
      `GET /api/v1/recording-links/${LINK}`,
      "GET /x",
      AUDIO,
    );
    const decided = await isAsked(3);
    for (const decide of decided.toReversed()) decide(LET_IN);
    socket.end();
    const bodies = [...(await received).matchAll(/audio|page/g)].map(([body]) => body);
    expect(bodies).toEqual(["audio", "page", "page", "audio"]);
    const facts = `/api/v1/recording-links/${LINK} ${RECORDING.id}`;
    expect(seen.handedOn.toSorted()).toEqual([facts, "/x undecided"]);
    expect([seen.plays, seen.sent]).toEqual([2, 2]);
  });
});

describe("where handing out fails", () => {
  it("the answer is 503, and says nothing of the recording", async () => {
    const { seen, isAsked, send } = await openDoor(() => {
      throw new Error("s3cr3t");
    });
    const { received, socket } = send(AUDIO);
    const [decided] = await isAsked(1);
    decided?.(LET_IN);
    socket.end();
    const text = await received;
    expect(text).toMatch(/^HTTP\/1.1 503 /);
    expect(text).not.toMatch(/s3cr3t|aaaaaaaa/);
    expect(seen.errors).toHaveLength(1);
  });

  it("an answer that has begun is broken off, never ended as if it were whole", async () => {
    const { isAsked, send } = await openDoor((response) => {
      (response as unknown as { write: (text: string) => void }).write("half");
      throw new Error("s3cr3t");
    });
    const { received } = send(AUDIO);
    const [decided] = await isAsked(1);
    decided?.(LET_IN);
    expect(await received).not.toMatch(/\r\n0\r\n\r\n$/);
  });
});

describe("what is asked for", () => {
  it.each([
    [`HEAD /recordings/${LINK}/audio`, 0],
    [`POST /recordings/${LINK}/audio`, 0],
    [`GET /recordings/${LINK}/audio`, 1],
  ])("%s begins %d plays", async (line, plays) => {
    const { seen, isAsked, send } = await openDoor();
    const { received, socket } = send(line);
    const [decided] = await isAsked(1);
    decided?.(LET_IN);
    socket.end();
    expect(await received).toMatch(/^HTTP\/1.1 200 /);
    expect([seen.plays, seen.sent]).toEqual([plays, 1]);
  });
});

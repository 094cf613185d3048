// Syslog on real sockets: octet counts over TCP and TLS, datagrams, and servers that go away.
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createSyslogSender } from "../../src/platform/syslog/create-syslog-sender.ts";
import type { SyslogSenderOptions } from "../../src/platform/syslog/create-syslog-sender.ts";
import type { SyslogMessage } from "../../src/platform/syslog/format-syslog-message.ts";
import { readSyslogUrl } from "../../src/platform/syslog/syslog-place.ts";
import { useEngine } from "../contracts/engines.ts";
import { openStore } from "../contracts/open-store.ts";
import { selfSignedCertificate } from "../open-id/misbehaving-certificate.ts";
import { startSending } from "../sending/start-sending.ts";

const harness = useEngine("sqlite");

function messageOf(name: string): SyslogMessage {
  const elements = [{ id: "event@32473", params: [["name", name] as const] }];
  return { atMs: 1_800_000_000_000, severity: 6, messageId: "test", elements, text: "test" };
}

function senderTo(url: string, more: Partial<SyslogSenderOptions> = {}) {
  const place = readSyslogUrl(url);
  if (place === null) throw new Error(url);
  const origin = { hostName: "gate", processId: 1 };
  const sender = createSyslogSender({ place, origin, ...more });
  afterAll(() => sender.close());
  return sender;
}

/** What came in, by RFC 6587's octet counts. */
function framesOf(bytes: Buffer): readonly string[] {
  const frames: string[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const spaceAt = rest.indexOf(" ");
    const end = spaceAt + 1 + Number(rest.subarray(0, spaceAt).toString("ascii"));
    if (spaceAt === -1 || end > rest.length) break;
    frames.push(rest.subarray(spaceAt + 1, end).toString("utf8"));
    rest = rest.subarray(end);
  }
  return frames;
}

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function collectFrom(server: Server, event: "connection" | "secureConnection") {
  const sockets: Socket[] = [];
  const chunks: Buffer[] = [];
  server.on(event, (socket: Socket) => {
    sockets.push(socket);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => undefined);
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const names = () =>
    framesOf(Buffer.concat(chunks)).map((frame) => /name="([^"]*)"/.exec(frame)?.[1]);
  return { names, sockets };
}

describe("syslog", () => {
  it("over TCP counts octets, not characters", async () => {
    const server = createServer();
    const { names } = collectFrom(server, "connection");
    const sender = senderTo(`tcp://127.0.0.1:${await listen(server)}`);
    for (const name of ["Grüße", "東京", "last"]) sender.send(messageOf(name));
    await vi.waitFor(() => expect(names()).toEqual(["Grüße", "東京", "last"]));
    await vi.waitFor(() => {
      const counts = { isConnected: true, sent: 3, waiting: 0, lost: 0, fault: null };
      expect(sender.counts()).toEqual(counts);
    });
  });

  it("over TCP keeps what a server has not taken, bounded, and sends it later", async () => {
    const first = createServer();
    const port = await listen(first);
    await new Promise((resolve) => first.close(resolve));
    const sender = senderTo(`tcp://127.0.0.1:${port}`, { waitingMax: 3 });
    for (const name of ["a", "b", "c", "d"]) sender.send(messageOf(name));
    await vi.waitFor(() => expect(sender.counts().fault).toContain("ECONNREFUSED"));
    expect(sender.counts()).toMatchObject({ isConnected: false, sent: 0, waiting: 3, lost: 1 });
    const second = createServer();
    const { names, sockets } = collectFrom(second, "connection");
    await listen(second, port);
    await vi.waitFor(() => expect(names()).toEqual(["a", "b", "c"]), { timeout: 5_000 });
    sockets[0]?.destroy();
    await vi.waitFor(() => expect(sender.counts().isConnected).toBe(false));
    sender.send(messageOf("e"));
    await vi.waitFor(() => expect(names()).toEqual(["a", "b", "c", "e"]), { timeout: 5_000 });
    expect(sender.counts()).toMatchObject({ isConnected: true, lost: 1, fault: null });
  });

  it("over TLS goes to a server whose certificate is trusted, and to no other", async () => {
    const certificate = selfSignedCertificate();
    const server = createTlsServer(certificate);
    server.on("tlsClientError", () => undefined);
    const { names } = collectFrom(server, "secureConnection");
    const url = `tls://127.0.0.1:${await listen(server)}`;
    const wary = senderTo(url);
    wary.send(messageOf("secret"));
    await vi.waitFor(() => expect(wary.counts().fault).toMatch(/self-signed/i));
    expect(wary.counts()).toMatchObject({ isConnected: false, sent: 0, waiting: 1 });
    const sender = senderTo(url, { ca: certificate.cert });
    sender.send(messageOf("told"));
    await vi.waitFor(() => expect(names()).toEqual(["told"]));
  });

  it("over UDP has each new event as one datagram, told once", async () => {
    const got: string[] = [];
    const receiver = createSocket("udp4", (datagram) => got.push(datagram.toString("utf8")));
    await new Promise<void>((resolve) => receiver.bind(0, "127.0.0.1", resolve));
    afterAll(() => void receiver.close());
    const syslog = senderTo(`udp://127.0.0.1:${receiver.address().port}`);
    const node = startSending(await openStore(harness), { syslog });
    const atMs = node.clock.nowMs();
    const detail = { attempts: 5, note: 'a "b"' };
    const actor = "host shell";
    const id = await node.journal.recordEventAlone({ kind: "lockout", atMs, actor, detail });
    await node.flush();
    await node.flush();
    await vi.waitFor(() => expect(got).toHaveLength(1));
    expect(got[0]).toBe(
      `<84>1 ${new Date(atMs).toISOString()} gate postern 1 lockout ` +
        `[event@32473 id="${id}" group="sign-ins" owner="platform" actor="host shell" count="1"]` +
        '[detail@32473 attempts="5" note="a \\"b\\""] lockout',
    );
    expect(syslog.counts()).toMatchObject({ sent: 1, lost: 0, fault: null });
  });
});
